"""Where an appointment came from, so that what the settings gave can be taken away with them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now every office came from the settings."""
    with op.batch_alter_table("office_holders") as table:
        table.add_column(sa.Column("source", sa.Text(), nullable=False, server_default="settings"))
    with op.batch_alter_table("office_holders") as table:
        table.alter_column("source", server_default=None)
