"""Concerns and what has happened to them. All that says what one is about is encrypted: it is looked through after it
has been read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from bot.lifecycle.concerns import Concern, Happened
from bot.lifecycle.step import Refused
from bot.storage.optimistic import AnyRow, changed, columns, names, one_row, values
from bot.storage.tables import concern_entries as entries
from bot.storage.tables import concerns

_NAMES = names(Concern)
_CONCERN = select(*columns(concerns, _NAMES))
_SCHEME = concerns.c.scheme == bindparam("scheme")
_GET = _CONCERN.where(_SCHEME, concerns.c.id == bindparam("id"))
_OF = _CONCERN.where(_SCHEME, concerns.c.reporter == bindparam("reporter")).order_by(concerns.c.raised_at.desc())
_IN = _CONCERN.where(_SCHEME, concerns.c.state.in_(bindparam("states", expanding=True)))
_ALL = select(concerns.c.id, concerns.c.about).where(concerns.c.about.is_not(None))
_INSERT = insert(concerns)
_UPDATE = update(concerns).where(concerns.c.id == bindparam("which"), concerns.c.version == bindparam("was"))
_ABOUT = update(concerns).where(concerns.c.id == bindparam("which"))
_ADD = insert(entries)
_STORY = (
    select(entries.c.at, entries.c.what, entries.c.person, entries.c.said)
    .where(entries.c.concern == bindparam("concern"))
    .order_by(entries.c.at, entries.c.id)
)


def get(db: Db, scheme_key: str, id_: str) -> Concern:
    """That concern; Refused("gone") where there is none."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return _loaded(row)


def of(db: Db, scheme_key: str, reporter: str) -> tuple[Concern, ...]:
    """What that person has raised, the last first."""
    return tuple(_loaded(row) for row in db.execute(_OF, {"scheme": scheme_key, "reporter": reporter}))


def in_states(db: Db, scheme_key: str, *states: str) -> tuple[Concern, ...]:
    """Every concern of the scheme in one of these states, whoever may read it."""
    return tuple(_loaded(row) for row in db.execute(_IN, {"scheme": scheme_key, "states": list(states)}))


def _loaded(row: AnyRow) -> Concern:
    concern = Concern(*row)
    return replace(concern, offices=tuple(concern.offices))


def save(db: Db, before: Concern | None, after: Concern) -> Concern:
    """Keep it and give it back with its new version. Conflict where somebody was faster."""
    saved = replace(after, version=after.version + 1)
    if before is None:
        db.execute(_INSERT, values(saved, _NAMES) | {"offices": list(saved.offices)})
        return saved
    new = changed(before, saved, _NAMES)
    if "offices" in new:
        new["offices"] = list(saved.offices)
    one_row(db.execute(_UPDATE.values(new), {"which": before.id, "was": before.version}).rowcount)
    return saved


def add(db: Db, concern: Concern, id_: str, one: Happened) -> None:
    """Add one thing to its story."""
    said = {
        "text": one.text, "note": one.note, "office": one.office, "until": one.until.isoformat() if one.until else None,
    }  # fmt: skip
    row = {"id": id_, "scheme": concern.scheme, "concern": concern.id, "at": one.at, "what": one.what}
    said = {name: value for name, value in said.items() if value is not None}
    db.execute(_ADD, row | {"person": one.person, "said": said})


def story(db: Db, id_: str) -> tuple[Happened, ...]:
    """All that has happened to that concern, oldest first."""
    return tuple(_happened(row.at, row.what, row.person, row.said) for row in db.execute(_STORY, {"concern": id_}))


def _happened(at: datetime, what: Any, person: str | None, said: Mapping[str, str]) -> Happened:
    until = datetime.fromisoformat(said["until"]) if "until" in said else None
    return Happened(at, what, person, said.get("text"), said.get("note"), said.get("office"), until)


def now_about(db: Db, old: str, new: str) -> None:
    """The same person is known by another id from now on: what is about them stays about them."""
    those: Sequence[str] = [row.id for row in db.execute(_ALL) if row.about == old]
    for id_ in those:
        db.execute(_ABOUT.values(about=new), {"which": id_})
