"""Sessions that did not happen: how that came, and since when one has waited in vain; and that both are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind = 'session_over')"
_LETTERS = "DELETE FROM outbox WHERE kind = 'session_over'"
_DEADLINES = "DELETE FROM deadlines WHERE kind = 'session_over'"


def upgrade() -> None:
    """Of those before, nobody was asked."""
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("because", sa.Text(), nullable=True))
        batch.add_column(sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Nobody is asked whether a session took place; what was sent stays in the chats."""
    for statement in (_EDITS, _LETTERS, _DEADLINES):
        op.execute(sa.text(statement))
    with op.batch_alter_table("sessions") as batch:
        batch.drop_column("missed_at")
        batch.drop_column("because")
