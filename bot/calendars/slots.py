"""Times at which two people can meet: their hours, each in their own zone, without what keeps them busy. Pure.

Inside, moments are whole minutes since the epoch in UTC: two people over sixty days are looked through in the time of
one call to a database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

STEP: Final = 15
"""Minutes: sessions begin on the quarter of an hour."""
_DAY: Final = 24 * 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = date(1970, 1, 1).toordinal()
_THURSDAY: Final = 3
"""The day of the week on which the epoch began."""

Window = tuple[time, time]
"""From and to on one day's wall clock."""
Span = tuple[int, int]
"""From and to, in whole minutes since the epoch."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When one person meets: `windows` of wall time in their `zone` (an IANA name), on these days of the week (Monday
    is 0) but not on these dates. `preferred`: windows in which they would rather, inside or outside of those."""

    zone: str
    windows: tuple[Window, ...]
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    preferred: tuple[Window, ...] = ()
    free_of_work: frozenset[date] = frozenset()


def span(begins: datetime, ends: datetime) -> Span:
    """The whole minutes that these two aware moments touch: what is busy for a second is busy for its minute."""
    return _floor(begins), _ceil(ends)


def starts(people: Sequence[Hours], busy: Iterable[Span], minutes: int, since: datetime, until: datetime) -> list[int]:
    """Every start of so many minutes between the two moments that suits all: in minutes since the epoch, ascending,
    each at a quarter of an hour."""
    free = [(_ceil(since), _floor(until))]
    for person in people:
        free = _both(free, _open(person, free[0][0], free[-1][1])) if free else []
    left = _without(free, busy)
    return [at for begins, ends in left for at in range(-(-begins // STEP) * STEP, ends - minutes + 1, STEP)]


def proposals(
    people: Sequence[Hours],
    busy: Iterable[Span],
    minutes: int,
    since: datetime,
    until: datetime,
    count: int,
    after: int = 0,
) -> tuple[datetime, ...]:
    """So many starts, each on another day of the first person, in the order of time. On each day the one that is
    preferred by most, the earliest of those. `after`: so many days with a time are passed over, for "more times"."""
    zone = ZoneInfo(people[0].zone)
    moments = ((_EPOCH + timedelta(minutes=at)).astimezone(zone) for at in starts(people, busy, minutes, since, until))
    by_day = (list(of_day) for _, of_day in groupby(moments, key=datetime.date))
    best = (min(of_day, key=lambda at: (-_liked(people, at, minutes), at)) for of_day in by_day)
    return tuple(at.astimezone(UTC) for n, at in enumerate(best) if after <= n < after + count)


def _liked(people: Sequence[Hours], at: datetime, minutes: int) -> int:
    """How many of them would rather meet then."""
    return sum(
        any(_lies_in(at.astimezone(ZoneInfo(each.zone)), minutes, one) for one in each.preferred) for each in people
    )


def _lies_in(local: datetime, minutes: int, window: Window) -> bool:
    begins = local.hour * 60 + local.minute
    return _minute(window[0]) <= begins and begins + minutes <= (_minute(window[1]) or _DAY)


def _open(person: Hours, since: int, until: int) -> list[Span]:
    """The person's hours between the two, ascending."""
    zone, found = person.zone, list[Span]()
    windows = _joined(
        [(_minute(begins), _minute(ends) or _DAY) for begins, ends in (*person.windows, *person.preferred)]
    )
    off = frozenset(each.toordinal() - _FIRST for each in person.free_of_work)
    # A day more at either end: somewhere it is still yesterday, or tomorrow already.
    for first in range(since // _DAY - 1, until // _DAY + 2, 7):
        # Clocks that stand the same at both ends of a week have not been changed in between: asked once, not each day.
        steady = _offset(zone, first, 0)
        changes = steady != _offset(zone, first + 7, 0)
        for day in range(first, min(first + 7, until // _DAY + 2)):
            if (day + _THURSDAY) % 7 not in person.days or day in off:
                continue
            for begins, ends in windows:
                here = [_offset(zone, day, each) if changes else steady for each in (begins, ends)]
                found.append((day * _DAY + begins - here[0], day * _DAY + ends - here[1]))
    return found


@lru_cache(maxsize=10_000)  # asked for the same few zones and weeks again and again: `make bench`, "slots"
def _offset(zone: str, day: int, minute: int) -> int:
    """How far the wall clock is ahead of UTC then, in minutes."""
    local = datetime(1970, 1, 1, tzinfo=ZoneInfo(zone)) + timedelta(days=day, minutes=minute)
    offset = local.utcoffset()
    return int(offset.total_seconds()) // 60 if offset is not None else 0


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same, ascending, with those that touch made one."""
    found = list[Span]()
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def _both(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """What lies in both; each is ascending."""
    found, a, b = list[Span](), 0, 0
    while a < len(first) and b < len(second):
        begins, ends = max(first[a][0], second[b][0]), min(first[a][1], second[b][1])
        if begins < ends:
            found.append((begins, ends))
        if first[a][1] < second[b][1]:
            a += 1
        else:
            b += 1
    return found


def _without(free: Sequence[Span], busy: Iterable[Span]) -> Iterator[Span]:
    """What is left of it."""
    taken, at = _joined(busy), 0
    for begins, ends in free:
        while at < len(taken) and taken[at][1] <= begins:
            at += 1
        for busy_from, busy_to in taken[at:]:
            if busy_from >= ends:
                break
            if begins < busy_from:
                yield begins, busy_from
            begins = max(begins, busy_to)
        if begins < ends:
            yield begins, ends


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _floor(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(minutes=1)


def _ceil(at: datetime) -> int:
    return -((_EPOCH - at) // timedelta(minutes=1))
