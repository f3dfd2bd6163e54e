"""A mentoring request: from the form by way of the office to a mentor's answer.

in_review → approved → asking → accepted; besides: clarifying, turned_down, withdrawn, expired.
One invitation at a time is open; the rest of the list is queued. Decline, lapse and unavailability
all come to `_ask_next`, so what follows them is written once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.lifecycle.membership import Answers, Member
from bot.lifecycle.notices import Kind, Notice, tell, tell_office
from bot.lifecycle.reminders import countdown
from bot.lifecycle.step import Reason, Refused, Step
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
    remind_at: datetime | None = None
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
    may_create(mentee, open_requests)
    request = Request(id_, scheme.key, mentee.person, "in_review", answers, now, waiting_since=now)
    return Step(request, (tell_office(Kind.REQUEST_READY, "approve_requests", id_, request.revision),))


def may_create(mentee: Member, open_requests: int) -> None:
    """Whether a mentee can file a request now. Preferences come first (they block); one request at a time."""
    if mentee.role != "mentee" or mentee.state not in {"admitted", "approved"}:
        raise Refused("not_admitted")
    if mentee.preferences is None:
        raise Refused("preferences_first")
    if open_requests:
        raise Refused("request_open")


def resubmit(request: Request, answers: Answers, now: datetime) -> Step[Request]:
    """The mentee changes a request that waits for the office or answers the office's question."""
    if request.state not in CHANGEABLE:
        raise Refused("not_in_review")
    if request.state == "in_review":
        return Step(replace(request, answers=answers))
    again = replace(
        request, state="in_review", answers=answers, question=None, waiting_since=now, revision=request.revision + 1
    )
    return Step(again, (tell_office(Kind.REQUEST_READY, "approve_requests", again.id, again.revision),))


def approve(request: Request, now: datetime) -> Step[Request]:
    """The office says yes: the mentee may find mentors."""
    _in_review(request)
    approved = replace(request, state="approved", approved_at=now, question=None, waiting_since=None)
    return Step(approved, (tell(Kind.REQUEST_APPROVED, request.mentee, request.id),))


def ask_clarification(request: Request, question: str) -> Step[Request]:
    """The office asks the mentee something before it decides."""
    _in_review(request)
    asked = replace(request, state="clarifying", question=question, waiting_since=None)
    return Step(asked, (tell(Kind.REQUEST_CLARIFICATION, request.mentee, request.id, request.revision),))


def turn_down(request: Request, reply: str) -> Step[Request]:
    """The office cannot approve the request; `reply` is what the mentee reads."""
    _in_review(request)
    down = replace(request, state="turned_down", reply=reply, waiting_since=None)
    return Step(down, (tell(Kind.REQUEST_TURNED_DOWN, request.mentee, request.id),))


def _in_review(request: Request) -> None:
    if request.state == "clarifying":
        raise Refused("waits_for_answer")
    if request.state != "in_review":
        raise Refused("already_decided")


def send(
    request: Request,
    chosen: Sequence[tuple[str, str]],
    available: Collection[str],
    scheme: Scheme,
    now: datetime,
) -> Step[Request]:
    """The mentee sends the list: the first is asked at once, the others wait. Somebody on it who
    can no longer be asked stops it: the mentee chooses again.

    `chosen` pairs each new invitation's id with its mentor, in the mentee's order; `available` are the mentors
    who may be asked at this moment.
    """
    if request.state != "approved":
        raise Refused("not_ready_to_ask")
    mentors = [mentor for _, mentor in chosen]
    if not mentors:
        raise Refused("nobody_chosen")
    if len(mentors) > scheme.requests.mentors:
        raise Refused("too_many_mentors", {"most": scheme.requests.mentors})
    if request.asked & set(mentors) or len(set(mentors)) != len(mentors) or request.mentee in mentors:
        raise Refused("asked_before")
    if not set(mentors) <= set(available):
        raise Refused("mentor_unavailable")
    first = len(request.invitations) + 1
    listed = tuple(Invitation(id_, mentor, first + n, "queued") for n, (id_, mentor) in enumerate(chosen))
    asking = replace(request, state="asking", invitations=request.invitations + listed)
    return _ask_next(asking, available, scheme, now, first=True)


def _ask_next(
    request: Request, available: Collection[str], scheme: Scheme, now: datetime, *, first: bool = False
) -> Step[Request]:
    """Ask the next on the list who can be asked; tell the mentee, or that nobody is left.

    Its deadline counts from now, never from an earlier one: an outage must not burn the whole list.
    """
    invitations = list(request.invitations)
    for n, each in enumerate(invitations):
        if each.state != "queued":
            continue
        if each.mentor not in available:
            invitations[n] = replace(each, state="unavailable", answered_at=now)
            continue
        invitations[n] = asked = _asked(each, scheme, now)
        notices: tuple[Notice, ...] = (_card(asked, now),)
        if not first:
            notices += (tell(Kind.NOW_ASKING, request.mentee, asked.id),)
        return Step(replace(request, invitations=tuple(invitations)), notices)
    again = replace(request, state="approved", invitations=tuple(invitations))
    return Step(again, (tell(Kind.CHOOSE_AGAIN, request.mentee, request.id, len(invitations)),))


