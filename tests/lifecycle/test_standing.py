"""Pausing, resting and being silent: how a mentor and a pair stand, and how they go on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.lifecycle import reminding, standing
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.membership import may_be_asked
from bot.lifecycle.step import Refused, allowed
from bot.schemes.period import period
from bot.schemes.scheme import Scheme

from .builders import DAY, NOW, SCHEME, member, pair, refusal, told

BACK = NOW + 30 * DAY


def capacity(**more: object) -> Scheme:
    return SCHEME.model_copy(update={"capacity": SCHEME.capacity.model_copy(update=more)})


@pytest.mark.covers("A33")
def test_a_mentor_pauses_until_a_day_and_is_back_by_itself() -> None:
    step = standing.pause(member(), BACK, NOW)
    assert step.deadlines == (Deadline(DeadlineKind.PAUSE_OVER, "m1", BACK),)
    assert not allowed(may_be_asked, step.state, SCHEME, BACK - DAY)
    assert allowed(may_be_asked, step.state, SCHEME, BACK)
    assert standing.pause_over(step.state, BACK - DAY).state == step.state
    over = standing.pause_over(step.state, BACK)
    assert (over.state.paused_until, told(over)) == (None, [("bea", "pause_over")])
    assert standing.pause_over(over.state, BACK).notices == ()
    gone = replace(step.state, state="left")
    assert standing.pause_over(gone, BACK).state == gone


@pytest.mark.parametrize(
    ("days", "reason"), [(0, "pause_past"), (-1, "pause_past"), (366, None), (367, "pause_too_long")]
)
def test_a_pause_has_bounds(days: int, reason: str | None) -> None:
    def pause() -> object:
        return standing.pause(member(), NOW + days * DAY, NOW)

    if reason is None:
        pause()
        return
    with pytest.raises(Refused) as refused:
        pause()
    assert (refused.value.reason, refused.value.field) == (reason, "until")


def test_only_a_mentor_who_takes_part_pauses() -> None:
    for one in (member("mentee"), member(state="in_review"), member(state="left")):
        assert refusal(lambda one=one: standing.pause(one, BACK, NOW)) == "not_approved"  # type: ignore[misc]


@pytest.mark.parametrize("away", [{"paused_until": BACK}, {"rests_until": BACK}, {"paused_until": BACK, "silences": 2}])
def test_resuming_ends_a_pause_and_a_rest(away: dict[str, Any]) -> None:
    back = standing.resume(member(**away), NOW).state
    assert (back.paused_until, back.rests_until, back.silences) == (None, None, 0)


def test_who_is_not_away_has_nothing_to_resume() -> None:
    for one in (member(), member(paused_until=NOW), member(rests_until=NOW)):
        assert refusal(lambda one=one: standing.resume(one, NOW)) == "not_paused"  # type: ignore[misc]


@pytest.mark.covers("A33")
def test_whoever_is_silent_twice_in_a_row_is_paused_and_the_office_sees_it() -> None:
    once = standing.silent(member(), SCHEME, NOW)
    assert (once.state.silences, once.state.rests_until, once.notices) == (1, NOW + 14 * DAY, ())
    twice = standing.silent(once.state, SCHEME, NOW + 20 * DAY)
    assert told(twice) == [("bea", "mentor_paused"), ("office: manage_members", "mentor_silent")]
    assert twice.notices[1].to.besides == "bea"
    assert twice.state.paused_until == NOW + 110 * DAY
    assert twice.deadlines == (Deadline(DeadlineKind.PAUSE_OVER, "m1", NOW + 110 * DAY),)
    assert standing.silent(twice.state, SCHEME, NOW + 21 * DAY).notices == (), "they are paused already"


def test_an_answer_in_between_begins_the_count_anew() -> None:
    once = standing.silent(member(), SCHEME, NOW).state
    assert standing.answered(once).silences == 0
    declined = standing.declined(once, SCHEME, NOW + DAY)
    assert (declined.silences, declined.rests_until) == (0, NOW + 15 * DAY)
    fresh = member()
    assert standing.answered(fresh) is fresh


def test_a_scheme_without_these_settings_leaves_everybody_as_they_are() -> None:
    scheme = capacity(silences=None, rest=None)
    one = member()
    for _ in range(5):
        one = standing.silent(one, scheme, NOW).state
    assert (one.paused_until, one.rests_until) == (None, None)
    assert standing.declined(member(), scheme, NOW) == member()
    assert (
        standing.silent(member(), capacity(silences=1, silent_pause=period("P1D")), NOW).state.paused_until == NOW + DAY
    )


def test_whoever_rests_is_not_asked() -> None:
    resting = member(rests_until=NOW + timedelta(minutes=1))
    assert not allowed(may_be_asked, resting, SCHEME, NOW)
    assert allowed(may_be_asked, resting, SCHEME, NOW + timedelta(minutes=1))


def test_a_pair_rests_is_reminded_of_nothing_and_goes_on_by_itself() -> None:
    step = standing.rest(pair(), "bea", BACK, NOW)
    assert told(step) == [("ada", "pair_rests")]
    assert step.deadlines == (Deadline(DeadlineKind.REST_OVER, "c1", BACK),)
    assert reminding.of_pair(step.state, SCHEME, NOW) == ()
    assert standing.rest_over(step.state, BACK - DAY).state == step.state
    over = standing.rest_over(step.state, BACK)
    assert told(over) == [("ada", "pair_goes_on"), ("bea", "pair_goes_on")]
    assert reminding.of_pair(over.state, SCHEME, BACK)
    ended = replace(step.state, state="ended")
    assert standing.rest_over(ended, BACK).state == ended


def test_either_of_the_two_rests_and_goes_on_and_nobody_else() -> None:
    resting = standing.rest(pair(), "ada", BACK, NOW).state
    for by, other in (("ada", "bea"), ("bea", "ada")):
        step = standing.go_on(resting, by, NOW)
        assert (step.state.rests_until, told(step)) == (None, [(other, "pair_goes_on")])
    assert refusal(lambda: standing.go_on(resting, "zoe", NOW)) == "not_yours"
    assert refusal(lambda: standing.rest(pair(), "zoe", BACK, NOW)) == "not_yours"
    assert refusal(lambda: standing.go_on(pair(), "ada", NOW)) == "not_paused"
    assert refusal(lambda: standing.go_on(resting, "ada", BACK)) == "not_paused"
    assert refusal(lambda: standing.rest(pair(state="ended"), "ada", BACK, NOW)) == "pair_ended"
    assert refusal(lambda: standing.rest(pair(), "ada", NOW, NOW)) == "pause_past"
