"""Who did what to which thing, and how it came out. Ids and fixed words, never a text of anybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from bot.storage.optimistic import columns, names
from bot.storage.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. `person` is None where the bot acted by itself; `outcome` is "done" or a reason."""

    id: str
    scheme: str
    at: datetime
    person: str | None
    verb: str
    about: str
    outcome: str


_INSERT = insert(audit)
_OF = (
    select(*columns(audit, names(Entry)))
    .where(audit.c.scheme == bindparam("scheme"), audit.c.about == bindparam("about"))
    .order_by(audit.c.at, audit.c.id)
)
_LAST_DONE = (
    select(*columns(audit, names(Entry)))
    .where(
        audit.c.scheme == bindparam("scheme"),
        audit.c.about == bindparam("about"),
        audit.c.outcome == "done",
        audit.c.verb.in_(bindparam("verbs", expanding=True)),
    )
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(1)
)


_LAST_OF = (
    select(*columns(audit, names(Entry)))
    .where(
        audit.c.scheme == bindparam("scheme"),
        audit.c.about.in_(bindparam("abouts", expanding=True)),
        audit.c.outcome == "done",
        audit.c.person.is_not(None),
        audit.c.verb.in_(bindparam("verbs", expanding=True)),
    )
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(bindparam("limit"))
)


def last_done(db: Connection, scheme_key: str, about: str, verbs: Sequence[str]) -> Entry | None:
    """The latest of these things that was done about it."""
    row = db.execute(_LAST_DONE, {"scheme": scheme_key, "about": about, "verbs": list(verbs)}).one_or_none()
    return Entry(*row) if row is not None else None


def last_of(
    db: Connection, scheme_key: str, abouts: Sequence[str], verbs: Sequence[str], limit: int
) -> tuple[Entry, ...]:
    """The latest of these things that somebody did about any of these, the last first."""
    which = {"scheme": scheme_key, "abouts": list(abouts), "verbs": list(verbs), "limit": limit}
    return tuple(Entry(*row) for row in db.execute(_LAST_OF, which))


def note(
    db: Connection, id_: str, scheme_key: str, person: str | None, verb: str, about: str, outcome: str, now: datetime
) -> None:
    """Write one line."""
    row = {
        "id": id_, "scheme": scheme_key, "at": now, "person": person, "verb": verb, "about": about, "outcome": outcome,
    }  # fmt: skip
    db.execute(_INSERT, row)


def of(db: Connection, scheme_key: str, about: str) -> tuple[Entry, ...]:
    """Everything noted about a thing, oldest first."""
    return tuple(Entry(*row) for row in db.execute(_OF, {"scheme": scheme_key, "about": about}))
