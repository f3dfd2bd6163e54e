"""The times that people say themselves: loading them, keeping them where nobody was faster. They are encrypted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from bot.lifecycle.own_times import Dated, Line, OwnTimes, Weekly, Window
from bot.storage.optimistic import conflict_where_taken, one_row
from bot.storage.tables import own_times

_OF = select(own_times.c.person, own_times.c.lines, own_times.c.version).where(
    own_times.c.person.in_(bindparam("people", expanding=True))
)
_INSERT = insert(own_times)
_UPDATE = update(own_times).where(own_times.c.person == bindparam("whose"), own_times.c.version == bindparam("was"))


def of(db: Db, people: Collection[str]) -> dict[str, OwnTimes]:
    """What each of these persons has said, by their ids; of one who has said nothing that."""
    found = {row.person: _loaded(*row) for row in db.execute(_OF, {"people": sorted(people)})}
    return {each: found.get(each) or OwnTimes(each) for each in people}


def save(db: Db, after: OwnTimes) -> OwnTimes:
    """Keep it and give it back with its new version. Conflict where its own version is not the last one any more."""
    saved = replace(after, version=after.version + 1)
    row = {"lines": {"busy": _kept(after.busy), "free": _kept(after.free)}, "version": saved.version}
    if after.version:
        one_row(db.execute(_UPDATE, {"whose": after.person, "was": after.version, **row}).rowcount)
    else:
        with conflict_where_taken():
            db.execute(_INSERT, {"person": after.person, **row})
    return saved


def _kept(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{**_days(each), **_hours(each.window)} for each in lines]


def _days(line: Line) -> dict[str, Any]:
    if isinstance(line, Weekly):
        return {"days": line.days}
    return {"first": line.first.isoformat(), "last": line.last.isoformat()}


def _hours(window: Window | None) -> dict[str, str]:
    return {"from": window[0].isoformat("minutes"), "to": window[1].isoformat("minutes")} if window else {}


def _loaded(person: str, lines: Mapping[str, Any], version: int) -> OwnTimes:
    busy, free = (tuple(_line(each) for each in lines[kind]) for kind in ("busy", "free"))
    return OwnTimes(person, busy, free, version)


def _line(kept: Mapping[str, Any]) -> Line:
    window = (time.fromisoformat(kept["from"]), time.fromisoformat(kept["to"])) if "from" in kept else None
    if "days" in kept:
        return Weekly(tuple(kept["days"]), window)
    return Dated(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]), window)
