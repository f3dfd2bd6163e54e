"""Any life a scheme may have: many mentees, few mentors with few places, every move at any time.

After every move of the machine: nobody is asked beyond their places or twice, one mentor at a time is asked for a
request, silence and declines leave nobody waiting, and a pair comes from exactly one acceptance.
The checks of single moves are in book.py, where the moves are written down.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.lifecycle import invitations, pairs, requests
from bot.lifecycle.pairs import Meeting, Pair
from bot.lifecycle.requests import Request, RequestState
from bot.lifecycle.step import Step

from .builders import attempt, silence
from .scheme_model import SchemeModel

MENTEES = ("ada", "ben", "cleo", "dev")
MENTORS = ("mia", "noor", "owen")
FEW_PLACES = st.sampled_from([1, 1, 2])
TIMES = st.sampled_from([timedelta(hours=5), timedelta(days=1), timedelta(days=2), timedelta(days=5), timedelta(30)])
PROBABLY = st.sampled_from([True, True, True, False])


class Life(RuleBasedStateMachine):
    """Moves as people and the clock make them; what the rules refuse changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.book = SchemeModel(silence("end"), MENTEES, dict.fromkeys(MENTORS, 1))

    @initialize(setting=st.sampled_from(["end", "ask_next"]), limits=st.tuples(FEW_PLACES, FEW_PLACES, FEW_PLACES))
    def begin(self, setting: Any, limits: tuple[int, int, int]) -> None:
        self.book = SchemeModel(silence(setting), MENTEES, dict(zip(MENTORS, limits, strict=True)))

    def _in(self, *states: RequestState) -> list[Request]:
        return [each for each in self.book.requests.values() if each.state in states]

    @rule(mentee=st.sampled_from(MENTEES), at_once=PROBABLY, data=st.data())
    def ask_for_a_mentor(self, mentee: str, at_once: bool, data: st.DataObject) -> None:
        """Often the office approves and the list is sent at once, so that lives get somewhere."""
        book = self.book
        open_ = book.open_requests(mentee)
        id_, person = book.fresh("r"), book.mentees[mentee]
        step = attempt(lambda: requests.create(id_, person, open_, {}, book.scheme, book.now))
        if isinstance(step, str):
            assert (step, open_) == ("request_open", 1)
            return
        book.write(step)
        if at_once:
            book.write(requests.approve(step.state, book.now))
            self._send(book.requests[id_], data)

    @precondition(lambda self: self._in("in_review", "clarifying"))
    @rule(data=st.data(), move=st.sampled_from(["approve", "approve", "clarify", "turn_down"]))
    def review(self, data: st.DataObject, move: str) -> None:
        one, now = data.draw(st.sampled_from(self._in("in_review", "clarifying"))), self.book.now
        if one.state == "clarifying":
            self.book.write(requests.resubmit(one, {}, self.book.scheme, now))
        elif move == "approve":
            self.book.write(requests.approve(one, now))
        elif move == "clarify":
            self.book.write(requests.ask_clarification(one, "Which year?"))
        else:
            self.book.write(requests.turn_down(one, "Not this year"))

    @precondition(lambda self: self._in("approved"))
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        self._send(data.draw(st.sampled_from(self._in("approved"))), data)

    def _send(self, one: Request, data: st.DataObject) -> None:
        book = self.book
        available = book.available()
        right = sorted(available - one.asked)
        careful = data.draw(PROBABLY)
        choice = right if right and careful else list(MENTORS)
        mentors = data.draw(st.lists(st.sampled_from(choice), min_size=1, max_size=3, unique=True))
        chosen = [(book.fresh("i"), each) for each in mentors]
        step = attempt(lambda: invitations.send(one, chosen, available, book.scheme, book.now))
        if isinstance(step, str):
            assert step in {"asked_before", "mentor_unavailable"}
            assert not set(mentors) <= set(right)
            return
        assert set(mentors) <= set(right)
        book.write(step)

    @precondition(lambda self: self._in("asking"))
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, yes: bool) -> None:
        one = data.draw(st.sampled_from(self._in("asking")))
        asked = one.open_invitation
        assert asked
        assert self._answer(one, asked.id, yes) in {None, "at_limit", "not_approved", "already_expired"}

    @precondition(lambda self: self._in("asking"))
    @rule(data=st.data())
    def everybody_on_the_list_declines(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(self._in("asking"))).id
        while (asked := self.book.requests[id_].open_invitation) is not None:
            if self._answer(self.book.requests[id_], asked.id, False) == "already_expired":
                return
        assert self.book.requests[id_].state == "approved"

    @precondition(lambda self: any(each.invitations for each in self.book.requests.values()))
    @rule(data=st.data(), yes=st.booleans())
    def press_an_old_card(self, data: st.DataObject, yes: bool) -> None:
        cards = [(each, card.id) for each in self.book.requests.values() for card in each.invitations]
        one, invitation = data.draw(st.sampled_from(cards))
        if one.invitation(invitation).state != "open":
            assert self._answer(one, invitation, yes) in {
                "gone", "already_accepted", "already_declined", "already_expired", "already_withdrawn",
            }  # fmt: skip
            assert self.book.requests[one.id] == one

    def _answer(self, one: Request, invitation: str, yes: bool) -> str | None:
        """Accept or decline; the reason where it is refused."""
        book = self.book
        if yes:
            return attempt(lambda: book.accept(one, invitation))
        return attempt(lambda: book.decline(one, invitation))

    @precondition(lambda self: self._in("in_review", "approved", "asking"))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._in("in_review", "approved", "asking")))
        self.book.write(requests.withdraw(one, self.book.now))

    @rule(passes=TIMES, swept=PROBABLY)
    def time_passes(self, passes: timedelta, swept: bool) -> None:
        """Without a sweep it is an outage: answers may come before the timers do."""
        self.book.now += passes
        if swept:
            self.book.sweep()

    @rule(mentor=st.sampled_from(MENTORS), limit=FEW_PLACES)
    def change_the_limit(self, mentor: str, limit: int) -> None:
        self.book.set_limit(mentor, limit)

    @rule(mentor=st.sampled_from(MENTORS))
    def two_are_asked_for_and_then_the_limit_is_lowered(self, mentor: str) -> None:
        """Both places are promised when one goes: the second acceptance has to be refused."""
        book = self.book
        book.set_limit(mentor, 2)
        for mentee in MENTEES:
            if mentor in book.available() and not book.open_requests(mentee):
                made = requests.create(book.fresh("r"), book.mentees[mentee], 0, {}, book.scheme, book.now)
                book.write(made)
                book.write(requests.approve(made.state, book.now))
                ready, chosen = book.requests[made.state.id], [(book.fresh("i"), mentor)]
                book.write(invitations.send(ready, chosen, book.available(), book.scheme, book.now))
        book.set_limit(mentor, 1)
        for one in self._in("asking"):
            asked = one.open_invitation
            if asked and asked.mentor == mentor:
                assert self._answer(one, asked.id, True) in {None, "at_limit", "not_approved", "already_expired"}

    @rule(mentor=st.sampled_from(MENTORS), days=st.integers(0, 3))
    def pause(self, mentor: str, days: int) -> None:
        self.book.pause(mentor, self.book.now + timedelta(days=days))

    @precondition(lambda self: self.book.pairs)
    @rule(data=st.data(), move=st.sampled_from(["agree", "agree", "schedule", "complete", "add"]))
    def meet(self, data: st.DataObject, move: str) -> None:
        one = data.draw(st.sampled_from(list(self.book.pairs.values())))
        person = data.draw(st.sampled_from([one.mentee, one.mentor]))
        session = data.draw(st.sampled_from(one.sessions)).id
        step = attempt(lambda: self._meet(move, one, person, session))
        if isinstance(step, str):
            assert step in {"already_agreed", "agreement_first", "session_completed", "session_not_yet"}
        else:
            self.book.connect(step)

    def _meet(self, move: str, one: Pair, person: str, session: str) -> Step[Pair]:
        now = self.book.now
        meeting = Meeting(now + timedelta(days=1), 60, "Video call")
        if move == "agree":
            return pairs.agree(one, person, now)
        if move == "schedule":
            return pairs.schedule(one, session, person, meeting, self.book.scheme, now)
        if move == "complete":
            return pairs.complete(one, session, person, now)
        number = pairs.next_number(one)
        return pairs.add_session(one, self.book.fresh("s"), number, person, meeting, self.book.scheme, now)

    @invariant()
    def one_open_invitation_while_asking_and_none_otherwise(self) -> None:
        for each in self.book.requests.values():
            open_ = sum(card.state == "open" for card in each.invitations)
            assert open_ == (each.state == "asking")
            if each.state != "asking":
                assert all(card.state != "queued" for card in each.invitations)

    @invariant()
    def nobody_is_asked_twice_on_one_request(self) -> None:
        for each in self.book.requests.values():
            assert all(count == 1 for count in Counter(card.mentor for card in each.invitations).values())
            assert [card.position for card in each.invitations] == list(range(1, len(each.invitations) + 1))

    @invariant()
    def every_pair_comes_from_exactly_one_acceptance(self) -> None:
        accepted = [
            (each.id, card.id, card.mentor)
            for each in self.book.requests.values()
            for card in each.invitations
            if card.state == "accepted"
        ]
        connected = [(each.request, each.invitation, each.mentor) for each in self.book.pairs.values()]
        assert sorted(accepted) == sorted(connected)
        assert len({request for request, _, _ in connected}) == len(connected)
        assert {request for request, _, _ in connected} == {each.id for each in self._in("accepted")}

    @invariant()
    def a_mentee_has_one_request_under_way(self) -> None:
        assert all(self.book.open_requests(mentee) <= 1 for mentee in MENTEES)

    @invariant()
    def sessions_have_times_only_after_both_have_agreed(self) -> None:
        for each in self.book.pairs.values():
            assert each.agreed or all(session.starts_at is None for session in each.sessions)


TestLife = Life.TestCase
TestLife.settings = settings(
    deadline=None, max_examples=80, stateful_step_count=50, suppress_health_check=[HealthCheck.too_slow]
)
TestLife = pytest.mark.covers("A13", "A16", "A17", "A19", "A22")(TestLife)
