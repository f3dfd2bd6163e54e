"""Lists of mentors that have not been sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table for them."""
    op.create_table(
        "drafts",
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_drafts_request"),
        sa.PrimaryKeyConstraint("request", name="pk_drafts"),
    )


def downgrade() -> None:
    """The best mentors are shown first again."""
    op.drop_table("drafts")
