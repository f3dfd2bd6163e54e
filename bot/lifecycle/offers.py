"""Offers: a mentor with room looks at who seeks a mentor, and offers. The mentee answers as a mentor does who is asked
(`invitations`); an offer that comes to nothing changes nothing else."""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_be_asked, may_mentor, may_take_another, own_limit
from bot.lifecycle.notices import tell
from bot.lifecycle.reminders import countdown
from bot.lifecycle.request import SEEKING, Invitation, Request, route_of
from bot.lifecycle.routes.ask import deadlines_of
from bot.lifecycle.step import Refused, Step, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def may_look(mentor: Member | None, load: int, scheme: Scheme, now: datetime) -> None:
    """Whether somebody can look at who seeks a mentor: the scheme has offers, and they are a mentor with room. `load`
    counts what holds a place: mentees, invitations and offers that are open."""
    if not scheme.route.offers or mentor is None:
        raise Refused("not_yours")
    may_mentor(mentor, scheme, now)
    if not allowed(may_be_asked, mentor, scheme, now) or not allowed(may_take_another, load, own_limit(mentor, scheme)):
        raise Refused("no_place_free")


def may_offer(request: Request, mentor: Member | None, load: int, scheme: Scheme, now: datetime) -> None:
    """Whether this mentor can offer for the request: it seeks one, the office has approved it where it is to, and they
    have not been asked for it, nor offered, before."""
    may_look(mentor, load, scheme, now)
    if mentor is None or mentor.person == request.mentee:
        raise Refused("not_yours")
    if mentor.person in request.asked:
        raise Refused("on_list_already")
    route = route_of(request, scheme)
    reviewed = request.approved_at is not None or "review" not in route.steps
    if not route.offers or request.state not in SEEKING or not reviewed:
        raise Refused("gone")


def offer(request: Request, id_: str, mentor: Member, load: int, scheme: Scheme, now: datetime) -> Step[Request]:
    """The mentor offers. `load` is counted with their row locked: an open offer holds a place."""
    may_offer(request, mentor, load, scheme, now)
    window = route_of(request, scheme).reply_within
    due_at = window.after(now) if window else None
    made = Invitation(
        id_, mentor.person, len(request.invitations) + 1, "open", asked_at=now, due_at=due_at, asker="mentor"
    )
    moments = countdown(now, due_at) if due_at else ()
    card = tell(Kind.OFFER, request.mentee, id_, redrawn_at=moments)
    after = replace(request, invitations=(*request.invitations, made))
    return Step(after, (card,), deadlines_of(made))


def take_back(request: Request, id_: str, mentor: str, now: datetime) -> Step[Request]:
    """The mentor takes an open offer back: the place is free, and the mentee's card says so; nothing else changes."""
    off = replace(may_take_back(request, id_, mentor), state="unavailable", answered_at=now)
    invitations = tuple(off if each.id == id_ else each for each in request.invitations)
    return Step(replace(request, invitations=invitations))


def may_take_back(request: Request, id_: str, mentor: str) -> Invitation:
    """The offer, where it is this mentor's and nothing has come of it yet."""
    offered = request.invitation(id_)
    if offered.asker != "mentor" or offered.mentor != mentor:
        raise Refused("not_yours")
    if offered.state != "open":
        raise Refused("gone")
    return offered
