"""A scheme in memory: what is kept between moves, and what must hold of each move that is written into it."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.lifecycle import invitations, membership, pairs
from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import OPEN, Request
from bot.lifecycle.step import Step, allowed
from bot.lifecycle.undoing import FOR
from bot.schemes.scheme import Scheme

from .builders import NOW, asked_now, member

PASSED_ON = {"declined", "expired"}


class SchemeModel:
    """Members, requests and pairs, with every notice key ever given out."""

    def __init__(self, scheme: Scheme, mentees: tuple[str, ...], limits: dict[str, int]) -> None:
        self.scheme = scheme
        self.now = NOW
        self.mentees = {each: member("mentee", "admitted", person=each) for each in mentees}
        self.mentors = {each: member(person=each, own_limit=limit) for each, limit in limits.items()}
        self.requests: dict[str, Request] = {}
        self.pairs: dict[str, Pair] = {}
        self.deadlines: dict[tuple[str, DeadlineKind], datetime] = {}
        self.keys: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def fresh(self, kind: str) -> str:
        """An id that nothing has had."""
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]}"

    def mentees_of(self, mentor: str) -> int:
        """The mentor's active pairs."""
        return sum(each.mentor == mentor and each.state == "active" for each in self.pairs.values())

    def load(self, mentor: str) -> int:
        """Active pairs and open invitations: a pending invitation holds a place."""
        open_ = [asked_now(each) for each in self.requests.values()]
        return self.mentees_of(mentor) + sum(each is not None and each.mentor == mentor for each in open_)

    def limit(self, mentor: str) -> int:
        """The mentor's own limit."""
        limit = membership.own_limit(self.mentors[mentor], self.scheme)
        return 1000 if limit is None else limit

    def available(self) -> frozenset[str]:
        """The mentors who may be asked at this moment."""
        return frozenset(
            mentor
            for mentor, one in self.mentors.items()
            if allowed(membership.may_be_asked, one, self.scheme, self.now) and self.load(mentor) < self.limit(mentor)
        )

    def open_requests(self, mentee: str) -> int:
        """How many requests of the mentee still go on."""
        return sum(each.mentee == mentee and each.state in OPEN for each in self.requests.values())

    def write(self, step: Step[Request]) -> None:
        """Keep a request after a move, once the move has been looked at."""
        after = step.state
        before = self.requests.get(after.id)
        self._hear(step)
        if before is not None:
            _nobody_is_left_waiting(before, step)
        asked = asked_now(after)
        if asked is not None and not _was_open(before, asked.id):
            assert self.load(asked.mentor) < self.limit(asked.mentor), f"{asked.mentor} is asked without a free place"
        self.requests[after.id] = after
        settled = {each.id for each in after.invitations if not each.unsettled}
        kept = {key: at for key, at in self.deadlines.items() if key[0] not in settled}
        self.deadlines = kept | {(each.about, each.kind): each.due_at for each in step.deadlines}

    def accept(self, request: Request, invitation: str) -> None:
        """An acceptance and the pair it begins, as one transaction would do it."""
        mentor = request.invitation(invitation).mentor
        mentees, limit = self.mentees_of(mentor), self.limit(mentor)
        step = invitations.accept(request, invitation, self.mentors[mentor], mentees, self.scheme, self.now)
        begun = pairs.begin(self.fresh("c"), self.fresh("s"), step.state, self.scheme, self.now)
        self.write(step)
        self.connect(begun)
        mentee = self.mentees[request.mentee]
        self.mentees[request.mentee] = membership.enrol(mentee, self.now)
        assert self.mentees_of(mentor) <= limit, f"{mentor} has more mentees than places"

    def decline(self, request: Request, invitation: str) -> None:
        """A decline that stands at once; the next who can be asked is asked."""
        self.write(invitations.decline(request, invitation, None, self.now))
        self.now += FOR
        held = self.requests[request.id]
        self.write(invitations.decline_stands(held, invitation, self.available(), self.scheme, self.now))

    def connect(self, step: Step[Pair]) -> None:
        """Keep a pair after a move."""
        self._hear(step)
        self.pairs[step.state.id] = step.state

    def sweep(self) -> None:
        """What the timers do: what is due, longest first, each once."""
        due = sorted((at, kind, about) for (about, kind), at in self.deadlines.items() if at <= self.now)
        for at, kind, about in due:
            if self.deadlines.get((about, kind)) != at:
                continue
            one = next(each for each in self.requests.values() if any(card.id == about for card in each.invitations))
            self.write(invitations.lapse(one, about, self.available(), self.scheme, self.now))
            self.deadlines.pop((about, kind), None)

    def set_limit(self, mentor: str, limit: int) -> None:
        """The mentor changes their own limit, perhaps below what they have."""
        self.mentors[mentor] = replace(self.mentors[mentor], own_limit=limit)

    def pause(self, mentor: str, until: datetime) -> None:
        """The mentor pauses."""
        self.mentors[mentor] = replace(self.mentors[mentor], paused_until=until)

    def _hear(self, step: Step[Any]) -> None:
        for notice in step.notices:
            assert notice.key not in self.keys, f"said before: {notice.key}"
            self.keys.add(notice.key)


def _was_open(before: Request | None, invitation: str) -> bool:
    asked = asked_now(before) if before else None
    return asked is not None and asked.id == invitation


def _nobody_is_left_waiting(before: Request, step: Step[Request]) -> None:
    """A declined or expired invitation has a successor, who is asked and whom the mentee hears of, or a told mentee."""
    after = step.state
    were = {each.id for each in before.unsettled}
    failed = [each for each in after.invitations if each.state in PASSED_ON and each.id in were]
    ended = [each for each in failed if not each.unsettled]
    if not ended:
        return
    mentee_hears = {notice.kind.value for notice in step.notices if notice.to.person == after.mentee}
    asked = asked_now(after)
    if asked is None:
        assert mentee_hears & {"choose_again", "request_expired"}
    else:
        assert mentee_hears == {"now_asking"}
        assert any(notice.kind == "invitation" and notice.to.person == asked.mentor for notice in step.notices)
        assert asked.id != ended[0].id
    if ended[0].state == "expired":
        assert any(each.kind == "invitation_lapsed" and each.to.person == ended[0].mentor for each in step.notices)
