"""Decisions of the office that can still be taken back, with what there was before: a moment's memory."""

from datetime import datetime
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, select

from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request
from bot.lifecycle.undoing import OWN, Change, Undoable
from bot.storage.tables import undoable

_THIS = (undoable.c.scheme == bindparam("of"), undoable.c.about == bindparam("this"))
_FIND = select(undoable.c.decided_at, undoable.c.changes).where(*_THIS)
_REMOVE = delete(undoable).where(*_THIS)
_PRUNE = delete(undoable).where(undoable.c.decided_at < bindparam("before"))
_HINTS: Final[dict[str, Any]] = get_type_hints(Pair) | get_type_hints(Request) | get_type_hints(Member)
_KINDS: Final[dict[str, TypeAdapter[Any]]] = {name: TypeAdapter(_HINTS[name]) for name in OWN - {"state"}}
"""How a field is read back; any other is text."""


def keep(db: Db, decision: Undoable) -> None:
    """Remember it, in the place of an earlier one about the same."""
    remove(db, decision.scheme, decision.about)
    written = [to_jsonable_python(each) for each in decision.changes]
    row = {"scheme": decision.scheme, "about": decision.about, "decided_at": decision.decided_at, "changes": written}
    db.execute(insert(undoable), row)


def of(db: Db, scheme_key: str, about: str) -> Undoable | None:
    """The decision about that membership or request."""
    row = db.execute(_FIND, {"of": scheme_key, "this": about}).one_or_none()
    if row is None:
        return None
    changes = (Change(each["id"], each["version"], _read(each["was"])) for each in row.changes)
    return Undoable(scheme_key, about, row.decided_at, tuple(changes))


def _read(was: dict[str, Any]) -> dict[str, Any]:
    return {name: _KINDS[name].validate_python(value) if name in _KINDS else value for name, value in was.items()}


def remove(db: Db, scheme_key: str, about: str) -> None:
    """It has been taken back, or another follows."""
    db.execute(_REMOVE, {"of": scheme_key, "this": about})


def prune(db: Db, before: datetime) -> int:
    """Forget what was decided before that moment; says how many."""
    return db.execute(_PRUNE, {"before": before}).rowcount
