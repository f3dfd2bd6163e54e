"""What of somebody's sessions counts when: every rule of it, with every day of a year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.wording.hours import lasting
from bot.lifecycle.hours import SPANS, Held, Span, Total, by_month, by_role, first_day, span_of, total, within

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
MOMENTS = st.integers(0, 24 * 1000).map(lambda hours: NOW - timedelta(hours=hours))
HELD = st.builds(Held, st.sampled_from(("mentee", "mentor")), st.none() | MOMENTS, st.integers(10, 240), st.none())


@pytest.mark.parametrize(
    ("span", "today", "first"),
    [
        ("year", date(2026, 11, 30), date(2026, 1, 1)), ("year", date(2026, 1, 1), date(2026, 1, 1)),
        ("twelve", date(2026, 11, 30), date(2025, 11, 30)), ("twelve", date(2028, 2, 29), date(2027, 3, 1)),
        ("all", date(2026, 11, 30), None),
    ],
)  # fmt: skip
def test_where_a_span_begins(span: Span, today: date, first: date | None) -> None:
    assert first_day(span, today) == first


@pytest.mark.parametrize(("written", "span"), [("all", "all"), ("twelve", "twelve"), ("", "year"), ("p1:x", "year")])
def test_a_span_that_is_none_is_this_year(written: str, span: Span) -> None:
    assert span_of(written) == span


def test_the_day_is_the_one_on_the_wall_of_whose_hours_they_are() -> None:
    new_year = (Held("mentee", datetime(2025, 12, 31, 18, tzinfo=UTC), 60, None),)
    assert not within(new_year, "year", NOW, LONDON)
    assert within(new_year, "year", NOW, AUCKLAND) == new_year
    assert list(by_month(new_year, AUCKLAND)) == [date(2026, 1, 1)]


@given(st.lists(HELD, max_size=12), st.sampled_from(SPANS))
def test_months_and_roles_add_up_to_all(held: list[Held], span: Span) -> None:
    found = within(held, span, NOW, LONDON)
    assert set(found) <= set(held)
    assert span != "all" or len(found) == len(held)
    sums = [by_role(found).values(), (each for roles in by_month(found, LONDON).values() for each in roles.values())]
    for parts in map(list, sums):
        assert Total(sum(each.sessions for each in parts), sum(each.minutes for each in parts)) == total(found)
    assert list(found) == sorted(found, key=lambda each: each.at or datetime.min.replace(tzinfo=UTC), reverse=True)


@pytest.mark.parametrize(("agreed_at", "stands"), [(None, True), (NOW, True), (NOW + timedelta(minutes=1), False)])
def test_a_session_stands_once_nobody_can_dispute_it(agreed_at: datetime | None, *, stands: bool) -> None:
    assert Held("mentor", NOW - timedelta(days=7), 60, agreed_at).agreed(NOW) is stands


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (45, "45 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (7200, "120 hours")],
)
def test_how_long_is_said_in_words(minutes: int, words: str) -> None:
    assert lasting(minutes) == words
