"""Coming into the scheme: every state and every move, and who hears of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.lifecycle import gates, membership
from bot.lifecycle.member import Answers, Member
from bot.lifecycle.step import Refused, Step, allowed
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from tests.support.schemes import with_role, without_training

from .builders import DAY, NOW, SCHEME, member, refusal, told, with_intake

LATER = NOW + DAY
WORDS: Answers = {"why": "To give something back"}


def ask(before: Member | None, scheme: Scheme = SCHEME, taken: int = 0, role: Role = "mentor") -> Step[Member]:
    return membership.ask_to_join(scheme, "m1", "bea", role, before, taken, WORDS, LATER)


Move = Callable[[Member], Step[Member]]
MOVES: dict[str, Move] = {
    "ask": ask,
    "admit": lambda one: membership.admit(one, SCHEME, 0, LATER),
    "give_preferences": lambda one: membership.give_preferences(one, SCHEME, {"times": ["Evenings"]}, LATER),
    "give_profile": lambda one: membership.give_profile(one, SCHEME, {"mentees_at_most": 1}, LATER),
    "approve": lambda one: membership.approve(one, {}, LATER),
    "record_training": lambda one: membership.record_training(one, SCHEME, "training", date(2025, 10, 1), LATER),
    "ask_clarification": lambda one: membership.ask_clarification(one, "Which hospital?"),
    "turn_down": lambda one: membership.turn_down(one, "Not this year"),
}
# A question mark: the office has asked the person something and waits for the answer.
STATES = ("asked", "asked?", "admitted", "in_review", "in_review?", "approved", "turned_down")
NO, WAITS, BACK = "already_decided", "in_review", "waits_for_answer"
MENTOR: dict[str, tuple[str, ...]] = {
    "ask": ("already_waiting", "asked", *["already_member"] * 4, "asked"),
    "admit": (WAITS, BACK, *[NO] * 5),  # their forms are filled in: the office has the next word
    "give_preferences": ("not_admitted", "not_admitted", WAITS, WAITS, WAITS, "approved", "not_admitted"),
    "give_profile": ("not_admitted", "not_admitted", WAITS, WAITS, WAITS, "approved", "not_admitted"),
    "approve": (NO, NO, NO, "approved", BACK, NO, NO),
    "record_training": (*["not_approved"] * 5, "approved", "not_approved"),
    "ask_clarification": ("asked?", BACK, NO, "in_review?", BACK, NO, NO),
    "turn_down": ("turned_down", BACK, NO, "turned_down", BACK, NO, NO),
}
MENTEE: dict[str, tuple[str, ...]] = {
    "ask": MENTOR["ask"],
    "admit": ("admitted", BACK, *[NO] * 5),
    "give_preferences": ("not_admitted", "not_admitted", "admitted", "-", "-", "approved", "not_admitted"),
    "give_profile": ("not_admitted", "not_admitted", "not_yours", "-", "-", "not_yours", "not_admitted"),
}


def in_state(written: str, role: Role = "mentor") -> Member:
    open_question = "Which hospital?" if written.endswith("?") else None
    return member(role, written.rstrip("?"), question=open_question)  # type: ignore[arg-type]


def outcome(move: Move, one: Member) -> str:
    try:
        after = move(one).state
    except Refused as refused:
        return refused.reason
    return after.state + ("?" if after.question else "")


@pytest.mark.covers("A3", "A4", "A5")
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", STATES)
def test_a_mentor(move: str, before: str) -> None:
    assert outcome(MOVES[move], in_state(before)) == MENTOR[move][STATES.index(before)]


@pytest.mark.covers("A3", "A4", "A6")
@pytest.mark.parametrize("move", MENTEE)
@pytest.mark.parametrize("before", STATES)
def test_a_mentee(move: str, before: str) -> None:
    expected = MENTEE[move][STATES.index(before)]
    if expected != "-":
        assert outcome(MOVES[move], in_state(before, "mentee")) == expected


@pytest.mark.parametrize(
    ("move", "before", "heard"),
    [
        ("ask", "asked?", [("office: approve_members", "member_answered")]),
        ("ask", "turned_down", [("office: approve_members", "join_asked")]),
        ("admit", "asked", [("bea", "admitted"), ("office: approve_members", "profile_ready")]),
        ("give_preferences", "admitted", [("office: approve_members", "profile_ready")]),
        ("give_profile", "in_review?", [("office: approve_members", "member_answered")]),
        ("give_profile", "in_review", []),
        ("give_profile", "approved", []),
        ("approve", "in_review", [("bea", "member_approved")]),
        ("record_training", "approved", [("bea", "training_recorded")]),
        ("ask_clarification", "asked", [("bea", "member_clarification")]),
        ("turn_down", "in_review", [("bea", "member_turned_down")]),
    ],
)
def test_who_hears_of_it(move: str, before: str, heard: list[tuple[str, str]]) -> None:
    assert told(MOVES[move](in_state(before))) == heard


@pytest.mark.covers("A1", "A3")
@pytest.mark.parametrize("before", [None, in_state("turned_down")], ids=["new", "turned down before"])
@pytest.mark.parametrize(
    ("intake", "taken", "reason"),
    [
        ({"open": False}, 0, "intake_closed"),
        ({"places": 2}, 2, "no_places"),
        ({"places": 2}, 3, "no_places"),
        ({"places": 2}, 1, None),
        ({"places": None}, 1000, None),
    ],
)
def test_the_intake(intake: dict[str, Any], taken: int, reason: str | None, before: Member | None) -> None:
    scheme = with_intake("mentor", **intake)
    if reason is None:
        assert ask(before, scheme, taken).state.state == "asked"
    else:
        assert refusal(lambda: ask(before, scheme, taken)) == reason


def test_an_answer_to_the_office_is_heard_while_the_intake_is_closed() -> None:
    assert ask(in_state("asked?"), with_intake("mentor", open=False)).state.state == "asked"


@pytest.mark.covers("A1")
def test_the_places_are_counted_again_when_somebody_is_let_in() -> None:
    scheme = with_intake("mentor", places=2)
    assert refusal(lambda: membership.admit(in_state("asked"), scheme, 2, LATER)) == "places_taken"
    assert membership.admit(in_state("asked"), scheme, 1, LATER).state.state == "in_review"


def test_a_first_question_makes_a_membership() -> None:
    made = ask(None).state
    assert (made.person, made.role, made.state, made.asked_at) == ("bea", "mentor", "asked", LATER)
    assert (made.joining, made.waiting_since, made.revision) == (WORDS, LATER, 1)


def test_who_asks_again_starts_without_the_offices_last_words() -> None:
    again = ask(in_state("turned_down")).state
    assert again.reply is None
    assert again.waiting_since == LATER


@pytest.mark.covers("A5")
@pytest.mark.parametrize(
    ("preferences", "profile", "after"),
    [(None, {"about": "x"}, "admitted"), ({"ways": []}, None, "in_review")],
    ids=["the profile first", "the profile last"],
)
def test_the_office_gets_a_mentor_once_profile_and_preferences_are_there(
    preferences: Answers | None, profile: Answers | None, after: str
) -> None:
    one = member(state="admitted", preferences=preferences, profile=profile)
    assert MOVES["give_profile"](one).state.state == after


def test_what_waits_for_the_office_waits_since_when() -> None:
    waiting = MOVES["give_profile"](in_state("admitted")).state
    assert waiting.waiting_since == LATER
    for move in ("approve", "turn_down", "ask_clarification"):
        assert MOVES[move](waiting).state.waiting_since is None


def test_a_mentors_own_limit_comes_from_the_profile() -> None:
    limited = MOVES["give_profile"](member()).state
    assert membership.own_limit(limited, SCHEME) == 1
    silent = membership.give_profile(member(), SCHEME, {}, NOW).state
    assert membership.own_limit(silent, SCHEME) == SCHEME.capacity.own_limit


@pytest.mark.covers("A6")
def test_an_approved_request_enrols_the_mentee_once() -> None:
    enrolled = membership.enrol(member("mentee", "admitted"), NOW)
    assert (enrolled.state, enrolled.approved_at) == ("approved", NOW)
    assert membership.enrol(enrolled, LATER) == enrolled


def trained(on_record: date | None, scheme: Scheme, on: date) -> bool:
    one = member(trainings={"training": on_record} if on_record else {})
    return gates.training_wanted(one, scheme, on) is None


@pytest.mark.covers("A32")
@pytest.mark.parametrize(
    ("trained_on", "on", "valid"),
    [
        (None, date(2025, 10, 6), False),
        (date(2025, 10, 6), date(2025, 10, 6), True),
        (date(2022, 10, 6), date(2025, 10, 6), True),
        (date(2022, 10, 5), date(2025, 10, 6), False),
        (date(2024, 2, 29), date(2027, 2, 28), True),
        (date(2024, 2, 29), date(2027, 3, 1), False),
    ],
)
def test_training_lapses(trained_on: date | None, on: date, valid: bool) -> None:
    assert trained(trained_on, SCHEME, on) is valid


def test_training_that_is_not_asked_for_or_never_lapses() -> None:
    assert trained(None, without_training(SCHEME), NOW.date())
    (course,) = SCHEME.roles["mentor"].trainings
    optional = with_role(SCHEME, "mentor", trainings=(course.model_copy(update={"required": False}),))
    assert trained(None, optional, NOW.date())
    once = with_role(SCHEME, "mentor", trainings=(course.model_copy(update={"renewed_every": None}),))
    assert trained(date(1999, 1, 1), once, NOW.date())
    assert not trained(None, once, NOW.date())


def test_approval_records_the_training_and_keeps_an_earlier_one() -> None:
    ready = member(state="in_review")
    assert membership.approve(ready, {"training": date(2025, 10, 2)}, NOW).state.trainings == {
        "training": date(2025, 10, 2)
    }
    assert membership.approve(ready, {}, NOW).state.trainings == ready.trainings


@pytest.mark.covers("A32")
@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"state": "in_review"}, False),
        ({"state": "admitted"}, False),
        ({"role": "mentee"}, False),
        ({"trainings": {}}, False),
        ({"trainings": {"training": date(2020, 1, 1)}}, False),
        ({"paused_until": LATER}, False),
        ({"paused_until": NOW}, True),
        ({"paused_until": datetime.min.replace(tzinfo=NOW.tzinfo)}, True),
    ],
)
def test_who_may_be_asked(change: dict[str, Any], may: bool) -> None:
    assert allowed(membership.may_be_asked, replace(member(), **change), SCHEME, NOW) is may


def test_every_message_of_a_long_way_in_is_its_own() -> None:
    """Asked, asked back, turned down, asked again, let in, asked back over the profile twice, approved."""
    way = ["ask_clarification", "ask", "turn_down", "ask", "admit", "give_profile", "ask_clarification", "give_profile",
           "ask_clarification", "give_preferences", "turn_down", "ask", "admit", "give_profile", "approve"]  # fmt: skip
    step = ask(None)
    one = replace(step.state, preferences={"ways": []})
    keys = [notice.key for notice in step.notices]
    for move in way:
        step = MOVES[move](one)
        one = step.state
        keys += [notice.key for notice in step.notices]
    assert len(keys) == len(way) + 1 == len(set(keys))
