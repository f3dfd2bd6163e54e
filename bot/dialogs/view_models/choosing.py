"""Mentors to choose from, and mentees to offer to."""

from dataclasses import dataclass
from datetime import datetime

from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.matching.ranking import Match, Ranking
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranked mentor with name and headline."""

    match: Match
    mentor: Person
    headline: str
    suggested: Role | None = None
    """Who has thought of them: the mentee, who has invited them, or a mentor who could not take it on."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The mentors about to be asked, in the mentee's order, and what else there is."""

    scheme: Scheme
    request: Request
    shown: tuple[Ranked, ...]
    skipped: tuple[str, ...]
    ranking: Ranking

    @property
    def more(self) -> int:
        """How many further mentors could still come up."""
        return len(self.ranking.matches) + self.ranking.further - len(self.shown) - len(self.skipped)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks for in the directory. `topic`: None for any; `page` counts from 0."""

    topic: str | None = None
    can_be_asked: bool = True
    page: int = 0


@dataclass(frozen=True, slots=True)
class InDirectory:
    """A mentor in the directory, with the topics they offer, most first. `pinned`: the office has put them first."""

    mentor: Person
    headline: str
    offers: tuple[str, ...]
    can_be_asked: bool
    pinned: bool = False
    suggested: bool = False
    """Whether a mentor has suggested them, or the mentee has invited them."""
    confirmed: bool = True
    """Whether their entry is confirmed for this year, where entries have to be."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of the directory, and whom the mentee has put on the list so far, in their order."""

    scheme: Scheme
    request: Request
    listed: tuple[InDirectory, ...]
    found: tuple[InDirectory, ...]
    look: Look
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Somebody who is thought of for a mentee. `by`: the mentee, or the mentor who suggests them; `mentor`: what they
    are here."""

    scheme: Scheme
    colleague: Colleague
    mentee: Person
    named: Person
    by: Person
    mentor: Member | None
    now: datetime


@dataclass(frozen=True, slots=True)
class RankedSeeker:
    """A mentee who seeks a mentor, as a mentor sees them."""

    request: Request
    mentee: Person
    match: Match


@dataclass(frozen=True, slots=True)
class Seekers:
    """One page of those who seek a mentor, best match first."""

    scheme: Scheme
    found: tuple[RankedSeeker, ...]
    total: int
    page: int
    pages: int
