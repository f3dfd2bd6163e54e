"""How a pair began and how it ended: its origin, and who ended it when, how and why."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ASKED = ("request", "invitation")
FILL = """
    INSERT INTO deadlines (scheme, about, kind, due_at)
    SELECT scheme, id, 'connection_over', ends_at FROM connections WHERE state = 'active' AND ends_at IS NOT NULL
"""


def upgrade() -> None:
    """Until now every pair came from an accepted invitation, and none had ended, even where its time was over."""
    with op.batch_alter_table("connections") as table:
        table.add_column(sa.Column("origin", sa.Text(), nullable=False, server_default="invitation"))
        for column in ASKED:
            table.alter_column(column, existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("ended_by", sa.Text(), nullable=True))
        for column in ("end", "reason", "reply"):
            table.add_column(sa.Column(column, sa.Text(), nullable=True))
        table.create_foreign_key("fk_connections_ended_by", "people", ["ended_by"], ["id"])
    with op.batch_alter_table("connections") as table:
        table.alter_column("origin", existing_type=sa.Text(), server_default=None)
    op.execute(FILL)


def downgrade() -> None:
    """Pairs whose two were never asked have no place in the earlier table: while there are such, it stays as it is."""
    unasked = "SELECT count(*) FROM connections WHERE request IS NULL OR invitation IS NULL"
    if op.get_bind().execute(sa.text(unasked)).scalar():
        raise RuntimeError("there are pairs that came from no request, which the earlier tables cannot hold")
    op.execute("DELETE FROM deadlines WHERE kind = 'connection_over'")
    op.execute("UPDATE sessions SET state = 'scheduled' WHERE state = 'called_off'")
    with op.batch_alter_table("connections") as table:
        table.drop_constraint("fk_connections_ended_by", type_="foreignkey")
        for column in ("origin", "ended_at", "ended_by", "end", "reason", "reply"):
            table.drop_column(column)
        for column in ASKED:
            table.alter_column(column, existing_type=sa.Text(), nullable=False)
