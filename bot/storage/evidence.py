"""The sessions that took place, as they count for one person or for payment: days and lengths, and nothing of what was
said."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, func, literal, select, union_all

from bot.lifecycle.hours import Held
from bot.schemes.period import period
from bot.schemes.scheme import Sessions
from bot.storage.tables import pairs, sessions

_AT = func.coalesce(sessions.c.starts_at, sessions.c.marked_at).label("at")
_HELD = union_all(
    *(
        select(literal(role).label("role"), _AT, sessions.c.minutes, sessions.c.marked_at, pairs.c.terms)
        .join_from(pairs, sessions, (sessions.c.scheme == pairs.c.scheme) & (sessions.c.pair == pairs.c.id))
        .where(pairs.c.scheme == bindparam("scheme"), side == bindparam("person"), sessions.c.state == "completed")
        for role, side in (("mentee", pairs.c.mentee), ("mentor", pairs.c.mentor))
    )
)

_OF_MENTORS = (
    select(pairs.c.mentor, _AT, sessions.c.minutes, sessions.c.marked_at, pairs.c.terms)
    .join_from(sessions, pairs, sessions.c.pair == pairs.c.id)
    .where(sessions.c.scheme == bindparam("scheme"), sessions.c.state == "completed")
)


def held_by(db: Db, scheme_key: str, person: str) -> tuple[Held, ...]:
    """Every session of that person that took place, on either side."""
    rows = db.execute(_HELD, {"scheme": scheme_key, "person": person})
    return tuple(Held(row.role, row.at, row.minutes, agreed_at(row.marked_at, row.terms)) for row in rows)


def held_by_mentors(db: Db, scheme_key: str) -> Iterator[tuple[str, Held]]:
    """Every session that took place, with its mentor."""
    for row in db.execute(_OF_MENTORS, {"scheme": scheme_key}):
        yield row.mentor, Held("mentor", row.at, row.minutes, agreed_at(row.marked_at, row.terms))


def agreed_at(marked_at: datetime | None, terms: Mapping[str, Any]) -> datetime | None:
    """When silence agreed, or will, by what the two were promised."""
    after = terms.get("agreed_after") or Sessions().agreed_after.written
    return period(after).after(marked_at) if marked_at else None
