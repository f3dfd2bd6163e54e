"""A mentoring request: every state and every move, the list of mentors, silence under both settings, deadlines."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import pytest

from bot.lifecycle import invitations, requests
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.reminders import countdown, days_left
from bot.lifecycle.request import OPEN, InvitationState, Request, RequestState
from bot.lifecycle.step import Refused, Step

from .builders import (
    DAY,
    DUE,
    MENTORS,
    NOW,
    SCHEME,
    asked_now,
    member,
    refusal,
    request,
    sent,
    silence,
    told,
    with_requests,
)

ANSWERS = {"topics": ["Wellbeing"]}
CHOSEN = (("n1", "eve"), ("n2", "fay"))

Move = Callable[[Request], Step[Request]]
MOVES: dict[str, Move] = {
    "resubmit": lambda one: requests.resubmit(one, ANSWERS, SCHEME, NOW),
    "approve": lambda one: requests.approve(one, MENTORS, SCHEME, NOW),
    "ask_clarification": lambda one: requests.ask_clarification(one, "Which year?"),
    "turn_down": lambda one: requests.turn_down(one, "Not this year", NOW),
    "send": lambda one: requests.send(one, CHOSEN, {"eve", "fay"}, SCHEME, NOW),
    "lapse": lambda one: invitations.lapse(one, "i1", MENTORS, SCHEME, NOW),
    "lapse, due": lambda one: invitations.lapse(one, "i1", MENTORS, SCHEME, DUE),
    "lapse, due, ask_next": lambda one: invitations.lapse(one, "i1", MENTORS, silence("ask_next"), DUE),
    "withdraw": lambda one: requests.withdraw(one, NOW),
}
STATES: tuple[RequestState, ...] = (
    "in_review", "clarifying", "choosing", "asking", "accepted", "turned_down", "withdrawn", "expired",
)  # fmt: skip
SAME = STATES
NO, WAITS = "already_decided", "waits_for_answer"
TABLE: dict[str, tuple[str, ...]] = {
    "resubmit": ("in_review", "in_review", *["not_in_review"] * 6),
    "approve": ("choosing", WAITS, *[NO] * 6),
    "ask_clarification": ("clarifying", WAITS, *[NO] * 6),
    "turn_down": ("turned_down", WAITS, *[NO] * 6),
    "send": ("not_ready_to_ask", "not_ready_to_ask", "asking", *["not_ready_to_ask"] * 5),
    "lapse": SAME,
    "lapse, due": (*SAME[:3], "expired", *SAME[4:]),
    "lapse, due, ask_next": SAME,
    "withdraw": (*["withdrawn"] * 4, "already_accepted", NO, "already_withdrawn", "already_expired"),
}


def outcome(move: Move, one: Request) -> str:
    try:
        return move(one).state.state
    except Refused as refused:
        return refused.reason


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", STATES)
def test_a_request(move: str, before: RequestState) -> None:
    assert outcome(MOVES[move], request(before)) == TABLE[move][STATES.index(before)]


@pytest.mark.parametrize(
    ("move", "before", "heard"),
    [
        ("resubmit", "in_review", []),
        ("resubmit", "clarifying", [("office: approve_requests", "request_answered")]),
        ("approve", "in_review", [("ada", "request_approved")]),
        ("ask_clarification", "in_review", [("ada", "request_clarification")]),
        ("turn_down", "in_review", [("ada", "request_turned_down")]),
        ("send", "choosing", [("eve", "invitation")]),
        ("lapse", "asking", []),
        ("withdraw", "choosing", []),
        ("withdraw", "asking", [("bea", "invitation_withdrawn")]),
    ],
)
def test_who_hears_of_it(move: str, before: RequestState, heard: list[tuple[str, str]]) -> None:
    assert told(MOVES[move](request(before))) == heard


@pytest.mark.covers("A6")
@pytest.mark.parametrize(
    ("mentee", "open_requests", "reason"),
    [
        ({"state": "asked"}, 0, "not_admitted"),
        ({"state": "turned_down"}, 0, "not_admitted"),
        ({"role": "mentor"}, 0, "not_admitted"),
        ({"state": "admitted", "preferences": None}, 0, "gate_first"),
        ({"state": "admitted"}, 1, "request_open"),
        ({"state": "admitted"}, 0, None),
        ({"state": "approved"}, 0, None),
    ],
)
def test_who_may_make_a_request(mentee: dict[str, Any], open_requests: int, reason: str | None) -> None:
    one = member(**({"role": "mentee"} | mentee))

    def make() -> Step[Request]:
        return requests.create("r1", one, open_requests, ANSWERS, SCHEME, NOW)

    if reason:
        assert refusal(make) == reason
    else:
        assert (make().state.state, told(make())) == ("in_review", [("office: approve_requests", "request_ready")])


def test_a_second_review_and_a_second_question_are_told_again() -> None:
    keys: list[str] = []
    one = request("in_review")
    for move in ("ask_clarification", "resubmit", "ask_clarification", "resubmit", "approve"):
        step = MOVES[move](one)
        one = step.state
        keys += [notice.key for notice in step.notices]
    assert len(keys) == len(set(keys)) == 5
    assert (one.state, one.question, one.waiting_since) == ("choosing", None, None)


@pytest.mark.covers("A13")
@pytest.mark.parametrize(
    ("mentors", "before", "reason"),
    [
        ((), (), "nobody_chosen"),
        (("bea", "cyd", "dan", "eve"), (), "too_many_mentors"),
        (("bea", "bea"), (), "asked_before"),
        (("ada",), (), "asked_before"),
        (("bea",), ("declined",), "asked_before"),
        (("cyd", "bea"), ("unavailable",), "asked_before"),
        (("zoe",), (), "mentor_unavailable"),
        (("bea", "zoe"), (), "mentor_unavailable"),
    ],
)
def test_which_list_cannot_be_sent(mentors: tuple[str, ...], before: tuple[InvitationState, ...], reason: str) -> None:
    one = request("choosing", before)
    available = MENTORS | {"ada", "eve"}
    chosen = [(f"n{n}", mentor) for n, mentor in enumerate(mentors)]
    assert refusal(lambda: requests.send(one, chosen, available, SCHEME, NOW)) == reason


@pytest.mark.covers("A13", "A14")
def test_only_the_first_is_asked_and_has_five_days() -> None:
    one = sent()
    assert [(each.mentor, each.position, each.state) for each in one.invitations] == [
        ("bea", 1, "open"), ("cyd", 2, "queued"), ("dan", 3, "queued"),
    ]  # fmt: skip
    asked = asked_now(one)
    assert asked
    assert (asked.asked_at, asked.due_at) == (NOW, NOW + 5 * DAY)


def test_whoever_is_asked_has_until_then_to_answer() -> None:
    step = requests.send(request("choosing"), CHOSEN, {"eve", "fay"}, SCHEME, NOW)
    assert step.deadlines == due_of("n1", NOW)


def due_of(invitation: str, asked_at: datetime) -> tuple[Deadline]:
    return (Deadline(DeadlineKind.INVITATION_LAPSES, invitation, asked_at + 5 * DAY),)


def test_without_a_window_there_is_no_deadline() -> None:
    scheme = with_requests(reply_within=None)
    step = requests.send(request("choosing"), CHOSEN, {"eve", "fay"}, scheme, NOW)
    asked = asked_now(step.state)
    assert asked
    assert (asked.due_at, step.deadlines) == (None, ())
    one = sent(scheme)
    asked = asked_now(one)
    assert asked
    assert asked.due_at is None
    much_later = NOW + 1000 * DAY
    assert invitations.lapse(one, "i1", MENTORS, scheme, much_later).state == one
    trained = member(trainings={"training": much_later.date()})
    assert invitations.accept(one, "i1", trained, 0, scheme, much_later).state.state == "accepted"


def decline(one: Request, invitation: str, available: Collection[str] = MENTORS, at: datetime = NOW) -> Step[Request]:
    """A decline that is not taken back, and stands since a day later."""
    declined = invitations.decline(one, invitation, "Too busy", at)
    assert not declined.notices, "nobody hears of what may be a slip"
    return invitations.decline_stands(declined.state, invitation, available, SCHEME, at + DAY)


@pytest.mark.covers("A13", "A18")
def test_a_decline_asks_the_next_whose_time_counts_from_then() -> None:
    step = decline(sent(), "i1")
    assert told(step) == [("cyd", "invitation"), ("ada", "now_asking")]
    asked = asked_now(step.state)
    assert asked
    assert (asked.mentor, asked.due_at) == ("cyd", NOW + 6 * DAY)
    assert step.state.invitation("i1").reason == "Too busy"
    assert step.deadlines == due_of("i2", NOW + DAY)


def test_who_has_become_unavailable_is_passed_over() -> None:
    step = decline(sent(), "i1", frozenset({"dan"}))
    assert [each.state for each in step.state.invitations] == ["declined", "unavailable", "open"]
    assert told(step) == [("dan", "invitation"), ("ada", "now_asking")]


@pytest.mark.covers("A13")
def test_when_nobody_is_left_the_mentee_chooses_again_under_the_same_approval() -> None:
    step = decline(sent(), "i1", frozenset())
    assert step.state.state == "choosing"
    assert [each.state for each in step.state.invitations] == ["declined", "unavailable", "unavailable"]
    assert told(step) == [("ada", "choose_again")]
    second = requests.send(step.state, [("n1", "eve")], {"eve"}, SCHEME, NOW + DAY).state
    assert [each.position for each in second.invitations] == [1, 2, 3, 4]
    again = decline(second, "n1", (), NOW + 2 * DAY)
    assert told(again) == [("ada", "choose_again")]
    assert again.notices[0].key != step.notices[0].key


@pytest.mark.covers("A16")
def test_acceptance_ends_the_asking() -> None:
    step = invitations.accept(decline(sent(), "i1").state, "i2", member(), 0, SCHEME, NOW + DAY)
    assert step.state.state == "accepted"
    assert [each.state for each in step.state.invitations] == ["declined", "accepted", "not_needed"]


@pytest.mark.covers("A19")
@pytest.mark.parametrize(
    ("mentees_now", "mentor", "reason"),
    [
        (2, {"own_limit": 2}, "at_limit"),
        (2, {"own_limit": 1}, "at_limit"),
        (2, {"own_limit": None}, "at_limit"),
        (1, {"own_limit": 2, "trainings": {}}, "not_approved"),
        (1, {"own_limit": 2}, None),
    ],
)
def test_the_mentors_own_limit_is_hard(mentees_now: int, mentor: dict[str, Any], reason: str | None) -> None:
    def accept() -> Step[Request]:
        return invitations.accept(sent(), "i1", member(**mentor), mentees_now, SCHEME, NOW)

    if reason:
        assert refusal(accept) == reason
    else:
        assert accept().state.state == "accepted"


ANSWERED: dict[InvitationState, str] = {
    "queued": "gone",
    "accepted": "already_accepted",
    "declined": "already_declined",
    "expired": "already_expired",
    "withdrawn": "already_withdrawn",
    "unavailable": "gone",
    "not_needed": "gone",
}


@pytest.mark.parametrize("state", ANSWERED)
def test_an_answer_to_what_is_no_longer_open(state: InvitationState) -> None:
    one = request("asking", (state, "open"))
    assert refusal(lambda: invitations.accept(one, "i1", member(), 0, SCHEME, NOW)) == ANSWERED[state]
    assert refusal(lambda: decline(one, "i1")) == ANSWERED[state]
    assert refusal(lambda: invitations.offer_conversation(one, "i1", SCHEME, NOW)) == ANSWERED[state]


def test_an_answer_to_what_is_not_there() -> None:
    assert refusal(lambda: decline(sent(), "i9")) == "gone"


def test_an_answer_at_the_deadline_is_too_late_even_before_the_sweep() -> None:
    just_in_time = DUE - timedelta(seconds=1)
    assert invitations.accept(sent(), "i1", member(), 0, SCHEME, just_in_time).state.state == "accepted"
    assert refusal(lambda: invitations.accept(sent(), "i1", member(), 0, SCHEME, DUE)) == "already_expired"
    assert refusal(lambda: invitations.decline(sent(), "i1", None, DUE)) == "already_expired"
    assert invitations.lapse(sent(), "i1", MENTORS, SCHEME, just_in_time).state.state == "asking"


@pytest.mark.covers("A18")
def test_a_first_conversation_is_offered_and_the_deadline_stays() -> None:
    one = sent()
    step = invitations.offer_conversation(one, "i1", SCHEME, NOW)
    offered = replace(one.invitations[0], talk_offered_at=NOW)
    assert step.state == replace(one, invitations=(offered, *one.invitations[1:]))
    assert told(step) == [("ada", "first_conversation")]
    assert refusal(lambda: invitations.offer_conversation(step.state, "i1", SCHEME, NOW)) == "talk_offered"
    without = with_requests(first_conversation=False)
    assert refusal(lambda: invitations.offer_conversation(one, "i1", without, NOW)) == "gone"


@pytest.mark.parametrize("setting", ["end", "ask_next"])
def test_the_next_is_asked_only_where_the_time_is_up_and_the_scheme_goes_on(
    setting: Literal["end", "ask_next"],
) -> None:
    scheme = silence(setting)
    assert not invitations.asks_next(sent(), "i1", scheme, DUE - timedelta(seconds=1))
    assert invitations.asks_next(sent(), "i1", scheme, DUE) == (setting == "ask_next")
    assert not invitations.asks_next(request("accepted"), "i1", scheme, DUE)


@pytest.mark.covers("A8")
def test_what_matters_most_is_among_what_is_asked_for() -> None:
    stray = {"topics": ["Leadership"], "foremost": ["Wellbeing"]}
    mentee = member("mentee", "admitted")
    moves: tuple[Callable[[], object], ...] = (
        lambda: requests.create("r1", mentee, 0, stray, SCHEME, NOW),
        lambda: requests.resubmit(request("in_review"), stray, SCHEME, NOW),
    )
    for move in moves:
        with pytest.raises(Refused) as refused:
            move()
        assert (refused.value.reason, refused.value.field) == ("topic_not_asked", "foremost")


@pytest.mark.covers("A17")
def test_silence_ends_the_request() -> None:
    step = invitations.lapse(sent(), "i1", MENTORS, silence("end"), DUE)
    assert step.state.state == "expired"
    assert [each.state for each in step.state.invitations] == ["expired", "not_needed", "not_needed"]
    assert told(step) == [("bea", "invitation_lapsed"), ("ada", "request_expired")]
    assert step.deadlines == ()
    assert step.state.state not in OPEN


@pytest.mark.covers("A17")
def test_silence_asks_the_next() -> None:
    an_outage_later = NOW + 30 * DAY
    step = invitations.lapse(sent(), "i1", MENTORS, silence("ask_next"), an_outage_later)
    assert told(step) == [("bea", "invitation_lapsed"), ("cyd", "invitation"), ("ada", "now_asking")]
    asked = asked_now(step.state)
    assert asked
    assert asked.due_at == an_outage_later + 5 * DAY
    assert step.deadlines == due_of("i2", an_outage_later), "its time counts from when it is asked"
    assert invitations.lapse(step.state, "i1", MENTORS, silence("ask_next"), an_outage_later).state == step.state


def test_silence_of_the_last_lets_the_mentee_choose_again() -> None:
    step = invitations.lapse(sent(mentors=("bea",)), "i1", MENTORS, silence("ask_next"), DUE)
    assert step.state.state == "choosing"
    assert told(step) == [("bea", "invitation_lapsed"), ("ada", "choose_again")]


def test_a_withdrawn_request_leaves_nothing_open() -> None:
    step = requests.withdraw(sent(), NOW)
    assert [each.state for each in step.state.invitations] == ["withdrawn", "not_needed", "not_needed"]


@pytest.mark.covers("A14")
@pytest.mark.parametrize(
    ("after", "left"),
    [
        (timedelta(0), 5),
        (timedelta(seconds=1), 5),
        (timedelta(hours=23, minutes=59), 5),
        (DAY, 4),
        (4 * DAY - timedelta(seconds=1), 2),
        (4 * DAY, 1),
        (5 * DAY - timedelta(microseconds=1), 1),
        (5 * DAY, 0),
        (6 * DAY, 0),
    ],
)
def test_days_left(after: timedelta, left: int) -> None:
    assert days_left(DUE, NOW + after) == left


def test_a_card_is_drawn_anew_whenever_a_day_fewer_is_left() -> None:
    moments = countdown(NOW, DUE)
    assert [days_left(DUE, at) for at in moments] == [4, 3, 2, 1]
    assert all(
        days_left(DUE, at - timedelta(seconds=1)) == left + 1 for at, left in zip(moments, (4, 3, 2, 1), strict=True)
    )
    assert countdown(NOW, NOW + timedelta(hours=5)) == ()
