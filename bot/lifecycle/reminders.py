"""When a reminder may go out: in the person's own working hours."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


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


def _working_day(day: date, days: tuple[int, ...]) -> date:
    while day.weekday() not in days:
        day += timedelta(days=1)
    return day


def _start(day: date, starts: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, starts, tzinfo=zone)
