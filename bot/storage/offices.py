"""Who holds which office of a scheme. What an office may do stands in the scheme's file, never here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle.offices import Holding, Source
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Power, Scheme
from bot.storage import locks
from bot.storage.optimistic import columns, names
from bot.storage.tables import office_holders as held
from bot.storage.tables import people

_SCHEME = held.c.scheme == bindparam("scheme")
_OFFICES = select(held.c.office).where(_SCHEME, held.c.person == bindparam("person"))
_HOLDERS = (
    select(held.c.person)
    .join(people, people.c.id == held.c.person)
    .where(_SCHEME, held.c.office.in_(bindparam("offices", expanding=True)), people.c.active)
    .distinct()
    .order_by(held.c.person)
)
_KEPT = (held.c.scheme, held.c.person, held.c.office)
_APPOINT_BY_SETTINGS = {
    "sqlite": sqlite.insert(held).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(held).on_conflict_do_nothing(),
}
_APPOINT_IN_CHAT = {
    "sqlite": sqlite.insert(held).on_conflict_do_update(index_elements=_KEPT, set_={"source": "chat"}),
    "postgresql": postgresql.insert(held).on_conflict_do_update(index_elements=_KEPT, set_={"source": "chat"}),
}
_BY_SETTINGS = select(held.c.person, held.c.office).where(_SCHEME, held.c.source == "settings")
_DISMISS = delete(held).where(
    _SCHEME,
    held.c.person == bindparam("person"),
    held.c.office == bindparam("office"),
    held.c.source == bindparam("source"),
)
_HOLDINGS = names(Holding)
_ALL_HELD = select(*columns(held, _HOLDINGS)).where(_SCHEME).order_by(held.c.since, held.c.person)


def powers(db: Connection, scheme: Scheme, person: str) -> frozenset[Power]:
    """Everything the person may do by the offices they hold now."""
    held_by = offices_of(db, scheme.key, person)
    return frozenset(power for office in held_by for power in scheme.powers_of(office))


def actor(db: Connection, scheme: Scheme, person: str) -> Actor:
    """The person, with the powers they hold now."""
    return Actor(person, powers(db, scheme, person))


def holders(db: Connection, scheme: Scheme, power: Power) -> tuple[str, ...]:
    """The persons who hold that power and are here, in the order of their ids."""
    return holders_of(db, scheme.key, [office.key for office in scheme.offices if power in office.powers])


def holders_of(db: Connection, scheme_key: str, offices: Sequence[str]) -> tuple[str, ...]:
    """The persons who hold one of these offices and are here, in the order of their ids."""
    return tuple(db.execute(_HOLDERS, {"scheme": scheme_key, "offices": list(offices)}).scalars())


def offices_of(db: Connection, scheme_key: str, person: str) -> frozenset[str]:
    """The keys of the offices that the person holds."""
    return frozenset(db.execute(_OFFICES, {"scheme": scheme_key, "person": person}).scalars())


def appoint(
    db: Connection, scheme_key: str, person: str, office: str, now: datetime, source: Source = "settings"
) -> None:
    """Give a person an office. Where they hold it already nothing happens, but that one given in chat stays theirs when
    the settings no longer name them."""
    statements = _APPOINT_BY_SETTINGS if source == "settings" else _APPOINT_IN_CHAT
    row = {"scheme": scheme_key, "person": person, "office": office, "since": now, "source": source}
    db.execute(statements[db.dialect.name], row)


def appointed_by_settings(db: Connection, scheme_key: str) -> tuple[tuple[str, str], ...]:
    """The persons who hold an office because the settings say so, each with its key."""
    return tuple((row.person, row.office) for row in db.execute(_BY_SETTINGS, {"scheme": scheme_key}))


def all_held(db: Connection, scheme_key: str) -> tuple[Holding, ...]:
    """Who holds which office of the scheme, in the order in which they came to it."""
    return tuple(Holding(*row) for row in db.execute(_ALL_HELD, {"scheme": scheme_key}))


def lock(db: Connection, scheme_key: str) -> None:
    """Let nobody else give or take an office until the transaction ends: two who remove each other would leave none."""
    locks.hold(db, f"offices:{scheme_key}")


def dismiss(db: Connection, scheme_key: str, person: str, office: str, source: Source = "settings") -> None:
    """Take away an office that the settings gave, or one given in chat; what the other gave stays."""
    db.execute(_DISMISS, {"scheme": scheme_key, "person": person, "office": office, "source": source})
