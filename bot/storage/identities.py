"""The further places in which somebody is known, besides the one in which they are written to."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, delete, exists, insert, or_, select, update

from bot.lifecycle.people import Person
from bot.storage import offices, people
from bot.storage.optimistic import AnyRow, conflict_where_taken, one_row
from bot.storage.tables import identities, metadata, office_holders, outbox
from bot.storage.tables import people as persons

_THERE = (
    identities.c.platform == bindparam("of_platform"),
    identities.c.team == bindparam("of_team"),
    identities.c.user == bindparam("of_user"),
)
_PERSON = identities.c.person == bindparam("of_person")
_AT = select(identities).where(_PERSON, identities.c.platform == bindparam("of_platform"))
_ANY = select(identities).where(_PERSON).order_by(identities.c.platform, identities.c.user).limit(1)
_OF = select(identities.c.user).where(_PERSON)
_LOCK = select(persons.c.id).where(persons.c.id.in_(bindparam("ids", expanding=True))).order_by(persons.c.id)
_OF_ADDRESS = people.PERSON.where(
    persons.c.mailbox == bindparam("mailbox"),
    persons.c.active,
    persons.c.id != bindparam("of_person"),
    persons.c.platform != bindparam("of_platform"),
    ~exists().where(identities.c.person == persons.c.id, identities.c.platform == bindparam("of_platform")),
).limit(2)


def _parts() -> Iterator[ColumnElement[bool]]:
    """One condition for each way in which somebody may stand in a table: but letters follow them, and so does an office
    that the settings give."""
    pointing = ((table, column) for table in metadata.sorted_tables for column in table.columns)
    for table, column in pointing:
        if table is not outbox and any(key.column is persons.c.id for key in column.foreign_keys):
            in_chat = (office_holders.c.source != "settings",) if table is office_holders else ()
            yield exists().where(column == bindparam("of_person"), *in_chat)


_HAS_PART = select(or_(*_parts()))
_LETTERS = (
    update(outbox)
    .where(outbox.c.person == bindparam("of_person"))
    .values(
        person=bindparam("to_person"),
        about=case((outbox.c.kind == "home", bindparam("to_person")), else_=outbox.c.about),
        lane=outbox.c.by + ":" + outbox.c.scheme + "." + bindparam("to_person"),
    )
)
_HELD = select(office_holders.c.scheme, office_holders.c.office, office_holders.c.since).where(
    office_holders.c.person == bindparam("of_person")
)
_RESIGN = delete(office_holders).where(office_holders.c.person == bindparam("of_person"))
_LEAVE = delete(persons).where(persons.c.id == bindparam("of_person"))
_ADD = insert(identities)
_REMOVE = delete(identities).where(*_THERE, _PERSON)
_MOVE = update(persons).where(persons.c.id == bindparam("of_person"))
_READDRESS = update(identities).where(*_THERE)


def at(db: Connection, person: Person, platform: str) -> Person | None:
    """The same person in their other place there; None where they have none."""
    return _there(person, db.execute(_AT, {"of_person": person.id, "of_platform": platform}).first())


def any_of(db: Connection, person: Person) -> Person | None:
    """The same person in a place in which they are not written to; None where they have no such."""
    return _there(person, db.execute(_ANY, {"of_person": person.id}).first())


def _there(person: Person, row: AnyRow | None) -> Person | None:
    if row is None:
        return None
    there = {"platform": row.platform, "team": row.team, "user": row.user, "address": row.address}
    return replace(person, elsewhere=True, **there)


def forget(db: Connection, there: Person) -> None:
    """That place is theirs no more."""
    db.execute(_REMOVE, _which(there))


def users_of(db: Connection, person: str) -> frozenset[str]:
    """The platforms' own ids of that person in their other places."""
    return frozenset(db.execute(_OF, {"of_person": person}).scalars())


def of_address(db: Connection, me: Person) -> tuple[Person, ...]:
    """Who on other platforms has this person's e-mail address and no place on theirs; two at most."""
    which = {"mailbox": (me.email or "").casefold(), "of_person": me.id, "of_platform": me.platform}
    return tuple(people.person_of(row) for row in db.execute(_OF_ADDRESS, which)) if me.email else ()


def has_part(db: Connection, person: str) -> bool:
    """Whether anything here is theirs, in any scheme, but what they have been told."""
    return bool(db.execute(_HAS_PART, {"of_person": person}).scalar())


def lock(db: Connection, ids: Collection[str]) -> frozenset[str]:
    """Hold these persons until the commit; gives those of them that there are."""
    return frozenset(db.execute(_LOCK.with_for_update(), {"ids": list(ids)}).scalars())


def take_over(db: Connection, new: Person, old: Person) -> Person:
    """From now on the new one is a place of the old one, where they are not written to yet; what stands in it is
    theirs."""
    db.execute(_LETTERS, {"of_person": new.id, "to_person": old.id})
    for scheme, office, since in db.execute(_HELD, {"of_person": new.id}).all():
        offices.appoint(db, scheme, old.id, office, since)
    db.execute(_RESIGN, {"of_person": new.id})
    db.execute(_LEAVE, {"of_person": new.id})
    there = _place(new)
    with conflict_where_taken():
        db.execute(_ADD, there | {"person": old.id})
    return replace(old, elsewhere=True, **there)


def write_there(db: Connection, there: Person) -> Person:
    """Somebody in one of their other places is written to there from now on, and known where they were until then."""
    home = people.get(db, there.id)
    with conflict_where_taken():
        one_row(db.execute(_REMOVE, _which(there)).rowcount)
        db.execute(_MOVE.values(**_place(there)), {"of_person": there.id})
        db.execute(_ADD, _place(home) | {"person": home.id})
    return replace(there, elsewhere=False)


def readdress(db: Connection, there: Person) -> None:
    """The address in one of their other places is another one."""
    db.execute(_READDRESS.values(address=there.address), _which(there))


def _place(person: Person) -> dict[str, Any]:
    return {"platform": person.platform, "team": person.team, "user": person.user, "address": person.address}


def _which(there: Person) -> dict[str, str]:
    return {
        "of_platform": there.platform, "of_team": there.team, "of_user": there.user, "of_person": there.id,
    }  # fmt: skip
