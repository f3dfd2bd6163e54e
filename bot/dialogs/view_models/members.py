"""Memberships as they are shown."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.view_models.decisions import Decision
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.questions import Question
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.talks import Talk
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class MemberView:
    """A membership with its person. `asking`: a mentee's request is under way."""

    scheme: Scheme
    member: Member
    person: Person
    now: datetime
    asking: bool = False
    sheets: tuple[FilledSheet, ...] = ()
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None
    """The office's last one, on its own cards."""

    @property
    def just_in(self) -> bool:
        """Whether they have come to take part by what they have done at this moment."""
        return self.member.state == "approved" and self.member.approved_at == self.now


@dataclass(frozen=True, slots=True)
class PlaceList:
    """One page of those who wait for a place, for the office; `first` is the number of its first."""

    scheme: Scheme
    listed: tuple[MemberView, ...]
    total: int
    page: int = 0
    pages: int = 1
    first: int = 1


@dataclass(frozen=True, slots=True)
class TalkView:
    """Somebody who would like to talk first, and who of the office has."""

    scheme: Scheme
    talk: Talk
    person: Person
    by: Person | None
    now: datetime
