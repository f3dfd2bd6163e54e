"""Choose: the mentee chooses from those who can be asked now."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.request import Invitation, Request, from_directory, route_of
from bot.lifecycle.step import Refused, Step
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for the mentee, whose Home and last message say so."""
    return Step(replace(request, state="choosing", question=None, waiting_since=None))


def may_choose_mentors(request: Request) -> None:
    """Whether mentors can be chosen for the request now."""
    if request.state != "choosing":
        raise Refused("not_ready_to_ask")


def choose(request: Request, chosen: Sequence[tuple[str, str]], available: Collection[str], scheme: Scheme) -> Request:
    """The request with those on its list, to be asked in this order. `chosen` pairs each new invitation's id with its
    mentor. Somebody who can no longer be asked stops it: the mentee chooses again."""
    may_choose_mentors(request)
    listed = with_list(request, chosen, scheme)
    if not {mentor for _, mentor in chosen} <= set(available):
        raise Refused("mentor_unavailable")
    return listed


def with_list(request: Request, chosen: Sequence[tuple[str, str]], scheme: Scheme) -> Request:
    """The request with these mentors at the end of its list; refused where that is more than a list may hold, or where
    somebody has been asked before."""
    mentors, most = [mentor for _, mentor in chosen], route_of(request, scheme).mentors
    if not mentors:
        raise Refused("nobody_named" if from_directory(request, scheme) else "nobody_chosen")
    if len(mentors) > most:
        raise Refused("too_many_mentors", {"most": most})
    if request.asked & set(mentors) or len(set(mentors)) != len(mentors) or request.mentee in mentors:
        raise Refused("asked_before")
    first = len(request.invitations) + 1
    listed = tuple(Invitation(id_, mentor, first + n, "queued") for n, (id_, mentor) in enumerate(chosen))
    return replace(request, invitations=request.invitations + listed)
