"""Ask: those on the list are invited in their order, as many at a time as the scheme says, until one accepts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.reminders import countdown
from bot.lifecycle.request import Invitation, Request, route_of
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """The first on the list are asked. Nobody is, where none of them can be: then all have failed."""
    asking = replace(request, state="asking", question=None, waiting_since=None)
    return _fill(asking, available, scheme, now)


def ask_next(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """Somebody on the list is asked no more: ask the next who can be, and tell the mentee."""
    step = _fill(request, available, scheme, now)
    told = tuple(tell(Kind.NOW_ASKING, request.mentee, each.about) for each in step.notices)
    return replace(step, notices=(*step.notices, *told))


def _fill(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """Ask the next on the list as long as a seat is free. Their deadline counts from now, never from an earlier one:
    an outage must not burn the whole list."""
    seats = _free_seats(request, route_of(request, scheme).at_once)
    invitations, cards, deadlines = list(request.invitations), list[Notice](), list[Deadline]()
    for n, each in enumerate(invitations):
        if each.state != "queued" or not seats:
            continue
        if each.mentor not in available:
            invitations[n] = replace(each, state="unavailable", answered_at=now)
            continue
        invitations[n] = asked = _asked(replace(each, seat=seats.pop(0)), request, scheme, now)
        cards.append(card(asked, now))
        deadlines += deadlines_of(asked)
    return Step(replace(request, invitations=tuple(invitations)), tuple(cards), tuple(deadlines))


def _free_seats(request: Request, at_once: int) -> list[int]:
    taken = {each.seat for each in request.unsettled}
    return [seat for seat in range(1, at_once + 1) if seat not in taken]


def being_asked(request: Request) -> bool:
    """Whether a mentor is being asked, or may take a decline back. An offer of a mentor's own is something else: it
    fails and fills nothing."""
    return any(each.asker != "mentor" for each in request.unsettled)


def card(asked: Invitation, now: datetime) -> Notice:
    """The mentor's card, drawn anew each day: it shows how many are left."""
    moments = countdown(now, asked.due_at) if asked.due_at else ()
    return tell(Kind.INVITATION, asked.mentor, asked.id, redrawn_at=moments)


def _asked(invitation: Invitation, request: Request, scheme: Scheme, now: datetime) -> Invitation:
    window = route_of(request, scheme).reply_within
    due_at = window.after(now) if window else None
    return replace(invitation, state="open", asked_at=now, due_at=due_at)


def deadlines_of(asked: Invitation) -> tuple[Deadline, ...]:
    """When it is too late to answer."""
    return (Deadline(DeadlineKind.INVITATION_LAPSES, asked.id, asked.due_at),) if asked.due_at else ()
