"""A pair: what it begins with, the agreement of both, and its sessions in every state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.lifecycle import consents, pairs, sessions
from bot.lifecycle import step as step_rules
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms

from .builders import DAY, MEETING, NOW, SCHEME, pair, refusal, request, told

Move = Callable[[Pair], Step[Pair]]
MOVES: dict[str, Move] = {
    "mentee agrees": lambda one: consents.agree(one, "agreement", "ada", NOW),
    "mentor agrees": lambda one: consents.agree(one, "agreement", "bea", NOW),
    "stranger agrees": lambda one: consents.agree(one, "agreement", "zoe", NOW),
    "mentee schedules": lambda one: sessions.schedule(one, "s1", "ada", MEETING, NOW),
    "mentor schedules": lambda one: sessions.schedule(one, "s1", "bea", MEETING, NOW),
    "stranger schedules": lambda one: sessions.schedule(one, "s1", "zoe", MEETING, NOW),
    "mentor completes": lambda one: sessions.complete(one, "s1", "bea", NOW),
    "stranger completes": lambda one: sessions.complete(one, "s1", "zoe", NOW),
    "mentee adds": lambda one: sessions.add_session(one, "s2", 2, "ada", MEETING, NOW),
    "stranger adds": lambda one: sessions.add_session(one, "s2", 2, "zoe", MEETING, NOW),
}
STATES = ("nobody agreed", "mentee agreed", "both agreed", "ended")
FIRST, ENDED, NOT_YOURS = "document_first", "pair_ended", ("not_yours",) * 4
TABLE: dict[str, tuple[str, ...]] = {
    "mentee agrees": ("waits", "already_agreed", "already_agreed", ENDED),
    "mentor agrees": ("waits", "agreed", "already_agreed", ENDED),
    "mentee schedules": (FIRST, FIRST, "agreed", ENDED),
    "mentor schedules": (FIRST, FIRST, "agreed", ENDED),
    "mentor completes": ("session_not_yet", "session_not_yet", "session_not_yet", ENDED),
    "mentee adds": (FIRST, FIRST, "agreed", ENDED),
    **{move: NOT_YOURS for move in MOVES if move.startswith("stranger")},
}


def state(written: str) -> Pair:
    if written == "ended":
        return pair(2, state="ended")
    return pair(STATES.index(written))


def outcome(move: Move, one: Pair) -> str:
    try:
        return "agreed" if move(one).state.agreed else "waits"
    except Refused as refused:
        return refused.reason


@pytest.mark.covers("A22", "A23")
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", STATES)
def test_a_pair(move: str, before: str) -> None:
    assert outcome(MOVES[move], state(before)) == TABLE[move][STATES.index(before)]


SESSIONS = {
    "planned": Session("s1", 1),
    "ahead": Session("s1", 1, "scheduled", NOW + timedelta(seconds=1), revision=1),
    "begun": Session("s1", 1, "scheduled", NOW, revision=1),
    "completed": Session("s1", 1, "completed", NOW - DAY, revision=1),
}


@pytest.mark.covers("A23")
@pytest.mark.parametrize(
    ("before", "schedule", "complete"),
    [
        ("planned", "scheduled", "session_not_yet"),
        ("ahead", "scheduled", "session_not_yet"),
        ("begun", "scheduled", "completed"),
        ("completed", "session_completed", "session_completed"),
    ],
)
def test_a_session(before: str, schedule: str, complete: str) -> None:
    one = pair(session=SESSIONS[before])

    def after(move: str) -> str:
        try:
            return MOVES[move](one).state.session("s1").state
        except Refused as refused:
            return refused.reason

    assert (after("mentee schedules"), after("mentor completes")) == (schedule, complete)


@pytest.mark.parametrize("moment", [NOW, NOW - timedelta(seconds=1)])
def test_no_session_in_the_past(moment: datetime) -> None:
    meeting = replace(MEETING, starts_at=moment)
    assert refusal(lambda: sessions.schedule(pair(), "s1", "ada", meeting, NOW)) == "session_past"


def test_no_session_that_is_not_there() -> None:
    assert refusal(lambda: sessions.schedule(pair(), "s9", "ada", MEETING, NOW)) == "gone"


@pytest.mark.covers("A16", "A25")
def test_an_acceptance_begins_a_pair_of_one_year_and_tells_both() -> None:
    step = pairs.begin("c1", "s1", request("accepted"), SCHEME, NOW)
    one = step.state
    assert (one.mentee, one.mentor, one.request, one.invitation, one.state) == ("ada", "cyd", "r1", "i2", "active")
    assert one.ends_at == NOW.replace(year=NOW.year + 1)
    assert (one.terms.documents[0].text, one.terms.sessions, one.terms.minutes) == (SCHEME.documents[0].text, 4, 60)
    assert one.sessions == (Session("s1", 1, minutes=60),)
    assert not one.agreed
    assert told(step) == [("ada", "accepted"), ("cyd", "connected"), ("ada and cyd", "introduced")]
    assert step.deadlines == (Deadline(DeadlineKind.CONNECTION_OVER, "c1", NOW.replace(year=NOW.year + 1)),)


def test_a_scheme_without_a_length_has_no_end() -> None:
    free = SCHEME.model_copy(update={"sessions": SCHEME.sessions.model_copy(update={"length": None})})
    step = pairs.begin("c1", "s1", request("accepted"), free, NOW)
    assert (step.state.ends_at, step.deadlines) == (None, ())


@pytest.mark.covers("A22")
def test_the_other_hears_of_the_first_agreement_and_both_of_the_second() -> None:
    first = consents.agree(pair(0), "agreement", "bea", NOW)
    assert told(first) == [("ada", "agreement_waits")]
    second = consents.agree(first.state, "agreement", "ada", NOW + DAY)
    assert sorted(told(second)) == [("ada", "both_agreed"), ("bea", "both_agreed")]
    assert (second.state.agreed_at("agreement", "bea"), second.state.agreed_at("agreement", "ada")) == (NOW, NOW + DAY)


@pytest.mark.covers("A23")
def test_a_session_set_and_set_again_is_told_each_time() -> None:
    first = sessions.schedule(pair(), "s1", "ada", MEETING, NOW)
    assert told(first) == [("bea", "session_set"), ("ada", "session_set")]
    session = first.state.session("s1")
    assert (session.starts_at, session.mode, session.place) == (MEETING.starts_at, MEETING.mode, MEETING.place)
    second = sessions.schedule(first.state, "s1", "ada", Meeting(NOW + 2 * DAY, 90, "In person"), NOW)
    assert second.notices[0].key != first.notices[0].key
    moved = second.state.session("s1")
    assert sessions.ends(moved) == NOW + 2 * DAY + timedelta(minutes=90)
    assert sessions.ends(Session("s2", 2)) is None


@pytest.mark.covers("A23")
def test_more_sessions_are_numbered_on() -> None:
    one = pair()
    for n in (2, 3):
        step = sessions.add_session(one, f"s{n}", n, "bea", MEETING, NOW)
        assert told(step) == [("ada", "session_set"), ("bea", "session_set")]
        one = step.state
    assert [(each.id, each.number, each.state) for each in one.sessions[1:]] == [
        ("s2", 2, "scheduled"), ("s3", 3, "scheduled"),
    ]  # fmt: skip
    assert refusal(lambda: sessions.add_session(one, "s9", 3, "ada", MEETING, NOW)) == "session_added"


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"minutes": 9}, "session_length", "minutes"),
        ({"minutes": 241}, "session_length", "minutes"),
        ({"mode": "By pigeon"}, "session_mode", "mode"),
        ({"starts_at": NOW}, "session_past", "time"),
    ],
)
def test_a_meeting_is_as_the_scheme_has_it(change: dict[str, Any], reason: str, field: str) -> None:
    refused = step_rules.refusal(sessions.may_meet, replace(MEETING, **change), Terms.of(SCHEME), NOW)
    assert refused is not None
    assert (refused.reason, refused.field) == (reason, field)


@pytest.mark.parametrize(("days", "reason"), [(-1, "session_past"), (0, None), (732, None), (733, "session_too_far")])
def test_the_days_a_session_can_be_on(days: int, reason: str | None) -> None:
    refused = step_rules.refusal(sessions.may_meet_on, NOW.date() + days * DAY, NOW.date())
    assert (refused and refused.reason) == reason


def test_the_other_party() -> None:
    assert (pair().other("ada"), pair().other("bea")) == ("bea", "ada")
    assert refusal(lambda: pair().other("zoe")) == "not_yours"
