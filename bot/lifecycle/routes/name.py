"""Name: the mentee names some mentors in order. Who cannot be asked when their turn comes is passed over."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.request import Request
from bot.lifecycle.routes.choose import with_list
from bot.lifecycle.step import Refused, Step
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for the mentee, whose Home and last message say so."""
    return Step(replace(request, state="naming", question=None, waiting_since=None))


def may_name_mentors(request: Request) -> None:
    """Whether mentors can be named for the request now."""
    if request.state != "naming":
        raise Refused("not_ready_to_ask")


def name(request: Request, named: Sequence[tuple[str, str]], mentors: Collection[str], scheme: Scheme) -> Request:
    """The request with those named on its list. `named` pairs each new invitation's id with its mentor; `mentors` are
    those who take part in the scheme, free at the moment or not."""
    may_name_mentors(request)
    listed = with_list(request, named, scheme)
    if not {mentor for _, mentor in named} <= set(mentors):
        raise Refused("mentor_unavailable")
    return listed
