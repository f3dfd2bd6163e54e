"""Review: the office looks at the request before it goes on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import Notice, tell_office
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def enter(request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for the office."""
    waits = replace(request, state="in_review", question=None, waiting_since=now)
    return Step(waits, (_put_before(Kind.REQUEST_READY, waits, scheme, now),))


def answered(request: Request, scheme: Scheme, now: datetime) -> Step[Request]:
    """It waits for the office again, which hears that its question has been answered: its card is there already."""
    waits = replace(request, state="in_review", question=None, waiting_since=now)
    return Step(waits, (_put_before(Kind.REQUEST_ANSWERED, waits, scheme, now),))


def _put_before(kind: Kind, waits: Request, scheme: Scheme, now: datetime) -> Notice:
    """Its card says so once it is overdue."""
    redrawn_at = overdue_at(scheme, now)
    return tell_office(kind, "approve_requests", waits.id, waits.revision, besides=waits.mentee, redrawn_at=redrawn_at)


def may_decide(request: Request) -> None:
    """Whether the office has this request to decide and is not waiting for the mentee's answer."""
    if request.state == "clarifying":
        raise Refused("waits_for_answer")
    if request.state != "in_review":
        raise Refused("already_decided")
