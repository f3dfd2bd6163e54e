"""Who holds which office of a scheme. What an office may do stands in the scheme's file, never here."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.schemes.scheme import Power, Scheme
from bot.storage.tables import office_holders as held

_SCHEME = held.c.scheme == bindparam("scheme")
_OFFICES = select(held.c.office).where(_SCHEME, held.c.person == bindparam("person"))
_HOLDERS = (
    select(held.c.person)
    .where(_SCHEME, held.c.office.in_(bindparam("offices", expanding=True)))
    .distinct()
    .order_by(held.c.person)
)
_APPOINT = {
    "sqlite": sqlite.insert(held).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(held).on_conflict_do_nothing(),
}


def powers(db: Connection, scheme: Scheme, person: str) -> frozenset[Power]:
    """Everything the person may do by the offices they hold now."""
    held_by = offices_of(db, scheme.key, person)
    return frozenset(power for office in held_by for power in scheme.powers_of(office))


def holders(db: Connection, scheme: Scheme, power: Power) -> tuple[str, ...]:
    """The persons who hold that power, in the order of their ids."""
    offices = [office.key for office in scheme.offices if power in office.powers]
    return tuple(db.execute(_HOLDERS, {"scheme": scheme.key, "offices": offices}).scalars())


def offices_of(db: Connection, scheme_key: str, person: str) -> frozenset[str]:
    """The keys of the offices that the person holds."""
    return frozenset(db.execute(_OFFICES, {"scheme": scheme_key, "person": person}).scalars())


def appoint(db: Connection, scheme_key: str, person: str, office: str, now: datetime) -> None:
    """Give a person an office; nothing happens where they hold it."""
    row = {"scheme": scheme_key, "person": person, "office": office, "since": now}
    db.execute(_APPOINT[db.dialect.name], row)
