"""Everything a scheme has at one moment, read straight from its tables."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import select

from bot.lifecycle.member import Member
from bot.lifecycle.pairings import Pairing
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import OPEN
from bot.schemes.scheme import Scheme
from bot.storage import candidates, pairs, tables
from bot.storage import pairings as said
from bot.storage.optimistic import columns, names

AnyRow = Any


@dataclass(frozen=True)
class Snapshot:
    """`requests` and `invitations` are rows by id; `told`: (kind, about, person) of every message there has been."""

    scheme: Scheme
    now: datetime
    members: tuple[Member, ...]
    requests: dict[str, AnyRow]
    invitations: dict[str, AnyRow]
    pairs: dict[str, Pair]
    deadlines: frozenset[tuple[str, str]]
    told: frozenset[tuple[str, str, str | None]]
    users: dict[str, str]
    """The user ids of all persons."""
    rounds: tuple[AnyRow, ...]
    matched: frozenset[tuple[str, str, str | None]]
    """Who was put to whom in rounds: round, request and mentor."""
    pairings: tuple[Pairing, ...]
    answered: tuple[AnyRow, ...]
    """The rows of surveys that have been answered."""
    loads: dict[str, int]
    """How many of each mentor's places the bot itself counts as held."""

    @cached_property
    def holding(self) -> Counter[str]:
        """How many of each mentor's places are held: by mentees, and by what is open."""
        mentees = Counter(each.mentor for each in self.pairs.values() if each.state == "active")
        return mentees + Counter(each.mentor for each in self.invitations.values() if each.state == "open")

    def of(self, person: str, role: str) -> Member | None:
        """That membership."""
        return next((each for each in self.members if (each.person, each.role) == (person, role)), None)

    def listed(self, request: str) -> list[AnyRow]:
        """Everybody on a request's list."""
        return [each for each in self.invitations.values() if each.request == request]

    def going_on(self) -> list[AnyRow]:
        """The requests that still go on."""
        return [each for each in self.requests.values() if each.state in OPEN]


def snapshot(db: Db, scheme: Scheme, now: datetime) -> Snapshot:
    """The scheme as it is."""

    def all_of(table: Any, *chosen: Any) -> list[AnyRow]:
        return list(db.execute(select(*(chosen or (table,))).where(table.c.scheme == scheme.key)))

    people = db.execute(select(tables.people.c.id, tables.people.c.user)).all()
    rows = all_of(tables.pairings, *columns(tables.pairings, names(Pairing, leave_out=["record"])))
    office = [Pairing(*row) for row in rows]
    held = pairs.those(db, scheme.key, [row.id for row in all_of(tables.pairs, tables.pairs.c.id)])
    letters, due = tables.outbox.c, tables.deadlines.c
    return Snapshot(
        scheme, now,
        tuple(Member(*row) for row in all_of(tables.members, *columns(tables.members, names(Member)))),
        {row.id: row for row in all_of(tables.requests)},
        {row.id: row for row in all_of(tables.invitations)},
        {each.id: each for each in held},
        frozenset((row.about, row.kind) for row in all_of(tables.deadlines, due.about, due.kind)),
        frozenset(
            (row.kind, row.about, row.person)
            for row in all_of(tables.outbox, letters.kind, letters.about, letters.person)
        ),
        {row.id: row.user for row in people},
        tuple(all_of(tables.rounds)),
        frozenset((row.round, row.request, row.mentor) for row in all_of(tables.round_rows)),
        (*office, *_in_records(db, scheme, {row.person for row in all_of(tables.named_people)})),
        tuple(row for row in all_of(tables.sheets) if row.moment),
        {each.person: each.load for each in candidates.candidates(db, scheme, now)},
    )  # fmt: skip


def _in_records(db: Db, scheme: Scheme, persons: set[str]) -> list[Pairing]:
    """What the records of these persons say."""
    found = (each for person in sorted(persons) for each in said.of(db, scheme.key, person))
    return [each for each in found if each.one in persons and each.record]
