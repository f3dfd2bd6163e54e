"""Asking for another mentor: at any time, by the mentee alone, and without the mentor learning of it."""

from dataclasses import replace

import pytest

from bot.lifecycle import another_mentor as rules
from bot.lifecycle import endings
from bot.lifecycle.pairs import Pair
from bot.lifecycle.permissions import Actor
from bot.schemes.loading import load
from tests.lifecycle.builders import NOW, pair, refusal, told

HUB = load("bsw_hub")
CHOOSE = load("asme")


def asked() -> Pair:
    return rules.ask(pair(), "ada", "We have little in common.", HUB, NOW).state


@pytest.mark.covers("C9")
def test_whoever_matches_hears_of_it_in_private_and_never_the_mentor() -> None:
    step = rules.ask(pair(), "ada", None, HUB, NOW)
    (notice,) = step.notices
    assert (notice.to.power, notice.to.private, notice.to.besides) == ("match", True, "bea")
    assert notice.redrawn_at, "it says when it has become overdue"
    assert step.state.state == "active", "all goes on meanwhile"


@pytest.mark.parametrize(
    ("held", "by", "scheme", "reason"),
    [
        (pair(), "bea", HUB, "not_yours"),
        (pair(), "zoe", HUB, "not_yours"),
        (pair(), "ada", CHOOSE, "not_yours"),
        (replace(pair(), state="ended"), "ada", HUB, "pair_ended"),
        (asked(), "ada", HUB, "another_asked"),
    ],
)
def test_who_cannot_ask(held: Pair, by: str, scheme: object, reason: str) -> None:
    assert refusal(lambda: rules.may_ask(held, by, scheme)) == reason  # type: ignore[arg-type]


@pytest.mark.covers("C9")
def test_it_is_answered_as_often_as_it_takes_and_left_or_taken_back() -> None:
    talked = rules.answer(asked(), "Shall we talk?", stays=False)
    assert told(talked) == [("ada", "another_mentor_answered")]
    assert talked.state.another_asked_at is not None
    left = rules.answer(talked.state, "Give it another month.", stays=True).state
    assert refusal(lambda: rules.answer(left, "And?", stays=False)) == "another_not_asked"
    assert rules.ask(left, "ada", None, HUB, NOW).state.another_asked_at, "they may ask again"
    back = rules.take_back(asked(), "ada")
    assert (back.notices, back.state.another_asked_at, back.state.another_reason) == ((), None, None)
    assert refusal(lambda: rules.take_back(back.state, "ada")) == "another_not_asked"
    assert refusal(lambda: rules.take_back(asked(), "bea")) == "not_yours"


@pytest.mark.covers("C9")
def test_an_end_settles_it() -> None:
    ended = endings.replaced(asked(), "ruth", None, None, NOW).state
    assert ended.another_asked_at == asked().another_asked_at, "so that the two are not matched again"
    assert refusal(lambda: rules.may_answer(ended)) == "another_not_asked"


@pytest.mark.parametrize(
    ("reader", "powers", "reason"),
    [
        ("ruth", {"match"}, None),
        ("ruth", {"manage_members", "approve_requests"}, "not_yours"),
        ("bea", {"match"}, "about_yourself"),
        ("ada", {"match"}, "about_yourself"),
    ],
)
def test_who_reads_why(reader: str, powers: set[str], reason: str | None) -> None:
    actor = Actor(reader, frozenset(powers))  # type: ignore[arg-type]
    if reason is None:
        rules.may_read(asked(), actor)
    else:
        assert refusal(lambda: rules.may_read(asked(), actor)) == reason
