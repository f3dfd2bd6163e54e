"""The lines of a file on their way in: what they have in common, whatever they are about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, Self

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.lifecycle.importing import OUTCOMES, Finding, Outcome
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.reports.member_lines import Planned
from bot.reports.pair_lines import PlannedPair
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme
from bot.storage import members, people

NEW: Final = "new"
"""Stands for the id of what does not come to be when lines are only looked at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of some lines, or would."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, found: Sequence[Planned | PlannedPair]) -> Self:
        """Of lines as they were planned."""
        said = (finding for each in found for finding in each.findings)
        return cls(tuple(each.outcome for each in found), tuple(said))


class ImportLines(Protocol):
    """The lines of one file."""

    @property
    def addresses(self) -> frozenset[str]:
        """Everybody's e-mail address in it, in small letters."""

    @property
    def notes(self) -> Sequence[Finding]:
        """What there is to know about its columns."""

    def __len__(self) -> int:
        """How many lines there are."""

    def begin_anew(self) -> None:
        """Forget what lines looked at before would have done."""

    def look(self, db: Db, scheme: Scheme, at: int, count: int, now: datetime) -> Seen:
        """What these lines would do to the scheme as it is now, after those before them."""

    def bring_in(self, context: Context, at: int, count: int, *, hears: bool) -> Seen:
        """Let these lines come in."""


def counted(before: Mapping[Outcome, int], outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """Outcomes put to what was counted before."""
    after = {outcome: before.get(outcome, 0) for outcome in OUTCOMES}
    for outcome in outcomes:
        after[outcome] += 1
    return after


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known of some lines: people by their e-mail addresses in small letters, and their memberships."""

    people: Mapping[str, Person]
    members: Mapping[tuple[str, Role], Member]

    @classmethod
    def of(cls, db: Db, scheme: Scheme, addresses: Collection[str]) -> Self:
        """As the database has them now."""
        found = people.by_mailbox(db, addresses)
        persons = [each.id for each in found.values()]
        held = {role: members.many(db, scheme.key, persons, role) for role in ROLES} if persons else {}
        return cls(found, {(person, role): each for role, some in held.items() for person, each in some.items()})

    def person(self, address: str) -> Person | None:
        """Whose address that is."""
        return self.people.get(address.casefold())

    def member(self, person: Person | None, role: Role | None) -> Member | None:
        """What they are in that role."""
        return self.members.get((person.id, role)) if person and role else None
