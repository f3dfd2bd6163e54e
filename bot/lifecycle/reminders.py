"""When a reminder may go out, in the person's own working hours, and how time that is left is counted."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme

NIGHT: Final = (time(21), time(7))
"""Between these, on the wall where somebody is, nobody is asked anything that can wait until the morning."""


def waking_moment(at: datetime, zone: str) -> datetime:
    """The first moment from `at` on that is not in the night there. `at` is aware."""
    local, (begins, over) = at.astimezone(ZoneInfo(zone)), NIGHT
    if over <= local.time() < begins:
        return at
    morning = local.date() if local.time() < over else local.date() + timedelta(days=1)
    return _start(morning, over, ZoneInfo(zone)).astimezone(at.tzinfo)


def working_moment(at: datetime, zone: str, starts: time, ends: time, days: tuple[int, ...]) -> datetime:
    """The first moment from `at` on that lies in the working hours (`days`: 0 is Monday). `at` is aware."""
    here = ZoneInfo(zone)
    local = at.astimezone(here)
    if not days or starts >= ends:
        return at
    if local.weekday() in days and starts <= local.time() < ends:
        return at
    day = local.date() if local.time() < starts else local.date() + timedelta(days=1)
    return _start(_working_day(day, days), starts, here).astimezone(at.tzinfo)


def working_moment_of(person: Person, at: datetime) -> datetime:
    """The same in that person's hours."""
    return working_moment(at, person.zone, person.works_from, person.works_to, person.works_days)


def _working_day(day: date, days: tuple[int, ...]) -> date:
    while day.weekday() not in days:
        day += timedelta(days=1)
    return day


def _start(day: date, starts: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, starts, tzinfo=zone)


def days_left(due_at: datetime, now: datetime) -> int:
    """Whole days until the deadline, rounded up: "5 days left" on the first of five days, 0 once it has passed."""
    return max(0, -((now - due_at) // timedelta(days=1)))


def countdown(asked_at: datetime, due_at: datetime) -> tuple[datetime, ...]:
    """The moments between the two at which a whole day fewer is left."""
    first = days_left(due_at, asked_at) - 1
    return tuple(due_at - timedelta(days=left) for left in range(first, 0, -1))


def meant_by(scheme: Scheme, since: datetime) -> datetime | None:
    """By when the office means to have decided what waits since then; None where the scheme does not say."""
    return scheme.approvals.within.after(since) if scheme.approvals.within else None


def overdue_at(scheme: Scheme, since: datetime) -> tuple[datetime, ...]:
    """When what waits since then has become overdue; none where the scheme does not say."""
    meant = meant_by(scheme, since)
    return (meant + timedelta(minutes=1),) if meant else ()


def overdue(scheme: Scheme, since: datetime, now: datetime) -> bool:
    """Whether the office has had something for longer than it means to."""
    within = scheme.approvals.within
    return within is not None and since < within.before(now)
