"""Taking a decision of the office back: for a moment, and only while nothing has come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused

Decidable = TypeVar("Decidable", Member, Request, Pair)

FOR: Final = timedelta(minutes=2)
"""How long a decision can be taken back."""
OWN: Final = frozenset({"state", "reply", "waiting_since", "approved_at", "trainings", "revision", "version"}) | {
    "ends_at", "extended_at", "more_time_by",
}  # fmt: skip
"""What a decision may change of a membership, a request or a pair without touching anybody else: no place, no
invitation."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision did to one membership, request or pair: the version that it has since, and by field what there
    was before."""

    id: str
    version: int
    was: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Undoable:
    """A decision that can be taken back. `changes`: what it is about comes first."""

    scheme: str
    about: str
    decided_at: datetime
    changes: tuple[Change, ...]


def change(before: Decidable, after: Decidable) -> Change | None:
    """What changed; None where more has than can be taken back without anybody else."""
    was = {each.name: getattr(before, each.name) for each in fields(before)}
    was = {name: value for name, value in was.items() if value != getattr(after, name)}
    if not was.keys() <= OWN:
        return None
    return Change(after.id, after.version, {name: value for name, value in was.items() if name != "version"})


def may_undo(undoable: Undoable | None, version: int, now: datetime) -> Undoable:
    """The decision, while it can be taken back. `version`: which what it is about has now."""
    if undoable is None or now >= undoable.decided_at + FOR:
        raise Refused("undo_too_late")
    if undoable.changes[0].version != version:
        raise Refused("undo_gone_on")
    return undoable


def as_before(now: Decidable, change: Change) -> Decidable:
    """As it was before the decision. What is decided next is heard of once more, so its revision is a new one."""
    if now.version != change.version:
        raise Refused("undo_gone_on")
    if isinstance(now, Pair):
        return replace(now, **change.was)
    return replace(now, **{**change.was, "revision": now.revision + 1})
