"""What the office's lists are searched and sorted by: names without case and accents, how far two of a pair are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.lifecycle.searching import of_person

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_PEOPLE = sa.table("people", *(sa.column(name, sa.Text()) for name in ("id", "name", "email", "search")))
_MOMENT = sa.DateTime(timezone=True)
_MOMENTS = ("quiet_since", "behind_from")
_PAIRS = sa.table(
    "connections",
    sa.column("id", sa.Text()),
    sa.column("terms", sa.JSON()),
    *(sa.column(name, _MOMENT) for name in ("began_at", "ends_at", *_MOMENTS)),
)
_SESSIONS = sa.table(
    "sessions", sa.column("connection", sa.Text()), sa.column("state", sa.Text()), sa.column("starts_at", _MOMENT)
)


def upgrade() -> None:
    """Members are found by their forms from the next start on: what the office may read of them the scheme says."""
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("search", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("people") as batch:
        batch.alter_column("search", server_default=None)
    op.add_column("members", sa.Column("known_for", sa.Text(), nullable=True))
    for name in _MOMENTS:
        op.add_column("connections", sa.Column(name, _MOMENT, nullable=True))
    db = op.get_bind()
    named = sa.update(_PEOPLE).where(_PEOPLE.c.id == sa.bindparam("this"))
    for some in _several(db, sa.select(_PEOPLE.c.id, _PEOPLE.c.name, _PEOPLE.c.email)):
        db.execute(named, [{"this": id_, "search": of_person(name, email)} for id_, name, email in some])
    stands = sa.update(_PAIRS).where(_PAIRS.c.id == sa.bindparam("this"))
    for some in _several(db, sa.select(_PAIRS.c.id, _PAIRS.c.terms, _PAIRS.c.began_at, _PAIRS.c.ends_at)):
        met = sa.select(_SESSIONS).where(_SESSIONS.c.connection.in_([each.id for each in some]))
        sessions: dict[str, list[Any]] = {each.id: [] for each in some}
        for session in db.execute(met):
            sessions[session.connection].append(session)
        db.execute(stands, [{"this": each.id} | _stands(each, sessions[each.id]) for each in some])


def _several(db: sa.Connection, query: Any) -> Iterator[list[Any]]:
    rows = db.execute(query).all()
    yield from (list(rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE))


def _stands(pair: Any, sessions: list[Any]) -> dict[str, datetime | None]:
    expected = pair.terms.get("sessions")
    timed = [each.starts_at for each in sessions if each.starts_at is not None]
    set_ = [each.starts_at for each in sessions if each.state in ("completed", "scheduled") and each.starts_at]
    held = sum(each.state == "completed" for each in sessions)
    enough = expected is not None and held >= expected
    behind = None
    if expected is not None and pair.ends_at is not None and len(timed) < expected:
        behind = pair.began_at + (pair.ends_at - pair.began_at) * ((len(timed) + 1) / expected)
    return {"quiet_since": None if enough else max([pair.began_at, *set_]), "behind_from": behind}


def downgrade() -> None:
    """They follow from what stays."""
    for table, names in (("connections", _MOMENTS), ("members", ("known_for",)), ("people", ("search",))):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
