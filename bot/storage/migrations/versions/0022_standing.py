"""Mentors who rest after an answer or are silent, and pairs who rest."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody rests yet, and what went unanswered before is not counted."""
    with op.batch_alter_table("members") as batch:
        batch.add_column(sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("silences", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("members") as batch:
        batch.alter_column("silences", server_default=None)
    with op.batch_alter_table("connections") as batch:
        batch.add_column(sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Whoever rests goes on; whoever pauses does so until the day they chose."""
    op.execute(sa.text("DELETE FROM deadlines WHERE kind IN ('pause_over', 'rest_over')"))
    kinds = "'pause_over', 'mentor_paused', 'mentor_silent', 'pair_rests', 'pair_goes_on'"
    op.execute(sa.text(_EDITS.format(kinds=kinds)))
    op.execute(sa.text(_LETTERS.format(kinds=kinds)))
    with op.batch_alter_table("connections") as batch:
        batch.drop_column("rests_until")
    with op.batch_alter_table("members") as batch:
        batch.drop_column("silences")
        batch.drop_column("rests_until")


_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN ({kinds}))"
_LETTERS = "DELETE FROM outbox WHERE kind IN ({kinds})"
