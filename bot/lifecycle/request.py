"""A mentoring request with everybody asked for it, as the rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.lifecycle.member import Answers
from bot.lifecycle.step import Refused
from bot.schemes.route import Route, RouteStep
from bot.schemes.scheme import Scheme

RequestState = Literal[
    "in_review", "clarifying", "choosing", "naming", "assigning", "asking",
    "accepted", "turned_down", "withdrawn", "expired",
]  # fmt: skip
InvitationState = Literal["queued", "open", "accepted", "declined", "expired", "withdrawn", "unavailable", "not_needed"]
Asker = Literal["mentee", "mentor", "office"]

STEP_OF: Final[Mapping[RequestState, RouteStep]] = {
    "in_review": "review",
    "clarifying": "review",
    "choosing": "choose",
    "naming": "name",
    "assigning": "assign",
    "asking": "ask",
}
"""The step of its route that a request is at while it goes on."""

OPEN: frozenset[RequestState] = frozenset(STEP_OF)
"""The states in which a request still goes on; a mentee has one such request at most."""

WITH_OFFICE: frozenset[RequestState] = frozenset({"in_review", "assigning"})
"""The states in which the office has the next word."""

SEEKING: frozenset[RequestState] = frozenset({"choosing", "naming", "assigning", "asking"})
"""The states in which a mentor is looked for."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody asked, or to be asked, for one request. `position` counts from 1 over the whole request.

    A mentor is asked by the mentee or by the office; the mentee is asked by a mentor who offers. `seat`: while a mentor
    is being asked, which of those who are asked at the same time; two never have the same.
    """

    id: str
    mentor: str
    position: int
    state: InvitationState
    asked_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str | None = None
    asker: Asker = "mentee"
    seat: int | None = None
    talk_offered_at: datetime | None = None
    """When the mentor offered to talk once before answering."""
    undo_until: datetime | None = None
    """Until when a decline can be taken back. It keeps its seat so long, and nobody hears of it. None: it stands."""

    @property
    def unsettled(self) -> bool:
        """Whether an answer can still come: it is open, or has been declined a moment ago."""
        return self.state == "open" or self.undo_until is not None


@dataclass(frozen=True, slots=True)
class Request:
    """A mentee's request and everybody asked for it. `route`: as the scheme had it when the request was made, so that
    a change of the scheme's file does not touch it; None: made before routes were kept."""

    id: str
    scheme: str
    mentee: str
    state: RequestState
    answers: Answers
    made_at: datetime
    question: str | None = None
    reply: str | None = None
    approved_at: datetime | None = None
    waiting_since: datetime | None = None
    revision: int = 1
    route: Route | None = None
    invitations: tuple[Invitation, ...] = ()
    version: int = 1

    @property
    def open_invitations(self) -> tuple[Invitation, ...]:
        """Everybody who is being asked now."""
        return tuple(each for each in self.invitations if each.state == "open")

    @property
    def unsettled(self) -> tuple[Invitation, ...]:
        """The same, with those who have declined a moment ago and may take it back."""
        return tuple(each for each in self.invitations if each.unsettled)

    @property
    def asked(self) -> frozenset[str]:
        """Every mentor who has ever been on this request's list: nobody is asked twice."""
        return frozenset(each.mentor for each in self.invitations)

    def invitation(self, id_: str) -> Invitation:
        """That invitation; Refused("gone") where it is not one of this request."""
        for each in self.invitations:
            if each.id == id_:
                return each
        raise Refused("gone")


def asked_person(request: Request, invitation: Invitation) -> str:
    """Who answers this invitation: the mentee where a mentor offers, the mentor otherwise."""
    return request.mentee if invitation.asker == "mentor" else invitation.mentor


def route_of(request: Request, scheme: Scheme) -> Route:
    """The route that this request goes."""
    return request.route or scheme.route


def from_directory(request: Request, scheme: Scheme) -> bool:
    """Whether the mentee finds mentors in the directory: always to name them, and to choose where the route says so."""
    return request.state == "naming" or route_of(request, scheme).choose_from == "directory"


def approval_holds(request: Request, scheme: Scheme, now: datetime) -> bool:
    """Whether the office has approved the request, and not too long ago for that still to count."""
    holds = route_of(request, scheme).approval_holds
    return request.approved_at is not None and (holds is None or holds.after(request.approved_at) > now)
