"""Who is kept apart, and who is pinned to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody so far."""
    op.create_table(
        "pairings",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["one"], ["people.id"], name="fk_pairings_one"),
        sa.ForeignKeyConstraint(["other"], ["people.id"], name="fk_pairings_other"),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_pairings_by"),
        sa.PrimaryKeyConstraint("scheme", "one", "other", name="pk_pairings"),
    )
    op.create_index("ix_pairings_scheme_other", "pairings", ["scheme", "other"])


def downgrade() -> None:
    """What was said is forgotten."""
    op.drop_table("pairings")
