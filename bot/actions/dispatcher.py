"""The dispatcher: it takes a click, opens the transaction, lets the verb act and gives back the answer.

A lost race is tried once more, so that the rules can give the answer. A refusal of a rule becomes a polite notice; all
that was written before it is rolled back, and its audit line is written by itself. Every other act leaves its audit
line in its own transaction.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection as Db

from bot.actions import going
from bot.actions.appointments import Appointments
from bot.actions.context import Caller, Channels, Click, Context
from bot.actions.free_busy import FreeBusy
from bot.actions.verbs import FUNCTIONS, Function
from bot.dialogs import stamping
from bot.dialogs.parts import Errors, Form, Nothing, Reply
from bot.dialogs.wording import refusals
from bot.lifecycle.people import Gone, Person
from bot.lifecycle.step import Reason, Refused
from bot.lifecycle.vocabulary import ABOUT_CONCERNS, Verb
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage import idempotency_keys, identities, intakes, people
from bot.storage.database import Conflict, Database

log = logging.getLogger(__name__)
T = TypeVar("T")
Again: TypeAlias = Callable[[], Awaitable[bool]]
Remember: TypeAlias = list[Callable[[Db], object]]

PATIENCE = 0.1
"""Seconds that what can wait lets clicks go first: under a load that never lets up it still goes on, ten steps a
second."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the platform says of a person. `zone` is an IANA name, None where it does not say; `address` is where it
    writes to them, "" where it does not say or needs none; `guest`: they are from elsewhere, and it does not vouch for
    their e-mail address; `picture`: the address of theirs, "" where it does not say."""

    name: str
    email: str | None
    zone: str | None
    address: str = ""
    guest: bool = False
    picture: str = ""


_OF_ALL = frozenset({Verb.COMMAND, Verb.ADMIN_COMMAND, Verb.HELLO})
"""What is typed says itself which scheme it is about: its answers come stamped."""


class _Unchanged(Exception):  # noqa: N818 – not an error: an answer that must leave no trace
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class _AwayError(Exception):
    """Whoever presses is, by what is known, not here any more."""


class Dispatcher:
    """Where clicks are answered. `committed` is called after each commit, so that delivery can start at once."""

    def __init__(
        self,
        database: Database,
        schemes: Schemes,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        channels: Channels,
        administrators: Iterable[str] = (),
        committed: Callable[[], None] = lambda: None,
        functions: Mapping[Verb, Function] = FUNCTIONS,
        free_busy: FreeBusy | None = None,
    ) -> None:
        self.database = database
        self.schemes = schemes
        self.clock = clock
        self.new_id = new_id
        self.channels = channels
        self.committed = committed
        self.free_busy = free_busy
        self._functions = functions
        self._answering = 0
        self._idle = asyncio.Event()
        self.appointments = Appointments(administrators, schemes)

    async def meet(self, caller: Caller, introduction: Introduction) -> Person:
        """Know this person from now on; whoever the settings appoint gets their office. Whoever is back, or is called
        otherwise than before, is so everywhere."""
        # Twice: two clicks of somebody new at once, and by the second try the other one has made them known.
        person, noticed = await self.database.write(lambda db: self._meet(db, caller, introduction), tries=2)
        if noticed:
            self.committed()
        return person

    async def meet_all(self, introduced: Iterable[tuple[Caller, Introduction]]) -> None:
        """Know all of these, in one transaction."""
        some = tuple(introduced)
        met = await self.database.write(lambda db: [self._meet(db, *each) for each in some], tries=2)
        if any(noticed for _, noticed in met):
            self.committed()

    async def lost(self, caller: Caller, why: Gone) -> None:
        """The platform says that somebody is not there any more; nothing where they have never been here."""

        def lose(db: Db) -> bool:
            known = people.find(db, caller.platform, caller.team, caller.user)
            if known is not None:
                going.lost(db, tuple(self.schemes), known, why, self.clock())
            return known is not None

        if await self.database.write(lose, tries=2):
            log.info("%s is not here any more: %s", caller.user, why)

    def _meet(self, db: Db, caller: Caller, introduction: Introduction) -> tuple[Person, bool]:
        now = self.clock()
        known = people.find(db, caller.platform, caller.team, caller.user)
        name, email, zone = introduction.name, introduction.email, introduction.zone
        if known:
            zone, address = zone or known.zone, introduction.address or known.address
            person = replace(known, name=name, email=email, zone=zone, address=address, active=True)
        else:
            whom = self.new_id(), caller.platform, caller.team, caller.user
            person = Person(*whom, name, email, zone or "UTC", address=introduction.address)
        person = replace(person, guest=introduction.guest, picture=introduction.picture)
        if known and known.elsewhere:
            # Who they are is said where they are written to; this place says where it is.
            person = replace(known, address=person.address)
            identities.readdress(db, person)
        else:
            people.save(db, person, now)
        self.appointments.appoint(db, person, now)
        if known is None or known.elsewhere:
            return person, False
        contexts = tuple(self._opened(db, each, None) for each in self.schemes.values())
        return person, going.noticed(contexts, known, person)

    async def answer(self, click: Click, again: Again | None = None) -> Reply:
        """Do what the click asks and say what the presser sees. Never raises for what a person did. `again`: asks the
        platform once more for whoever presses although they are not here any more, and whether they are."""
        try:
            verb = Verb(click.verb)
        except ValueError:
            return refusals.unknown_verb()
        scheme = self._scheme_of(click)
        if scheme is None:
            return refusals.notice(Refused("gone"), self.schemes.first)
        self._answering += 1
        try:
            reply = await self._answer_who_is_here(verb, click, scheme, again)
            return stamping.reply_of(reply, scheme) if self.schemes.several and verb not in _OF_ALL else reply
        finally:
            self._answering -= 1
            if not self._answering:
                self._idle.set()

    async def filled(self, click: Click, form: Form) -> Reply:
        """The answer to the same click once what its form waits for is known, or is known not to be."""
        if self.free_busy is not None:
            scheme = self._scheme_of(click) or self.schemes.first
            await self.free_busy.look(form.waits_for, form.waits_until, scheme.calendar.mailbox)
        return await self.answer(click)

    async def wait_until_idle(self) -> None:
        """Wait until nobody is being answered, for PATIENCE at most. Whatever can wait does so here, and leaves
        processor and database to whoever has pressed something."""
        if not self._answering:
            return
        self._idle.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._idle.wait()

    def _scheme_of(self, click: Click) -> Scheme | None:
        """The scheme that what was pressed belongs to; None: it does not run here any more."""
        return self.schemes.get(click.scheme) if click.scheme else self.schemes.first

    async def _answer_who_is_here(self, verb: Verb, click: Click, scheme: Scheme, again: Again | None) -> Reply:
        try:
            return await self._answer(verb, click, scheme)
        except _AwayError:
            if again is not None and await again():
                return await self._answer_who_is_here(verb, click, scheme, None)
            return refusals.notice(Refused("not_yours"), scheme)

    async def _answer(self, verb: Verb, click: Click, scheme: Scheme) -> Reply:
        try:
            if not verb.writes:
                return await self._look(verb, click, scheme)
            reply = await self.database.write(lambda db: self._do(db, verb, click, scheme), tries=2)
        except _Unchanged as unchanged:
            return unchanged.reply
        except Refused as refused:
            if refused.field:
                return refusals.at_field(refused, scheme)
            reason = refused.reason
            if verb.writes:
                await self.database.write(lambda db: self._note_refusal(db, click, scheme, reason))
                _log_act(click, reason)
            return self._refusal(click, refused, scheme)
        except Conflict:
            return self._refusal(click, Refused("conflict"), scheme)
        self.committed()
        _log_act(click, "done")
        return reply

    async def _look(self, verb: Verb, click: Click, scheme: Scheme) -> Reply:
        """Look beside the writer, and have it remember only what the verb wants to keep of that."""

        def look(db: Db) -> tuple[Reply, Remember]:
            context = self._context(db, click, scheme)
            return self._functions[verb](context, click), context.afterwards

        reply, afterwards = await self.database.read(look)
        if afterwards:
            await self.database.write(lambda db: [remember(db) for remember in afterwards])
        return reply

    async def by_clock(self, scheme_key: str, work: Callable[[Context], T], tries: int = 1) -> T:
        """Something that only time brings about in a scheme, in a transaction of its own. Where a race is lost it runs
        again, `tries` times in all; then it is raised as Conflict."""
        scheme = self.schemes[scheme_key]
        return await self.database.write(lambda db: work(self._opened(db, scheme, None)), tries)

    def _refusal(self, click: Click, refused: Refused, scheme: Scheme) -> Reply:
        """Why not, in a window of its own; at the form's first field where somebody has typed, so that it stays. What
        is settled needs nobody's words any more."""
        if not refused.settled and any(isinstance(value, str) for value in (click.values or {}).values()):
            return Errors({next(iter(click.values or {})): refusals.words(refused, scheme)})
        return refusals.notice(refused, scheme)

    def _context(self, db: Db, click: Click, scheme: Scheme) -> Context:
        caller = click.caller
        me = people.find(db, caller.platform, caller.team, caller.user)
        if me is None:
            raise _Unchanged(refusals.notice(Refused("not_yours"), scheme))
        if not me.active:
            raise _AwayError
        return self._opened(db, scheme, me)

    def _opened(self, db: Db, scheme: Scheme, me: Person | None) -> Context:
        schemes = intakes.current(db, self.schemes)
        return Context(
            db, schemes[scheme.key], self.clock(), self.new_id, self.channels, me, schemes, self.free_busy, self.schemes
        )

    def _do(self, db: Db, verb: Verb, click: Click, scheme: Scheme) -> Reply:
        context = self._context(db, click, scheme)
        if not self._first_time(context, click):
            return Nothing()
        reply = self._functions[verb](context, click)
        if isinstance(reply, Errors):
            raise _Unchanged(reply)  # nothing was done; the corrected form must not look like a repeat
        return reply

    def _note_refusal(self, db: Db, click: Click, scheme: Scheme, reason: Reason) -> None:
        context = self._context(db, click, scheme)
        if self._first_time(context, click):
            context.note(click.verb, click.subject, reason)

    def _first_time(self, context: Context, click: Click) -> bool:
        return not click.idempotency_key or idempotency_keys.first_time(context.db, click.idempotency_key, context.now)


def _log_act(click: Click, outcome: str) -> None:
    """One line for what a person has changed, or was refused: ids and verbs, never what they wrote; nor who they are
    where nobody is to learn that they have done anything."""
    if click.verb in ABOUT_CONCERNS:
        log.info("something about a concern: %s", outcome)
        return
    what = f"{click.verb} {click.subject}".strip()
    log.info("%s by %s: %s", what, click.caller.user, outcome)
