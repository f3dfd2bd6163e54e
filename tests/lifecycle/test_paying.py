"""Sessions to pay for: each once, whichever way time is cut, and none before it is agreed."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle.hours import Held, Total
from bot.lifecycle.paying import Span, counted, last_month, may_be_counted, read, written
from bot.lifecycle.step import Refused

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
YEAR = Span(date(2025, 11, 30), date(2026, 11, 29))
WEEK = timedelta(days=7)
HELD = st.builds(
    lambda mentor, hours, minutes: (mentor, Held("mentor", NOW - timedelta(hours=hours), minutes, _agreed(hours))),
    st.sampled_from(("m1", "m2", "m3")), st.integers(1, 24 * 300), st.integers(10, 240),
)  # fmt: skip


def _agreed(hours: int) -> datetime | None:
    """A week after it was marked, two hours after it began; of some that is not known."""
    return NOW - timedelta(hours=hours - 2) + WEEK if hours % 7 else None


@given(st.lists(HELD, max_size=20), st.lists(st.integers(1, 363), max_size=8))
def test_times_that_follow_on_each_other_count_each_session_once(held: list[tuple[str, Held]], cuts: list[int]) -> None:
    days = [YEAR.first, *sorted({YEAR.first + timedelta(days=cut) for cut in cuts}), YEAR.last + timedelta(days=1)]
    spans = [Span(first, following - timedelta(days=1)) for first, following in pairwise(days)]
    parts = [total for span in spans for _, _, total in counted(held, span, NOW)]
    assert sum(each.sessions for each in parts) == sum(total.sessions for _, _, total in counted(held, YEAR, NOW))
    due = [each for _, each in held if (each.agreed_at or each.at or NOW).date() <= YEAR.last]
    assert Total(sum(each.sessions for each in parts), sum(each.minutes for each in parts)) == Total(
        len(due), sum(each.minutes for each in due)
    )


@given(st.lists(HELD, max_size=20), st.integers(1, 60))
def test_what_was_counted_is_counted_the_same_later(held: list[tuple[str, Held]], days: int) -> None:
    later = NOW + timedelta(days=days)
    assert list(counted(held, YEAR, NOW)) == list(counted(held, YEAR, later))


def test_they_stand_in_the_month_in_which_they_took_place() -> None:
    late = Held("mentor", datetime(2026, 9, 30, 12, tzinfo=UTC), 60, datetime(2026, 10, 7, 13, tzinfo=UTC))
    october, september = Span(date(2026, 10, 1), date(2026, 10, 31)), Span(date(2026, 9, 1), date(2026, 9, 30))
    assert list(counted([("m1", late)], october, NOW)) == [("m1", date(2026, 9, 1), Total(1, 60))]
    assert not list(counted([("m1", late)], september, NOW))


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 11, 1), date(2026, 10, 31), "span_backwards"),
        (date(2026, 11, 1), date(2026, 11, 30), "span_not_over"),
        (date(2026, 11, 1), date(2027, 1, 1), "span_not_over"), (date(2026, 11, 29), date(2026, 11, 29), None),
    ],
)  # fmt: skip
def test_only_a_time_that_is_over_is_counted(first: date, last: date, reason: str | None) -> None:
    if reason is None:
        may_be_counted(Span(first, last), NOW)
        return
    with pytest.raises(Refused, match=reason):
        may_be_counted(Span(first, last), NOW)


def test_a_span_is_read_as_it_was_written() -> None:
    assert read(written(YEAR)) == YEAR
    with pytest.raises(Refused, match="gone"):
        read("2026-13-01:x")


def test_the_month_before_this_one_is_put_forward() -> None:
    assert last_month(datetime(2027, 1, 1, tzinfo=UTC)) == Span(date(2026, 12, 1), date(2026, 12, 31))
