"""Persons: loading and saving."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.storage.optimistic import AnyRow, columns, conflict_where_taken, names, values
from bot.storage.tables import people

_NAMES = names(Person)
_PERSON = select(*columns(people, _NAMES))
_GET = _PERSON.where(people.c.id == bindparam("id"))
_FIND = _PERSON.where(
    people.c.platform == bindparam("platform"), people.c.team == bindparam("team"), people.c.user == bindparam("user")
)
_MANY = _PERSON.where(people.c.id.in_(bindparam("ids", expanding=True)))
_CHANGES = [name for name in (*_NAMES, "seen_at") if name != "id"]
_to_sqlite = sqlite.insert(people)
_to_postgresql = postgresql.insert(people)
_SAVE = {
    "sqlite": _to_sqlite.on_conflict_do_update(
        index_elements=["id"], set_={name: _to_sqlite.excluded[name] for name in _CHANGES}
    ),
    "postgresql": _to_postgresql.on_conflict_do_update(
        index_elements=["id"], set_={name: _to_postgresql.excluded[name] for name in _CHANGES}
    ),
}


def get(db: Connection, id_: str) -> Person:
    """That person; Refused("gone") where there is none."""
    row = db.execute(_GET, {"id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return _person(row)


def find(db: Connection, platform: str, team: str, user: str) -> Person | None:
    """The person behind a platform's user id, if they have been here before."""
    row = db.execute(_FIND, {"platform": platform, "team": team, "user": user}).one_or_none()
    return _person(row) if row is not None else None


def many(db: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Those of them that there are, by id."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    return {row.id: _person(row) for row in db.execute(_MANY, {"ids": wanted})}


def save(db: Connection, person: Person, now: datetime) -> Person:
    """Insert, or overwrite by id. Conflict where the same user has just been kept under another id."""
    row = values(person, _NAMES) | {
        "works_days": list(person.works_days),
        "quieted": sorted(person.quieted),
        "seen_at": now,
    }
    with conflict_where_taken():
        db.execute(_SAVE[db.dialect.name], row)
    return person


def _person(row: AnyRow) -> Person:
    person = Person(*row)
    return replace(person, works_days=tuple(person.works_days), quieted=frozenset(person.quieted))
