"""What somebody must mend before a letter can go out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; the letters that wait now say what for at their next try."""
    op.add_column("outbox", sa.Column("waits_for", sa.Text(), nullable=True))
