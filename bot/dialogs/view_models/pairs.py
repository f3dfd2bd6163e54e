"""Pairs as one of the two, or the office, sees them."""

from dataclasses import dataclass
from datetime import datetime

from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import Request
from bot.lifecycle.rounds import Introduction
from bot.lifecycle.sheets import FilledSheet
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair as one of the pair sees it."""

    scheme: Scheme
    pair: Pair
    mentee: Person
    mentor: Person
    viewer: str
    now: datetime
    request: Request | None = None
    profile: Member | None = None
    sheets: tuple[FilledSheet, ...] = ()
    """Those about the pair and its sessions that have been filled in, by either of the two."""
    next_request: Request | None = None
    """The mentee's newest one, where it was made as the pair ended or since."""
    introduction: Introduction | None = None
    """The meeting to which the two are asked, where they were matched in a round."""

    @property
    def me(self) -> Person:
        """The viewer."""
        return self.mentee if self.viewer == self.mentee.id else self.mentor

    @property
    def other(self) -> Person:
        """The other party."""
        return self.mentor if self.viewer == self.mentee.id else self.mentee

    @property
    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses of the two, as far as they have any."""
        return tuple(each.email for each in (self.me, self.other) if each.email)

    @property
    def role_of_other(self) -> Role:
        """What the other party is to the viewer."""
        return "mentor" if self.viewer == self.mentee.id else "mentee"


@dataclass(frozen=True, slots=True)
class AnotherView:
    """A pair whose mentee has asked for another mentor, as whoever matches sees it."""

    scheme: Scheme
    pair: Pair
    mentee: Person
    mentor: Person
    viewer: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class ListedPair:
    """A pair as the office sees it, without what the two keep to themselves."""

    pair: Pair
    mentee: Person
    mentor: Person
