"""Rounds: every state against every move, places within a mentor's own limit, and what becomes of one step by step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle import rounds as rules
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import AT_WORK, GOES_ON, Introduction, Round, RoundState
from bot.lifecycle.step import Refused
from bot.schemes.loading import load
from tests.lifecycle.builders import DAY, NOW, SCHEME, request

ASSIGNS, ASKS = load("bsw_hub"), load("employer")
MATCHER, OTHER = Actor("ruth", frozenset({"match"})), Actor("sam", frozenset({"manage_members", "approve_requests"}))
READY = Round("n1", ASSIGNS.key, "ruth", "ready", NOW, run=2, total=9, done=9, placed=7, percent=560)
STATES: tuple[RoundState, ...] = get_args(RoundState)
MOVES: dict[str, Callable[[Round, Actor], object]] = {
    "run again": lambda one, actor: rules.run_again(one, actor, NOW),
    "change places": lambda one, actor: rules.with_places(one, actor, "bea", 1, 0, 2),
    "publish": lambda one, actor: rules.publish(one, actor, ASSIGNS, one.run, None, NOW),
    "drop": lambda one, actor: rules.drop(one, actor, NOW),
}


def refused(move: Callable[[], object]) -> str:
    try:
        move()
    except Refused as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_every_state_against_every_move(move: str, state: RoundState) -> None:
    if state not in GOES_ON:
        expected = "round_over"
    elif state == "ready" or (state, move) == ("working", "drop"):
        expected = ""
    else:
        expected = "round_at_work"
    one = replace(READY, state=state)
    assert refused(lambda: MOVES[move](one, MATCHER)) == expected
    assert refused(lambda: MOVES[move](one, OTHER)) == "not_yours"


def test_rounds_are_where_the_office_picks_and_one_at_a_time() -> None:
    for scheme, now_open, actor, expected in (
        (ASSIGNS, None, MATCHER, ""), (ASKS, None, MATCHER, ""), (SCHEME, None, MATCHER, "no_rounds"),
        (load("asme"), None, MATCHER, "no_rounds"), (ASSIGNS, READY, MATCHER, "round_open"),
        (ASSIGNS, None, OTHER, "not_yours"),
    ):  # fmt: skip
        assert refused(lambda: rules.begin("n2", actor, scheme, now_open, NOW)) == expected  # noqa: B023


def test_a_request_is_in_a_round_where_its_own_route_has_the_office_pick() -> None:
    waits = replace(request("assigning", ()), route=ASSIGNS.route)
    assert rules.in_round(waits, ASSIGNS)
    assert rules.in_round(replace(waits, route=None), ASSIGNS)
    assert not rules.in_round(replace(waits, route=load("asme").route), ASSIGNS), "taken up with the mentee"
    assert not rules.in_round(replace(waits, state="asking"), ASSIGNS)


@given(st.integers(0, 6), st.one_of(st.none(), st.integers(1, 6)), st.integers(-2, 24))
def test_places_stay_within_the_mentors_own_limit(load_: int, limit: int | None, places: int) -> None:
    most = 20 if limit is None else max(0, limit - load_)
    reason = refused(lambda: rules.with_places(READY, MATCHER, "bea", places, load_, limit))
    assert reason == ("" if 0 <= places <= most else "round_places" if limit is None else "round_own_limit")
    if not reason:
        changed = rules.with_places(READY, MATCHER, "bea", places, load_, limit)
        room = rules.limit_in(changed, "bea", load_, limit)
        assert room is not None
        assert room - load_ <= places
        assert limit is None or room <= limit
        assert rules.limit_in(changed, "cyd", load_, limit) == limit


def test_nobody_changes_their_own_places() -> None:
    assert refused(lambda: rules.with_places(READY, MATCHER, "ruth", 1, 0, 2)) == "about_yourself"


@pytest.mark.parametrize(
    ("at", "expected"),
    [(-1, "round_meets_past"), (0, "round_meets_past"), (10, ""), (120, ""), (121, "round_meets_far")],
)
def test_an_introductory_meeting_is_ahead_where_the_scheme_has_one(at: int, expected: str) -> None:
    meets = Introduction(NOW + at * DAY, "Seminar room 2")
    having = ASKS.model_copy(update={"rounds": ASKS.rounds.model_copy(update={"introduction": True})})
    assert refused(lambda: rules.publish(READY, MATCHER, having, 2, meets, NOW)) == expected
    without = ASKS.model_copy(update={"rounds": ASKS.rounds.model_copy(update={"introduction": False})})
    assert refused(lambda: rules.publish(READY, MATCHER, without, 2, meets, NOW)) == "gone"


def test_what_is_published_is_what_was_read() -> None:
    assert refused(lambda: rules.publish(READY, MATCHER, ASSIGNS, 1, None, NOW)) == "conflict"
    assert refused(lambda: rules.publish(replace(READY, placed=0), MATCHER, ASSIGNS, 2, None, NOW)) == "round_empty"


def test_a_round_step_by_step() -> None:
    one = rules.begin("n1", MATCHER, ASSIGNS, None, NOW)
    until = NOW + timedelta(minutes=1)
    found = rules.worked_out(one, 7, 5, 401, 12)
    half = rules.gone_on(found, 4, until, NOW)
    assert (half.state, half.done, half.claimed_until) == ("working", 4, until)
    ready = rules.gone_on(half, 4, until, NOW)
    assert (ready.state, ready.done, ready.claimed_until, ready.average) == ("ready", 7, None, 80)
    again = rules.run_again(ready, MATCHER, NOW)
    assert (again.state, again.run, again.total, again.placed) == ("working", 2, 0, 0)
    begun = rules.publish(ready, MATCHER, ASSIGNS, 1, None, NOW)
    assert (begun.state, begun.done) == ("publishing", 0)
    over = rules.gone_on(rules.gone_on(begun, 5, None, NOW), 5, None, NOW + DAY)
    assert (over.state, over.ended_at) == ("published", NOW + DAY)
    assert rules.stopped(begun).state == "ready"
    empty = rules.gone_on(rules.worked_out(one, 0, 0, 0, None), 0, until, NOW)
    assert (empty.state, empty.average) == ("ready", 0), "nobody waits"
    assert AT_WORK < GOES_ON
