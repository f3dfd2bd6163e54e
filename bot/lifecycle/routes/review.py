"""Review: the office looks at the request before it goes on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import tell_office
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for the office."""
    waits = replace(request, state="in_review", question=None, waiting_since=now)
    told = tell_office(Kind.REQUEST_READY, "approve_requests", waits.id, waits.revision, besides=waits.mentee)
    return Step(waits, (told,))


def answered(request: Request, now: datetime) -> Step[Request]:
    """It waits for the office again, which hears that its question has been answered: its card is there already."""
    waits = replace(request, state="in_review", question=None, waiting_since=now)
    told = tell_office(Kind.REQUEST_ANSWERED, "approve_requests", waits.id, waits.revision, besides=waits.mentee)
    return Step(waits, (told,))


def may_decide(request: Request) -> None:
    """Whether the office has this request to decide and is not waiting for the mentee's answer."""
    if request.state == "clarifying":
        raise Refused("waits_for_answer")
    if request.state != "in_review":
        raise Refused("already_decided")
