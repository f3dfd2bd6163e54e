"""A mentoring request: from the form along its route until somebody is asked, and its withdrawal. What follows an
invitation is in `invitations`, what each step is in `routes`."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.gates import code_wanted, next_gate
from bot.lifecycle.member import Answers, Member
from bot.lifecycle.membership import may_fill_in, may_take_another, own_limit
from bot.lifecycle.membership import may_mentor as may_take_on
from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.request import (
    OPEN,
    Invitation,
    InvitationState,
    Request,
    RequestState,
    approval_holds,
    route_of,
)
from bot.lifecycle.routes import assign as by_office
from bot.lifecycle.routes import choose, name, review, walk
from bot.lifecycle.routes.assign import may_assign
from bot.lifecycle.routes.review import may_decide
from bot.lifecycle.step import Reason, Refused, Step, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

CHANGEABLE: frozenset[RequestState] = frozenset({"in_review", "clarifying"})
"""The states before the office decides: the mentee can still change the request."""


def create(
    id_: str,
    mentee: Member,
    open_requests: int,
    answers: Answers,
    scheme: Scheme,
    now: datetime,
    before: Request | None = None,
) -> Step[Request]:
    """A mentee files a request. Where it says what the one `before` said, the office's approval of that still counts,
    for as long as the scheme lets it hold."""
    may_create(mentee, open_requests, scheme, now)
    topics_asked_for(answers, scheme)
    made = Request(id_, scheme.key, mentee.person, "in_review", answers, now, route=scheme.route)
    if before is not None and before.answers == answers and still_approved(before, scheme, now):
        made = replace(made, approved_at=before.approved_at)
    return walk.begin(made, scheme, now)


def still_approved(before: Request, scheme: Scheme, now: datetime) -> bool:
    """Whether the office's approval of a request that has ended counts for the same request again."""
    ended = before.state not in OPEN and before.state != "turned_down"
    limited = route_of(before, scheme).approval_holds is not None
    return ended and limited and approval_holds(before, scheme, now)


def may_create(mentee: Member, open_requests: int, scheme: Scheme, now: datetime) -> None:
    """Whether a mentee can file a request now: no other gate is before them, and they have no other under way."""
    if mentee.role != "mentee":
        raise Refused("not_admitted")
    may_fill_in(mentee)
    gate = next_gate(mentee, scheme, now)
    if gate not in {None, "first_request"}:
        code = {"document": code_wanted(mentee, scheme)} if gate == "code" else {}
        raise Refused("gate_first", {"gate": gate, **code})
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
    return review.answered(replace(request, answers=answers, revision=request.revision + 1), scheme, now)


def may_change(request: Request) -> None:
    """Whether the mentee can still change the request: the office has not decided."""
    if request.state not in CHANGEABLE:
        raise Refused("not_in_review")


def may_answer_office(request: Request) -> None:
    """Whether the office's question waits for the mentee's answer."""
    if request.state != "clarifying":
        raise Refused("gone")


