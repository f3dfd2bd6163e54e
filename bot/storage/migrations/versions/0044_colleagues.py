"""Colleagues whom somebody thinks of for a mentee."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody so far."""
    op.create_table(
        "colleagues",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("mentee", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invitation", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mentee"], ["people.id"], name="fk_colleagues_mentee"),
        sa.ForeignKeyConstraint(["named"], ["people.id"], name="fk_colleagues_named"),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_colleagues_by"),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name="fk_colleagues_invitation"),
        sa.PrimaryKeyConstraint("id", name="pk_colleagues"),
        sa.UniqueConstraint("scheme", "mentee", "named", name="uq_colleagues_scheme_mentee_named"),
    )
    op.create_index("ix_colleagues_scheme_named", "colleagues", ["scheme", "named"])
    op.create_index("ix_colleagues_scheme_by", "colleagues", ["scheme", "by"])


def downgrade() -> None:
    """Forgotten, with what was sent of it."""
    kinds = "'colleague_suggested', 'asked_to_join', 'colleague_answered'"
    op.execute(sa.text(_EDITS.format(kinds=kinds)))
    op.execute(sa.text(_LETTERS.format(kinds=kinds)))
    op.drop_table("colleagues")


_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN ({kinds}))"
_LETTERS = "DELETE FROM outbox WHERE kind IN ({kinds})"
