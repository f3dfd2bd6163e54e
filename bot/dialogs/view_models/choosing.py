"""Mentors to choose from, and mentees to offer to."""

from dataclasses import dataclass

from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.matching.ranking import Match, Ranking
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranked mentor with name and headline."""

    match: Match
    mentor: Person
    headline: str


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
