"""The plan of a pair's year, around holidays and whatever keeps one of the two busy at its hour."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.calendars.calendar import Busy
from bot.calendars.slots import Span, span
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import PlanView
from bot.lifecycle import planning as rules
from bot.lifecycle.sessions import FURTHEST, LONGEST, Meeting
from bot.schemes.holidays import holiday
from bot.screens.times import said_busy, unknown
from bot.storage import own_times, pairs

KnownUntil = Callable[[Sequence[str], datetime], Mapping[str, Busy] | None] | None
"""What is known, up to a moment, of the calendars of people with these addresses; None as in `times.Known`."""
LOOKED_AHEAD: Final = timedelta(days=366)
"""How far ahead people's own calendars are looked at."""


def plan(
    db: Db, view: PairView, meeting: Meeting, weeks: int, count: int, schemes: Collection[str], known: KnownUntil
) -> PlanView:
    """So many sessions every so many weeks from that meeting on, as far as the connection lasts. `schemes`: the keys of
    all that run here; `known`: what the two's own calendars say. What each has set, and says of their own times, counts
    as it does for the times that are proposed."""
    here, ends_at = ZoneInfo(view.me.zone), view.pair.ends_at
    first, until = meeting.starts_at.astimezone(here), ends_at.astimezone(here).date() if ends_at else None
    looked_until = _looked_until(view, here)
    addresses = view.addresses if known else ()
    answers = known(addresses, looked_until) if known and addresses else None
    by_calendars = (span(*each) for answer in (answers or {}).values() for each in answer.spans)
    busy = Taken([*_known_here(db, view, meeting, schemes), *by_calendars])
    spread = partial(rules.days, first.date(), weeks, count, until, partial(holiday, view.scheme.sessions.holidays))
    days = spread(lambda day: busy.at(day, first.time(), here, meeting.minutes))
    crowded = len(days) < count and len(days) < len(spread())
    shown = partial(PlanView, view, meeting, days, count, crowded)
    if not addresses:
        return shown()
    if answers is None:
        return shown(looked_until=looked_until, waits_for=addresses)
    return shown(looked_until=looked_until, unknown=unknown(view, answers))


def _looked_until(view: PairView, here: ZoneInfo) -> datetime:
    """A midnight where the viewer is, so that it is the same when the answer has come; no later than the connection
    needs it."""
    furthest = min(filter(None, (view.now + LOOKED_AHEAD, view.pair.ends_at))).astimezone(here).date()
    return datetime.combine(furthest + timedelta(days=1), time(), here)


def _known_here(db: Db, view: PairView, meeting: Meeting, schemes: Collection[str]) -> Iterator[Span]:
    """When either of the two meets anybody already, each other among them, or says that they are busy."""
    both = (view.pair.mentee, view.pair.mentor)
    since = meeting.starts_at - timedelta(minutes=LONGEST)
    until = min(filter(None, (view.now + FURTHEST, view.pair.ends_at))) + timedelta(minutes=LONGEST)
    yield from (span(begins, ends) for _, begins, ends in pairs.taken(db, schemes, both, since, until))
    yield from said_busy((view.me, view.other), own_times.of(db, both), since, until)


class Taken:
    """Times at which one of the two is busy, to be asked day by day."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._begins = [begins for begins, _ in ordered]
        self._busy_until = [*accumulate((ends for _, ends in ordered), max)]
        """For each of them, the latest end of those that begin no later."""

    def at(self, day: date, hour: time, here: ZoneInfo, minutes: int) -> bool:
        """Whether one of them touches that hour of that day on that wall."""
        starts_at = datetime.combine(day, hour, here).astimezone(UTC)
        begins, ends = span(starts_at, starts_at + timedelta(minutes=minutes))
        before = bisect_left(self._begins, ends)
        return before > 0 and self._busy_until[before - 1] > begins
