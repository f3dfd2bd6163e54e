"""Sessions: who set a time, what it was before, what they wrote, whether the other confirmed, and who marked it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_PERSONS = ("set_by", "marked_by")
_MOMENTS = ("was_at", "confirmed_at", "marked_at")


def upgrade() -> None:
    """Of those set before, nobody knows by whom: nobody is asked to confirm them, and what is marked stays so."""
    with op.batch_alter_table("sessions") as batch:
        for name in _PERSONS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=True))
            batch.create_foreign_key(f"fk_sessions_{name}", "people", [name], ["id"])
        for name in _MOMENTS:
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    """The times stay as they are."""
    with op.batch_alter_table("sessions") as batch:
        for name in _PERSONS:
            batch.drop_constraint(f"fk_sessions_{name}", type_="foreignkey")
        for name in (*_PERSONS, *_MOMENTS, "note"):
            batch.drop_column(name)
