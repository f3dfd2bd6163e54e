"""Any life a scheme may have: many mentees, few mentors with few places, every move at any time.

After every move of the machine: nobody is asked beyond their places or twice, one mentor at a time is asked for a
request, silence and declines leave nobody waiting, and a pair comes from exactly one acceptance.
The checks of single moves are in scheme_model.py, where the moves are written down.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.lifecycle import consents, endings, requests, sessions
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request, RequestState
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Step

from .builders import asked_now, attempt, silence
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
        self.model = SchemeModel(silence("end"), MENTEES, dict.fromkeys(MENTORS, 1))

    @initialize(setting=st.sampled_from(["end", "ask_next"]), limits=st.tuples(FEW_PLACES, FEW_PLACES, FEW_PLACES))
    def begin(self, setting: Any, limits: tuple[int, int, int]) -> None:
        self.model = SchemeModel(silence(setting), MENTEES, dict(zip(MENTORS, limits, strict=True)))

    def _in(self, *states: RequestState) -> list[Request]:
        return [each for each in self.model.requests.values() if each.state in states]

    @rule(mentee=st.sampled_from(MENTEES), at_once=PROBABLY, data=st.data())
    def ask_for_a_mentor(self, mentee: str, at_once: bool, data: st.DataObject) -> None:
        """Often the office approves and the list is sent at once, so that lives get somewhere."""
        model = self.model
        open_ = model.open_requests(mentee)
        id_, person = model.fresh("r"), model.mentees[mentee]
        step = attempt(lambda: requests.create(id_, person, open_, {}, model.scheme, model.now))
        if isinstance(step, str):
            assert (step, open_) == ("request_open", 1)
            return
        model.write(step)
        if at_once:
            model.write(requests.approve(step.state, (), model.scheme, model.now))
            self._send(model.requests[id_], data)

    @precondition(lambda self: self._in("in_review", "clarifying"))
    @rule(data=st.data(), move=st.sampled_from(["approve", "approve", "clarify", "turn_down"]))
    def review(self, data: st.DataObject, move: str) -> None:
        one, now = data.draw(st.sampled_from(self._in("in_review", "clarifying"))), self.model.now
        if one.state == "clarifying":
            self.model.write(requests.resubmit(one, {}, self.model.scheme, now))
        elif move == "approve":
            self.model.write(requests.approve(one, (), self.model.scheme, now))
        elif move == "clarify":
            self.model.write(requests.ask_clarification(one, "Which year?"))
        else:
            self.model.write(requests.turn_down(one, "Not this year", now))

    @precondition(lambda self: self._in("choosing"))
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        self._send(data.draw(st.sampled_from(self._in("choosing"))), data)

    def _send(self, one: Request, data: st.DataObject) -> None:
        model = self.model
        available = model.available()
        right = sorted(available - one.asked)
        careful = data.draw(PROBABLY)
        choice = right if right and careful else list(MENTORS)
        mentors = data.draw(st.lists(st.sampled_from(choice), min_size=1, max_size=3, unique=True))
        chosen = [(model.fresh("i"), each) for each in mentors]
        step = attempt(lambda: requests.send(one, chosen, available, model.scheme, model.now))
        if isinstance(step, str):
            assert step in {"asked_before", "mentor_unavailable"}
            assert not set(mentors) <= set(right)
            return
        assert set(mentors) <= set(right)
        model.write(step)

    @precondition(lambda self: self._in("asking"))
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, yes: bool) -> None:
        one = data.draw(st.sampled_from(self._in("asking")))
        asked = asked_now(one)
        assert asked
        assert self._answer(one, asked.id, yes) in {None, "at_limit", "not_approved", "already_expired"}

    @precondition(lambda self: self._in("asking"))
    @rule(data=st.data())
    def everybody_on_the_list_declines(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(self._in("asking"))).id
        while (asked := asked_now(self.model.requests[id_])) is not None:
            if self._answer(self.model.requests[id_], asked.id, False) == "already_expired":
                return
        assert self.model.requests[id_].state == "choosing"

    @precondition(lambda self: any(each.invitations for each in self.model.requests.values()))
    @rule(data=st.data(), yes=st.booleans())
    def press_an_old_card(self, data: st.DataObject, yes: bool) -> None:
        cards = [(each, card.id) for each in self.model.requests.values() for card in each.invitations]
        one, invitation = data.draw(st.sampled_from(cards))
        if one.invitation(invitation).state != "open":
            assert self._answer(one, invitation, yes) in {
                "gone", "already_accepted", "already_declined", "already_expired", "already_withdrawn",
            }  # fmt: skip
            assert self.model.requests[one.id] == one

    def _answer(self, one: Request, invitation: str, yes: bool) -> str | None:
        """Accept or decline; the reason where it is refused."""
        model = self.model
        if yes:
            return attempt(lambda: model.accept(one, invitation))
        return attempt(lambda: model.decline(one, invitation))

    @precondition(lambda self: self._in("in_review", "choosing", "asking"))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._in("in_review", "choosing", "asking")))
        self.model.write(requests.withdraw(one, self.model.now))

    @rule(passes=TIMES, swept=PROBABLY)
    def time_passes(self, passes: timedelta, swept: bool) -> None:
        """Without a sweep it is an outage: answers may come before the timers do."""
        self.model.now += passes
        if swept:
            self.model.sweep()

    @rule(mentor=st.sampled_from(MENTORS), limit=FEW_PLACES)
    def change_the_limit(self, mentor: str, limit: int) -> None:
        self.model.set_limit(mentor, limit)

    @rule(mentor=st.sampled_from(MENTORS))
    def two_are_asked_for_and_then_the_limit_is_lowered(self, mentor: str) -> None:
        """Both places are promised when one goes: the second acceptance has to be refused."""
        model = self.model
        model.set_limit(mentor, 2)
        for mentee in MENTEES:
            if mentor in model.available() and not model.open_requests(mentee):
                made = requests.create(model.fresh("r"), model.mentees[mentee], 0, {}, model.scheme, model.now)
                model.write(made)
                model.write(requests.approve(made.state, (), model.scheme, model.now))
                ready, chosen = model.requests[made.state.id], [(model.fresh("i"), mentor)]
                model.write(requests.send(ready, chosen, model.available(), model.scheme, model.now))
        model.set_limit(mentor, 1)
        for one in self._in("asking"):
            asked = asked_now(one)
            if asked and asked.mentor == mentor:
                assert self._answer(one, asked.id, True) in {None, "at_limit", "not_approved", "already_expired"}

    @rule(mentor=st.sampled_from(MENTORS), days=st.integers(0, 3))
    def pause(self, mentor: str, days: int) -> None:
        self.model.pause(mentor, self.model.now + timedelta(days=days))

    @precondition(lambda self: self.model.pairs)
    @rule(data=st.data(), move=st.sampled_from(["agree", "agree", "schedule", "complete", "add"]))
    def meet(self, data: st.DataObject, move: str) -> None:
        one = data.draw(st.sampled_from(list(self.model.pairs.values())))
        person = data.draw(st.sampled_from([one.mentee, one.mentor]))
        session = data.draw(st.sampled_from(one.sessions)).id
        step = attempt(lambda: self._meet(move, one, person, session))
        if isinstance(step, str):
            assert step in {"already_agreed", "document_first", "session_completed", "session_not_yet", "pair_ended"}
        else:
            self.model.connect(step)

    def _meet(self, move: str, one: Pair, person: str, session: str) -> Step[Pair]:
        now = self.model.now
        meeting = Meeting(now + timedelta(days=1), 60, "Video call")
        if move == "agree":
            return consents.agree(one, "agreement", person, now)
        if move == "schedule":
            return sessions.schedule(one, session, person, meeting, now)
        if move == "complete":
            return sessions.complete(one, session, person, now)
        number = sessions.next_number(one)
        return sessions.add_session(one, self.model.fresh("s"), number, person, meeting, now)

    @precondition(lambda self: self.model.pairs)
    @rule(data=st.data(), move=st.sampled_from(["remove", "complete", "end", "time"]))
    def come_to_an_end(self, data: st.DataObject, move: str) -> None:
        one = data.draw(st.sampled_from(list(self.model.pairs.values())))
        person = data.draw(st.sampled_from([one.mentee, one.mentor]))
        before = self.model.mentees_of(one.mentor)
        step = attempt(lambda: self._end(move, one, person))
        if isinstance(step, str):
            assert step in {"pair_ended", "not_complete_yet"}
            return
        self.model.connect(step)
        ended = one.state != step.state.state
        assert self.model.mentees_of(one.mentor) == before - ended, "an ended pair holds no place"
        both = {one.mentee, one.mentor}
        hear = {notice.to.person for notice in step.notices if not notice.copy_alone}
        assert hear == (set() if not ended else {one.other(person)} if move == "remove" else both)
        copies = Counter((notice.to.person, notice.about) for notice in step.notices if notice.copy_alone)
        off = endings.called_off(step.state) if ended else ()
        assert copies == Counter((who, each.id) for each in off for who in both), "both calendars hear of what is off"

    def _end(self, move: str, one: Pair, person: str) -> Step[Pair]:
        now = self.model.now
        if move == "remove":
            return endings.remove(one, person, None, now)
        if move == "complete":
            return endings.complete(one, person, now)
        return endings.end(one, "ruth", None, now) if move == "end" else endings.time_over(one, now)

    @invariant()
    def nothing_is_set_for_a_pair_that_has_ended(self) -> None:
        for each in self.model.pairs.values():
            if each.ended_at is not None:
                assert not endings.ahead(each, each.ended_at)

    @invariant()
    def one_open_invitation_while_asking_and_none_otherwise(self) -> None:
        for each in self.model.requests.values():
            open_ = sum(card.state == "open" for card in each.invitations)
            assert open_ == (each.state == "asking")
            if each.state != "asking":
                assert all(card.state != "queued" for card in each.invitations)

    @invariant()
    def whoever_is_asked_has_a_deadline_and_nothing_else_has(self) -> None:
        cards = [card for each in self.model.requests.values() for card in each.invitations]
        lapses = {about: at for (about, kind), at in self.model.deadlines.items() if kind == "invitation_lapses"}
        assert lapses == {card.id: card.due_at for card in cards if card.state == "open"}
        assert all(about in lapses for about, _ in self.model.deadlines)

    @invariant()
    def nobody_is_asked_twice_on_one_request(self) -> None:
        for each in self.model.requests.values():
            assert all(count == 1 for count in Counter(card.mentor for card in each.invitations).values())
            assert [card.position for card in each.invitations] == list(range(1, len(each.invitations) + 1))

    @invariant()
    def every_pair_comes_from_exactly_one_acceptance(self) -> None:
        accepted = [
            (each.id, card.id, card.mentor)
            for each in self.model.requests.values()
            for card in each.invitations
            if card.state == "accepted"
        ]
        connected = [(each.request, each.invitation, each.mentor) for each in self.model.pairs.values()]
        assert sorted(accepted) == sorted(connected)
        assert len({request for request, _, _ in connected}) == len(connected)
        assert {request for request, _, _ in connected} == {each.id for each in self._in("accepted")}

    @invariant()
    def a_mentee_has_one_request_under_way(self) -> None:
        assert all(self.model.open_requests(mentee) <= 1 for mentee in MENTEES)

    @invariant()
    def sessions_have_times_only_after_both_have_agreed(self) -> None:
        for each in self.model.pairs.values():
            assert each.agreed or all(session.starts_at is None for session in each.sessions)


TestLife = Life.TestCase
TestLife.settings = settings(
    deadline=None, max_examples=80, stateful_step_count=50, suppress_health_check=[HealthCheck.too_slow]
)
TestLife = pytest.mark.covers("A13", "A16", "A17", "A19", "A22", "A30")(TestLife)
