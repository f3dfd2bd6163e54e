"""Colleagues whom somebody thinks of: suggested by a mentor who declines, or invited by a mentee, once and kindly."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import colleagues as rules
from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.pairings import Around
from bot.schemes.loading import load
from tests.lifecycle.builders import NOW, member, refusal, told

EMPLOYER = load("employer")
ASKED = Colleague("c1", "employer", "ada", "cleo", "ada", NOW, "asked")
DAY = timedelta(days=1)


def invited(*lately: Colleague, before: Colleague | None = None, mentor: object = None) -> object:
    return rules.invite("c9", "ada", "cleo", "ada", before, lately, mentor, EMPLOYER, NOW)  # type: ignore[arg-type]


@pytest.mark.covers("E12")
def test_somebody_is_asked_once_for_a_mentee() -> None:
    step = rules.invite("c1", "ada", "cleo", "ada", None, (), None, EMPLOYER, NOW)
    assert told(step) == [("cleo", "asked_to_join")]
    for state in ("asked", "refused", "joined", "suggested"):
        assert refusal(lambda state=state: invited(before=replace(ASKED, state=state))) == "invited_before"  # type: ignore[misc]


@pytest.mark.covers("E12")
def test_nobody_is_asked_too_often_and_nobody_asks_too_many() -> None:
    others = [replace(ASKED, id=f"c{n}", named=f"dan{n}", at=NOW - n * DAY) for n in range(3)]
    assert refusal(lambda: invited(*others)) == "invited_enough"
    invited(*others[:2], replace(others[2], at=NOW - 31 * DAY))
    by_another = replace(ASKED, mentee="bea", by="bea", at=NOW - 20 * DAY)
    assert refusal(lambda: invited(by_another)) == "cannot_be_invited"
    invited(replace(by_another, at=NOW - 91 * DAY))


def test_a_mentor_is_not_invited_but_one_who_left_may_be() -> None:
    mentor = member("mentor", "approved")
    assert refusal(lambda: invited(mentor=mentor)) == "mentor_already"
    invited(mentor=replace(mentor, state="left"))


@pytest.mark.covers("E12")
def test_a_no_is_told_to_whoever_has_invited_them_and_to_nobody_else() -> None:
    assert told(rules.refuse(ASKED, "cleo", NOW)) == [("ada", "colleague_answered")]
    assert told(rules.refuse(replace(ASKED, by="ben"), "cleo", NOW)) == []
    assert refusal(lambda: rules.refuse(ASKED, "ada", NOW)) == "not_yours"
    assert refusal(lambda: rules.refuse(replace(ASKED, state="joined"), "cleo", NOW)) == "already_answered"
    assert told(rules.joined(ASKED, NOW)) == [("ada", "colleague_answered")]


@pytest.mark.covers("E1", "E12")
@pytest.mark.parametrize("named", ["ada", "ben", "cleo"])
def test_nobody_is_thought_of_who_is_kept_apart(named: str) -> None:
    assert not rules.may_be_thought_of(named, "ada", "ben", Around(apart=frozenset({"cleo"})))
    assert rules.may_be_thought_of("dan", "ada", "ben", Around(apart=frozenset({"cleo"})))
