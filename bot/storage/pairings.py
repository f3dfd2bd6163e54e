"""Who is kept apart from whom, and which mentor is pinned to which mentee: by the office, or by somebody's record."""

from collections.abc import Mapping, Sequence

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Text,
    and_,
    bindparam,
    delete,
    insert,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import Connection as Db

from bot.lifecycle.pairings import Around, Pairing, around
from bot.storage import named
from bot.storage.optimistic import columns, conflict_where_taken, names, values
from bot.storage.tables import colleagues, named_people, pairings

_NAMES = names(Pairing, leave_out=["record"])
_SCHEME = pairings.c.scheme == bindparam("of_scheme")
_SAID = select(*columns(pairings, _NAMES), null().label("record")).where(
    _SCHEME, or_(pairings.c.one == bindparam("who"), pairings.c.other == bindparam("who"))
)


def _whose(other: ColumnElement[str]) -> list[ColumnElement[bool]]:
    return [named_people.c.person == bindparam("who"), other == bindparam("who")]


_THOUGHT_OF = select(
    colleagues.c.scheme, colleagues.c.mentee, colleagues.c.named, literal_column("'suggested'", Text()),
    colleagues.c.by, colleagues.c.at, null(), null(),
).where(colleagues.c.scheme == bindparam("of_scheme"), colleagues.c.state.in_(("suggested", "joined")))  # fmt: skip

_OF = union_all(
    _SAID,
    *named.branches(_whose),
    *(_THOUGHT_OF.where(side == bindparam("who")) for side in (colleagues.c.mentee, colleagues.c.named)),
)


_ALL = union_all(
    select(*columns(pairings, _NAMES), null().label("record")).where(_SCHEME),
    *named.branches(lambda _: [true()]),
    _THOUGHT_OF,
)


def _among(one: ColumnElement[str], other: ColumnElement[str], said: ColumnElement[str]) -> ColumnElement[bool]:
    some: BindParameter[Sequence[str]] = bindparam("some", expanding=True)
    return and_(said == "apart", one.in_(some), other.in_(some))


_APART = union_all(
    select(*columns(pairings, _NAMES), null()).where(
        _SCHEME, _among(pairings.c.one, pairings.c.other, pairings.c.said)
    ),
    *named.branches(lambda other: [_among(named_people.c.person, other, named_people.c.said)]),
)
_THE_TWO = tuple_(pairings.c.one, pairings.c.other).in_(bindparam("two", expanding=True))
_REMOVE = delete(pairings).where(_SCHEME, _THE_TWO)


def of(db: Db, scheme_key: str, person: str) -> tuple[Pairing, ...]:
    """All that was said of that person, the oldest first: once each, by whichever way it was found."""
    found = {Pairing(*row) for row in db.execute(_OF, {"of_scheme": scheme_key, "who": person})}
    return tuple(sorted(found, key=lambda each: (each.at, each.one, each.other, each.record or "")))


def around_of(db: Db, scheme_key: str, person: str) -> Around:
    """What the matching keeps to for that person."""
    return around(person, of(db, scheme_key, person))


def around_all(db: Db, scheme_key: str) -> Mapping[str, Around]:
    """The same for everybody of whom anything was said."""
    of_each: dict[str, list[Pairing]] = {}
    for row in db.execute(_ALL, {"of_scheme": scheme_key}):
        pairing = Pairing(*row)
        of_each.setdefault(pairing.one, []).append(pairing)
        of_each.setdefault(pairing.other, []).append(pairing)
    return {person: around(person, found) for person, found in of_each.items()}


def apart_among(db: Db, scheme_key: str, persons: Sequence[str]) -> frozenset[frozenset[str]]:
    """Which two of these persons are kept apart."""
    rows = db.execute(_APART, {"of_scheme": scheme_key, "some": list(persons)})
    return frozenset(frozenset((row.one, row.other)) for row in rows)


def save(db: Db, pairing: Pairing) -> None:
    """Keep it in the place of what was said of the two before."""
    remove(db, pairing.scheme, pairing.one, pairing.other)
    with conflict_where_taken():
        db.execute(insert(pairings), values(pairing, _NAMES))


def remove(db: Db, scheme_key: str, one: str, other: str) -> int:
    """Nothing is said of the two any more; how much was."""
    return db.execute(_REMOVE, {"of_scheme": scheme_key, "two": [(one, other), (other, one)]}).rowcount
