"""Choosing when a session is to be: among times that suit both, or another that is typed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.dialogs import own_fields as own
from bot.dialogs import plain, subjects
from bot.dialogs.parts import Button, Buttons, Choice, Part
from bot.dialogs.view_models.sessions import Proposals, SessionView
from bot.dialogs.wording.builders import cut, press, small

CARRIED: Final = "times"
"""What the form carries along: the times that stand in it, in minutes since the epoch."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_KEY: Final = "at:"

Press = Callable[[str, str], Button]
"""A button that draws the form anew: its label, and what it binds."""


def fields(view: SessionView, about: str, again: Press) -> tuple[Part, ...]:
    """The date and the start of a session: a choice, or two fields to type in. `about`: what the form is opened for;
    `again`: opens it with other times."""
    given = view.proposals
    if given is None:
        return (*typed(view), *_turning(again("Suggested times", subjects.times(about, 0))))
    looked = tuple(map(small, _looked(view, given)))
    if not given.starts:
        return (small(_none(view)), *looked, *typed(view))
    options = tuple(_option(view, at) for at in given.starts)
    hint = "By the hours and the busy and free times of you both, without what is set already."
    choice = Choice(_key(given), "When?", options, hint=hint, initial=options[0])
    step = len(given.starts)
    back = again("Earlier times", subjects.times(about, max(0, given.after - step))) if given.after else None
    more = again("More times", subjects.times(about, given.after + step)) if given.more else None
    return (choice, *looked, *_turning(back, more, again("Another time", subjects.another_time(about))))


def _looked(view: SessionView, given: Proposals) -> Iterator[str]:
    """Whether the two's own calendars say the same."""
    unknown = tuple("your own" if each.id == view.pair.viewer else f"{each.first}’s" for each in given.unknown)
    if given.calendars == "waited_for":
        yield "Your calendars are being looked at; this takes a moment."
    elif given.calendars == "looked_at" and not unknown:
        yield "Both of your calendars are free then."
    elif given.calendars == "looked_at":
        several = "calendars" if len(unknown) > 1 else "calendar"
        yield f"Not looked at: {' and '.join(unknown)} {several}. It is looked at again before the session is set."


def _turning(*pressed: Button | None) -> tuple[Buttons, ...]:
    return (press(*(each for each in pressed if each)),)


def typed(view: SessionView) -> tuple[Part, ...]:
    """Two fields to type a time in."""
    at = view.session.starts_at
    local = at.astimezone(ZoneInfo(view.pair.me.zone)) if at else None
    return (
        replace(own.DAY, initial=local.date() if local else None),
        replace(own.START, initial=local.time().replace(second=0, microsecond=0) if local else None),
    )


def _none(view: SessionView) -> str:
    return f"In the next weeks no time suits both you and {view.pair.other.first} by your hours. Please choose one."


def _option(view: SessionView, at: datetime) -> str:
    """The time on the reader's wall and, where clocks differ, on the other's."""
    me, other = view.pair.me, view.pair.other
    mine, theirs = at.astimezone(ZoneInfo(me.zone)), at.astimezone(ZoneInfo(other.zone))
    if mine.replace(tzinfo=None) == theirs.replace(tzinfo=None):
        return words(at, me.zone)
    there = f"{theirs:%H:%M}" if mine.date() == theirs.date() else words(at, other.zone)
    return cut(f"{words(at, me.zone)} ({there} for {other.first})", 75)


def words(at: datetime, zone: str) -> str:
    """A time as it stands in the choice, on the wall of that zone: "Tue 24 Nov 2026, 14:30"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{plain.day(local)}, {local:%H:%M}"


def waits_for(view: SessionView) -> tuple[str, ...]:
    """Whose calendars are still to be looked at, by address."""
    return view.proposals.waits_for if view.proposals else ()


def carried(view: SessionView) -> dict[str, str]:
    """What the form must bring back for `chosen`."""
    if view.proposals is None or not view.proposals.starts:
        return {}
    minutes = ((at - _EPOCH) // timedelta(minutes=1) for at in view.proposals.starts)
    return {CARRIED: ",".join(map(str, minutes))}


def chosen(carried: Mapping[str, str], values: Mapping[str, Any], zone: str) -> tuple[str, datetime | None] | None:
    """The key of the choice, and the time that was chosen on that wall; None: no time was proposed."""
    given = [each for each in carried.get(CARRIED, "").split(",") if each.isascii() and each.isdigit()]
    if not given:
        return None
    key = next((each for each in values if each.startswith(_KEY)), f"{_KEY}0")
    starts = (_EPOCH + timedelta(minutes=int(each)) for each in given)
    return key, next((at for at in starts if str(values.get(key) or "").startswith(words(at, zone))), None)


def _key(given: Proposals) -> str:
    """Of its own for each few times: a platform keeps what was chosen under a key."""
    return f"{_KEY}{given.after}{':free' if given.calendars == 'looked_at' else ''}"


def choose_again() -> str:
    """Nothing was chosen, or nothing that is there."""
    return "Please choose one of these times, or press Another time."


def taken() -> str:
    """One of the two meets somebody else then, since a moment ago."""
    return "This time has just been taken. Please choose another one."
