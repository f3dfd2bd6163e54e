"""What is approved many at once: what was shown, and what came of each."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, select, update

from bot.lifecycle.bulk import Bulk, Case
from bot.lifecycle.step import Refused
from bot.storage.optimistic import AnyRow, changed, columns, names, one_row, values
from bot.storage.tables import bulks

_NAMES = names(Bulk)
_ONE = select(*columns(bulks, _NAMES))
_GET = _ONE.where(bulks.c.scheme == bindparam("scheme"), bulks.c.id == bindparam("id"))
_NEXT = (
    _ONE.where(bulks.c.state.in_(("running", "undoing")), bulks.c.scheme.in_(bindparam("schemes", expanding=True)))
    .order_by(bulks.c.made_at, bulks.c.id)
    .limit(1)
)
_UPDATE = update(bulks).where(bulks.c.id == bindparam("this"), bulks.c.version == bindparam("was"))
_PRUNE = delete(bulks).where(bulks.c.made_at < bindparam("before"))


def add(db: Db, one: Bulk) -> None:
    """Keep what is shown."""
    db.execute(insert(bulks), values(one, _NAMES) | _kept(one))


def get(db: Db, scheme_key: str, id_: str) -> Bulk:
    """That one; Refused("gone") where there is none any more."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return _loaded(row)


def next_open(db: Db, scheme_keys: Collection[str]) -> Bulk | None:
    """The oldest on which there is something to do."""
    row = db.execute(_NEXT, {"schemes": sorted(scheme_keys)}).one_or_none()
    return _loaded(row) if row is not None else None


def save(db: Db, before: Bulk, after: Bulk) -> Bulk:
    """Keep what has changed and give it back; Conflict where somebody was faster."""
    saved = replace(after, version=before.version + 1)
    new: dict[str, Any] = changed(before, saved, _NAMES)
    new |= {name: value for name, value in _kept(saved).items() if name in new}
    one_row(db.execute(_UPDATE, {"this": before.id, "was": before.version} | new).rowcount)
    return saved


def prune(db: Db, before: datetime) -> None:
    """Forget what was shown before then."""
    db.execute(_PRUNE, {"before": before})


def _kept(one: Bulk) -> dict[str, Any]:
    return {"cases": [asdict(each) for each in one.cases], "outcomes": dict(one.outcomes)}


def _loaded(row: AnyRow) -> Bulk:
    return replace(Bulk(*row), cases=tuple(Case(**each) for each in row.cases))
