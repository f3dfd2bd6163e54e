"""Files of members and connections on their way in. What they hold is read by itself, and forgotten at the end."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, select, update

from bot.lifecycle.importing import Finding, Import
from bot.lifecycle.step import Refused
from bot.storage.optimistic import AnyRow, changed, columns, names, one_row, values
from bot.storage.tables import imports

_NAMES = names(Import)
_ONE = select(*columns(imports, _NAMES))
_GET = _ONE.where(imports.c.scheme == bindparam("scheme"), imports.c.id == bindparam("id"))
_NEXT = (
    _ONE.where(imports.c.state.in_(("checking", "running")), imports.c.scheme.in_(bindparam("schemes", expanding=True)))
    .order_by(imports.c.made_at, imports.c.id)
    .limit(1)
)
_CONTENT = select(imports.c.content).where(imports.c.id == bindparam("id"))
_UPDATE = update(imports).where(imports.c.id == bindparam("this"), imports.c.version == bindparam("was"))
_FORGET = update(imports).where(imports.c.id == bindparam("this")).values(content=None)
_PRUNE = delete(imports).where(imports.c.made_at < bindparam("before"))
_GOES_ON = frozenset({"checking", "checked", "running"})


def add(db: Db, one: Import, content: bytes) -> None:
    """Keep a file that has come."""
    db.execute(insert(imports), values(one, _NAMES) | _kept(one) | {"content": content})


def get(db: Db, scheme_key: str, id_: str) -> Import:
    """That import; Refused("gone") where there is none any more."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return _loaded(row)


def next_open(db: Db, scheme_keys: Collection[str]) -> Import | None:
    """The oldest on which there is something to do."""
    row = db.execute(_NEXT, {"schemes": sorted(scheme_keys)}).one_or_none()
    return _loaded(row) if row is not None else None


def content(db: Db, id_: str) -> bytes:
    """What the file holds; Refused("gone") once it is forgotten."""
    found = db.execute(_CONTENT, {"id": id_}).scalar_one_or_none()
    if found is None:
        raise Refused("gone")
    return bytes(found)


def save(db: Db, before: Import, after: Import) -> Import:
    """Keep what has changed and give it back; Conflict where somebody was faster. With the last step goes what the file
    holds."""
    saved = replace(after, version=before.version + 1)
    new: dict[str, Any] = changed(before, saved, _NAMES)
    new |= {name: value for name, value in _kept(saved).items() if name in new}
    one_row(db.execute(_UPDATE, {"this": before.id, "was": before.version} | new).rowcount)
    if saved.state not in _GOES_ON:
        db.execute(_FORGET, {"this": saved.id})
    return saved


def prune(db: Db, before: datetime) -> None:
    """Forget what came before then, whatever has become of it."""
    db.execute(_PRUNE, {"before": before})


def _kept(one: Import) -> dict[str, Any]:
    return {"counted": dict(one.counted), "findings": [asdict(each) for each in one.findings]}


def _loaded(row: AnyRow) -> Import:
    found: list[Mapping[str, Any]] = row.findings
    return replace(Import(*row), findings=tuple(Finding(**each) for each in found))
