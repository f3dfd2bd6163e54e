"""Mentoring requests and invitations as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogs.view_models.decisions import Decision
from bot.lifecycle.exchange import Written
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.questions import Question
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.rounds import Introduction
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Asked:
    """One mentor on a request's list."""

    invitation: Invitation
    mentor: Person


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its mentee and everybody on its list. `mentors_now`: mentors the mentee has already;
    `exchanges`: what has been written inside its invitations, by their ids."""

    scheme: Scheme
    request: Request
    mentee: Person
    asked: tuple[Asked, ...]
    now: datetime
    mentors_now: int = 0
    exchanges: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None
    """The office's last one, on its own cards."""

    @property
    def open(self) -> tuple[Asked, ...]:
        """Who is being asked now; a mentor who offers is not."""
        return tuple(
            each for each in self.asked if each.invitation.state == "open" and each.invitation.asker != "mentor"
        )

    @property
    def offers(self) -> tuple[Asked, ...]:
        """Mentors whose offer is open."""
        return tuple(
            each for each in self.asked if each.invitation.state == "open" and each.invitation.asker == "mentor"
        )


@dataclass(frozen=True, slots=True)
class InvitationView:
    """One invitation as its mentor, or the mentee, sees it. `load` counts the mentor's mentees now; `profile` is the
    mentor's, where it is read."""

    scheme: Scheme
    request: Request
    invitation: Invitation
    mentee: Person
    mentor: Person
    now: datetime
    load: int = 0
    profile: Member | None = None
    exchange: tuple[Written, ...] = ()
    introduction: Introduction | None = None


@dataclass(frozen=True, slots=True)
class WrittenView:
    """One message inside an invitation, as it is read by whom it is for."""

    invitation: InvitationView
    message: Written
    reader: Person
