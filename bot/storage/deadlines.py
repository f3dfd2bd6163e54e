"""The deadlines of everything, in one table: set and cleared with the step that moves the thing, found when due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle.deadlines import REMINDERS, Deadline
from bot.storage import locks
from bot.storage.optimistic import columns, names, values
from bot.storage.tables import deadlines


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that has passed. `kind` is as it is kept: a later version may know more of them."""

    scheme: str
    kind: str
    about: str


_DEADLINE = names(Deadline)
_KEY = [deadlines.c.scheme, deadlines.c.about, deadlines.c.kind]
_lite, _post = sqlite.insert(deadlines), postgresql.insert(deadlines)
_PUT_MISSING = {
    "sqlite": sqlite.insert(deadlines).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(deadlines).on_conflict_do_nothing(),
}
_PUT = {
    "sqlite": _lite.on_conflict_do_update(index_elements=_KEY, set_={"due_at": _lite.excluded.due_at}),
    "postgresql": _post.on_conflict_do_update(index_elements=_KEY, set_={"due_at": _post.excluded.due_at}),
}
_CLEAR = delete(deadlines).where(
    deadlines.c.scheme == bindparam("scheme"), deadlines.c.about.in_(bindparam("abouts", expanding=True))
)
_CLEAR_REMINDERS = _CLEAR.where(deadlines.c.kind.in_(bindparam("kinds", expanding=True)))
_HAS_PASSED = deadlines.c.due_at <= bindparam("now")
# Joined with nothing, the scheme cannot be looked up in an index: SQLite would take the one of the key and go through
# all that is pending, where the one of the moment leads to the few that are due.
_DUE = (
    select(*columns(deadlines, names(Due)))
    .where(_HAS_PASSED, deadlines.c.scheme.concat("").in_(bindparam("schemes", expanding=True)))
    .order_by(deadlines.c.due_at)
    .limit(bindparam("limit"))
)
_THIS = (
    deadlines.c.scheme == bindparam("of"),
    deadlines.c.about == bindparam("this"),
    deadlines.c.kind == bindparam("what"),
    _HAS_PASSED,
)
_STILL_DUE = select(deadlines.c.due_at).where(*_THIS)
_REMOVE = delete(deadlines).where(*_THIS)
_PUT_OFF = update(deadlines).where(*_THIS)


def put(db: Connection, scheme_key: str, wanted: Collection[Deadline]) -> None:
    """Set these; one of the same kind about the same thing is moved."""
    if wanted:
        db.execute(_PUT[db.dialect.name], [{"scheme": scheme_key} | values(each, _DEADLINE) for each in wanted])


def put_missing(db: Connection, scheme_key: str, wanted: Collection[Deadline]) -> None:
    """Set those that are not set; the others stay as they are."""
    if wanted:
        db.execute(_PUT_MISSING[db.dialect.name], [{"scheme": scheme_key} | values(each, _DEADLINE) for each in wanted])


def clear(db: Connection, scheme_key: str, abouts: Collection[str]) -> None:
    """Take away whatever is pending about these things."""
    if abouts:
        db.execute(_CLEAR, {"scheme": scheme_key, "abouts": list(abouts)})


def take_back(db: Connection, scheme_key: str, one: Deadline) -> bool:
    """It is not to be done any more; whether it was still to be."""
    which = {"of": scheme_key, "what": one.kind, "this": one.about, "now": one.due_at}
    return bool(db.execute(_REMOVE, which).rowcount)


def put_reminders(db: Connection, scheme_key: str, abouts: Collection[str], wanted: Collection[Deadline]) -> None:
    """Of all that reminds of these things, only what is wanted stays."""
    if abouts:
        keys = {"scheme": scheme_key, "abouts": list(abouts), "kinds": sorted(REMINDERS)}
        db.execute(_CLEAR_REMINDERS, keys)
    put(db, scheme_key, wanted)


def due(db: Connection, scheme_keys: Collection[str], now: datetime, limit: int) -> tuple[Due, ...]:
    """What has passed in these schemes, longest first."""
    found = db.execute(_DUE, {"schemes": list(scheme_keys), "now": now, "limit": limit})
    return tuple(Due(*row) for row in found)


def take(db: Connection, one: Due, now: datetime) -> bool:
    """Whether it is still to be done, and by this transaction: another one that takes it too waits until this one ends.

    The row itself is left alone until `remove`, when the thing's own rows are locked, as they are by whoever clicks:
    locked the other way round, the two would stop each other.
    """
    locks.hold(db, f"deadline:{one.scheme}:{one.kind}:{one.about}")
    return db.execute(_STILL_DUE, _key(one, now)).first() is not None


def remove(db: Connection, one: Due, now: datetime) -> None:
    """It is done; one that has been set anew for later stays."""
    db.execute(_REMOVE, _key(one, now))


def put_off(db: Connection, one: Due, now: datetime, by: timedelta) -> None:
    """Leave it for that much later than now, unless somebody has done it or moved it meanwhile."""
    db.execute(_PUT_OFF, _key(one, now) | {"due_at": now + by})


def _key(one: Due, now: datetime) -> dict[str, object]:
    return {"of": one.scheme, "what": one.kind, "this": one.about, "now": now}
