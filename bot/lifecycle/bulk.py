"""Approving many at once: what is approved is shown first, each is decided in its own right, and what has changed
meanwhile is left out and named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from bot.lifecycle.gates import unmet
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_decide
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import Request
from bot.lifecycle.routes import review
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.undoing import FOR
from bot.schemes.scheme import Scheme

MOST: Final = 200
"""So many are approved at once."""
AT_ONCE: Final = 10
"""So many in one transaction: as long does a click wait for them at most."""

BulkState = Literal["shown", "running", "done", "undoing", "undone"]
"""shown: somebody reads what it would do · running: some at a time · done: all have had their turn · undoing, undone:
likewise the way back."""
Because = Literal["criteria", "own", "asked_back"]
"""Why one is left out from the beginning: what the scheme asks for is not met; it is the officer's own; the office has
asked, and waits for the answer."""
Outcome = Literal["approved", "changed", "refused", "undone"]


@dataclass(frozen=True, slots=True)
class Case:
    """One that waits, as it was shown."""

    kind: Literal["member", "request"]
    id: str
    person: str
    version: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """Many cases that one officer approves. `at`: how many have had their turn; `outcomes`: what came of each."""

    id: str
    scheme: str
    by: str
    state: BulkState
    made_at: datetime
    cases: tuple[Case, ...]
    ended_at: datetime | None = None
    at: int = 0
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    version: int = 1

    def of(self, outcome: Outcome) -> tuple[Case, ...]:
        """Those of which that came."""
        return tuple(each for each in self.cases if self.outcomes.get(each.id) == outcome)


def member_left_out(member: Member, actor: Actor, scheme: Scheme) -> Because | None:
    """Why this membership is decided by itself; None: it can be approved with others."""
    if member.person == actor.person:
        return "own"
    if not allowed(may_decide, member):
        return "asked_back"
    return "criteria" if member.state == "asked" and unmet(member, scheme) else None


def request_left_out(request: Request, actor: Actor) -> Because | None:
    """The same of a request."""
    if request.mentee == actor.person:
        return "own"
    return None if allowed(review.may_decide, request) else "asked_back"


def may_approve(one: Bulk, actor: Actor) -> None:
    """Whoever has read what it would do, once."""
    _theirs(one, actor)
    if one.state != "shown":
        raise Refused("already_decided")


def may_undo(one: Bulk, actor: Actor, now: datetime) -> None:
    """The same person, as long as any of it can be taken back."""
    _theirs(one, actor)
    if one.state != "done" or one.ended_at is None or now >= one.ended_at + FOR:
        raise Refused("undo_too_late")


def _theirs(one: Bulk, actor: Actor) -> None:
    if actor.person != one.by or not actor.powers & {"approve_members", "approve_requests"}:
        raise Refused("not_yours")
