"""Rounds, in which mentors are found for many at once, as whoever matches sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogs.subjects import RoundShown
from bot.lifecycle.pairings import Said
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import Came, Round
from bot.matching.ranking import Match, Unmatched, WhyNot
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class RoundPreview:
    """What a round would be about: how many requests wait, how many mentors have how many places between them (None:
    nobody counts), how many more pairs the scheme can pay for (None: any number). `own`: the viewer is left out."""

    scheme: Scheme
    waiting: int
    mentors: int
    places: int | None
    budget: int | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One mentee in a round: with their mentor and why, or why there is nobody. `said`: what the office has said of the
    two by now."""

    number: int
    mentee: Person
    mentor: Person | None = None
    match: Match | None = None
    why: Unmatched | None = None
    left_out: Mapping[WhyNot, int] = field(default_factory=dict)
    came: Came | None = None
    said: frozenset[Said] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round, or a page of it. `hidden`: how many lines of the page are about the viewer, who does not read them;
    `mentors`: how many are placed; `came`: how many pairs came to what; `own`: the viewer is left out of it."""

    scheme: Scheme
    one: Round
    viewer: Actor
    now: datetime
    lines: tuple[RoundLine, ...] = ()
    hidden: int = 0
    shown: RoundShown = "best"
    page: int = 0
    pages: int = 1
    mentors: int = 0
    came: Mapping[str | None, int] = field(default_factory=dict)
    own: bool = False

    @property
    def unplaced(self) -> int:
        """For how many there is nobody."""
        return self.one.total - self.one.placed


@dataclass(frozen=True, slots=True)
class RoundMessage:
    """A round, for the message that tells of it. `reader`: None where it is an office's channel; `not_held`: the first
    of the pairs that came to nothing when they were published."""

    view: RoundView
    reader: Person | None
    not_held: tuple[RoundLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundPlaces:
    """A mentor's places in a round: how many mentees they have, take at one time at most (None: nobody counts), and are
    given in it."""

    scheme: Scheme
    one: Round
    mentor: Person
    load: int
    limit: int | None
    placed: int
    given: int
    own_limit: bool = False
    """Whether they have set that limit themselves."""
