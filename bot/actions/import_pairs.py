"""A file of running connections, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.actions.import_lines import NEW, Known, Seen
from bot.actions.keeping import PAIR, Kept, begun, publish, save
from bot.lifecycle import importing as rules
from bot.lifecycle.importing import Finding
from bot.lifecycle.pairs import Pair
from bot.reports.cells import is_address
from bot.reports.columns import key
from bot.reports.csv_files import Line, Table
from bot.reports.exports import CONNECTIONS
from bot.reports.head import Head, findings, head_of
from bot.reports.pair_lines import COLUMNS, MENTEE, MENTOR, NEEDED, PlannedPair, Side, planned
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.storage import members, pairings, pairs


@dataclass(slots=True)
class ImportPairs:
    """A file of running connections. Raises NoHead where it has no such headings."""

    scheme: Scheme
    table: Table = field(repr=False)
    by: str
    head: Head = field(init=False)
    notes: tuple[Finding, ...] = field(init=False)
    _looked_at: set[tuple[str, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Find the headings."""
        self.head = head_of(self.table, NEEDED)
        self.notes = tuple(findings(self.head, (*COLUMNS, *CONNECTIONS), {}))

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.head.below)

    @property
    def addresses(self) -> frozenset[str]:
        """Everybody's, as far as they are any."""
        return frozenset(each.casefold() for each in self._addresses(self.head.below) if is_address(each))

    def begin_anew(self) -> None:
        """Forget which connections lines looked at before would have begun."""
        self._looked_at = set()

    def look(self, db: Db, scheme: Scheme, at: int, count: int, now: datetime) -> Seen:
        """What these lines would do."""
        lines, pairs_now = self.head.below[at : at + count], pairs.count_active_now(db, self.scheme.key)
        return Seen.of(self._planned(db, lines, pairs_now, self._looked_at, [(NEW, NEW)] * count, now))

    def bring_in(self, context: Context, at: int, count: int, *, hears: bool) -> Seen:
        """Let these connections begin; both hear of it, if those who are new are to."""
        db, lines = context.db, self.head.below[at : at + count]
        known = Known.of(db, self.scheme, self._addresses(lines))
        # As everywhere: the mentors' rows first, so that nobody else gives them a mentee meanwhile. What was read to
        # find them may be old by now, so planning reads it again.
        members.lock(db, self.scheme.key, {each.id for each in known.people.values()})
        ids = [(context.new_id(), context.new_id()) for _ in lines]
        pairs_now = pairs.count_all_active(db, self.scheme.key) if self.scheme.capacity.budget else 0
        found, kept = self._planned(db, lines, pairs_now, set(), ids, context.now), list[Kept[Pair]]()
        for each in found:
            if each.step is not None:
                step = rules.told_both(each.step) if hears else each.step
                kept.append(save(context, PAIR, "import_connection", None, begun(context, step)))
        publish(context, *kept)
        return Seen.of(found)

    def _planned(
        self,
        db: Db,
        lines: Iterable[Line],
        pairs_now: int,
        begun_: set[tuple[str, str]],
        ids: list[tuple[str, str]],
        now: datetime,
    ) -> list[PlannedPair]:
        """What each line comes to, with so many connections in the scheme; `begun_`: those that lines before these
        begin, which grows."""
        lines = list(lines)
        known = Known.of(db, self.scheme, self._addresses(lines))
        persons = [each.id for each in known.people.values()]
        running = pairs.running(db, self.scheme.key, persons) | begun_
        apart = pairings.apart_among(db, self.scheme.key, persons)
        in_all = pairs_now + len(begun_)
        found = list[PlannedPair]()
        for line, new in zip(lines, ids, strict=False):
            cells = self.head.cells(line)
            sides = _sides(known, cells)
            mentee, mentor = (side.person.id if side.person else "" for side in (sides["mentee"], sides["mentor"]))
            load = sum(1 for _, theirs in running if theirs == mentor)
            there, kept = (mentee, mentor) in running, frozenset((mentee, mentor)) in apart
            one = planned(self.scheme, line.number, cells, sides, there, kept, load, in_all, self.by, new, now)
            if one.step is not None:
                running.add((mentee, mentor))
                begun_.add((mentee, mentor))
                in_all += 1
            found.append(one)
        return found

    def _addresses(self, lines: Iterable[Line]) -> set[str]:
        return {self.head.cells(line).get(key(side), "") for line in lines for side in (MENTEE, MENTOR)}


def _sides(known: Known, cells: Mapping[str, str]) -> dict[Role, Side]:
    roles: tuple[tuple[Role, str], ...] = (("mentee", MENTEE), ("mentor", MENTOR))
    people = {role: known.person(cells.get(key(heading), "")) for role, heading in roles}
    return {role: Side(person, known.member(person, role)) for role, person in people.items()}
