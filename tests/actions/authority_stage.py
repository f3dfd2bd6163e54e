"""Where the table of authority is tried: a scheme in full swing, in which every act is taken back."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, Final, TypeAlias

from sqlalchemy import update

from bot.actions.context import Caller, Channels, Click
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Errors, Notice, Reply
from bot.dialogs.wording import help as words_of_help
from bot.dialogs.wording import refusals
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage.tables import people
from tests.actions.authority_cells import Cell
from tests.actions.authority_kinds import LIST, OFFICERS, OK, STATES, Row
from tests.actions.dry_run import DryRun, Rows, changed, dump
from tests.actions.population import Population, meeting
from tests.support.schemes import with_role

REACHED = Channels(public_url="https://bot.example.org")
REFUSED = "Nothing has changed"
"""At the head of what answers a press that was refused."""
Press: TypeAlias = Callable[[Row, str], Awaitable[str]]
Become: TypeAlias = Callable[[str], Awaitable[None]]


@dataclass
class Stage:
    """The population, and a dispatcher whose acts are all taken back."""

    population: Population
    dry_run: DryRun

    def dispatcher(self, schemes: Schemes | None = None, officers: Iterable[str] = OFFICERS) -> Dispatcher:
        """Its dispatcher; of other schemes in the same database where they are given."""
        office = self.population.office
        given = schemes or self.schemes()
        return Dispatcher(self.dry_run, given, lambda: office.now, office.new_id, REACHED, officers)

    def schemes(self, *, shut: bool = False) -> Schemes:
        """The scheme; `shut`: nobody can join it."""
        scheme = self.population.office.scheme
        if shut:
            scheme = with_role(with_role(scheme, "mentor", open=False), "mentee", open=False)
        return Schemes((scheme,))

    def click(self, row: Row, kind: str) -> Click:
        """That kind of person presses it."""
        caller = Caller("slack", "T2" if kind == "elsewhere" else "T1", row.user(kind))
        ids = self.population.ids
        carried = {name: ids.get(f"{name} of {row.about}", ids[name]) for name in row.carried}
        return Click(caller, row.verb, self.subject(row.case(kind)), carried, self._values(row))

    def make_everybody(self, state: str) -> None:
        """Everybody is deactivated, a guest, or as they were before that."""
        gone = {"active": state != "deactivated", "gone": "deactivated" if state == "deactivated" else ""}
        made = update(people).values(guest=state == "guest", **gone)
        self.dry_run.write_now(lambda db: db.execute(made))

    async def tried(self, press: Press, become: Become, given: Iterable[Cell]) -> list[str]:
        """Cells of the table pressed: what is found wrong. `become` says to a platform how everybody is now."""
        found = list[str]()
        for state, some in groupby(given, lambda cell: cell[1] if cell[1] in STATES else ""):
            self.make_everybody(state)
            await become(state)
            before = self.dry_run.read_now(dump)
            for row, kind, expected in some:
                self.dry_run.after = None
                found += wrong(row, kind, await press(row, kind), expected, before, self.dry_run.after)
            found += [f"{table} has changed for good" for table in changed(before, self.dry_run.read_now(dump))]
        return found

    def subject(self, about: str) -> str:
        """The ids of what it is about."""
        if about in self.population.ids:
            return self.population.ids[about]
        return ":".join(self.population.ids.get(part, part) for part in about.split(":"))

    def _values(self, row: Row) -> Mapping[str, Any] | None:
        if row.values == {"meeting": True}:
            return meeting(self.population)
        if row.values == {"rhythm": True}:
            return {**meeting(self.population), "weeks": 12, "count": 3}
        if row.values == {"days": True}:
            return {f"day:{n}": (self.population.office.now + timedelta(weeks=12 * n + 1)).date() for n in range(3)}
        if row.values == {"on": True}:
            return {"on": self.population.office.now.date()}
        if row.values == {"trained_on:training": True}:
            return {"trained_on:training": self.population.office.now.date()}
        return row.values


def outcome(reply: Reply, scheme: Scheme) -> str:
    """ "" for somebody who was let; otherwise the reason."""
    if reply == words_of_help.for_office_only(scheme):
        return LIST
    if isinstance(reply, Errors):  # a refused form keeps what was typed and says why at its first field
        return reason(next(iter(reply.fields.values())), scheme)
    if isinstance(reply, Notice) and reply.title == REFUSED:
        return reason(reply.text, scheme)
    return OK


_REASONS: Final[dict[str, dict[str, str]]] = {}
"""By its words, of each scheme: thousands of cells ask for one."""


def reason(said: str, scheme: Scheme) -> str:
    """The reason that was given in these words; the words themselves where they give none."""
    if scheme.key not in _REASONS:
        known = (reason for reason in refusals.WORDS if "{" not in refusals.WORDS[reason].replace("{office}", ""))
        told = (*known, "not_admitted", "not_approved", "no_concern_here", "asked_before")
        # Of two with the same words the first: as they are written.
        _REASONS[scheme.key] = {refusals.words(Refused(each), scheme): str(each) for each in reversed(told)}
    return _REASONS[scheme.key].get(said, said)


def wrong(row: Row, kind: str, got: str, expected: str, before: Rows, after: Rows | None) -> list[str]:
    """What one cell of the table finds wrong: another answer, or rows that a refused press has changed."""
    who, found = f"{row.verb} ({row.case(kind)}) by {kind}", list[str]()
    if got != expected:
        found.append(f"{who}: {got or 'done'} instead of {expected or 'done'}")
    tables = changed(before, after)
    if expected != OK and tables:
        found.append(f"{who} is refused and changes {', '.join(tables)}")
    if expected == OK and Verb(row.verb).writes and not tables:
        found.append(f"{who} does nothing")
    return found
