"""What people are reminded of, and when, as it follows from how things stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.lifecycle import reminding, sessions
from bot.lifecycle.deadlines import REMINDERS, Deadline, DeadlineKind
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.reminding import Series
from bot.schemes.period import period
from bot.schemes.reminders import Reminders
from bot.schemes.scheme import Scheme
from tests.support.schemes import sheet

from .builders import DAY, DUE, NOW, SCHEME, member, pair, request

HOUR = timedelta(hours=1)
SET = Session("s1", 1, "scheduled", NOW + 10 * DAY, revision=1, set_by="ada")
DONE = replace(SET, state="completed", starts_at=NOW - 2 * DAY, marked_by="ada", marked_at=NOW - DAY)
LAPSING = {DeadlineKind.TRAINING_RENEWAL, DeadlineKind.TRAINING_LAPSED}


def of(one: Pair, scheme: Scheme = SCHEME, now: datetime = NOW) -> dict[str, Series]:
    """The series of a pair by their kinds."""
    found = reminding.of_pair(one, scheme, now)
    assert len({(each.kind, each.about) for each in found}) == len(found)
    return {each.kind.value: each for each in found}


PAIRS: dict[str, tuple[Pair, set[str]]] = {
    "nobody has accepted": (pair(agreed=0), {"agreement_unaccepted"}),
    "no session": (pair(), {"no_session", "behind_pace", "year_ending"}),
    "a session ahead": (
        pair(session=SET),
        {"session_ahead", "session_over", "session_to_mark", "actions_due", "behind_pace", "year_ending"},
    ),
    "a session that is over": (
        pair(session=replace(SET, starts_at=NOW - DAY)),
        {"session_ahead", "session_over", "session_to_mark", "behind_pace", "year_ending"},
    ),
    "one was held": (pair(session=DONE), {"no_session", "behind_pace", "year_ending"}),
    "all were held": (pair(sessions=tuple(replace(DONE, id=f"s{n}", number=n) for n in range(1, 5))), {"year_ending"}),
    "without an end": (pair(ends_at=None), {"no_session"}),
    "ended": (pair(state="ended", ended_at=NOW), {"feedback_wanted"}),
}  # fmt: skip


@pytest.mark.parametrize("case", PAIRS)
def test_what_a_pair_is_reminded_of(case: str) -> None:
    one, kinds = PAIRS[case]
    assert set(of(one)) == kinds


@pytest.mark.covers("A33")
def test_whoever_has_not_answered_is_reminded_before_it_is_too_late() -> None:
    (series,) = reminding.of_request(request("asking"), SCHEME, NOW)
    assert (series.kind, series.about, series.whom) == (DeadlineKind.INVITATION_UNANSWERED, "i1", ("bea",))
    assert (series.moments, series.until) == ((DUE - 2 * DAY,), DUE)
    assert series.next(NOW) == Deadline(series.kind, "i1", DUE - 3 * DAY), "so that all of that day are there"
    assert series.latest(NOW) is None
    assert series.latest(DUE - 3 * DAY) == DUE - 2 * DAY
    assert series.latest(DUE) is None, "too late is not the time to remind"
    assert not reminding.of_request(request("choosing"), SCHEME, NOW)
    answered = request("asking", ("declined", "queued"))
    assert not reminding.of_request(answered, SCHEME, NOW)


@pytest.mark.covers("A22")
def test_only_whoever_has_still_to_accept_is_reminded() -> None:
    assert of(pair(agreed=0))["agreement_unaccepted"].whom == ("ada", "bea")
    assert of(pair(agreed=1))["agreement_unaccepted"].whom == ("bea",)
    assert of(pair(agreed=1))["agreement_unaccepted"].moments == (NOW + 3 * DAY, NOW + 10 * DAY)


def test_the_office_is_reminded_of_what_waits_by_the_power_that_decides_it() -> None:
    (series,) = reminding.of_member(member(state="in_review", waiting_since=NOW), SCHEME, NOW)
    assert (series.power, series.whom, series.moments) == ("approve_members", (), (NOW + 7 * DAY,))
    (series,) = reminding.of_request(request("in_review", waiting_since=NOW), SCHEME, NOW)
    assert (series.power, series.about) == ("approve_requests", "r1")
    (series,) = reminding.of_request(request("assigning", waiting_since=NOW), SCHEME, NOW)
    assert series.power == "match"
    assert {each.kind for each in reminding.of_member(member(), SCHEME, NOW)} == LAPSING
    assert not reminding.of_member(member(trainings={}), SCHEME, NOW)
    assert not reminding.of_member(member(state="left"), SCHEME, NOW)


@pytest.mark.covers("A32")
def test_a_training_is_told_of_before_it_lapses_and_once_it_has() -> None:
    renewal, lapsed = reminding.of_member(member(trainings={"training": date(2022, 11, 5)}), SCHEME, NOW)
    over = datetime(2025, 11, 6, tzinfo=UTC)
    assert (renewal.whom, renewal.until) == (("bea",), over)
    assert renewal.moments == (over - 60 * DAY, over - 14 * DAY)
    assert lapsed.moments == (over + DAY, over + 14 * DAY)


def test_a_session_is_announced_the_day_before_and_in_its_last_hour() -> None:
    series = of(pair(session=SET))["session_ahead"]
    day, hour = series.moments
    assert (day, hour) == (NOW + 9 * DAY, NOW + 10 * DAY - HOUR)
    assert [series.at_its_minute(each) for each in series.moments] == [False, True]
    assert [series.put_down_at(each) for each in series.moments] == [day - DAY, hour]
    assert series.latest(hour) == hour, "after an outage only the latest"
    assert series.latest(NOW + 10 * DAY) is None


@pytest.mark.covers("A33")
def test_whether_a_session_took_place_is_asked_once_it_is_over_and_once_more_the_day_after() -> None:
    asked, again = (of(pair(session=SET))[key] for key in ("session_over", "session_to_mark"))
    over = NOW + 10 * DAY + HOUR
    (minute,) = asked.moments
    assert (minute, asked.whom, asked.until) == (over + timedelta(minutes=10), ("ada", "bea"), over + DAY)
    assert asked.at_its_minute(minute)
    assert asked.next(NOW) == Deadline(asked.kind, "s1", minute)
    assert asked.latest(over) is None
    assert asked.latest(minute) == asked.latest(over + DAY - HOUR) == minute
    assert asked.latest(over + DAY) is None, "after an outage the reminder of the next day asks"
    assert again.moments == (over + DAY,)
    assert not again.at_its_minute(over + DAY)


FREE: dict[str, tuple[Pair, datetime]] = {
    "since both had accepted": (pair(), NOW),
    "since the one before was over": (pair(session=replace(DONE, starts_at=NOW + DAY)), NOW + DAY + HOUR),
    "since the time that was taken back": (pair(session=Session("s1", 1, was_at=NOW + 4 * DAY)), NOW + 4 * DAY),
}


@pytest.mark.parametrize("case", FREE)
def test_a_time_is_missed_from_when_one_could_have_been_set(case: str) -> None:
    one, since = FREE[case]
    assert of(one)["no_session"].moments == (since + 7 * DAY, since + 21 * DAY)


@pytest.mark.covers("A25")
@pytest.mark.parametrize(
    ("held", "ahead", "days", "is_behind"),
    [
        (0, 0, 90, False), (0, 0, 92, True), (1, 0, 92, False), (0, 1, 92, False), (1, 0, 183, True),
        (2, 0, 183, False), (1, 2, 300, False), (1, 1, 300, True), (3, 0, 364, False), (0, 0, 0, False),
    ],
)  # fmt: skip
def test_a_pair_is_behind_where_fewer_sessions_are_held_or_set_than_were_due(
    held: int, ahead: int, days: int, is_behind: bool
) -> None:
    some = [replace(DONE, id=f"h{n}") for n in range(held)] + [replace(SET, id=f"a{n}") for n in range(ahead)]
    assert reminding.behind(pair(sessions=tuple(some)), NOW + days * DAY) == is_behind


def test_nobody_is_behind_where_nothing_was_expected() -> None:
    free = pair(terms=replace(pair().terms, sessions=None))
    assert not reminding.behind(free, NOW + 300 * DAY)
    assert not reminding.behind(pair(ends_at=None), NOW + 300 * DAY)
    assert not sessions.enough(free)


@pytest.mark.covers("A33")
def test_what_is_asked_afterwards_is_reminded_of_once_it_has_ended() -> None:
    scheme = SCHEME.model_copy(update={"sheets": (sheet("looking_back", "pair", offered="afterwards"),)})
    one = pair(state="ended", ended_at=NOW)
    assert of(one, scheme)["feedback_wanted"].moments == (NOW + 3 * DAY, NOW + 10 * DAY)
    assert "feedback_wanted" not in of(pair(), scheme)
    assert of(pair(state="ended"), scheme) == {}, "ended before that was kept"


def test_what_the_file_leaves_out_nobody_is_reminded_of() -> None:
    nothing: dict[str, Any] = dict.fromkeys(REMINDERS, ())
    scheme = SCHEME.model_copy(update={"reminders": Reminders(**nothing)})
    assert all(of(one, scheme) == {} for one, _ in PAIRS.values())
    assert not reminding.of_request(request("asking"), scheme, NOW)


def test_each_kind_of_reminder_is_a_key_of_the_file() -> None:
    assert {*REMINDERS} == set(Reminders.model_fields) - {"snooze"}


@pytest.mark.parametrize(
    ("key", "times", "says"),
    [("no_session", ("P1D",) * 3, "at most 2"), ("no_session", ("P2D", "P2D"), "the same"),
     ("session_over", ("PT10M", "PT2H"), "at most 1"), ("session_over", ("P1D",), "minutes or hours"),
     ("session_over", ("P1M",), "minutes or hours"), ("session_to_mark", ("P1D", "P5D"), "three times"),
     ("session_ahead", ("P1M",), "days or hours"), ("year_ending", ("P1M",), "days or hours")],
)  # fmt: skip
def test_what_cannot_be_is_refused(key: str, times: tuple[str, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Reminders(**{key: tuple(period(each) for each in times)})
