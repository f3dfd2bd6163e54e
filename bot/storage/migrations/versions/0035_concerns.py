"""Concerns: what somebody reports to the scheme in private, and what has become of it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nobody has raised any."""
    op.create_table(
        "concerns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offices", sa.Text(), nullable=False),
        sa.Column("contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_from", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reporter"], ["people.id"], name="fk_concerns_reporter"),
        sa.ForeignKeyConstraint(["contact_from"], ["people.id"], name="fk_concerns_contact_from"),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name="fk_concerns_closed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_concerns"),
    )
    op.create_index("ix_concerns_scheme_state", "concerns", ["scheme", "state"])
    op.create_index("ix_concerns_reporter", "concerns", ["reporter"])
    op.create_table(
        "concern_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["concern"], ["concerns.id"], name="fk_concern_entries_concern"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_concern_entries_person"),
        sa.PrimaryKeyConstraint("id", name="pk_concern_entries"),
    )
    op.create_index("ix_concern_entries_concern_at", "concern_entries", ["concern", "at"])


def downgrade() -> None:
    """What was raised is gone with it."""
    op.drop_table("concern_entries")
    op.drop_table("concerns")
