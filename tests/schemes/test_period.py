"""Periods as a scheme's file writes them: calendar months, exact days, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schemes.period import period


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "start", "later"),
    [
        ("P5D", "2025-10-06T09:30", "2025-10-11T09:30"),
        ("P1M", "2025-01-31T09:30", "2025-02-28T09:30"),
        ("P1M", "2024-01-31T09:30", "2024-02-29T09:30"),
        ("P1M", "2025-03-31T00:00", "2025-04-30T00:00"),
        ("P1M", "2025-02-28T00:00", "2025-03-28T00:00"),
        ("P12M", "2024-02-29T12:00", "2025-02-28T12:00"),
        ("P3Y", "2024-02-29T12:00", "2027-02-28T12:00"),
        ("P4Y", "2024-02-29T12:00", "2028-02-29T12:00"),
        ("P1M", "2025-12-31T12:00", "2026-01-31T12:00"),
        ("P1M5D", "2025-01-31T12:00", "2025-03-05T12:00"),
        ("P1.5Y", "2025-01-31T12:00", "2026-07-31T12:00"),
        ("PT60M", "2025-12-31T23:30", "2026-01-01T00:30"),
        ("P3W", "2025-10-06T09:30", "2025-10-27T09:30"),
    ],
)
def test_a_period_later(written: str, start: str, later: str) -> None:
    assert period(written).after(utc(start)) == utc(later)


@pytest.mark.parametrize("start", ["2025-03-28T09:00", "2025-10-24T09:00"], ids=["spring", "autumn"])
def test_five_days_are_120_hours_when_the_clocks_change(start: str) -> None:
    begin = utc(start)
    later = period("P5D").after(begin)
    assert later - begin == timedelta(hours=120)
    london = ZoneInfo("Europe/London")
    assert abs(later.astimezone(london).hour - begin.astimezone(london).hour) == 1


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("P1D", "1 day"),
        ("P5D", "5 days"),
        ("P7D", "7 days"),
        ("P21D", "3 weeks"),
        ("P10D", "10 days"),
        ("PT60M", "1 hour"),
        ("PT90M", "90 minutes"),
        ("PT36H", "36 hours"),
        ("PT1M", "1 minute"),
        ("P1M", "1 month"),
        ("P18M", "18 months"),
        ("P12M", "1 year"),
        ("P3Y", "3 years"),
        ("P1M5D", "1 month and 5 days"),
    ],
)
def test_words(written: str, words: str) -> None:
    assert period(written).words == words


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("five days", "not an ISO 8601 duration"),
        ("5", "not an ISO 8601 duration"),
        ("", "not an ISO 8601 duration"),
        ("P", "not an ISO 8601 duration"),
        ("P0D", "not longer than nothing"),
        ("PT0M", "not longer than nothing"),
        ("-P5D", "not longer than nothing"),
        ("P1.5M", "not a whole number of months"),
        ("PT30S", "not a whole number of minutes"),
        ("P101Y", "longer than 100 years"),
        ("P99999D", "longer than 100 years"),
        ("P99999999999D", "not an ISO 8601 duration"),
    ],
)
def test_what_is_no_period(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        period(written)


@given(
    months=st.integers(0, 1200),
    days=st.integers(0, 400),
    start=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@settings(deadline=None, max_examples=100)
def test_later_is_later_and_never_in_the_month_after(months: int, days: int, start: datetime) -> None:
    if not (months or days):
        return
    length = period(f"P{months}M{days}D")
    later = length.after(start)
    assert later > start
    assert later - start >= length.at_least
    month = (later - timedelta(days=days)).replace(day=1)
    assert (month.year - start.year) * 12 + month.month - start.month == months
    assert period(length.written) == length
