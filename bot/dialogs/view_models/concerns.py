"""Concerns: as their reporter sees them, and whoever takes them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.lifecycle.concerns import Concern, Hands, Happened, ReaderOfConcern
from bot.lifecycle.people import Person
from bot.schemes.scheme import Office, Scheme


@dataclass(frozen=True, slots=True)
class InLine:
    """An office that takes concerns up, with those of its holders who could."""

    office: Office
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisingView:
    """Raising a concern. `line`: who would have it, in order; `whom`: the persons it can be about, by what the form
    calls them; `chosen`: the one it begins with."""

    scheme: Scheme
    line: tuple[InLine, ...]
    whom: Mapping[str, str]
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern as one who may read it sees it, as `reader`. `keepers`: who has it now, with their office; `people`:
    everybody whom its story names, by id."""

    scheme: Scheme
    concern: Concern
    viewer: Person
    reader: ReaderOfConcern
    now: datetime
    hands: Hands
    people: Mapping[str, Person]
    story: tuple[Happened, ...] = ()

    @property
    def reporter(self) -> Person:
        """Who has raised it."""
        return self.people[self.concern.reporter]

    @property
    def about(self) -> Person | None:
        """Whom it is about."""
        return self.people.get(self.concern.about) if self.concern.about else None

    @property
    def keepers(self) -> tuple[tuple[Person, Office], ...]:
        """Who has it now, each with the office by which they do."""
        offices = {office.key: office for office in self.scheme.offices}
        return tuple((self.people[id_], offices[key]) for id_, key in self.hands.keepers(self.concern).items())

    @property
    def overdue(self) -> bool:
        """Whether the time to make contact is over."""
        return self.concern.state == "waiting" and self.concern.contact_by <= self.now


ConcernsShown = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class ConcernList:
    """One page of the concerns that the viewer may take up, or has."""

    scheme: Scheme
    shown: ConcernsShown
    listed: tuple[ConcernView, ...]
    total: int
    page: int
    pages: int
