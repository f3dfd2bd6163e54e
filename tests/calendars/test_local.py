"""Moments from typed lines: held against looking at every minute on the wall clock, over nights on which it changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.local import ALL_DAY, spans
from bot.lifecycle.own_times import Dated, Line, Weekly, Window
from tests.calendars.test_lines import WINDOWS

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = {
    "Europe/London": date(2026, 10, 25),
    "America/New_York": date(2027, 3, 14),
    "Australia/Lord_Howe": date(2026, 10, 4),
    "America/Santiago": date(2026, 9, 6),
    "Atlantic/Azores": date(2026, 10, 25),
    "Asia/Kolkata": date(2026, 10, 25),
}
"""Zones, and a day on which their clocks are changed: by an hour or half of one, at midnight too, or not at all."""


def shown(line: Line, at: datetime, zone: str, whole: Window, off: set[date]) -> bool:
    """Whether the wall clock shows a time that the line names."""
    here = at.astimezone(ZoneInfo(zone))
    begins, ends = line.window or whole
    if isinstance(line, Weekly):
        holds = here.weekday() in line.days and here.date() not in off
    else:
        holds = line.first <= here.date() <= line.last
    return holds and begins <= here.time() and (ends == time(0) or here.time() < ends)


def near(zone: str) -> st.SearchStrategy[Line]:
    """Lines about the days around the change."""
    dates = st.integers(-2, 2).map(lambda n: ZONES[zone] + n * DAY)
    return st.builds(
        Weekly, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))), WINDOWS
    ) | st.builds(lambda both, window: Dated(min(both), max(both), window), st.tuples(dates, dates), WINDOWS)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(ZONES)), st.integers(0, 600), st.sampled_from([ALL_DAY, (time(9), time(17))]))
def test_it_finds_what_looking_at_every_minute_finds(
    data: st.DataObject, zone: str, begins: int, whole: Window
) -> None:
    lines = data.draw(st.lists(near(zone), max_size=3))
    off = data.draw(st.sets(st.integers(-1, 1).map(lambda n: ZONES[zone] + n * DAY), max_size=1))
    since = datetime.combine(ZONES[zone] - DAY, time(), UTC) + begins * MINUTE
    until = since + timedelta(hours=60)
    found = spans(lines, zone, since, until, whole, off)
    for at in (since + n * MINUTE for n in range(60 * 60)):
        expected = any(shown(line, at, zone, whole, off) for line in lines)
        assert any(a <= at < b for a, b in found) == expected, (at, at.astimezone(ZoneInfo(zone)))
    assert all(a < b for a, b in found)
    assert all(one[1] < other[0] for one, other in pairwise(found)), "those that touch are one"


@pytest.mark.parametrize(
    ("zone", "night", "hours"),
    [("Europe/London", date(2026, 10, 25), 25), ("Europe/London", date(2027, 3, 28), 23)],
)
def test_a_whole_day_is_as_long_as_it_is_there(zone: str, night: date, hours: int) -> None:
    noon = datetime.combine(night, time(12), UTC)
    ((begins, ends),) = spans([Dated(night, night)], zone, noon - 3 * DAY, noon + 3 * DAY)
    assert ends - begins == timedelta(hours=hours)


def test_a_day_of_the_week_does_not_hold_on_a_holiday_and_a_date_does() -> None:
    christmas = date(2026, 12, 25)
    window = (time(10), time(12))
    since = datetime(2026, 12, 24, tzinfo=UTC)
    assert spans([Weekly((4,), window)], "Europe/London", since, since + 3 * DAY, off={christmas}) == ()
    assert (
        len(spans([Dated(christmas, christmas, window)], "Europe/London", since, since + 3 * DAY, off={christmas})) == 1
    )
