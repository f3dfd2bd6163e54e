"""What follows for a session from what its calendar shows, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import heard, placing
from bot.lifecycle.heard import Shown
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Kind

from .builders import DAY, NOW, pair

HOUR = timedelta(hours=1)
AT = NOW + DAY
PLACED = Session(
    "s1", 1, "scheduled", AT, revision=1, set_by="bea", placing="placed", mailbox="bea@example.org", event="e1"
)
AS_IT_IS = Shown("e1", AT, 60)
GONE = Shown("e1", None)


def one(held: Session) -> Pair:
    return pair(session=held)


def of(step: Step[Pair]) -> Session:
    return step.state.session("s1")


def told(step: Step[Pair]) -> set[tuple[Kind, str | None]]:
    return {(each.kind, each.to.person) for each in step.notices}


def both(kind: Kind) -> set[tuple[Kind, str | None]]:
    return {(kind, "ada"), (kind, "bea")}


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (PLACED, AS_IT_IS),
        (PLACED, replace(AS_IT_IS, accepted=frozenset({"bea"}))),
        (replace(PLACED, placing="placing"), replace(AS_IT_IS, starts_at=AT + HOUR)),
        (replace(PLACED, placing="failed"), replace(AS_IT_IS, starts_at=AT + HOUR)),
        (replace(PLACED, revision=2), replace(AS_IT_IS, starts_at=AT + HOUR)),
        (replace(PLACED, event="e2"), GONE),
        (replace(PLACED, state="completed"), GONE),
        (replace(PLACED, state="completed"), replace(AS_IT_IS, starts_at=AT + HOUR)),
        (replace(PLACED, state="called_off"), GONE),
        (Session("s1", 1, revision=1), GONE),
        (replace(PLACED, starts_at=NOW - HOUR), Shown("e1", NOW - HOUR, 60, declined=frozenset({"ada"}))),
    ],
    ids=[
        "as it is", "accepted by whoever set it", "ours is on its way", "not reached", "changed since", "another event",
        "completed, deleted", "completed, moved", "called off", "without a time", "declined once it had begun",
    ],
)  # fmt: skip
def test_nothing_follows(held: Session, shown: Shown) -> None:
    assert heard.heard(one(held), "s1", 1, shown, NOW) == Step(one(held))


def test_nothing_follows_for_a_pair_that_has_ended() -> None:
    ended = replace(one(PLACED), state="ended")
    assert heard.heard(ended, "s1", 1, GONE, NOW) == Step(ended)


@pytest.mark.parametrize(
    ("shown", "at", "minutes"),
    [
        (replace(AS_IT_IS, starts_at=AT + HOUR), AT + HOUR, 60),
        (replace(AS_IT_IS, minutes=90), AT, 90),
        (replace(AS_IT_IS, minutes=0), AT, 1),
        (replace(AS_IT_IS, starts_at=NOW - DAY), NOW - DAY, 60),
        (Shown("e1", NOW - DAY, 60, declined=frozenset({"ada"})), NOW - DAY, 60),
    ],
    ids=["moved", "longer", "of no length", "moved to the past", "moved to the past and declined"],
)
def test_moved_there_it_follows_and_both_are_told(shown: Shown, at: object, minutes: int) -> None:
    before = one(replace(PLACED, confirmed_at=NOW, note="At ours?"))
    step = heard.heard(before, "s1", 1, shown, NOW)
    after = of(step)
    assert (after.state, after.starts_at, after.minutes, after.revision) == ("scheduled", at, minutes, 2)
    assert (after.was_at, after.set_by, after.note, after.confirmed_at) == (AT, None, None, None)
    assert after.placing == "placed"
    assert placing.following(before, step.state) == (), "no echo goes back"
    assert told(step) == both(Kind.SESSION_MOVED_IN_CALENDAR)
    again = heard.heard(step.state, "s1", 2, shown, NOW)
    assert again == Step(step.state), "heard again, nothing follows"


def test_deleted_there_it_has_no_time_and_may_be_made_anew() -> None:
    step = heard.heard(one(replace(PLACED, join_url="https://join.example.org")), "s1", 1, GONE, NOW)
    after = of(step)
    assert (after.state, after.starts_at, after.was_at, after.revision) == ("planned", None, AT, 2)
    assert (after.event, after.join_url, placing.transaction(after)) == (None, None, "s1:1")
    assert not placing.behind(after), "nothing is left to be called off"
    assert told(step) == both(Kind.SESSION_CANCELLED_IN_CALENDAR)


def test_tidied_up_once_it_has_begun_it_is_still_asked_whether_it_took_place() -> None:
    step = heard.heard(one(replace(PLACED, starts_at=NOW - HOUR)), "s1", 1, GONE, NOW)
    after = of(step)
    assert (after.state, after.starts_at, after.event, after.placing) == ("scheduled", NOW - HOUR, None, "none")
    assert step.notices == ()


def test_declined_there_it_has_no_time_and_the_event_is_called_off() -> None:
    before = one(PLACED)
    step = heard.heard(before, "s1", 1, replace(AS_IT_IS, declined=frozenset({"ada"})), NOW)
    after = of(step)
    assert (after.state, after.starts_at, after.event) == ("planned", None, "e1")
    assert placing.following(before, step.state) == ("s1",), "so that nothing is left standing"
    assert told(step) == both(Kind.SESSION_DECLINED_IN_CALENDAR)


def test_other_times_are_offered_where_it_loses_its_own() -> None:
    other = (NOW + 2 * DAY, NOW + 3 * DAY)
    for shown in (GONE, replace(AS_IT_IS, declined=frozenset({"ada"}))):
        assert of(heard.heard(one(PLACED), "s1", 1, shown, NOW, other)).offers == other
    assert of(heard.heard(one(PLACED), "s1", 1, replace(AS_IT_IS, minutes=90), NOW, other)).offers == ()


def test_accepted_there_it_is_confirmed() -> None:
    step = heard.heard(one(PLACED), "s1", 1, replace(AS_IT_IS, accepted=frozenset({"ada"})), NOW)
    assert (of(step).confirmed_at, of(step).revision) == (NOW, 1)
    assert told(step) == {(Kind.SESSION_CONFIRMED, "bea")}


def test_a_link_to_join_that_comes_later_is_kept() -> None:
    step = heard.heard(one(PLACED), "s1", 1, replace(AS_IT_IS, join_url="https://join.example.org"), NOW)
    assert of(step).join_url == "https://join.example.org"
    assert step.notices == ()
    assert of(heard.heard(step.state, "s1", 1, AS_IT_IS, NOW)).join_url == "https://join.example.org"
