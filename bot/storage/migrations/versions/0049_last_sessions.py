"""Which session two people have made their last, and who of them did."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind = 'session_last')"
_LETTERS = "DELETE FROM outbox WHERE kind = 'session_last'"


def upgrade() -> None:
    """None so far."""
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("last_by", sa.Text(), nullable=True))
        batch.create_foreign_key("fk_sessions_last_by", "people", ["last_by"], ["id"])


def downgrade() -> None:
    """Forgotten; what was sent of it stays in the chats."""
    for statement in (_EDITS, _LETTERS):
        op.execute(sa.text(statement))
    with op.batch_alter_table("sessions") as batch:
        batch.drop_constraint("fk_sessions_last_by", type_="foreignkey")
        batch.drop_column("last_by")
