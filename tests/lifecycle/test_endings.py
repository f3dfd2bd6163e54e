"""How a pair ends: every way out in every state, who hears of it, and what is left afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import endings
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import Actor, ends_pair
from bot.lifecycle.step import Refused, Step, allowed
from bot.schemes.period import period
from bot.schemes.scheme import Pairs

from .builders import DAY, NOW, SCHEME, pair, refusal, told

Move = Callable[[Pair], Step[Pair]]
SECOND = timedelta(seconds=1)
DONE = tuple(Session(f"s{n}", n, "completed", NOW - DAY) for n in range(1, 5))
MOVES: dict[str, Move] = {
    "mentee removes": lambda one: endings.remove(one, "ada", "We never met.", NOW),
    "mentor removes": lambda one: endings.remove(one, "bea", None, NOW),
    "stranger removes": lambda one: endings.remove(one, "zoe", None, NOW),
    "mentee completes": lambda one: endings.complete(one, "ada", NOW),
    "stranger completes": lambda one: endings.complete(one, "zoe", NOW),
    "office ends": lambda one: endings.end(one, "ruth", "Thank you both.", NOW),
}
STATES = {
    "nobody agreed": pair(0),
    "under way": pair(2),
    "all held": pair(2, sessions=DONE),
    "ended": pair(2, state="ended"),
}
ENDED, EARLY = "pair_ended", "not_complete_yet"
TABLE: dict[str, tuple[str, ...]] = {
    "mentee removes": ("removed", "removed", "removed", ENDED),
    "mentor removes": ("removed", "removed", "removed", ENDED),
    "stranger removes": ("not_yours",) * 4,
    "mentee completes": (EARLY, EARLY, "completed", ENDED),
    "stranger completes": ("not_yours",) * 4,
    "office ends": ("office", "office", "office", ENDED),
}


def outcome(move: Move, one: Pair) -> str:
    try:
        return str(move(one).state.end)
    except Refused as refused:
        return refused.reason


@pytest.mark.covers("A30")
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", STATES)
def test_a_way_out(move: str, before: str) -> None:
    assert outcome(MOVES[move], STATES[before]) == TABLE[move][list(STATES).index(before)]


@pytest.mark.covers("A30")
def test_the_other_alone_hears_that_it_was_removed_and_the_reason_is_kept_apart() -> None:
    step = MOVES["mentee removes"](pair())
    ended = step.state
    assert told(step) == [("bea", "connection_removed")]
    assert (ended.state, ended.ended_at, ended.ended_by, ended.reason) == ("ended", NOW, "ada", "We never met.")


@pytest.mark.parametrize(
    ("move", "kind", "by"),
    [("office ends", "connection_ended", "ruth"), ("mentee completes", "connection_completed", "ada")],
)
def test_both_hear_of_the_other_ways(move: str, kind: str, by: str) -> None:
    step = MOVES[move](pair(sessions=DONE))
    assert told(step) == [("ada", kind), ("bea", kind)]
    assert step.state.ended_by == by


@pytest.mark.covers("D15", "E11")
@pytest.mark.parametrize(
    ("expected", "at_least", "held", "months", "may"),
    [
        (None, None, 0, 0, True),
        (4, None, 3, 24, False),
        (4, None, 4, 0, True),
        (None, "P6M", 9, 5, False),
        (None, "P6M", 0, 6, True),
        (4, "P6M", 1, 6, True),
        (4, "P6M", 4, 1, True),
    ],
)
def test_when_a_pair_may_end_as_completed(
    expected: int | None, at_least: str | None, held: int, months: int, may: bool
) -> None:
    """Where nothing was expected, ending is fine at any time, and counts as success."""
    terms = replace(pair().terms, sessions=expected, length_at_least=at_least)
    met = tuple(Session(f"s{n}", n, "completed", NOW) for n in range(1, held + 1))
    one, now = pair(terms=terms, sessions=met), period(f"P{months}M").after(NOW) if months else NOW
    assert allowed(endings.may_complete, one, "bea", now) is may


def test_its_time_is_over_at_the_moment_it_was_promised_to_last_until() -> None:
    one = pair(ends_at=NOW)
    assert endings.time_over(one, NOW - SECOND) == Step(one)
    step = endings.time_over(one, NOW)
    assert told(step) == [("ada", "connection_over"), ("bea", "connection_over")]
    assert (step.state.end, step.state.ended_by) == ("time", None)
    assert endings.time_over(step.state, NOW + DAY) == Step(step.state)
    endless = pair(ends_at=None)
    assert endings.time_over(endless, NOW + 9999 * DAY) == Step(endless)


def test_sessions_that_lie_ahead_are_off_and_no_other() -> None:
    ahead = Session("s2", 2, "scheduled", NOW + SECOND, revision=1)
    kept = (DONE[0], Session("s3", 3, "scheduled", NOW, revision=1), Session("s4", 4))
    ended = MOVES["mentee removes"](pair(sessions=(kept[0], ahead, *kept[1:]))).state
    assert endings.called_off(ended) == (replace(ahead, state="called_off", revision=2),)
    assert tuple(each for each in ended.sessions if each.id != "s2") == kept


def test_the_two_may_look_at_it_for_as_long_as_the_scheme_keeps_it() -> None:
    ended, kept = MOVES["mentee removes"](pair()).state, SCHEME.model_copy(update={"pairs": Pairs(kept=period("P2Y"))})
    last = period("P2Y").after(NOW)
    for scheme, now, expected in ((SCHEME, last, True), (kept, last - SECOND, True), (kept, last, False)):
        assert allowed(endings.may_look_at, ended, "bea", scheme, now) is expected
    assert allowed(endings.may_look_at, pair(), "ada", kept, last), "what goes on is not forgotten"
    assert refusal(lambda: endings.may_look_at(ended, "zoe", SCHEME, NOW)) == "not_yours"


@pytest.mark.parametrize(
    ("who", "powers", "reason"),
    [("ruth", ["see_reports"], "not_yours"), ("ada", ["manage_members"], "about_yourself"),
     ("bea", ["manage_members"], "about_yourself")],
)  # fmt: skip
def test_who_may_not_end_a_pair_for_the_office(who: str, powers: list[str], reason: str) -> None:
    actor = Actor(who, frozenset(powers))  # type: ignore[arg-type]
    assert refusal(lambda: ends_pair(actor, pair())) == reason
