"""When somebody is busy or free by what they have typed themselves: moments, from lines. Pure.

A line is about the wall clock where the person is: on a night on which clocks are changed, what counts is what they
show.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.own_times import Dated, Line, Window

Moments = tuple[datetime, datetime]
"""From and to, both aware."""
ALL_DAY: Final[Window] = (time(0), time(0))
_MINUTE: Final = timedelta(minutes=1)


def spans(
    lines: Iterable[Line],
    zone: str,
    since: datetime,
    until: datetime,
    whole: Window = ALL_DAY,
    off: Collection[date] = (),
) -> tuple[Moments, ...]:
    """The moments between the two that the lines name, ascending, those that touch made one. `zone`: an IANA name;
    `whole`: what a line without hours means; `off`: days on which lines of days of the week do not hold."""
    here, found = ZoneInfo(zone), list[Moments]()
    first, last = since.astimezone(here).date(), until.astimezone(here).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for line in lines:
        for day in days:
            if holds(line, day, off):
                found += _on(day, line.window or whole, zone)
    return tuple(_joined(found, since.astimezone(UTC), until.astimezone(UTC)))


def holds(line: Line, day: date, off: Collection[date]) -> bool:
    """Whether the line is about that day."""
    if isinstance(line, Dated):
        return line.first <= day <= line.last
    return day.weekday() in line.days and day not in off


def _on(day: date, window: Window, zone: str) -> Iterator[Moments]:
    """When on that day the wall clock shows a time in that window."""
    from_, to = (timedelta(hours=each.hour, minutes=each.minute) for each in window)
    for begins, ends, offset in _stretches(day, zone):
        midnight = datetime.combine(day, time(), UTC) - offset
        shown = max(begins, midnight + from_), min(ends, midnight + (to or timedelta(days=1)))
        if shown[0] < shown[1]:
            yield shown


@lru_cache(maxsize=2_000)  # asked for the same few zones and weeks, line by line
def _stretches(day: date, zone: str) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The day in pieces in each of which clocks stand the same, with how far they are ahead of UTC: one, or two."""
    here = ZoneInfo(zone)
    begins, ends = (datetime.combine(each, time(), here).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    before, after = _offset(begins, here), _offset(ends - _MINUTE, here)
    if before == after:
        return ((begins, ends, before),)
    low, high = 0, (ends - begins) // _MINUTE - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(begins + middle * _MINUTE, here) == before else (low, middle)
    changed = begins + high * _MINUTE
    return ((begins, changed, before), (changed, ends, after))


def _offset(at: datetime, here: ZoneInfo) -> timedelta:
    return at.astimezone(here).utcoffset() or timedelta()


def _joined(found: Iterable[Moments], since: datetime, until: datetime) -> Iterator[Moments]:
    now: Moments | None = None
    for begins, ends in sorted((max(each[0], since), min(each[1], until)) for each in found):
        if begins >= ends:
            continue
        if now and begins <= now[1]:
            now = now[0], max(now[1], ends)
            continue
        if now:
            yield now
        now = begins, ends
    if now:
        yield now
