"""The times that somebody says themselves: when they are busy, and when they are free besides their working hours.

They are the person's own, for all the schemes they belong to. Nobody else reads them: times that are proposed follow
them, and nothing says why.
"""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final, TypeAlias

MOST: Final = 50
"""So many lines of each kind, which as they are written back are no longer than a box that is typed in."""
LONGEST_DAYS: Final = 366
"""The longest time from one day to another in one line."""

Window: TypeAlias = tuple[time, time]
"""From and to on one day's wall clock; to midnight is time(0)."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Each week on these days (Monday is 0, ascending). Without a window: the day as a whole."""

    days: tuple[int, ...]
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """On each day from the first to the last, both counted in; of one day they are the same."""

    first: date
    last: date
    window: Window | None = None


Line: TypeAlias = Weekly | Dated


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """What one person has said. `version` counts how often it was kept; 0: nothing was yet."""

    person: str
    busy: tuple[Line, ...] = ()
    free: tuple[Line, ...] = ()
    version: int = 0


def to_come(times: OwnTimes, today: date) -> OwnTimes:
    """The same without what is over on that day, which is today where the person is."""
    return replace(times, busy=_to_come(times.busy, today), free=_to_come(times.free, today))


def _to_come(lines: tuple[Line, ...], today: date) -> tuple[Line, ...]:
    return tuple(each for each in lines if isinstance(each, Weekly) or each.last >= today)
