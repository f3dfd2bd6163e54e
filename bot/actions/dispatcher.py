"""The dispatcher: it takes a click, opens the transaction, lets the verb act and gives back the answer.

Every refusal of a rule becomes a polite notice here, every lost race is tried once more so that the rules can give
the answer, and every act leaves its audit row in the same transaction.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection as Db

from bot.actions.context import Caller, Channels, Click, Context
from bot.actions.verbs import VERBS, Verb
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import refusals
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme
from bot.storage import idempotency_keys, offices, people
from bot.storage.database import Conflict, Database

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
    """Where clicks are answered. `posted` is called after each commit, so that delivery can start at once."""

    def __init__(
        self,
        database: Database,
        scheme: Scheme,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        channels: Channels,
        administrators: Iterable[str] = (),
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.scheme = scheme
        self.clock = clock
        self.new_id = new_id
        self.channels = channels
        self.committed = committed
        self._answering = 0
        self._wait_until_idle = asyncio.Event()
        self._administrators = frozenset(name.strip().casefold() for name in administrators)

    async def meet(self, caller: Caller, introduction: Introduction) -> Person:
        """Know this person from now on; whoever is named as an administrator gets the scheme's first office."""
        return await self.database.write(lambda db: self._meet(db, caller, introduction))

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
        if self._administrators & {caller.user.casefold(), (introduction.email or "").casefold()}:
            offices.appoint(db, self.scheme.key, person.id, self.scheme.offices[0].key, now)
        return person

    async def answer(self, click: Click) -> Reply:
        """Do what the click asks and say what the presser sees. Never raises for what a person did."""
        verb = VERBS.get(click.verb)
        if verb is None:
            return refusals.unknown_verb()
        self._answering += 1
        try:
            return await self._answer(verb, click)
        finally:
            self._answering -= 1
            if not self._answering:
                self._wait_until_idle.set()

    async def wait_until_idle(self) -> None:
        """Wait until nobody is being answered, for PATIENCE at most. Whatever can wait does so here, and leaves
        processor and database to whoever has pressed something."""
        if not self._answering:
            return
        self._wait_until_idle.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._wait_until_idle.wait()

    async def _answer(self, verb: Verb, click: Click) -> Reply:
        try:
            if not verb.writes:
                return await self.database.read(lambda db: self._look(db, verb, click))
            reply = await self._try_twice(verb, click)
        except _Unchanged as unchanged:
            return unchanged.reply
        self.committed()
        return reply

    async def by_clock(self, work: Callable[[Context], T]) -> T:
        """Something that only time brings about, in a transaction of its own; a lost race is somebody else's success
        and is raised as Overtaken."""
        return await self.database.write(
            lambda db: work(Context(db, self.scheme, self.clock(), self.new_id, self.channels, None))
        )

    async def _try_twice(self, verb: Verb, click: Click) -> Reply:
        try:
            return await self.database.write(lambda db: self._do(db, verb, click))
        except Conflict:
            pass
        try:
            return await self.database.write(lambda db: self._do(db, verb, click))
        except Conflict:
            return self._refusal(click, Refused("overtaken"))

    def _refusal(self, click: Click, refused: Refused) -> Reply:
        """Why not, in a window of its own; at the form's first field where somebody has typed, so that it stays."""
        if any(isinstance(value, str) for value in (click.values or {}).values()):
            return Errors({next(iter(click.values or {})): refusals.words(refused, self.scheme)})
        return refusals.notice(refused, self.scheme)

    def _act(self, db: Db, click: Click) -> Context:
        me = people.find(db, click.caller.platform, click.caller.team, click.caller.user)
        if me is None:
            raise _Unchanged(refusals.notice(Refused("not_yours"), self.scheme))
        return Context(db, self.scheme, self.clock(), self.new_id, self.channels, me)

    def _look(self, db: Db, verb: Verb, click: Click) -> Reply:
        context = self._act(db, click)
        try:
            return verb.function(context, click)
        except Refused as refused:
            return refusals.notice(refused, self.scheme)

    def _do(self, db: Db, verb: Verb, click: Click) -> Reply:
        context = self._act(db, click)
        if click.delivery and not idempotency_keys.first_time(db, click.delivery, context.now):
            return Nothing()
        try:
            reply = verb.function(context, click)
        except Refused as refused:
            context.note(click.verb, click.subject, refused.reason)
            return self._refusal(click, refused)
        if isinstance(reply, Errors):
            raise _Unchanged(reply)  # nothing was done; the corrected form must not look like a repeat
        return reply
