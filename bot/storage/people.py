"""Persons: loading and saving."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle import searching
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.storage.optimistic import AnyRow, columns, conflict_where_taken, names, values
from bot.storage.tables import identities, members, office_holders, people

_NAMES = names(Person, leave_out=["elsewhere"])
_PLACE = ("platform", "team", "user", "address")
PERSON = select(*columns(people, _NAMES))
"""Persons where they are written to; `person_of` reads a row of it."""
_GET = PERSON.where(people.c.id == bindparam("id"))
# One statement, since every click begins with it: the first half finds those who are written to there, the second those
# who are known there too.
_FIND = union_all(
    select(*columns(people, _NAMES), false().label("elsewhere")).where(
        *(people.c[name] == bindparam(name) for name in _PLACE[:3])
    ),
    select(*(identities.c[name] if name in _PLACE else people.c[name] for name in _NAMES), true())
    .join_from(identities, people, identities.c.person == people.c.id)
    .where(*(identities.c[name] == bindparam(name) for name in _PLACE[:3])),
)
_MANY = PERSON.where(people.c.id.in_(bindparam("ids", expanding=True)))
_KNOWN_AS = select(people.c.id).where(
    people.c.active, or_(people.c.mailbox == bindparam("mailbox"), people.c.user == bindparam("known_by"))
)
_BY_MAILBOX = PERSON.where(
    people.c.active, people.c.guest == false(), people.c.mailbox.in_(bindparam("mailboxes", expanding=True))
).order_by(people.c.id.desc())
_theirs = people.alias("theirs")
_SELVES = (
    select(people.c.id, _theirs.c.id.label("self"))
    .join_from(people, _theirs, people.c.mailbox == _theirs.c.mailbox)
    .where(people.c.id.in_(bindparam("ids", expanding=True)))
)
_CHANGES = [name for name in (*_NAMES, "seen_at", "mailbox", "search") if name not in ("id", *_PLACE)]


_LOOKED = func.coalesce(people.c.looked_at, people.c.seen_at)
_SCHEMES: BindParameter[Sequence[str]] = bindparam("schemes", expanding=True)
_MEMBER = (members.c.person == people.c.id, members.c.scheme.in_(_SCHEMES))
_OFFICER = (office_holders.c.person == people.c.id, office_holders.c.scheme.in_(_SCHEMES))
_PART = or_(exists().where(*_MEMBER, members.c.state.not_in(("turned_down", "left"))), exists().where(*_OFFICER))
_TO_LOOK_AT = (
    PERSON.where(bindparam("before") > _LOOKED, _PART).order_by(_LOOKED, people.c.id).limit(bindparam("limit"))
)
_LOOK = update(people).where(people.c.id == bindparam("this"), bindparam("since") > _LOOKED)


def _saving(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Over what is there, but for the place: somebody may have acted in another one of theirs. Only the address in that
    same place is theirs to change."""
    new = insert.excluded
    there = and_(*(people.c[name] == new[name] for name in _PLACE[:3]))
    address = case((there, new.address), else_=people.c.address)
    changes = {name: new[name] for name in _CHANGES} | {"address": address}
    return insert.on_conflict_do_update(index_elements=["id"], set_=changes)


_SAVE = {"sqlite": _saving(sqlite.insert(people)), "postgresql": _saving(postgresql.insert(people))}


def get(db: Connection, id_: str) -> Person:
    """That person; Refused("gone") where there is none."""
    row = db.execute(_GET, {"id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return person_of(row)


def find(db: Connection, platform: str, team: str, user: str) -> Person | None:
    """The person behind a platform's user id, as they are in that place, if they have been here before."""
    row = db.execute(_FIND, {"platform": platform, "team": team, "user": user}).first()
    return person_of(row) if row is not None else None


def many(db: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Those of them that there are, by id."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    return {row.id: person_of(row) for row in db.execute(_MANY, {"ids": wanted})}


def by_mailbox(db: Connection, addresses: Iterable[str]) -> dict[str, Person]:
    """Whom the platforms vouch for under these e-mail addresses, by the address in small letters. Of one person in two
    places who has not said so, who came first."""
    wanted = sorted({each.casefold() for each in addresses})
    if not wanted:
        return {}
    found = map(person_of, db.execute(_BY_MAILBOX, {"mailboxes": wanted}))
    return {each.email.casefold(): each for each in found if each.email}


def save(db: Connection, person: Person, now: datetime) -> Person:
    """Insert, or overwrite by id. Conflict where the same user has just been kept under another id."""
    row = values(person, _NAMES) | {
        "works_days": list(person.works_days),
        "quieted": sorted(person.quieted),
        "seen_at": now,
        "mailbox": person.email.casefold() if person.email else None,
        "search": searching.of_person(person.name, person.email),
    }
    with conflict_where_taken():
        db.execute(_SAVE[db.dialect.name], row)
    return person


def to_look_at(
    db: Connection, schemes: Sequence[str], before: datetime, now: datetime, limit: int
) -> tuple[Person, ...]:
    """The next persons to ask their platform for, of those who have a part in one of these schemes: whoever has not
    been asked for since `before`. They count as asked for from now on."""
    which = {"schemes": list(schemes), "before": before}
    found = db.execute(_TO_LOOK_AT, which | {"limit": limit}).all()
    taken = [row for row in found if db.execute(_LOOK, {"this": row.id, "since": before, "looked_at": now}).rowcount]
    return tuple(person_of(row) for row in taken)


def person_of(row: AnyRow) -> Person:
    """A row of `PERSON`."""
    person = Person(*row)
    return replace(person, works_days=tuple(person.works_days), quieted=frozenset(person.quieted))


def selves(db: Connection, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each of these persons with whoever has the same e-mail address: they may be one, in another place."""
    found = {each: {each} for each in ids}
    for id_, other in db.execute(_SELVES, {"ids": list(found)}) if found else ():
        found[id_].add(other)
    return {each: frozenset(others) for each, others in found.items()}


def are_known_as(db: Connection, address: str) -> bool:
    """Whether somebody has come before whose e-mail address or platform's id that is."""
    return db.execute(_KNOWN_AS, {"mailbox": address.casefold(), "known_by": address}).first() is not None
