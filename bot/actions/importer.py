"""Files that have been handed in, gone on with beside the clicks: people are looked up, every line is looked at; once
they may, the lines come in a few at a time, each batch in a transaction of its own, and clicks go first.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from cachetools import LRUCache
from sqlalchemy import Connection as Db

from bot.actions import notify
from bot.actions.context import Caller, Context
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.import_lines import ImportLines, counted
from bot.actions.import_members import ImportMembers
from bot.actions.import_pairs import ImportPairs
from bot.lifecycle.importing import MOST_FINDINGS, Finding, Import, ImportState, Outcome
from bot.lifecycle.notices import tell
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind
from bot.reports.csv_files import Unreadable, read
from bot.reports.head import NoHead
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage import imports, intakes, offices, people
from bot.storage.database import Conflict

log = logging.getLogger(__name__)

Found = Mapping[str, tuple[Caller, Introduction]]
FindMany = Callable[[Collection[str]], Awaitable[Found]]
"""Looks people up by their e-mail addresses, at the pace that their platform allows: whom there is, by address."""

LOOKED_AT: Final = 100
"""Lines that are looked at in one go."""
BATCH: Final = 80
"""Lines that come in together: so long does a click wait for them at the most."""
AT_ONCE: Final = 50
"""People who are made known together."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it has been read: what brings its lines in, or what is wrong with the whole of it."""

    lines: ImportLines | None
    wrong: Finding | None = None


class Importer:
    """Goes on with the files that have come, the oldest first, whenever it is asked to."""

    def __init__(self, dispatcher: Dispatcher, find: FindMany) -> None:
        self._dispatcher = dispatcher
        self._find = find
        self._files: LRUCache[str, _File] = LRUCache(4)

    async def go_on(self) -> None:
        """Do all that there is to do now."""
        while await self.step():
            await self._dispatcher.wait_until_idle()

    async def step(self) -> bool:
        """The next piece of work; False where there is none, or another process has it."""
        keys = tuple(self._dispatcher.schemes)
        one = await self._dispatcher.database.read(lambda db: imports.next_open(db, keys))
        if one is None:
            return False
        try:
            await (self._check(one) if one.state == "checking" else self._batch(one))
        except (Conflict, Refused):
            return False  # somebody else has gone on with it, or cancelled it
        except Exception:
            log.exception("import %s could not go on: it is stopped", one.id)
            await self._in_scheme(one, lambda context: _end(context, one, one, "stopped"))
        self._dispatcher.committed()
        return True

    async def _in_scheme(self, one: Import, work: Callable[[Context], object]) -> None:
        await self._dispatcher.by_clock(one.scheme, work)

    async def _check(self, one: Import) -> None:
        """Look the people up who are not known yet, then at every line."""
        file = await self._dispatcher.database.read(lambda db: self._read(db, one))
        if file.lines is None:
            wrong = (file.wrong,) if file.wrong else ()
            await self._in_scheme(one, lambda context: _end(context, one, replace(one, findings=wrong), "refused"))
            return
        await self._meet(file.lines.addresses)
        looked, lines = one, file.lines
        lines.begin_anew()
        for at in range(0, max(1, len(lines)), LOOKED_AT):
            await self._dispatcher.wait_until_idle()
            looked = await self._dispatcher.database.read(
                partial(_look, schemes=self._dispatcher.schemes, lines=lines, so_far=looked, at=at)
            )
        await self._in_scheme(one, lambda context: _end(context, one, looked, "checked"))

    async def _meet(self, addresses: Collection[str]) -> None:
        known = await self._dispatcher.database.read(lambda db: people.by_mailbox(db, addresses))
        unknown = [each for each in addresses if each not in known]
        found = list((await self._find(unknown)).values()) if unknown else []
        for at in range(0, len(found), AT_ONCE):
            await self._dispatcher.meet_all(found[at : at + AT_ONCE])

    async def _batch(self, one: Import) -> None:
        file = await self._dispatcher.database.read(lambda db: self._read(db, one))
        lines = file.lines
        await self._in_scheme(one, lambda context: _bring_in(context, lines, one))

    def _read(self, db: Db, one: Import) -> _File:
        """The file, read once in a process."""
        if one.id not in self._files:
            self._files[one.id] = _opened(imports.content(db, one.id), one, self._dispatcher.schemes[one.scheme])
        return self._files[one.id]


def _opened(content: bytes, one: Import, scheme: Scheme) -> _File:
    try:
        table = read(content)
        return _File((ImportMembers if one.what == "members" else ImportPairs)(scheme, table, one.by))
    except Unreadable as unreadable:
        number = unreadable.facts.get("line", 0)
        return _File(None, Finding(number if isinstance(number, int) else 0, "", unreadable.why, unreadable.facts))
    except NoHead as none:
        return _File(None, Finding(0, "", "no_head", {"missing": none.missing}))


def _look(db: Db, schemes: Schemes, lines: ImportLines, so_far: Import, at: int) -> Import:
    """What the lines from there on would do, beside what those before them would."""
    scheme = intakes.current(db, schemes)[so_far.scheme]
    found = lines.look(db, scheme, at, LOOKED_AT, so_far.made_at)
    return _with(so_far, found.outcomes, (*(lines.notes if at == 0 else ()), *found.findings), len(lines), len(lines))


def _with(one: Import, outcomes: Iterable[Outcome], findings: Iterable[Finding], lines: int, at: int) -> Import:
    kept = (*one.findings, *findings)[:MOST_FINDINGS]
    return replace(one, counted=counted(one.counted, outcomes), findings=kept, lines=lines, at=at)


def _end(context: Context, before: Import, after: Import, state: ImportState) -> None:
    """It has come to a point where whoever brought it is to hear of it."""
    saved = imports.save(context.db, before, replace(after, state=state))
    kind = Kind.IMPORT_OVER if state in {"done", "stopped"} else Kind.IMPORT_CHECKED
    notify.publish(context, [tell(kind, saved.by, saved.id)], cards=[saved.id])
    context.note(f"import_{state}", saved.id)


def _bring_in(context: Context, lines: ImportLines | None, one: Import) -> None:
    """The next lines, if whoever began it may still do so."""
    by = people.get(context.db, one.by)
    if lines is None or "manage_members" not in offices.powers(context.db, context.scheme, by.id) or not by.active:
        _end(context, one, one, "stopped")
        return
    done = lines.bring_in(replace(context, me=by), one.at, BATCH, hears=one.tell)
    at = min(one.at + BATCH, len(lines))
    after = _with(one, done.outcomes, done.findings, len(lines), at)
    if at >= len(lines):
        _end(context, one, after, "done")
        return
    imports.save(context.db, one, after)
    notify.publish(context, cards=[one.id])
