"""Times at which two people can meet: their hours, each in their own zone, without what keeps them busy. Pure.

Inside, moments are whole minutes since the epoch in UTC: two people over sixty days are looked through in the time of
one call to a database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, reduce
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
    """When one person meets: `windows` of wall time in their `zone` (an IANA name) on these days of the week (Monday
    is 0), `other_days` on the others; not on these dates. `preferred`: windows in which, of those, they would rather.
    `besides`: when they meet whatever the windows say."""

    zone: str
    windows: tuple[Window, ...]
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    other_days: tuple[Window, ...] = ()
    preferred: tuple[Window, ...] = ()
    free_of_work: frozenset[date] = frozenset()
    besides: tuple[Span, ...] = ()


def span(begins: datetime, ends: datetime) -> Span:
    """The whole minutes that these two aware moments touch: what is busy for a second is busy for its minute."""
    return _floor(begins), _ceil(ends)


def starts(people: Sequence[Hours], busy: Iterable[Span], minutes: int, since: datetime, until: datetime) -> list[int]:
    """Every start of so many minutes between the two moments that suits all: in minutes since the epoch, ascending,
    each at a quarter of an hour."""
    first, last = _ceil(since), _floor(until)
    free = reduce(_both, (_open(each, first, last) for each in people), _between(busy, first, last))
    return [at for begins, ends in free for at in range(-(-begins // STEP) * STEP, ends - minutes + 1, STEP)]


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
    on_days, on_others = _minutes(person.windows), _minutes(person.other_days)
    week = [on_days if day in person.days else on_others for day in range(7)]
    off = frozenset(each.toordinal() - _FIRST for each in person.free_of_work)
    # A day more at either end: somewhere it is still yesterday, or tomorrow already.
    for first in range(since // _DAY - 1, until // _DAY + 2, 7):
        days = [(each, week[(each + _THURSDAY) % 7]) for each in range(first, first + 7) if each not in off]
        # Clocks that stand the same at both ends of a week have not been changed in between: asked once, not each day.
        steady = _offset(zone, first, 0)
        if steady == _offset(zone, first + 7, 0):
            found += [
                (day * _DAY + begins - steady, day * _DAY + ends - steady)
                for day, windows in days
                for begins, ends in windows
            ]
        else:
            found += [
                (_moment(zone, day, begins), _moment(zone, day, ends))
                for day, windows in days
                for begins, ends in windows
            ]
    return _joined([*found, *person.besides]) if person.besides else found


def _minutes(windows: Iterable[Window]) -> list[Span]:
    """The windows of a day in minutes, ascending; one that ends at midnight ends with the day."""
    return _joined((_minute(begins), _minute(ends) or _DAY) for begins, ends in windows)


def _moment(zone: str, day: int, minute: int) -> int:
    """When the wall clock shows that minute of that day."""
    return day * _DAY + minute - _offset(zone, day, minute)


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


def _between(busy: Iterable[Span], since: int, until: int) -> list[Span]:
    """What the busy times leave of the time between the two, ascending."""
    found, at = list[Span](), since
    for begins, ends in sorted(busy):
        if begins >= until:
            break
        if begins >= ends or ends <= at:
            continue
        if at < begins:
            found.append((at, begins))
        at = ends
    return [*found, (at, until)] if at < until else found


def _both(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """What lies in both; each is ascending."""
    found, ours, theirs = list[Span](), iter(first), iter(second)
    a, b = next(ours, None), next(theirs, None)
    while a and b:
        # `max` and `min` would cost more than all the rest: `make bench`, "slots".
        begins = a[0] if a[0] > b[0] else b[0]
        ends = a[1] if a[1] < b[1] else b[1]
        if begins < ends:
            found.append((begins, ends))
        if a[1] < b[1]:
            a = next(ours, None)
        else:
            b = next(theirs, None)
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _floor(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(minutes=1)


def _ceil(at: datetime) -> int:
    return -((_EPOCH - at) // timedelta(minutes=1))
