"""Requests that keep the route they go, and invitations that know who asks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
GOES_ON = sa.text("state IN ('asking', 'assigning', 'choosing', 'clarifying', 'in_review', 'naming')")
WENT_ON = sa.text("state IN ('approved', 'asking', 'clarifying', 'in_review')")

requests = sa.table("requests", sa.column("state", sa.Text))
invitations = sa.table(
    "invitations", sa.column("state", sa.Text), sa.column("seat", sa.Integer), sa.column("asker", sa.Text)
)


def upgrade() -> None:
    """Every mentor so far was asked by the mentee, one at a time. A request without a route goes the scheme's."""
    op.add_column("requests", sa.Column("route", sa.Text(), nullable=True))
    op.drop_index("uq_requests_one_open", "requests")
    op.execute(requests.update().where(requests.c.state == "approved").values(state="choosing"))
    _one_open(GOES_ON)
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("asker", sa.Text(), nullable=False, server_default="mentee"))
        table.add_column(sa.Column("seat", sa.Integer(), nullable=True))
        table.drop_index("uq_invitations_one_open")
    op.execute(invitations.update().where(invitations.c.state == "open").values(seat=1))
    with op.batch_alter_table("invitations") as table:
        table.alter_column("asker", server_default=None)
        table.create_index(
            "uq_invitations_seat", ["scheme", "request", "seat"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )


def downgrade() -> None:
    """One mentor at a time again: of several who are asked, the first stays."""
    with op.batch_alter_table("invitations") as table:
        table.drop_index("uq_invitations_seat")
    beyond = sa.and_(invitations.c.state == "open", sa.or_(invitations.c.seat.is_(None), invitations.c.seat > 1))
    op.execute(invitations.update().where(beyond).values(state="withdrawn"))
    with op.batch_alter_table("invitations") as table:
        table.drop_column("seat")
        table.drop_column("asker")
        table.create_index(
            "uq_invitations_one_open", ["scheme", "request"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
    op.drop_index("uq_requests_one_open", "requests")
    op.execute(requests.update().where(requests.c.state == "choosing").values(state="approved"))
    op.execute(requests.update().where(requests.c.state.in_(["naming", "assigning"])).values(state="in_review"))
    _one_open(WENT_ON)
    with op.batch_alter_table("requests") as table:
        table.drop_column("route")


def _one_open(where: sa.TextClause) -> None:
    op.create_index(
        "uq_requests_one_open", "requests", ["scheme", "mentee"], unique=True, sqlite_where=where,
        postgresql_where=where,
    )  # fmt: skip
