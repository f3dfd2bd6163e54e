"""More time for a pair: who has asked for it, and when both had agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has asked yet."""
    with op.batch_alter_table("connections") as batch:
        batch.add_column(sa.Column("more_time_by", sa.Text(), nullable=True))
        batch.add_column(sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key("fk_connections_more_time_by", "people", ["more_time_by"], ["id"])


def downgrade() -> None:
    """Whatever was agreed stays: the end is where it is."""
    kinds = "'more_time_asked', 'more_time', 'feedback'"
    op.execute(sa.text(_EDITS.format(kinds=kinds)))
    op.execute(sa.text(_LETTERS.format(kinds=kinds)))
    with op.batch_alter_table("connections") as batch:
        batch.drop_constraint("fk_connections_more_time_by", type_="foreignkey")
        batch.drop_column("extended_at")
        batch.drop_column("more_time_by")


_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN ({kinds}))"
_LETTERS = "DELETE FROM outbox WHERE kind IN ({kinds})"
