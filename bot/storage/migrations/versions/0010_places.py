"""Members who wait for a place, and for whom one is held."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been able to wait so far."""
    for column in ("place_wanted_since", "place_held_until"):
        op.add_column("members", sa.Column(column, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Whoever waits or has left may ask again, as somebody who was turned down; a pair that ended so was removed."""
    op.execute("DELETE FROM deadlines WHERE kind = 'place_held'")
    op.execute("UPDATE members SET state = 'turned_down' WHERE state IN ('waiting', 'left')")
    op.execute("UPDATE connections SET \"end\" = 'removed' WHERE \"end\" = 'left'")
    with op.batch_alter_table("members") as table:
        table.drop_column("place_wanted_since")
        table.drop_column("place_held_until")
