"""Sessions in calendars: when their event begins there, and the times that are offered where one was taken."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is offered yet. What stands in a calendar begins there as the session does."""
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("offers", sa.Text(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("event_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE sessions SET event_at = starts_at WHERE event IS NOT NULL")
    with op.batch_alter_table("sessions") as batch:
        batch.alter_column("offers", server_default=None)


def downgrade() -> None:
    """Nobody is offered any."""
    with op.batch_alter_table("sessions") as batch:
        batch.drop_column("offers")
        batch.drop_column("event_at")
