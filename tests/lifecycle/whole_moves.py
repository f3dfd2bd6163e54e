"""A move as a whole, to be read: all that it changes, who hears of it and what falls due, or why it is refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.lifecycle.documents import Document
from bot.lifecycle.notices import Notice
from bot.lifecycle.step import Refused, Step

from .builders import NOW

Move = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """One move. `before`: what it moves, where it gives a step; without it what the rule gives is written down, None
    where it lets something happen or finds nothing."""

    name: str
    move: Move
    before: object = None


def lines_of(case: Case) -> Iterator[str]:
    """What comes of it."""
    try:
        came = case.move()
    except Refused as refused:
        field = f" at {refused.field}" if refused.field else ""
        facts = f" {_text(refused.facts)}" if refused.facts else ""
        yield f"{case.name}: refused, {refused.reason}{field}{facts}"
        return
    if case.before is None:
        yield f"{case.name}: {_text(came)}"
        return
    yield f"\n{case.name}:"
    if isinstance(came, Step):
        yield from (f"  {line}" for line in _whole(case.before, came))
    else:
        yield from (f"  {line}" for line in _changed("", case.before, came) or ["nothing changes"])


def _whole(before: object, step: Step[Any]) -> Iterator[str]:
    yield from _changed("", before, step.state) or ["nothing changes"]
    yield from (_notice(each) for each in step.notices)
    yield from (f"due: {each.kind} of {each.about} at {_text(each.due_at)}" for each in step.deadlines)


def _notice(notice: Notice) -> str:
    to = notice.to
    whom = (
        to.person
        or " and ".join(to.together)
        or f"whoever has {to.power}" + (f" but {to.besides}" if to.besides else "")
    )
    how = " in private" if to.private else " by e-mail alone" if notice.copy_alone else ""
    until = f", until {_text(notice.until)}" if notice.until else ""
    redrawn = f", drawn anew at {_text(notice.redrawn_at)}" if notice.redrawn_at else ""
    return f"{whom} hears{how}: {notice.kind} of {notice.about}, time {notice.occurrence}{until}{redrawn}"


def _changed(name: str, before: Any, after: Any) -> list[str]:
    """The differences, by the names of what differs."""
    if before == after:
        return []
    if is_dataclass(before) and type(before) is type(after):
        dot = f"{name}." if name else ""
        return [
            line
            for field in fields(before)
            for line in _changed(f"{dot}{field.name}", getattr(before, field.name), getattr(after, field.name))
        ]
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) <= len(after):
        both = [
            line for n, (a, b) in enumerate(zip(before, after, strict=False)) for line in _changed(f"{name}.{n}", a, b)
        ]
        return [*both, *(f"{name} + {_text(each)}" for each in after[len(before) :])]
    return [f"{name}: {_text(before)} -> {_text(after)}"]


def _text(value: Any) -> str:
    """A value, short: moments from the beginning of the day, and of a record what is not as usual."""
    match value:
        case datetime():
            away = value - NOW
            return f"NOW{'+' if away.days >= 0 else '-'}{abs(away)}" if away else "NOW"
        case tuple() | list():
            return f"({', '.join(map(_text, value))})"
        case Document():
            return value.key
        case frozenset() | set():
            return f"{{{', '.join(sorted(map(_text, value)))}}}"
        case Mapping():
            return f"{{{', '.join(f'{key}: {_text(each)}' for key, each in value.items())}}}"
        case _ if is_dataclass(value) and not isinstance(value, type):
            said = (
                f"{field.name}={_text(getattr(value, field.name))}"
                for field in fields(value)
                if not any(getattr(value, field.name) is usual for usual in (None, False))
                and getattr(value, field.name) not in ((), "")
            )
            return f"{type(value).__name__}({', '.join(said)})"
        case BaseModel():
            return str(getattr(value, "key", "") or type(value).__name__)
        case _:
            return str(value)