def approve(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """The office says yes: the request goes on. `available`: who of those named already can be asked."""
    may_decide(request)
    approved = replace(request, approved_at=now, waiting_since=None)
    on = walk.go_on(approved, available, scheme, now)
    return on.preceded_by(tell(Kind.REQUEST_APPROVED, request.mentee, request.id, request.revision))


def ask_clarification(request: Request, question: str) -> Step[Request]:
    """The office asks the mentee something before it decides."""
    may_decide(request)
    asked = replace(request, state="clarifying", question=question, waiting_since=None)
    return Step(asked, (tell(Kind.REQUEST_CLARIFICATION, request.mentee, request.id, request.revision),))


def turn_down(request: Request, reply: str, now: datetime) -> Step[Request]:
    """The office cannot approve the request, or finds nobody for it; `reply` is what the mentee reads."""
    may_turn_down(request)
    closed = close(request.invitations, now)
    down = replace(request, state="turned_down", reply=reply, waiting_since=None, invitations=closed)
    told = tell(Kind.REQUEST_TURNED_DOWN, request.mentee, request.id, request.revision)
    return Step(down, (told, *told_closed(request, Kind.INVITATION_WITHDRAWN)))


def may_turn_down(request: Request) -> None:
    """Whether the office can end this request: it has the next word."""
    if request.state != "assigning":
        may_decide(request)


def send(
    request: Request,
    chosen: Sequence[tuple[str, str]],
    available: Collection[str],
    scheme: Scheme,
    now: datetime,
) -> Step[Request]:
    """The mentee sends the list of mentors they have chosen, each with the new invitation's id, in their order."""
    return walk.go_on(choose.choose(request, chosen, available, scheme), available, scheme, now)


def may_find_mentors(request: Request) -> None:
    """Whether mentors can be chosen or named for the request now."""
    (name.may_name_mentors if request.state == "naming" else choose.may_choose_mentors)(request)


def name_mentors(
    request: Request,
    named: Sequence[tuple[str, str]],
    mentors: Collection[str],
    available: Collection[str],
    scheme: Scheme,
    now: datetime,
) -> Step[Request]:
    """The mentee names mentors in order. `mentors`: who takes part; `available`: who of them can be asked now."""
    return walk.go_on(name.name(request, named, mentors, scheme), available, scheme, now)


def assign(request: Request, id_: str, mentor: Member, load: int, scheme: Scheme, now: datetime) -> Step[Request]:
    """The office picks a mentor: they are asked, or connected with the mentee, as the route says. `load`: what holds
    the mentor's places, mentees and all that is open, counted under the capacity lock."""
    may_assign(request)
    may_take_on(mentor, scheme, now)
    if not allowed(may_take_another, load, own_limit(mentor, scheme)):
        raise Refused("mentor_full")
    picked = by_office.assign(request, id_, mentor.person, (mentor.person,))
    step = walk.go_on(picked, (mentor.person,), scheme, now)
    if step.state.state != "accepted":
        return step
    *before, last = step.state.invitations
    connected = (*before, replace(last, state="accepted", answered_at=now))
    told = told_closed(request, Kind.FOUND_ANOTHER)
    return Step(replace(step.state, invitations=close(connected, now)), (*step.notices, *told))


def again(id_: str, before: Request | None, mentee: str, scheme: Scheme, now: datetime) -> Request:
    """A request like the one that led to a connection, for the office to find another mentor for. `before`: None where
    none did."""
    answers = before.answers if before else {}
    route = route_of(before, scheme) if before else scheme.route
    return Request(id_, scheme.key, mentee, "assigning", answers, now, approved_at=now, route=route)


def give_back(request: Request, reply: str, scheme: Scheme, now: datetime) -> Step[Request]:
    """The office, which was to pick, gives the choice back to the mentee with a few words."""
    may_give_back(request, scheme)
    finding = walk.finding_step(request, scheme)
    entered = walk.STEPS[finding](replace(request, reply=reply, revision=request.revision + 1), (), scheme, now)
    told = tell(Kind.GIVEN_BACK, request.mentee, request.id, entered.state.revision)
    return entered.preceded_by(told)


def may_give_back(request: Request, scheme: Scheme) -> None:
    """Whether the office has the choice, and the route leaves it to the mentee otherwise."""
    may_assign(request)
    if walk.finding_step(request, scheme) == "assign":
        raise Refused("gone")


def withdraw(request: Request, now: datetime) -> Step[Request]:
    """The mentee takes the request back; a mentor who was being asked, or offers, is told."""
    may_withdraw(request)
    back = replace(
        request, state="withdrawn", waiting_since=None, question=None, invitations=close(request.invitations, now)
    )
    return Step(back, told_closed(request, Kind.INVITATION_WITHDRAWN))


def may_withdraw(request: Request) -> None:
    """Whether the request still goes on; otherwise Refused with what became of it."""
    ended: dict[RequestState, Reason] = {
        "accepted": "already_accepted",
        "withdrawn": "already_withdrawn",
        "expired": "already_expired",
    }
    if request.state not in OPEN:
        raise Refused(ended.get(request.state, "already_decided"))


def may_see_mentors(request: Request, mentor: Member | None) -> None:
    """Whether this mentor's profile can be read for the request: it is, or was, for its mentee to find somebody; and
    the mentor takes part."""
    if mentor is None or mentor.role != "mentor" or mentor.state != "approved" or request.state in CHANGEABLE:
        raise Refused("gone")


def told_closed(request: Request, kind: Kind, besides: str = "") -> tuple[Notice, ...]:
    """What the mentors hear whose invitation or offer is still open when the request ends; `besides`: all but this. Who
    has declined a moment ago knows already; whose offer has been does not."""
    wait = (each for each in request.unsettled if each.state == "open" or each.asker == "mentor")
    return tuple(tell(kind, each.mentor, each.id) for each in wait if each.id != besides)


def close(invitations: tuple[Invitation, ...], now: datetime) -> tuple[Invitation, ...]:
    """What stays of the list when the request ends: who is being asked is no more, the queued are not needed."""
    ended: dict[InvitationState, InvitationState] = {"open": "withdrawn", "queued": "not_needed"}
    return tuple(
        replace(each, state=ended[each.state], answered_at=now, seat=None) if each.state in ended else stands(each)
        for each in invitations
    )


def stands(invitation: Invitation) -> Invitation:
    """A decline that can no longer be taken back; any other is as it was."""
    return replace(invitation, seat=None, undo_until=None) if invitation.undo_until else invitation