def _card(asked: Invitation, now: datetime) -> Notice:
    """The mentor's card, drawn anew each day: it shows how many are left."""
    moments = countdown(now, asked.due_at) if asked.due_at else ()
    return replace(tell(Kind.INVITATION, asked.mentor, asked.id), redrawn_at=moments)


def _asked(invitation: Invitation, scheme: Scheme, now: datetime) -> Invitation:
    window = scheme.requests.reply_within
    due_at = window.after(now) if window else None
    before = scheme.reminders.invitation_unanswered
    remind_at = due_at - before[0].rest if due_at and before else None
    return replace(invitation, state="open", asked_at=now, due_at=due_at, remind_at=remind_at)


def accept(
    request: Request, invitation_id: str, mentees_now: int, limit: int, mentor_may: bool, now: datetime
) -> Step[Request]:
    """The mentor says yes. `mentees_now` are their active pairs, counted under the capacity lock."""
    invitation = still_open(request, invitation_id, now)
    if not mentor_may:
        raise Refused("not_approved")
    if mentees_now >= limit:
        raise Refused("at_limit", {"limit": limit})
    settled = tuple(
        replace(each, state="accepted", answered_at=now, remind_at=None)
        if each.id == invitation.id
        else replace(each, state="not_needed", answered_at=now)
        if each.state == "queued"
        else each
        for each in request.invitations
    )
    return Step(replace(request, state="accepted", invitations=settled))


def decline(
    request: Request, invitation_id: str, reason: str | None, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """The mentor says no, with a reason or without; the next is asked."""
    invitation = still_open(request, invitation_id, now)
    declined = replace(invitation, state="declined", answered_at=now, reason=reason, remind_at=None)
    return _ask_next(_with(request, declined), available, scheme, now)


def offer_conversation(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> Step[Request]:
    """The mentor would like to talk before answering: the mentee is told, the invitation and its deadline stay."""
    invitation = still_open(request, invitation_id, now)
    if not scheme.requests.first_conversation:
        raise Refused("gone")
    return Step(request, (tell(Kind.FIRST_CONVERSATION, request.mentee, invitation.id),))


def lapse(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """Time is up for the open invitation: the request ends, or the next is asked, as the scheme says."""
    invitation = request.open_invitation
    if request.state != "asking" or invitation is None or invitation.due_at is None or invitation.due_at > now:
        return Step(request)
    lapsed = _with(request, replace(invitation, state="expired", answered_at=now, remind_at=None))
    told = tell(Kind.INVITATION_LAPSED, invitation.mentor, invitation.id)
    if scheme.requests.on_silence == "ask_next":
        step = _ask_next(lapsed, available, scheme, now)
        return Step(step.state, (told, *step.notices))
    ended = replace(lapsed, state="expired", invitations=_close(lapsed.invitations, now))
    return Step(ended, (told, tell(Kind.REQUEST_EXPIRED, request.mentee, request.id)))


def remind(request: Request, now: datetime) -> Step[Request]:
    """The one reminder inside the window, when its time has come."""
    invitation = request.open_invitation
    if invitation is None or invitation.remind_at is None or invitation.remind_at > now:
        return Step(request)
    reminded = _with(request, replace(invitation, remind_at=None))
    if invitation.due_at is not None and invitation.due_at <= now:
        return Step(reminded)
    notice = tell(Kind.INVITATION_REMINDER, invitation.mentor, invitation.id, until=invitation.due_at)
    return Step(reminded, (notice,))


def withdraw(request: Request, now: datetime) -> Step[Request]:
    """The mentee takes the request back; a mentor who was being asked is told."""
    if request.state not in OPEN:
        raise Refused(_ended(request))
    invitation = request.open_invitation
    back = replace(
        request, state="withdrawn", waiting_since=None, question=None, invitations=_close(request.invitations, now)
    )
    return Step(back, (tell(Kind.INVITATION_WITHDRAWN, invitation.mentor, invitation.id),) if invitation else ())


def still_open(request: Request, invitation_id: str, now: datetime) -> Invitation:
    """The invitation, while it can be answered; otherwise Refused with what became of it."""
    invitation = request.invitation(invitation_id)
    if invitation.state == "open" and (invitation.due_at is None or invitation.due_at > now):
        return invitation
    raise Refused(_ANSWERED.get(invitation.state, "already_expired"))


_ANSWERED: dict[InvitationState, Reason] = {
    "queued": "gone",
    "accepted": "already_accepted",
    "declined": "already_declined",
    "expired": "already_expired",
    "withdrawn": "already_withdrawn",
    "unavailable": "gone",
    "not_needed": "gone",
}


def _ended(request: Request) -> Reason:
    ended: dict[RequestState, Reason] = {
        "accepted": "already_accepted",
        "withdrawn": "already_withdrawn",
        "expired": "already_expired",
    }
    return ended.get(request.state, "already_decided")


def _with(request: Request, changed: Invitation) -> Request:
    invitations = tuple(changed if each.id == changed.id else each for each in request.invitations)
    return replace(request, invitations=invitations)


def _close(invitations: tuple[Invitation, ...], now: datetime) -> tuple[Invitation, ...]:
    """What stays of the list when the request ends: the one being asked is taken back, the queued are not needed."""
    ended: dict[InvitationState, InvitationState] = {"open": "withdrawn", "queued": "not_needed"}
    return tuple(
        replace(each, state=ended[each.state], answered_at=now, remind_at=None) if each.state in ended else each
        for each in invitations
    )
