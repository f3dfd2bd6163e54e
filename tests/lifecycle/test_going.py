"""People go and come back: what is kept of it, what stands still, and who hears."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import going
from bot.lifecycle.offices import Holding
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.lifecycle.request import RequestState
from bot.lifecycle.step import Step

from .builders import NOW, SCHEME, member, pair, request, told

HOUR = timedelta(hours=1)
BEA = Person("bea", "slack", "T1", "UBEA", "Bea", "bea@example.org", "Europe/London")
AWAY = going.gone(BEA, "deactivated", NOW)


def test_whoever_is_gone_stays_gone_since_then_and_back_it_is_kept() -> None:
    assert (AWAY.active, AWAY.gone, AWAY.gone_at) == (False, "deactivated", NOW)
    assert going.gone(AWAY, "unreached", NOW + HOUR) == AWAY
    returned = going.back(AWAY)
    assert (returned.active, returned.gone_at) == (True, NOW)
    assert going.since(BEA) == 0
    assert going.since(returned) == int(NOW.timestamp())


@pytest.mark.parametrize(
    ("state", "concerns"),
    [("asked", True), ("approved", True), ("waiting", True), ("left", False), ("turned_down", False)],
)
def test_their_going_concerns_a_scheme_that_they_have_a_part_in(state: str, concerns: bool) -> None:
    assert going.has_part([member(state=state)], []) is concerns  # type: ignore[arg-type]
    assert going.has_part([], [Holding("bea", "office", NOW, "chat")])
    assert not going.has_part([], [])


@pytest.mark.parametrize(
    ("state", "waits"),
    [("in_review", True), ("assigning", True), ("asking", True), ("clarifying", False), ("choosing", False)],
)
def test_a_request_waits_for_others_or_for_its_mentee_alone(state: RequestState, waits: bool) -> None:
    assert going.waits_for_others(request(state), SCHEME) is waits


def test_where_mentors_offer_one_that_is_looked_for_waits_for_others() -> None:
    offering = SCHEME.model_copy(update={"route": SCHEME.route.model_copy(update={"offers": True})})
    assert going.waits_for_others(request("choosing", ()), offering)
    assert not going.waits_for_others(request("clarifying", ()), offering)


def test_a_pair_stands_still_and_what_was_set_ahead_is_off() -> None:
    ahead = Session("s2", 2, "scheduled", NOW + HOUR, set_by="ada", confirmed_at=NOW, event="e", placing="placed")
    over = Session("s1", 1, "scheduled", NOW - HOUR)
    step: Step = going.stand_still(replace(pair(), sessions=(over, ahead)), AWAY, NOW)  # type: ignore[type-arg]
    after = step.state
    assert after.state == "active"
    assert after.session("s1") == over, "it has begun: whether it took place is still asked"
    off = after.session("s2")
    assert (off.state, off.starts_at, off.was_at, off.set_by) == ("planned", None, NOW + HOUR, "bea")
    assert (off.confirmed_at, off.placing, off.event) == (None, "none", "e"), "its calendar has to give it up"
    assert told(step)[0] == ("ada", "partner_gone")
    assert [each.copy_alone for each in step.notices] == [False, True]


def test_only_the_other_hears_that_they_are_back() -> None:
    notice = going.goes_on(pair(), AWAY)
    assert (notice.kind, notice.to.person) == ("partner_back", "ada")
    assert [(each.kind, each.to.person) for each in going.welcomed(AWAY, ())] == [("welcome_back", "bea")]
    assert going.office_told(AWAY, (), NOW).to.besides == "bea"
    assert going.office_told(AWAY, (), NOW).key != going.office_told(replace(AWAY, gone_at=NOW + HOUR), (), NOW).key


def test_of_all_who_were_never_here_the_office_hears_together() -> None:
    ada, bea = (replace(AWAY, id=each, gone="unreached") for each in ("ada", "bea"))
    notices = [going.office_told(each, ("m1",), NOW) for each in (ada, bea)]
    assert len({each.key for each in notices}) == 1
    assert notices[0].kind == "not_here_yet"
    assert going.office_told(ada, (), NOW).kind == "person_gone", "whoever has been here has a card of their own"


def test_whoever_has_never_heard_of_it_is_told_what_they_were_brought_into_and_not_welcomed_back() -> None:
    told = [(each.kind, each.to.person, each.about) for each in going.welcomed(AWAY, ("m1", "m2"))]
    assert told == [("brought_in", "bea", "m1"), ("brought_in", "bea", "m2")]


def test_a_power_is_unheld_where_only_those_who_are_gone_have_it() -> None:
    office = SCHEME.offices[0].key
    held = [Holding("bea", office, NOW, "settings"), Holding("ruth", office, NOW, "chat")]
    assert going.unheld(SCHEME, held, {"ruth"}) == ()
    assert "approve_members" in going.unheld(SCHEME, held, set())
    assert going.unheld(SCHEME, [], set()) == (), "that nobody was ever appointed is said elsewhere"
