"""Several trainings on a member's record, each by its key; approvals by a word that fits either role."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

THE_ONE = "training"
"""The key of the one training that a scheme could ask for before."""
RENAMED = (
    ("outbox", "kind", "mentor_approved", "member_approved"),
    ("audit", "verb", "approve_mentor", "approve_member"),
)

members = sa.table(
    "members", sa.column("id", sa.Text), sa.column("trained_on", sa.Date), sa.column("trainings", sa.Text)
)


def upgrade() -> None:
    """What was on record stays there, under the key of the one training."""
    with op.batch_alter_table("members") as table:
        table.add_column(sa.Column("trainings", sa.Text(), nullable=False, server_default="{}"))
    db = op.get_bind()
    for id_, day in db.execute(sa.select(members.c.id, members.c.trained_on).where(members.c.trained_on.is_not(None))):
        db.execute(members.update().where(members.c.id == id_).values(trainings=json.dumps({THE_ONE: day.isoformat()})))
    with op.batch_alter_table("members") as table:
        table.drop_column("trained_on")
        table.alter_column("trainings", server_default=None)
    for table_name, column, before, after in RENAMED:
        _rename(table_name, column, before, after)


def downgrade() -> None:
    """Back to the one training; any other is lost."""
    with op.batch_alter_table("members") as table:
        table.add_column(sa.Column("trained_on", sa.Date(), nullable=True))
    db = op.get_bind()
    for id_, kept in db.execute(sa.select(members.c.id, members.c.trainings).where(members.c.trainings != "{}")):
        day = json.loads(kept).get(THE_ONE)
        if day is not None:
            on = sa.func.date(day) if db.dialect.name == "sqlite" else sa.cast(day, sa.Date)
            db.execute(members.update().where(members.c.id == id_).values(trained_on=on))
    with op.batch_alter_table("members") as table:
        table.drop_column("trainings")
    for table_name, column, before, after in RENAMED:
        _rename(table_name, column, after, before)


def _rename(table_name: str, column: str, before: str, after: str) -> None:
    table = sa.table(table_name, sa.column(column, sa.Text))
    op.execute(table.update().where(table.c[column] == before).values({column: after}))
