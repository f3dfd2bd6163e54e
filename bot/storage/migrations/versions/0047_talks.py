"""Who would like to talk to somebody before they join."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody so far."""
    op.create_table(
        "talks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_talks_person"),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name="fk_talks_done_by"),
        sa.PrimaryKeyConstraint("id", name="pk_talks"),
    )
    op.create_index("ix_talks_scheme_person", "talks", ["scheme", "person"])


def downgrade() -> None:
    """Forgotten, with what was sent of it."""
    op.execute(sa.text(_EDITS))
    op.execute(sa.text("DELETE FROM outbox WHERE kind = 'talk_asked'"))
    op.drop_table("talks")


_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind = 'talk_asked')"
