"""Assign: the office picks a mentor for the request. It has that word too where everybody on a list has failed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import tell_office
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for whoever matches."""
    revision = request.revision + 1
    waits = replace(request, state="assigning", question=None, waiting_since=now, revision=revision)
    redrawn_at = overdue_at(scheme, now)
    told = tell_office(Kind.TO_ASSIGN, "match", waits.id, revision, besides=waits.mentee, redrawn_at=redrawn_at)
    return Step(waits, (told,))


def may_assign(request: Request) -> None:
    """Whether the office can pick a mentor for the request now."""
    if request.state == "asking":
        raise Refused("being_asked")
    if request.state != "assigning":
        raise Refused("already_decided")


def assign(request: Request, id_: str, mentor: str, available: Collection[str]) -> Request:
    """The request with that mentor on its list, picked by the office. `available`: who has room and takes part."""
    may_assign(request)
    if mentor in request.asked or mentor == request.mentee:
        raise Refused("asked_before")
    if mentor not in available:
        raise Refused("mentor_unavailable")
    picked = Invitation(id_, mentor, len(request.invitations) + 1, "queued", asker="office")
    return replace(request, waiting_since=None, invitations=(*request.invitations, picked))
