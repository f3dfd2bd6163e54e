"""A mentoring request: from the form by way of the office to its approval, and its withdrawal.

in_review → approved → asking → accepted; besides: clarifying, turned_down, withdrawn, expired. What follows the
approval is in `invitations`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.lifecycle.gates import next_gate
from bot.lifecycle.member import Answers, Member
from bot.lifecycle.membership import may_fill_in
from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.step import Reason, Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

RequestState = Literal[
    "in_review", "clarifying", "approved", "asking", "accepted", "turned_down", "withdrawn", "expired"
]
InvitationState = Literal["queued", "open", "accepted", "declined", "expired", "withdrawn", "unavailable", "not_needed"]

OPEN: frozenset[RequestState] = frozenset({"in_review", "clarifying", "approved", "asking"})
"""The states in which a request still goes on; a mentee has one such request at most."""

CHANGEABLE: frozenset[RequestState] = frozenset({"in_review", "clarifying"})
"""The states before the office decides: the mentee can still change the request."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One mentor asked, or to be asked, for one request. `position` counts from 1 over the whole request."""

    id: str
    mentor: str
    position: int
    state: InvitationState
    asked_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A mentee's request and everybody asked for it."""

    id: str
    scheme: str
    mentee: str
    state: RequestState
    answers: Answers
    made_at: datetime
    question: str | None = None
    reply: str | None = None
    approved_at: datetime | None = None
    waiting_since: datetime | None = None
    revision: int = 1
    invitations: tuple[Invitation, ...] = ()
    version: int = 1

    @property
    def open_invitation(self) -> Invitation | None:
        """The one mentor who is being asked now."""
        return next((each for each in self.invitations if each.state == "open"), None)

    @property
    def asked(self) -> frozenset[str]:
        """Every mentor who has ever been on this request's list: nobody is asked twice."""
        return frozenset(each.mentor for each in self.invitations)

    def invitation(self, id_: str) -> Invitation:
        """That invitation; Refused("gone") where it is not one of this request."""
        for each in self.invitations:
            if each.id == id_:
                return each
        raise Refused("gone")


def create(
    id_: str, mentee: Member, open_requests: int, answers: Answers, scheme: Scheme, now: datetime
) -> Step[Request]:
    """A mentee puts a request before the office."""
    may_create(mentee, open_requests, scheme, now)
    topics_asked_for(answers, scheme)
    request = Request(id_, scheme.key, mentee.person, "in_review", answers, now, waiting_since=now)
    return Step(request, (tell_office(Kind.REQUEST_READY, "approve_requests", id_, request.revision),))


def may_create(mentee: Member, open_requests: int, scheme: Scheme, now: datetime) -> None:
    """Whether a mentee can file a request now: no other gate is before them, and they have no other under way."""
    if mentee.role != "mentee":
        raise Refused("not_admitted")
    may_fill_in(mentee)
    gate = next_gate(mentee, scheme, now)
    if gate not in {None, "first_request"}:
        raise Refused("gate_first", {"gate": gate})
    if open_requests:
        raise Refused("request_open")


def topics_asked_for(answers: Answers, scheme: Scheme) -> None:
    """A topic that matters most is one of those asked for."""
    matching = scheme.matching
    asked = answers.get(matching.topics_field) or ()
    stray = [topic for topic in answers.get(matching.foremost_field or "") or () if topic not in asked]
    if matching.foremost_field and stray:
        raise Refused("topic_not_asked", {"topic": stray[0]}, field=matching.foremost_field)


def enough_mentors(scheme: Scheme, mentors_now: int) -> bool:
    """Whether the mentee has as many mentors as the scheme suggests at one time. It warns; nothing is refused."""
    return mentors_now >= scheme.route.mentors_per_mentee


def resubmit(request: Request, answers: Answers, scheme: Scheme, now: datetime) -> Step[Request]:
    """The mentee changes a request that waits for the office or answers the office's question."""
    may_change(request)
    topics_asked_for(answers, scheme)
    if request.state == "in_review":
        return Step(replace(request, answers=answers))
    again = replace(
        request, state="in_review", answers=answers, question=None, waiting_since=now, revision=request.revision + 1
    )
    return Step(again, (tell_office(Kind.REQUEST_READY, "approve_requests", again.id, again.revision),))


def may_change(request: Request) -> None:
    """Whether the mentee can still change the request: the office has not decided."""
    if request.state not in CHANGEABLE:
        raise Refused("not_in_review")


def may_answer_office(request: Request) -> None:
    """Whether the office's question waits for the mentee's answer."""
    if request.state != "clarifying":
        raise Refused("gone")


def approve(request: Request, now: datetime) -> Step[Request]:
    """The office says yes: the mentee may find mentors."""
    may_decide(request)
    approved = replace(request, state="approved", approved_at=now, question=None, waiting_since=None)
    return Step(approved, (tell(Kind.REQUEST_APPROVED, request.mentee, request.id),))


def ask_clarification(request: Request, question: str) -> Step[Request]:
    """The office asks the mentee something before it decides."""
    may_decide(request)
    asked = replace(request, state="clarifying", question=question, waiting_since=None)
    return Step(asked, (tell(Kind.REQUEST_CLARIFICATION, request.mentee, request.id, request.revision),))


def turn_down(request: Request, reply: str) -> Step[Request]:
    """The office cannot approve the request; `reply` is what the mentee reads."""
    may_decide(request)
    down = replace(request, state="turned_down", reply=reply, waiting_since=None)
    return Step(down, (tell(Kind.REQUEST_TURNED_DOWN, request.mentee, request.id),))


def may_decide(request: Request) -> None:
    """Whether the office has this request to decide and is not waiting for the mentee's answer."""
    if request.state == "clarifying":
        raise Refused("waits_for_answer")
    if request.state != "in_review":
        raise Refused("already_decided")


def withdraw(request: Request, now: datetime) -> Step[Request]:
    """The mentee takes the request back; a mentor who was being asked is told."""
    may_withdraw(request)
    invitation = request.open_invitation
    back = replace(
        request, state="withdrawn", waiting_since=None, question=None, invitations=close(request.invitations, now)
    )
    return Step(back, (tell(Kind.INVITATION_WITHDRAWN, invitation.mentor, invitation.id),) if invitation else ())


def may_withdraw(request: Request) -> None:
    """Whether the request still goes on; otherwise Refused with what became of it."""
    ended: dict[RequestState, Reason] = {
        "accepted": "already_accepted",
        "withdrawn": "already_withdrawn",
        "expired": "already_expired",
    }
    if request.state not in OPEN:
        raise Refused(ended.get(request.state, "already_decided"))


def may_choose_mentors(request: Request) -> None:
    """Whether mentors can be chosen for the request now: it is approved, and nobody is being asked."""
    if request.state != "approved":
        raise Refused("not_ready_to_ask")


def may_see_mentors(request: Request, mentor: Member | None) -> None:
    """Whether this mentor's profile can be read for the request: it has been approved, and so has the mentor."""
    if mentor is None or mentor.role != "mentor" or mentor.state != "approved" or request.approved_at is None:
        raise Refused("gone")


def close(invitations: tuple[Invitation, ...], now: datetime) -> tuple[Invitation, ...]:
    """What stays of the list when the request ends: the one being asked is taken back, the queued are not needed."""
    ended: dict[InvitationState, InvitationState] = {"open": "withdrawn", "queued": "not_needed"}
    return tuple(
        replace(each, state=ended[each.state], answered_at=now) if each.state in ended else each for each in invitations
    )
