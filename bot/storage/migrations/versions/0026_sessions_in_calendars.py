"""Sessions in people's own calendars: whose, which event, and how it stands there."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TEXTS = ("mailbox", "event", "join_url")


def upgrade() -> None:
    """None stands in a calendar yet."""
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("placing", sa.Text(), nullable=False, server_default="none"))
        batch.add_column(sa.Column("event_number", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        for name in _TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=True))
    with op.batch_alter_table("sessions") as batch:
        batch.alter_column("placing", server_default=None)
        batch.alter_column("event_number", server_default=None)
        batch.create_index("ix_sessions_mailbox_event", ["mailbox", "event"])


def downgrade() -> None:
    """What stands in a calendar stays there."""
    with op.batch_alter_table("sessions") as batch:
        batch.drop_index("ix_sessions_mailbox_event")
        for name in ("placing", "event_number", "taken_at", *_TEXTS):
            batch.drop_column(name)
