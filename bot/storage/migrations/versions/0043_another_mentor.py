"""That a mentee has asked for another mentor, what they wrote, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has so far."""
    with op.batch_alter_table("connections") as batch:
        batch.add_column(sa.Column("another_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("another_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("another_reply", sa.Text(), nullable=True))
    op.create_index("ix_connections_scheme_another_asked_at", "connections", ["scheme", "another_asked_at"])


def downgrade() -> None:
    """Forgotten, with what was sent of it."""
    kinds = "'another_mentor_asked', 'another_mentor_answered'"
    op.execute(sa.text(_EDITS.format(kinds=kinds)))
    op.execute(sa.text(_LETTERS.format(kinds=kinds)))
    op.drop_index("ix_connections_scheme_another_asked_at", "connections")
    with op.batch_alter_table("connections") as batch:
        for name in ("another_asked_at", "another_reason", "another_reply"):
            batch.drop_column(name)


_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN ({kinds}))"
_LETTERS = "DELETE FROM outbox WHERE kind IN ({kinds})"
