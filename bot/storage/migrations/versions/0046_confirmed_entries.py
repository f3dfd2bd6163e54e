"""When a mentor last confirmed their entry in the directory."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has so far."""
    with op.batch_alter_table("members") as batch:
        batch.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forgotten."""
    with op.batch_alter_table("members") as batch:
        batch.drop_column("confirmed_at")
