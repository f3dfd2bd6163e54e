"""The mentors asked for an approved request, one after the other, until one accepts.

One invitation at a time is open; the rest of the list is queued. Decline, lapse and unavailability all come to
`_ask_next`, so what follows them is written once.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_mentor, may_take_another, own_limit
from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.reminders import countdown
from bot.lifecycle.requests import Invitation, InvitationState, Request, close, may_choose_mentors
from bot.lifecycle.step import Reason, Refused, Step, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


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
    may_choose_mentors(request)
    mentors = [mentor for _, mentor in chosen]
    if not mentors:
        raise Refused("nobody_chosen")
    if len(mentors) > scheme.route.mentors:
        raise Refused("too_many_mentors", {"most": scheme.route.mentors})
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
        return Step(replace(request, invitations=tuple(invitations)), notices, _deadlines(asked, scheme))
    again = replace(request, state="approved", invitations=tuple(invitations))
    return Step(again, (tell(Kind.CHOOSE_AGAIN, request.mentee, request.id, len(invitations)),))


def _card(asked: Invitation, now: datetime) -> Notice:
    """The mentor's card, drawn anew each day: it shows how many are left."""
    moments = countdown(now, asked.due_at) if asked.due_at else ()
    return replace(tell(Kind.INVITATION, asked.mentor, asked.id), redrawn_at=moments)


def _asked(invitation: Invitation, scheme: Scheme, now: datetime) -> Invitation:
    window = scheme.route.reply_within
    due_at = window.after(now) if window else None
    return replace(invitation, state="open", asked_at=now, due_at=due_at)


def _deadlines(asked: Invitation, scheme: Scheme) -> tuple[Deadline, ...]:
    """When the mentor is reminded, and when it is too late to answer."""
    if asked.due_at is None:
        return ()
    before = [each.rest for each in scheme.reminders.invitation_unanswered[:1]]
    reminders = [Deadline(DeadlineKind.INVITATION_REMINDER, asked.id, asked.due_at - rest) for rest in before]
    return (*reminders, Deadline(DeadlineKind.INVITATION_LAPSES, asked.id, asked.due_at))


def accept(
    request: Request, invitation_id: str, mentor: Member, mentees_now: int, scheme: Scheme, now: datetime
) -> Step[Request]:
    """The mentor says yes. `mentees_now` are their active pairs, counted under the capacity lock."""
    invitation = may_answer(request, invitation_id, now)
    may_mentor(mentor, scheme, now)
    may_take_another(mentees_now, own_limit(mentor, scheme))
    settled = tuple(
        replace(each, state="accepted", answered_at=now)
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
    invitation = may_answer(request, invitation_id, now)
    declined = replace(invitation, state="declined", answered_at=now, reason=reason)
    return _ask_next(_with(request, declined), available, scheme, now)


def offer_conversation(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> Step[Request]:
    """The mentor would like to talk before answering: the mentee is told, the invitation and its deadline stay."""
    invitation = may_offer_conversation(request, invitation_id, scheme, now)
    return Step(request, (tell(Kind.FIRST_CONVERSATION, request.mentee, invitation.id),))


def asks_next(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> bool:
    """Whether `lapse` would ask the next on the list: only then has anybody to be counted and locked."""
    return _overdue(request, invitation_id, now) is not None and scheme.route.on_silence == "ask_next"


def _overdue(request: Request, invitation_id: str, now: datetime) -> Invitation | None:
    asked = request.open_invitation
    if asked is None or asked.id != invitation_id or asked.due_at is None or asked.due_at > now:
        return None
    return asked


def lapse(
    request: Request, invitation_id: str, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """Time is up for an open invitation: the request ends, or the next is asked, as the scheme says."""
    invitation = _overdue(request, invitation_id, now)
    if invitation is None:
        return Step(request)
    lapsed = _with(request, replace(invitation, state="expired", answered_at=now))
    told = tell(Kind.INVITATION_LAPSED, invitation.mentor, invitation.id)
    if asks_next(request, invitation_id, scheme, now):
        step = _ask_next(lapsed, available, scheme, now)
        return replace(step, notices=(told, *step.notices))
    ended = replace(lapsed, state="expired", invitations=close(lapsed.invitations, now))
    return Step(ended, (told, tell(Kind.REQUEST_EXPIRED, request.mentee, request.id)))


def remind(request: Request, invitation_id: str, now: datetime) -> Step[Request]:
    """The one reminder inside the window; nobody hears of what has been answered, or is too late to be."""
    if not allowed(may_answer, request, invitation_id, now):
        return Step(request)
    asked = request.invitation(invitation_id)
    return Step(request, (tell(Kind.INVITATION_REMINDER, asked.mentor, asked.id, until=asked.due_at),))


def may_answer(request: Request, invitation_id: str, now: datetime) -> Invitation:
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


def may_offer_conversation(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> Invitation:
    """The invitation, while it can be answered and where the scheme has a first conversation."""
    invitation = may_answer(request, invitation_id, now)
    if not scheme.route.first_conversation:
        raise Refused("gone")
    return invitation


def may_read(request: Request, invitation_id: str) -> Invitation:
    """The invitation, once its mentor has been asked: before, nobody has put the request to them."""
    invitation = request.invitation(invitation_id)
    if invitation.asked_at is None:
        raise Refused("gone")
    return invitation


def _with(request: Request, changed: Invitation) -> Request:
    invitations = tuple(changed if each.id == changed.id else each for each in request.invitations)
    return replace(request, invitations=invitations)
