"""Who is kept apart from whom, and which mentor is pinned to which mentee."""

from collections.abc import Sequence

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, or_, select, tuple_

from bot.lifecycle.pairings import Around, Pairing, around
from bot.storage.optimistic import columns, conflict_where_taken, names, values
from bot.storage.tables import pairings

_NAMES = names(Pairing)
_SCHEME = pairings.c.scheme == bindparam("of_scheme")
_OF = (
    select(*columns(pairings, _NAMES))
    .where(_SCHEME, or_(pairings.c.one == bindparam("who"), pairings.c.other == bindparam("who")))
    .order_by(pairings.c.at, pairings.c.one, pairings.c.other)
)
_APART = select(pairings.c.one, pairings.c.other).where(
    _SCHEME,
    pairings.c.said == "apart",
    pairings.c.one.in_(bindparam("some", expanding=True)),
    pairings.c.other.in_(bindparam("some", expanding=True)),
)
_THE_TWO = tuple_(pairings.c.one, pairings.c.other).in_(bindparam("two", expanding=True))
_REMOVE = delete(pairings).where(_SCHEME, _THE_TWO)


def of(db: Db, scheme_key: str, person: str) -> tuple[Pairing, ...]:
    """All that was said of that person, the oldest first."""
    return tuple(Pairing(*row) for row in db.execute(_OF, {"of_scheme": scheme_key, "who": person}))


def around_of(db: Db, scheme_key: str, person: str) -> Around:
    """What the matching keeps to for that person."""
    return around(person, of(db, scheme_key, person))


def apart_among(db: Db, scheme_key: str, persons: Sequence[str]) -> frozenset[frozenset[str]]:
    """Which two of these persons are kept apart."""
    rows = db.execute(_APART, {"of_scheme": scheme_key, "some": list(persons)})
    return frozenset(frozenset(row) for row in rows)


def save(db: Db, pairing: Pairing) -> None:
    """Keep it in the place of what was said of the two before."""
    remove(db, pairing.scheme, pairing.one, pairing.other)
    with conflict_where_taken():
        db.execute(insert(pairings), values(pairing, _NAMES))


def remove(db: Db, scheme_key: str, one: str, other: str) -> int:
    """Nothing is said of the two any more; how much was."""
    return db.execute(_REMOVE, {"of_scheme": scheme_key, "two": [(one, other), (other, one)]}).rowcount
