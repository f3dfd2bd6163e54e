"""Lengths of time as a scheme's file writes them: ISO 8601 durations such as `P5D`, `P3Y` or `PT60M`.

Months and years are calendar ones, so they can be added to a moment but have no fixed number of seconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import isodate  # type: ignore[import-untyped]
from pydantic import BeforeValidator, PlainSerializer

LONGEST_MONTHS = 1200
"""Longer periods are slips of the pen, and would leave the calendar."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: whole calendar months and an exact rest."""

    months: int
    rest: timedelta
    written: str

    def after(self, moment: datetime) -> datetime:
        """The moment one period later (the last day of a shorter month, never the first of the next)."""
        later: datetime = moment + isodate.Duration(months=self.months) if self.months else moment
        return later + self.rest

    def before(self, moment: datetime) -> datetime:
        """The moment one period earlier, likewise."""
        earlier: datetime = moment - isodate.Duration(months=self.months) if self.months else moment
        return earlier - self.rest

    @property
    def minutes(self) -> int:
        """Whole minutes of the exact rest; months do not count."""
        return int(self.rest.total_seconds() // 60)

    @property
    def days(self) -> int:
        """Whole days of the exact rest; months do not count."""
        return self.rest.days

    @property
    def at_least(self) -> timedelta:
        """Never longer than the period itself, in whichever months it falls."""
        return self.rest + timedelta(days=28 * self.months)

    @property
    def words(self) -> str:
        """How a person says it: "5 days", "18 months", "1 year", "1 month and 5 days"."""
        if self.months:
            months = _count(self.months // 12, "year") if self.months % 12 == 0 else _count(self.months, "month")
            return f"{months} and {self._rest_words}" if self.rest else months
        return self._rest_words

    @property
    def _rest_words(self) -> str:
        minutes = self.minutes
        for size, unit in ((10080, "week"), (1440, "day"), (60, "hour")):
            if minutes >= size and minutes % size == 0 and not (unit == "week" and minutes < 2 * size):
                return _count(minutes // size, unit)
        return _count(minutes, "minute")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def period(written: str) -> Period:
    """Read an ISO 8601 duration; ValueError says what is wrong with it."""
    try:
        read = isodate.parse_duration(written)
    except (isodate.ISO8601Error, TypeError, OverflowError) as problem:
        raise ValueError(f"{written!r} is not an ISO 8601 duration such as P5D, P12M or PT60M") from problem
    if isinstance(read, timedelta):
        months, rest = 0, read
    else:
        months, rest = int(read.years * 12 + read.months), read.tdelta
        if months != read.years * 12 + read.months:
            raise ValueError(f"{written!r} is not a whole number of months")
    if months < 0 or rest < timedelta() or not (months or rest):
        raise ValueError(f"{written!r} is not longer than nothing")
    if months > LONGEST_MONTHS or rest > timedelta(days=31 * LONGEST_MONTHS):
        raise ValueError(f"{written!r} is longer than 100 years")
    if rest.total_seconds() % 60:
        raise ValueError(f"{written!r} is not a whole number of minutes")
    return Period(months, rest, written)


def _as_period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise ValueError("write an ISO 8601 duration in quotes, such as 'P5D'")
    return period(value)


Duration = Annotated[Period, BeforeValidator(_as_period), PlainSerializer(lambda p: p.written, return_type=str)]
