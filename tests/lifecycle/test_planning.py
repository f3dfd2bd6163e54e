"""A look-ahead for the year: its days, and setting all of them at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle import planning
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Refused
from bot.lifecycle.terms import Terms
from bot.schemes.holidays import holiday

from .builders import AGREEMENT, DAY, NOW, pair, refusal, told

WEEK = timedelta(weeks=1)
THURSDAY = date(2026, 12, 3)
YEAR = [Meeting(NOW + 7 * n * DAY, 60, "Video call") for n in (1, 13, 25, 37)]
IDS = ["n1", "n2", "n3", "n4"]
SET = Session("s1", 1, "scheduled", NOW + DAY, mode="Video call", revision=1, set_by="ada")


def in_england(day: date) -> str | None:
    return holiday("GB-ENG", day)


@pytest.mark.covers("A26")
def test_the_days_keep_their_rhythm_and_leave_holidays_out() -> None:
    found = planning.days(date(2026, 12, 4), 1, 6, None, in_england)
    fridays = [(4, 12), (11, 12), (18, 12), (8, 1), (15, 1), (22, 1)]
    assert [(each.on.day, each.on.month) for each in found] == fridays
    moved = found[3]
    assert (moved.instead_of, moved.kept) == (date(2026, 12, 25), "Christmas Day")
    assert [each.instead_of for each in found if each is not moved] == [None] * 5
    monthly = planning.days(date(2026, 11, 27), 4, 3, None, in_england)
    assert [each.on.isoformat() for each in monthly] == ["2026-11-27", "2027-01-08", "2027-01-22"]
    assert [each.on for each in planning.days(THURSDAY, 4, 12, date(2027, 1, 28), in_england)] == [
        THURSDAY, date(2026, 12, 31), date(2027, 1, 28),
    ]  # fmt: skip
    assert planning.days(THURSDAY, 4, 12, THURSDAY - DAY, in_england) == ()


CHRISTMAS = date(2026, 12, 25)


@pytest.mark.covers("A26")
@pytest.mark.parametrize(
    ("busy", "found"),
    [
        ((), ["12-11", "12-18", "01-08"]),  # Christmas and New Year's Day are left out
        (("12-11",), ["12-18", "01-08", "01-15"]),
        (("12-11", "12-18"), ["01-08", "01-15", "01-22"]),
        (("01-08",), ["12-11", "12-18", "01-15"]),
        (("12-10", "12-12"), ["12-11", "12-18", "01-08"]),  # other days of the week
    ],
)
def test_a_plan_steps_around_busy_days_as_around_holidays(busy: tuple[str, ...], found: list[str]) -> None:
    first = date(2026, 12, 11)
    planned = planning.days(first, 1, 3, None, in_england, lambda day: f"{day:%m-%d}" in busy)
    assert [f"{each.on:%m-%d}" for each in planned] == found
    if "12-11" in busy:
        assert (planned[0].instead_of, planned[0].kept) == (first, None), "nothing is kept on it: somebody is busy"
    if "01-08" in busy:
        assert (planned[2].instead_of, planned[2].kept) == (CHRISTMAS, "Christmas Day"), "why its own day went"


@pytest.mark.parametrize("until", [None, date(2027, 6, 1)])
def test_where_every_day_is_busy_there_is_no_plan(until: date | None) -> None:
    assert planning.days(THURSDAY, 2, 3, until, in_england, lambda _: True) == ()
    some = planning.days(THURSDAY, 2, 3, until, in_england, lambda day: day > THURSDAY)
    assert [each.on for each in some] == [THURSDAY], "as many as there are"


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 26), st.integers(1, 12),
    st.none() | st.dates(date(2026, 1, 1), date(2031, 1, 1)), st.sampled_from(["GB", "GB-SCT", "DE-BY", None]),
)  # fmt: skip
def test_a_plan_of_any_rhythm(first: date, weeks: int, count: int, until: date | None, region: str | None) -> None:
    found = [each.on for each in planning.days(first, weeks, count, until, lambda day: holiday(region, day))]
    assert found == sorted(set(found))
    assert all(each.weekday() == first.weekday() and each >= first and not holiday(region, each) for each in found)
    assert len(found) == count if until is None else all(each <= until for each in found)


def terms(**more: Any) -> Terms:
    return replace(Terms((AGREEMENT,), 4, 60), **more)


@pytest.mark.parametrize(
    ("promised", "weeks", "to_set"),
    [
        (terms(length="P12M"), 12, 4), (terms(every="P1M"), 4, 4), (terms(sessions=None, every="P1M"), 4, 12),
        (terms(sessions=None), 4, 12), (terms(sessions=12, length="P12M"), 4, 12), (terms(length="P10Y"), 26, 4),
        (terms(length="P7D"), 1, 4), (terms(sessions=None, every="P26W"), 26, 2), (terms(sessions=20), 4, 12),
    ],
)  # fmt: skip
def test_what_is_proposed_is_what_the_two_were_promised(promised: Terms, weeks: int, to_set: int) -> None:
    one = pair(terms=promised)
    assert (planning.weeks_apart(one), planning.to_set(one)) == (weeks, to_set)


@pytest.mark.covers("A26")
def test_the_plan_sets_what_has_no_time_and_adds_the_rest() -> None:
    one = pair(sessions=(SET, Session("s2", 2)), terms=terms(sessions=6))
    step = planning.plan(one, "bea", planning.marker(one), YEAR, IDS, NOW)
    assert [(each.id, each.number, each.starts_at, each.set_by) for each in step.state.sessions] == [
        ("s1", 1, SET.starts_at, "ada"), ("s2", 2, YEAR[0].starts_at, "bea"), ("n1", 3, YEAR[1].starts_at, "bea"),
        ("n2", 4, YEAR[2].starts_at, "bea"), ("n3", 5, YEAR[3].starts_at, "bea"),
    ]  # fmt: skip
    assert told(step) == [("ada", "year_planned"), ("bea", "year_planned")]
    assert len({each.occurrence for each in step.notices}) == 1
    again = refusal(lambda: planning.plan(step.state, "ada", planning.marker(one), YEAR, IDS, NOW))
    assert again == "nothing_to_plan"
    late = refusal(lambda: planning.plan(one, "bea", planning.marker(one) - 1, YEAR, IDS, NOW))
    assert late == "session_added"


OUT: dict[str, tuple[list[Meeting], str, str]] = {
    "the second has passed": ([YEAR[0], replace(YEAR[1], starts_at=NOW)], "session_past", "day:1"),
    "not in order": ([YEAR[1], YEAR[0]], "session_not_in_order", "day:1"),
    "twice the same": ([YEAR[0], YEAR[0]], "session_not_in_order", "day:1"),
    "after the end": ([YEAR[0], replace(YEAR[1], starts_at=NOW + 365 * DAY)], "session_after_end", "day:1"),
    "a year typed wrong": ([replace(YEAR[0], starts_at=NOW + 900 * DAY)], "session_too_far", "day:0"),
    "too long": ([replace(YEAR[0], minutes=600)], "session_length", "minutes"),
    "no such mode": ([replace(YEAR[0], mode="Pigeon")], "session_mode", "mode"),
}


@pytest.mark.parametrize("case", OUT)
def test_what_does_not_fit_is_said_at_its_day(case: str) -> None:
    meetings, reason, field = OUT[case]
    one = pair(terms=terms())
    with pytest.raises(Refused) as refused:
        planning.plan(one, "ada", planning.marker(one), meetings, IDS, NOW)
    assert (refused.value.reason, refused.value.field) == (reason, field)


def test_a_rhythm_has_bounds() -> None:
    for weeks, count, field in ((0, 4, "weeks"), (27, 4, "weeks"), (4, 0, "count"), (4, 13, "count")):
        with pytest.raises(Refused) as refused:
            planning.may_have_rhythm(weeks, count)
        assert refused.value.field == field
    planning.may_have_rhythm(1, 12)
    planning.may_have_rhythm(26, 1)


REFUSALS: dict[str, tuple[Pair, str, str]] = {
    "not agreed": (pair(agreed=1), "ada", "document_first"),
    "a stranger": (pair(), "zoe", "not_yours"),
    "ended": (pair(state="ended"), "ada", "pair_ended"),
    "one left to set": (pair(sessions=(SET,), terms=terms(sessions=2)), "ada", "nothing_to_plan"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_who_can_plan_when(case: str) -> None:
    one, by, reason = REFUSALS[case]
    assert refusal(lambda: planning.may_plan(one, by)) == reason


@pytest.mark.covers("A26")
def test_one_press_confirms_all_that_the_other_has_set() -> None:
    two = (SET, replace(SET, id="s2", number=2, starts_at=NOW + 2 * DAY))
    mine = replace(SET, id="s3", number=3, starts_at=NOW + 3 * DAY, set_by="bea")
    one = pair(sessions=(*two, mine))
    step = planning.confirm_all(one, "bea", planning.marker(one), NOW)
    assert [each.confirmed_at for each in step.state.sessions] == [NOW, NOW, None]
    assert told(step) == [("ada", "year_confirmed")]
    assert refusal(lambda: planning.confirm_all(one, "bea", planning.marker(one) - 1, NOW)) == "conflict"
    assert refusal(lambda: planning.confirm_all(step.state, "bea", planning.marker(one), NOW)) == "session_confirmed"
    other = planning.confirm_all(one, "ada", planning.marker(one), NOW)
    assert [each.confirmed_at for each in other.state.sessions] == [None, None, NOW]
    assert refusal(lambda: planning.confirm_all(one, "zoe", planning.marker(one), NOW)) == "not_yours"
    begun = pair(sessions=(replace(SET, starts_at=NOW),))
    assert refusal(lambda: planning.confirm_all(begun, "bea", planning.marker(begun), NOW)) == "session_confirmed"
