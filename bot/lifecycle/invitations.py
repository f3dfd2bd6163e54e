"""What becomes of an invitation: accepted, declined, or unanswered until its time is up. Whoever is asked answers it: a
mentor whom the mentee or the office asks, or a mentee to whom a mentor offers."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.lifecycle import undoing
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_mentor, may_take_another, own_limit
from bot.lifecycle.notices import tell
from bot.lifecycle.request import Invitation, InvitationState, Request, route_of
from bot.lifecycle.requests import close, stands, told_closed
from bot.lifecycle.routes import walk
from bot.lifecycle.routes.ask import being_asked, deadlines_of
from bot.lifecycle.step import Reason, Refused, Step, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def accept(
    request: Request, invitation_id: str, mentor: Member | None, mentees_now: int, scheme: Scheme, now: datetime
) -> Step[Request]:
    """Whoever is asked says yes. `mentees_now` are the mentor's active pairs, counted under the capacity lock,
    whoever presses. Anybody else who was being asked hears that no answer is needed any more."""
    invitation = may_answer(request, invitation_id, now)
    _may_take_on(invitation, mentor, mentees_now, scheme, now)
    accepted = replace(invitation, state="accepted", answered_at=now, seat=None)
    settled = close(_with(request, accepted).invitations, now)
    told = told_closed(request, Kind.FOUND_ANOTHER, besides=invitation.id)
    return Step(replace(request, state="accepted", waiting_since=None, invitations=settled), told)


def _may_take_on(
    invitation: Invitation, mentor: Member | None, mentees_now: int, scheme: Scheme, now: datetime
) -> None:
    """Whether the mentor can take the mentee on; whoever presses reads why not in words for them."""
    if mentor is None:
        raise Refused("mentor_not_free" if invitation.asker == "mentor" else "not_admitted")
    try:
        may_mentor(mentor, scheme, now)
        may_take_another(mentees_now, own_limit(mentor, scheme))
    except Refused:
        if invitation.asker == "mentor":
            raise Refused("mentor_not_free") from None
        raise


def decline(request: Request, invitation_id: str, reason: str | None, now: datetime) -> Step[Request]:
    """Whoever is asked says no, with a reason or without. For a moment they may take that back, and nobody hears of it
    before."""
    invitation = may_answer(request, invitation_id, now)
    over = now + undoing.FOR
    declined = replace(invitation, state="declined", answered_at=now, reason=reason, undo_until=over)
    return Step(_with(request, declined), deadlines=(Deadline(DeadlineKind.DECLINE_STANDS, invitation.id, over),))


def decline_stands(
    request: Request, invitation_id: str, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """A decline can be taken back no more: the next is asked. A declined offer changes nothing else."""
    invitation = request.invitation(invitation_id)
    if invitation.undo_until is None or invitation.undo_until > now:
        return Step(request)
    declined = _with(request, stands(invitation))
    if invitation.asker == "mentor":
        return Step(declined, (tell(Kind.OFFER_DECLINED, invitation.mentor, invitation.id),))
    return walk.ask_next(declined, available, scheme, now)


def undo_decline(
    request: Request, invitation_id: str, mentor: Member | None, load: int, scheme: Scheme, now: datetime
) -> Step[Request]:
    """Whoever declined takes it back: it is asked again, until when it was. `load`: what holds the mentor's places,
    counted under the capacity lock."""
    invitation = may_undo_decline(request, invitation_id, now)
    if mentor is None or not (
        allowed(may_mentor, mentor, scheme, now) and allowed(may_take_another, load, own_limit(mentor, scheme))
    ):
        raise Refused("undo_gone_on")
    opened = _reopened(invitation)
    ahead = tuple(each for each in deadlines_of(opened) if each.due_at > now)
    return Step(_with(request, opened), deadlines=ahead)


def may_undo_decline(request: Request, invitation_id: str, now: datetime) -> Invitation:
    """The invitation, while its decline can be taken back: also not after the time in which to answer it."""
    invitation = request.invitation(invitation_id)
    over = min(filter(None, (invitation.undo_until, invitation.due_at)), default=now)
    if invitation.undo_until is None or over <= now:
        raise Refused("undo_too_late")
    return invitation


def as_others_see(request: Request) -> Request:
    """The request for everybody but whoever declined a moment ago: a slip of two minutes is theirs alone."""
    seen = tuple(_reopened(each) if each.undo_until else each for each in request.invitations)
    return replace(request, invitations=seen)


def _reopened(invitation: Invitation) -> Invitation:
    return replace(invitation, state="open", answered_at=None, reason=None, undo_until=None)


def offer_conversation(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> Step[Request]:
    """The mentor would like to talk before answering: the mentee is told, once; invitation and deadline stay."""
    invitation = may_offer_conversation(request, invitation_id, scheme, now)
    return Step(
        _with(request, replace(invitation, talk_offered_at=now)),
        (tell(Kind.FIRST_CONVERSATION, request.mentee, invitation.id),),
    )


def asks_next(request: Request, invitation_id: str, scheme: Scheme, now: datetime) -> bool:
    """Whether `lapse` would ask the next on the list: only then has anybody to be counted and locked."""
    over = _overdue(request, invitation_id, now)
    return over is not None and over.asker != "mentor" and route_of(request, scheme).on_silence == "ask_next"


def _overdue(request: Request, invitation_id: str, now: datetime) -> Invitation | None:
    asked = next((each for each in request.open_invitations if each.id == invitation_id), None)
    if asked is None or asked.due_at is None or asked.due_at > now:
        return None
    return asked


def lapse(
    request: Request, invitation_id: str, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """Time is up for an open invitation: the request ends, or the next is asked, as the scheme says. Others who were
    asked at the same time still have theirs, and an offer that nobody answers ends nothing."""
    invitation = _overdue(request, invitation_id, now)
    if invitation is None:
        return Step(request)
    lapsed = _with(request, replace(invitation, state="expired", answered_at=now, seat=None))
    offered = invitation.asker == "mentor"
    told = tell(Kind.OFFER_LAPSED if offered else Kind.INVITATION_LAPSED, invitation.mentor, invitation.id)
    if asks_next(request, invitation_id, scheme, now):
        return walk.ask_next(lapsed, available, scheme, now).preceded_by(told)
    if offered or being_asked(lapsed):
        return Step(lapsed, (told,))
    ended = replace(lapsed, state="expired", invitations=close(lapsed.invitations, now))
    others = told_closed(lapsed, Kind.INVITATION_WITHDRAWN)
    return Step(ended, (told, tell(Kind.REQUEST_EXPIRED, request.mentee, request.id), *others))


def no_longer_there(
    request: Request, mentor: str, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """A mentor is in the scheme no longer: the next is asked in their place, and an offer of theirs is off."""
    theirs = next(each for each in request.open_invitations if each.mentor == mentor)
    gone = _with(request, replace(theirs, state="unavailable", answered_at=now, seat=None))
    return Step(gone) if theirs.asker == "mentor" else walk.ask_next(gone, available, scheme, now)


def pass_on(
    request: Request, invitation_id: str, reason: str | None, available: Collection[str], scheme: Scheme, now: datetime
) -> Step[Request]:
    """The office passes over a mentor who has not answered: they are told kindly, and the next is asked."""
    invitation = may_pass_on(request, invitation_id)
    passed = replace(invitation, state="unavailable", answered_at=now, seat=None, reason=reason)
    told = tell(Kind.PASSED_ON, invitation.mentor, invitation.id)
    return walk.ask_next(_with(request, passed), available, scheme, now).preceded_by(told)


def may_pass_on(request: Request, invitation_id: str) -> Invitation:
    """The invitation, while its mentor is being asked by the mentee or the office."""
    invitation = request.invitation(invitation_id)
    if request.state != "asking" or invitation.state != "open" or invitation.asker == "mentor":
        raise Refused(_ANSWERED.get(invitation.state, "gone"))
    return invitation


def may_answer(request: Request, invitation_id: str, now: datetime) -> Invitation:
    """The invitation, while it can be answered; otherwise Refused with what became of it."""
    invitation = request.invitation(invitation_id)
    if invitation.state == "open" and (invitation.due_at is None or invitation.due_at > now):
        return invitation
    if invitation.asker == "mentor" and invitation.state == "withdrawn":
        raise Refused("gone")
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
    if not route_of(request, scheme).first_conversation or invitation.asker == "mentor":
        raise Refused("gone")
    if invitation.talk_offered_at is not None:
        raise Refused("talk_offered")
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
