"""A file of members, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.actions.import_lines import NEW, Known, Seen
from bot.actions.keeping import MEMBER, Kept, publish, save, save_new
from bot.lifecycle import importing as rules
from bot.lifecycle.importing import Finding
from bot.lifecycle.member import Member
from bot.lifecycle.step import Step
from bot.reports import columns
from bot.reports.cells import is_address
from bot.reports.columns import EMAIL, ROLE, headings, key, meant, naming
from bot.reports.csv_files import Line, Table
from bot.reports.head import Head, findings, head_of
from bot.reports.member_lines import NEEDED, Planned, Planner
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme
from bot.storage import members


@dataclass(slots=True)
class ImportMembers:
    """A file of members. Raises NoHead where it has no such headings."""

    scheme: Scheme
    table: Table = field(repr=False)
    by: str
    head: Head = field(init=False)
    notes: tuple[Finding, ...] = field(init=False)
    _first: dict[tuple[str, str], int] = field(init=False)
    _would_take: dict[Role, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Find the headings, and who stands in it twice."""
        self.head = head_of(self.table, NEEDED)
        nearest = {each: meant(each, self.scheme) for each in self.head.line.cells}
        self.notes = tuple(findings(self.head, headings(self.scheme), nearest))
        self._first = {}
        for line in self.head.below:
            self._first.setdefault(self._named(self.head.cells(line)), line.number)

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.head.below)

    @property
    def addresses(self) -> frozenset[str]:
        """Everybody's, as far as they are any."""
        return frozenset(each.casefold() for each in self._addresses(self.head.below) if is_address(each))

    def begin_anew(self) -> None:
        """Forget whom lines looked at before would have given a place."""
        self._would_take = {}

    def look(self, db: Db, scheme: Scheme, at: int, count: int, now: datetime) -> Seen:
        """What these lines would do."""
        lines = self.head.below[at : at + count]
        known = Known.of(db, scheme, self._addresses(lines))
        taken = self._would_take or _taken(db, scheme)
        planner = Planner(scheme, self.by, now, taken, known.people)
        found = [self._planned(planner, known, line, NEW) for line in lines]
        self._would_take = planner.taken
        return Seen.of(found)

    def bring_in(self, context: Context, at: int, count: int, *, hears: bool) -> Seen:
        """Let these lines come in; whoever is new hears of it, if they are to."""
        db, scheme, lines = context.db, context.scheme, self.head.below[at : at + count]
        for role in sorted(ROLES):
            members.lock_intake(db, scheme.key, role)
        known = Known.of(db, scheme, self._addresses(lines))
        planner = Planner(scheme, self.by, context.now, _taken(db, scheme), known.people)
        found = [self._planned(planner, known, line, context.new_id()) for line in lines]
        kept, new = list[Kept[Member]](), list[Step[Member]]()
        for each in found:
            if each.after is not None:
                before = known.members.get((each.after.person, each.after.role))
                step = rules.told(each.after) if hears and each.outcome == "new" else Step(each.after)
                if before is None:
                    new.append(step)
                else:
                    kept.append(save(context, MEMBER, "import_member", before, step))
        publish(context, *save_new(context, "import_member", new), *kept)
        return Seen.of(found)

    def _planned(self, planner: Planner, known: Known, line: Line, id_: str) -> Planned:
        cells = self.head.cells(line)
        first = self._first[self._named(cells)]
        person = known.person(cells.get(key(EMAIL), ""))
        before = known.member(person, columns.role_of(cells.get(key(ROLE), "")))
        return planner.line(line.number, cells, first if first != line.number else None, person, before, id_)

    def _addresses(self, lines: Iterable[Line]) -> set[str]:
        """Whose lines they are, and whom they name."""
        wanted = (key(EMAIL), *naming(self.scheme))
        return {cells.get(each, "") for line in lines for cells in (self.head.cells(line),) for each in wanted}

    @staticmethod
    def _named(cells: Mapping[str, str]) -> tuple[str, str]:
        return cells.get(key(EMAIL), "").casefold(), columns.role_of(cells.get(key(ROLE), "")) or ""


def _taken(db: Db, scheme: Scheme) -> dict[Role, int]:
    return {role: members.places_held(db, scheme.key, role) for role in ROLES}
