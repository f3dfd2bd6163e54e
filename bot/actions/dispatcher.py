"""The dispatcher: it takes a click, opens the transaction, lets the verb act and gives back the answer.

A lost race is tried once more, so that the rules can give the answer. A refusal of a rule becomes a polite notice; all
that was written before it is rolled back, and its audit line is written by itself. Every other act leaves its audit
line in its own transaction.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection as Db

from bot.actions.appointments import Appointments
from bot.actions.context import Caller, Channels, Click, Context
from bot.actions.verbs import FUNCTIONS, Function
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import refusals
from bot.lifecycle.people import Person
from bot.lifecycle.step import Reason, Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.storage import idempotency_keys, people
from bot.storage.database import Conflict, Database

log = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE = 0.1
"""Seconds that what can wait lets clicks go first: under a load that never lets up it still goes on, ten steps a
second."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the platform says of a person. `zone` is an IANA name."""

    name: str
    email: str | None
    zone: str


class _Unchanged(Exception):  # noqa: N818 – not an error: an answer that must leave no trace
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class Dispatcher:
    """Where clicks are answered. `committed` is called after each commit, so that delivery can start at once."""

    def __init__(
        self,
        database: Database,
        scheme: Scheme,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        channels: Channels,
        administrators: Iterable[str] = (),
        committed: Callable[[], None] = lambda: None,
        functions: Mapping[Verb, Function] = FUNCTIONS,
    ) -> None:
        self.database = database
        self.scheme = scheme
        self.clock = clock
        self.new_id = new_id
        self.channels = channels
        self.committed = committed
        self._functions = functions
        self._answering = 0
        self._idle = asyncio.Event()
        self.appointments = Appointments(administrators, scheme)

    async def meet(self, caller: Caller, introduction: Introduction) -> Person:
        """Know this person from now on; whoever the settings appoint gets their office."""
        # Twice: two clicks of somebody new at once, and by the second try the other one has made them known.
        return await self.database.write(lambda db: self._meet(db, caller, introduction), tries=2)

    def _meet(self, db: Db, caller: Caller, introduction: Introduction) -> Person:
        now = self.clock()
        known = people.find(db, caller.platform, caller.team, caller.user)
        person = Person(
            known.id if known else self.new_id(), caller.platform, caller.team, caller.user,
            introduction.name, introduction.email, introduction.zone,
        )  # fmt: skip
        if known:
            person = replace(known, name=person.name, email=person.email, zone=person.zone, active=True)
        people.save(db, person, now)
        self.appointments.appoint(db, person, now)
        return person

    async def answer(self, click: Click) -> Reply:
        """Do what the click asks and say what the presser sees. Never raises for what a person did."""
        try:
            verb = Verb(click.verb)
        except ValueError:
            return refusals.unknown_verb()
        self._answering += 1
        try:
            return await self._answer(verb, click)
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()

    async def wait_until_idle(self) -> None:
        """Wait until nobody is being answered, for PATIENCE at most. Whatever can wait does so here, and leaves
        processor and database to whoever has pressed something."""
        if not self._answering:
            return
        self._idle.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._idle.wait()

    async def _answer(self, verb: Verb, click: Click) -> Reply:
        try:
            if not verb.writes:
                return await self.database.read(lambda db: self._functions[verb](self._context(db, click), click))
            reply = await self.database.write(lambda db: self._do(db, verb, click), tries=2)
        except _Unchanged as unchanged:
            return unchanged.reply
        except Refused as refused:
            if refused.field:
                return refusals.at_field(refused, self.scheme)
            reason = refused.reason
            if verb.writes:
                await self.database.write(lambda db: self._note_refusal(db, click, reason))
                _log_act(click, reason)
            return self._refusal(click, refused)
        except Conflict:
            return self._refusal(click, Refused("conflict"))
        self.committed()
        _log_act(click, "done")
        return reply

    async def by_clock(self, work: Callable[[Context], T], tries: int = 1) -> T:
        """Something that only time brings about, in a transaction of its own. Where a race is lost it runs again,
        `tries` times in all; then it is raised as Conflict."""
        return await self.database.write(
            lambda db: work(Context(db, self.scheme, self.clock(), self.new_id, self.channels, None)), tries
        )

    def _refusal(self, click: Click, refused: Refused) -> Reply:
        """Why not, in a window of its own; at the form's first field where somebody has typed, so that it stays. What
        is settled needs nobody's words any more."""
        if not refused.settled and any(isinstance(value, str) for value in (click.values or {}).values()):
            return Errors({next(iter(click.values or {})): refusals.words(refused, self.scheme)})
        return refusals.notice(refused, self.scheme)

    def _context(self, db: Db, click: Click) -> Context:
        caller = click.caller
        me = people.find(db, caller.platform, caller.team, caller.user)
        if me is None:
            raise _Unchanged(refusals.notice(Refused("not_yours"), self.scheme))
        return Context(db, self.scheme, self.clock(), self.new_id, self.channels, me)

    def _do(self, db: Db, verb: Verb, click: Click) -> Reply:
        context = self._context(db, click)
        if not self._first_time(context, click):
            return Nothing()
        reply = self._functions[verb](context, click)
        if isinstance(reply, Errors):
            raise _Unchanged(reply)  # nothing was done; the corrected form must not look like a repeat
        return reply

    def _note_refusal(self, db: Db, click: Click, reason: Reason) -> None:
        context = self._context(db, click)
        if self._first_time(context, click):
            context.note(click.verb, click.subject, reason)

    def _first_time(self, context: Context, click: Click) -> bool:
        return not click.idempotency_key or idempotency_keys.first_time(context.db, click.idempotency_key, context.now)


def _log_act(click: Click, outcome: str) -> None:
    """One line for what a person has changed, or was refused: ids and verbs, never what they wrote."""
    what = f"{click.verb} {click.subject}".strip()
    log.info("%s by %s: %s", what, click.caller.user, outcome)
