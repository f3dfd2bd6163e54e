"""Offers beside invitations: whatever people do in whatever order, places are kept to and nobody is left waiting."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lifecycle import invitations, offers, requests
from bot.lifecycle.exchange import MOST, may_write, write
from bot.lifecycle.request import OPEN, Invitation, Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.undoing import FOR

from .builders import DAY, NOW, member, refusal, request, told, with_requests

SCHEME = with_requests(steps=("choose", "ask"), offers=True, on_silence="ask_next")
PEOPLE = ("bea", "cyd", "dan")
LIMIT = 1


class Place:
    """Two requests and three mentors with one place each, in memory."""

    def __init__(self) -> None:
        self.now = NOW
        self.requests = {key: replace(request("choosing", ()), id=key, mentee=f"of {key}") for key in ("r1", "r2")}
        self.pairs: list[str] = []
        self.ids = 0

    def load(self, mentor: str) -> int:
        """What holds the mentor's places."""
        open_ = [each.mentor for one in self.requests.values() for each in one.open_invitations]
        return self.pairs.count(mentor) + open_.count(mentor)

    def available(self) -> set[str]:
        """Who can be asked."""
        return {mentor for mentor in PEOPLE if self.load(mentor) < LIMIT}

    def fresh(self) -> str:
        """An id that nothing has had."""
        self.ids += 1
        return f"i{self.ids}"

    def keep(self, before: Request, step: Step[Request]) -> None:
        """Keep what a move gave, once it has been looked at."""
        after = step.state
        ended = after.state not in OPEN
        was_open = {each.id for each in before.unsettled}
        closed = [each for each in after.invitations if each.id in was_open and not each.unsettled]
        hear = {(person, kind) for person, kind in told(step)}
        for each in closed:
            if each.asker == "mentor" and each.state != "accepted":
                assert any(person == each.mentor for person, _ in hear), f"{each} is told to nobody"
        if (
            closed
            and not ended
            and all(each.asker == "mentor" and each.state in {"declined", "expired"} for each in closed)
        ):
            rest = replace(before, invitations=after.invitations)
            assert after == rest, "an offer that comes to nothing changes nothing else"
            assert not any(person == after.mentee for person, _ in hear)
        assert not ended or not after.unsettled
        assert sum(each.asker != "mentor" for each in after.unsettled) <= 1
        self.requests[after.id] = after

    def do(self, move: str, key: str, mentor: str) -> None:
        """One move, as a person or the clock makes it; Refused where the rules refuse it."""
        one, who = self.requests[key], member(person=mentor, own_limit=LIMIT)
        its: Invitation | None = next((each for each in one.open_invitations if each.mentor == mentor), None)
        if move == "offer":
            self.keep(one, offers.offer(one, self.fresh(), who, self.load(mentor), SCHEME, self.now))
        elif move == "send":
            chosen = [(self.fresh(), each) for each in sorted(self.available() - one.asked)]
            self.keep(one, requests.send(one, chosen, self.available(), SCHEME, self.now))
        elif move == "withdraw":
            self.keep(one, requests.withdraw(one, self.now))
        elif move == "wait":
            self.now += 2 * DAY
        elif its is not None and move == "accept":
            step = invitations.accept(one, its.id, who, self.pairs.count(mentor), SCHEME, self.now)
            self.keep(one, step)
            self.pairs.append(mentor)
        elif its is not None and move == "decline":
            self.keep(one, invitations.decline(one, its.id, None, self.now))
        elif move == "stands" and one.unsettled:
            its = one.unsettled[0]
            self.keep(one, invitations.decline_stands(one, its.id, self.available(), SCHEME, self.now + FOR))
        elif move == "undo" and one.unsettled:
            its = one.unsettled[-1]
            who = member(person=its.mentor, own_limit=LIMIT)
            self.keep(one, invitations.undo_decline(one, its.id, who, self.load(its.mentor), SCHEME, self.now))
        elif its is not None and move == "lapse":
            self.keep(one, invitations.lapse(one, its.id, self.available(), SCHEME, self.now))


MOVES = st.sampled_from(["offer", "offer", "send", "accept", "decline", "stands", "undo", "lapse", "wait", "withdraw"])
LIVES = st.lists(st.tuples(MOVES, st.sampled_from(["r1", "r2"]), st.sampled_from(PEOPLE)), max_size=40)


@settings(deadline=None, max_examples=300)
@given(LIVES)
def test_whatever_happens_places_are_kept_to(life: list[tuple[str, str, str]]) -> None:
    place = Place()
    for move, key, mentor in life:
        try:
            place.do(move, key, mentor)
        except Refused:
            continue
        for each in PEOPLE:
            assert place.load(each) <= LIMIT, f"{each} holds more than there is room for"
        for one in place.requests.values():
            mentors = [each.mentor for each in one.invitations]
            assert len(mentors) == len(set(mentors)), "nobody is asked, or offers, twice"


@pytest.mark.parametrize(
    ("change", "load", "reason"),
    [
        ({}, 1, "no_place_free"),
        ({"state": "in_review"}, 0, "gone"),
        ({"state": "accepted"}, 0, "gone"),
        ({"mentee": "bea"}, 0, "not_yours"),
        ({"invitations": (Invitation("i9", "bea", 1, "queued"),)}, 0, "on_list_already"),
    ],
)
def test_who_cannot_offer(change: dict[str, object], load: int, reason: str) -> None:
    one = replace(request("choosing", ()), **change)  # type: ignore[arg-type]
    mentor = member(own_limit=LIMIT)
    assert refusal(lambda: offers.offer(one, "i1", mentor, load, SCHEME, NOW)) == reason


def _asking() -> Request:
    return request("asking", ("open", "queued"))


@pytest.mark.parametrize(
    ("person", "invitation", "written", "now", "reason"),
    [
        ("ada", "i1", 0, NOW, ""),
        ("bea", "i1", MOST - 1, NOW, ""),
        ("cyd", "i1", 0, NOW, "not_yours"),
        ("cyd", "i2", 0, NOW, "gone"),
        ("ada", "i1", MOST, NOW, "written_enough"),
        ("ada", "i1", 0, NOW + 6 * DAY, "already_expired"),
    ],
)
def test_who_may_write_to_whom(person: str, invitation: str, written: int, now: datetime, reason: str) -> None:
    contact = SCHEME.contact_details.model_copy(update={"before_acceptance": "messages"})
    held = SCHEME.model_copy(update={"contact_details": contact})
    if reason:
        assert refusal(lambda: may_write(_asking(), invitation, person, written, held, now)) == reason
        return
    step = write("w1", _asking(), invitation, person, "Hello.", written, held, now)
    assert told(step) == [({"ada": "bea", "bea": "ada"}[person], "written")]
    assert refusal(lambda: may_write(_asking(), invitation, person, written, SCHEME, now)) == "gone"
