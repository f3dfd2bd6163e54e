"""Decisions that can still be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table for them; what there was before is encrypted."""
    op.create_table(
        "undoable",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "about", name="pk_undoable"),
    )


def downgrade() -> None:
    """What has been decided stays so."""
    op.drop_table("undoable")
