"""Sessions between the two: confirming, suggesting, cancelling, marking, and saying that it was otherwise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import sessions
from bot.lifecycle.pairs import Because, Pair, Session
from bot.lifecycle.step import Refused, Step

from .builders import DAY, MEETING, NOW, pair, refusal, told

WEEK = 7 * DAY
SET = Session("s1", 1, "scheduled", NOW + DAY, mode="Video call", revision=1, set_by="ada")
DONE = replace(SET, state="completed", starts_at=NOW - DAY, marked_by="ada", marked_at=NOW)
LATER = replace(MEETING, starts_at=NOW + 3 * DAY)
STATES = {
    "planned": Session("s1", 1),
    "ahead": SET,
    "confirmed": replace(SET, confirmed_at=NOW),
    "set before that was kept": replace(SET, set_by=None),
    "begun": replace(SET, starts_at=NOW),
    "completed": DONE,
    "completed, agreed": replace(DONE, marked_at=NOW - WEEK),
    "completed before that was kept": replace(DONE, marked_at=None),
}
Move = Callable[[Pair, str], Step[Pair]]
MOVES: dict[str, Move] = {
    "confirm": lambda one, by: sessions.confirm(one, "s1", by, NOW),
    "cancel": lambda one, by: sessions.cancel(one, "s1", by, "I am ill.", NOW),
    "not held": lambda one, by: sessions.not_held(one, "s1", by, None, NOW),
    "moved": lambda one, by: sessions.moved(one, "s1", by, LATER, NOW),
}
NOT_SET, BEGUN, YET, DONE_, AGREED = (
    "session_not_set", "session_begun", "session_not_yet", "session_completed", "session_agreed",
)  # fmt: skip
TABLE: dict[str, tuple[str, str, str, str]] = {
    # by bea, whom the setter asks:      confirm, cancel, not held, moved
    "planned": (NOT_SET, NOT_SET, YET, YET),
    "ahead": ("scheduled", "planned", YET, YET),
    "confirmed": ("session_confirmed", "planned", YET, YET),
    "set before that was kept": ("not_yours", "planned", YET, YET),
    "begun": (BEGUN, BEGUN, "planned", "scheduled"),
    "completed": (DONE_, DONE_, "planned", "scheduled"),
    "completed, agreed": (DONE_, DONE_, AGREED, AGREED),
    "completed before that was kept": (DONE_, DONE_, AGREED, AGREED),
}


@pytest.mark.covers("A23")
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_what_can_be_done_about_a_session(before: str, move: str) -> None:
    one = pair(session=STATES[before])

    def after(by: str) -> str:
        try:
            return MOVES[move](one, by).state.session("s1").state
        except Refused as refused:
            return refused.reason

    expected = TABLE[before][list(MOVES).index(move)]
    assert after("bea") == expected
    of_setter = "not_yours" if (before, move) == ("ahead", "confirm") else expected
    assert after("ada") == of_setter, "nobody confirms a time of their own; all else either may"
    assert after("zoe") == "not_yours"
    ended = replace(one, state="ended")
    assert refusal(lambda: MOVES[move](ended, "bea")) == "pair_ended"


def test_whoever_set_it_hears_that_it_suits() -> None:
    step = sessions.confirm(pair(session=SET), "s1", "bea", NOW)
    assert told(step) == [("ada", "session_confirmed")]
    assert step.state.session("s1") == replace(SET, confirmed_at=NOW)


def test_a_suggestion_turns_the_question_round() -> None:
    confirmed = pair(session=replace(SET, confirmed_at=NOW))
    step = sessions.schedule(confirmed, "s1", "bea", replace(LATER, note="Theatre ran late"), NOW)
    session = step.state.session("s1")
    assert (session.set_by, session.was_at, session.confirmed_at) == ("bea", SET.starts_at, None)
    assert (session.note, session.revision) == ("Theatre ran late", 2)
    assert told(step) == [("ada", "session_set"), ("bea", "session_set")]
    assert refusal(lambda: sessions.confirm(step.state, "s1", "bea", NOW)) == "not_yours"
    assert sessions.confirm(step.state, "s1", "ada", NOW).state.session("s1").confirmed_at == NOW


@pytest.mark.covers("A23")
def test_a_cancelled_session_is_there_to_be_set_again_with_a_word() -> None:
    step = sessions.cancel(pair(session=SET), "s1", "bea", "I am ill.", NOW)
    session = step.state.session("s1")
    assert (session.state, session.starts_at, session.was_at) == ("planned", None, SET.starts_at)
    assert (session.set_by, session.note) == ("bea", "I am ill.")
    assert told(step) == [("ada", "session_cancelled"), ("bea", "session_cancelled by e-mail alone")]
    again = sessions.schedule(step.state, "s1", "ada", MEETING, NOW).state.session("s1")
    assert (again.state, again.note, again.was_at) == ("scheduled", None, None)


def test_what_is_marked_can_be_corrected_for_seven_days_and_then_silence_has_agreed() -> None:
    begun = pair(session=STATES["begun"])
    step = sessions.complete(begun, "s1", "ada", NOW)
    assert told(step) == [("bea", "session_completed")]
    assert step.notices[0].redrawn_at == (NOW + WEEK,), "its buttons go when nothing can be said any more"
    done = step.state
    last = NOW + WEEK - timedelta(seconds=1)
    assert sessions.not_held(done, "s1", "bea", None, last).state.session("s1").state == "planned"
    assert refusal(lambda: sessions.not_held(done, "s1", "bea", None, NOW + WEEK)) == "session_agreed"


def test_a_session_that_did_not_take_place_counts_no_more_and_is_heard_of_when_it_does() -> None:
    step = sessions.not_held(pair(session=DONE), "s1", "bea", None, NOW)
    session = step.state.session("s1")
    assert (session.marked_by, session.marked_at, session.was_at) == (None, None, DONE.starts_at)
    assert told(step) == [("ada", "session_not_held"), ("bea", "session_not_held by e-mail alone")]
    again = sessions.schedule(step.state, "s1", "ada", MEETING, NOW).state
    first = sessions.complete(pair(session=STATES["begun"]), "s1", "ada", NOW)
    second = sessions.complete(again, "s1", "ada", MEETING.starts_at)
    assert first.notices[0].key != second.notices[0].key


@pytest.mark.parametrize("session", ["begun", "completed"])
def test_a_session_that_moved_is_set_anew_or_took_place_then(session: str) -> None:
    ahead = sessions.moved(pair(session=STATES[session]), "s1", "bea", LATER, NOW)
    assert told(ahead) == [("ada", "session_set"), ("bea", "session_set")]
    assert ahead.state.session("s1").marked_at is None
    earlier = replace(MEETING, starts_at=NOW - 2 * DAY, minutes=30)
    past = sessions.moved(pair(session=STATES[session]), "s1", "bea", earlier, NOW)
    assert told(past) == [("ada", "session_completed")]
    held = past.state.session("s1")
    assert (held.state, held.starts_at, held.minutes) == ("completed", NOW - 2 * DAY, 30)
    assert (held.marked_by, held.marked_at) == ("bea", NOW)
    wrong = replace(earlier, minutes=500)
    assert refusal(lambda: sessions.moved(pair(session=DONE), "s1", "bea", wrong, NOW)) == "session_length"


@pytest.mark.covers("A23")
@pytest.mark.parametrize(
    ("because", "missed"), [(None, False), ("agreed", False), ("came_up", False), ("waited", True)]
)
def test_only_where_somebody_waited_a_session_counts_as_missed(because: Because | None, missed: bool) -> None:
    at = NOW - DAY
    one = pair(session=replace(SET, starts_at=at))
    off = sessions.not_held(one, "s1", "bea", None, NOW, because).state
    session = off.session("s1")
    assert (session.because, session.missed_at) == (because, at if missed else None)
    again = sessions.schedule(off, "s1", "ada", MEETING, NOW).state.session("s1")
    assert (again.because, again.missed_at) == (None, at if missed else None), "who waited is forgotten, not that"
    cancelled = sessions.cancel(sessions.schedule(off, "s1", "ada", MEETING, NOW).state, "s1", "ada", None, NOW).state
    assert cancelled.session("s1").because is None
