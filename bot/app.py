"""The only wiring, and the only clock: settings in, a running bot out."""

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.actions import bulk_steps, round_steps
from bot.actions.appointments import Appointment, UnknownOfficeError, known, scheme_of
from bot.actions.concern_office import look_after
from bot.actions.context import Caller, Channels
from bot.actions.dead_letters import give_up, hold
from bot.actions.deadlines import sweep, tidy
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.free_busy import FreeBusy
from bot.actions.importer import Importer
from bot.actions.membership import go_on_all, write_down_all
from bot.actions.mornings import begin as begin_mornings
from bot.actions.places import hand_out_all
from bot.actions.reminding import begin as begin_reminding
from bot.actions.reminding import put_off
from bot.calendars.calendar import Calendar
from bot.calendars.graph import Graph
from bot.delivery.outbox import Outbox
from bot.delivery.sender import Sender
from bot.entries import Entry
from bot.handlers.background import BackgroundTasks
from bot.handlers.calendar import feed, reports
from bot.handlers.calendar.sender import CalendarSender
from bot.handlers.calendar.watch import CalendarWatch
from bot.handlers.email.sender import EmailSender
from bot.handlers.managers import Managers
from bot.handlers.platform import NotFound, Platform
from bot.handlers.roll_call import RollCall
from bot.handlers.slack.platform import SlackPlatform
from bot.handlers.teams.platform import TeamsPlatform
from bot.handlers.timers import Timers
from bot.handlers.web import HttpServer, application
from bot.ids import new_id as ids
from bot.schemes.together import Schemes, load_all
from bot.screens.subscriptions import at_address
from bot.settings import Settings, SettingsError, sentence
from bot.storage import outbox as stored
from bot.storage import people
from bot.storage.candidates import candidates
from bot.storage.database import UNFIT, Database
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

_LONG_WORK_SECONDS = 2
"""How long a stop waits for a batch that has begun; otherwise it is rolled back, and the next start goes on there."""


def utc_now() -> datetime:
    """The time, as everything in the scheme is told it."""
    return datetime.now(UTC)


def platforms_of(settings: Settings) -> tuple[Platform, ...]:
    """The platforms that the settings name. A further one is a line here."""
    slack = [SlackPlatform(settings.slack)] if settings.slack else []
    return (*slack, *([TeamsPlatform(settings.teams)] if settings.teams else []))


def calendar_of(settings: Settings) -> Calendar | None:
    """People's own calendars, if the settings name any; whatever they need is loaded with the first call."""
    return Graph(settings.graph) if settings.graph else None


def channels_of(settings: Settings, schemes: Schemes) -> Channels:
    """The ways out that the settings name; SettingsError for the channel of an office or a scheme that there is not."""
    for name in settings.admin_channels:
        key, slash, office = name.rpartition("/")
        try:
            scheme = scheme_of(Entry("", None, key if slash else None), schemes)
            if office != "office":
                known(office.removeprefix("office:"), scheme)
        except UnknownOfficeError as error:
            raise SettingsError((sentence(settings.setting_of(name), str(error)),)) from None
    unsaid = schemes.first.key if schemes.several else ""
    return Channels(frozenset(settings.admin_channels), settings.mail is not None, unsaid, settings.public_url or "")


class App:
    """One running bot. Made by `build`; `start` and `stop` once each, on one event loop."""

    outbox: Outbox

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        platforms: Sequence[Platform],
        calendar: Calendar | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.platforms = platforms
        self.calendar = calendar
        self.schemes = load_all(settings.schemes)
        self.database = Database(settings.database_url.get_secret_value(), settings.secrets)
        apart = frozenset(platform.name for platform in platforms if not platform.brings_together)
        channels = replace(channels_of(settings, self.schemes), calendar=calendar is not None, apart=apart)
        self.dispatcher = Dispatcher(
            self.database,
            self.schemes,
            clock,
            new_id,
            channels,
            settings.administrators,
            lambda: self.outbox.wake(),
            free_busy=FreeBusy(calendar, clock) if calendar else None,
        )
        self.importer = Importer(self.dispatcher, self._find_all)
        self._going_on, self._beside = asyncio.Lock(), BackgroundTasks()
        asked = calendar if settings.graph_managers and isinstance(calendar, Graph) else None
        managers = Managers(asked.manager, self.dispatcher) if asked else None
        self.roll_call = RollCall(self.dispatcher, {platform.name: platform for platform in platforms}, managers)
        self.watch = CalendarWatch(calendar, self.dispatcher) if calendar is not None else None
        self._web: HttpServer | None = None
        self._found = 0
        self._running = AsyncExitStack()

    @property
    def url(self) -> str:
        """The address of the web server, "" where there is none."""
        return self._web.url if self._web else ""

    async def start(self, host: str = "127.0.0.1", port: int | None = 0, needed: bool = True) -> None:
        """Migrate, find everybody, send what waits, and take what arrives.

        `port` 0 takes a free one, None starts no web server; one that is not `needed` may be taken already.
        Raises SettingsError for what a setting names in vain, OSError for a port that is taken.
        """
        try:
            await self._start(host, port, needed)
        except BaseException:
            await self.stop()
            raise

    async def _start(self, host: str, port: int | None, needed: bool) -> None:
        """Each part is told how it ends as it begins: `stop` goes the same way back."""
        running = self._running
        for platform in self.platforms:
            running.push_async_callback(platform.close)
        running.push_async_callback(self.database.close)
        if self.calendar is not None:
            running.push_async_callback(self.calendar.close)
        await asyncio.gather(*(platform.connect() for platform in self.platforms), self._migrate())
        await self._meet_administrators()
        for key in self.schemes:
            # Its file may have fewer gates than before, or more places.
            await self.dispatcher.by_clock(key, go_on_all)
            await self.dispatcher.by_clock(key, hand_out_all)
            await self.dispatcher.by_clock(key, begin_reminding)
            await self.dispatcher.by_clock(key, begin_mornings)
            while await self.dispatcher.by_clock(key, write_down_all):
                pass
            await self.dispatcher.by_clock(key, partial(look_after, redraw=True))
        self.outbox = self._outbox()
        self.outbox.start()
        running.push_async_callback(self.outbox.stop)
        for platform in self.platforms:
            running.push_async_callback(platform.stop)
            await platform.start(self.dispatcher)
        watch = None if self.watch is None else self.watch.look
        tidied = partial(tidy, self.dispatcher)
        jobs = self._look_at_deadlines, self._wake_outbox, tidied, self._go_on_beside, self.roll_call.look
        timers = Timers(*jobs, watch)
        timers.start()
        running.push_async_callback(self._beside.finish, _LONG_WORK_SECONDS)
        running.callback(timers.stop)
        if port is not None:
            await self._listen(host, port, needed)
        # Read the mentors once, so that whoever first looks for one need not wait while thousands are read.
        for scheme in self.schemes.values():
            await self.database.read(partial(candidates, scheme=scheme, now=self.clock()))

    async def _listen(self, host: str, port: int, needed: bool) -> None:
        routes = [route for platform in self.platforms for route in platform.routes]
        routes.append(feed.route(self._calendar))
        if self.watch is not None and self.watch.reports is not None:
            routes.append(reports.route(self.watch.reports.read, self.watch.reports.heard))
        web = HttpServer(application(routes, self.ready), host, port)
        try:
            log.info("listening at %s", await web.start())
        except OSError as error:
            if needed:
                raise
            mend = "choose another port with MENTORBOT_PORT"
            log.warning("no /healthz and /readyz: port %d at %s is not free (%s); %s", port, host, error.strerror, mend)
            return
        self._web = web
        self._running.push_async_callback(web.stop)

    @property
    def described(self) -> str:
        """What runs, in one line without a secret."""
        ways = [way.replace("_", " ") for platform in self.platforms for way in platform.healthy()[1]]
        if self._web is not None and any(platform.routes for platform in self.platforms):
            ways.append(f"HTTP at {self.url}")
        appointed = len(list(self.dispatcher.appointments))
        named = f"{'schemes' if self.schemes.several else 'scheme'} {', '.join(self.schemes)}"
        return (
            f"{named}, database {self.database.where}, by {' and '.join(ways)}, "
            f"{self._found} of {appointed} administrators found"
        )

    def senders(self) -> dict[str, Sender]:
        """The ways out: each platform, and e-mail and calendars where the settings name them."""
        senders: dict[str, Sender] = {platform.name: platform.sender for platform in self.platforms}
        if (mail := self.settings.mail) is not None:
            links = {platform.name: platform.link for platform in self.platforms}
            senders["email"] = EmailSender(mail.host, mail.port, mail.sender, mail.tls, mail.user, mail.password, links)
        if self.calendar is not None:
            senders["calendar"] = CalendarSender(self.calendar, self.dispatcher.by_clock)
        return senders

    def _outbox(self) -> Outbox:
        name = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        office = {name: platform.name for platform in self.platforms for name in platform.offices}
        return Outbox(
            self.database, self.schemes, self.senders(), office, self.clock, name, self.dispatcher.new_id,
            self._given_up, self._held, self._put_off, self.dispatcher.wait_until_idle,
        )  # fmt: skip

    async def _migrate(self) -> None:
        try:
            await asyncio.to_thread(self.database.migrate)
        except UNFIT as error:
            raise SettingsError((str(error),)) from None
        except (SQLAlchemyError, OSError) as error:
            log.exception("the database could not be migrated")
            wrong = f"names a database that cannot be opened or migrated ({type(error).__name__})"
            raise SettingsError((sentence("DATABASE_URL", wrong),)) from None

    async def _meet_administrators(self) -> None:
        """Let them hold their offices from the start; whoever is not found yet gets theirs when they first come, and
        who is no longer named loses what the settings gave."""

        async def meet(number: int, wanted: Appointment) -> None:
            missed = list[NotFound]()
            for platform in self.platforms:
                try:
                    await self.dispatcher.meet(*await platform.find(wanted.address))
                except NotFound as error:
                    missed.append(error)
            if len(missed) < len(self.platforms) or await self._knows(wanted.address):
                self._found += 1
                return
            for why in missed:
                log.warning("administrator %d %s: “mentorbot check” tells more", number, why)

        appointments = self.dispatcher.appointments
        await asyncio.gather(*(meet(number, wanted) for number, wanted in enumerate(appointments, 1)))
        for key in self.schemes:
            for wanting in await self.dispatcher.by_clock(key, appointments.reconcile):
                log.warning(sentence("MENTORBOT_ADMINISTRATORS", wanting))

    async def _knows(self, address: str) -> bool:
        """Whether somebody has come before who has this address or id: some platforms find nobody else."""
        return await self.database.read(lambda db: people.are_known_as(db, address))

    async def _look_at_deadlines(self) -> None:
        while await sweep(self.dispatcher):
            pass

    def reached_at(self, url: str) -> None:
        """From now on people are told that the web server is reached there, without a slash at its end: for where that
        is not known before it listens."""
        self.dispatcher.channels = replace(self.dispatcher.channels, public_url=url)

    async def _calendar(self, token: str) -> bytes | None:
        """What somebody's calendar fetches."""
        if not self.dispatcher.channels.public_url:
            return None
        return await self.database.read(lambda db: at_address(db, self.schemes, token, self.clock()))

    async def _given_up(self, letter: Letter, nobody: bool) -> int:
        """Somebody who is said not to be there is asked for at once: what follows does not wait for their turn."""
        if nobody and letter.person is not None:
            await self.roll_call.look_for(letter.person)
        return await self.dispatcher.by_clock(letter.scheme, lambda context: give_up(context, letter))

    async def _held(self, letter: Letter, again_at: datetime, doubtful: bool, mend: str) -> None:
        await self.dispatcher.by_clock(letter.scheme, lambda context: hold(context, letter, again_at, doubtful, mend))

    async def _put_off(self, letter: Letter) -> None:
        await self.dispatcher.by_clock(letter.scheme, lambda context: put_off(context, letter), tries=2)

    async def _find_all(self, addresses: Collection[str]) -> dict[str, tuple[Caller, Introduction]]:
        """Whom the platforms know under these addresses: whoever is in several is met where they are found first."""
        found = dict[str, tuple[Caller, Introduction]]()
        for platform in self.platforms:
            found = {**await platform.find_all([each for each in addresses if each not in found]), **found}
        return found

    async def _go_on(self) -> None:
        """With what many lines or cases make too long for one click; one after the other in this process."""
        async with self._going_on:
            await self.importer.go_on()
            await bulk_steps.go_on(self.dispatcher)
            await round_steps.go_on(self.dispatcher)

    async def _go_on_beside(self) -> None:
        """The same without the tick that waits for it: it may take minutes."""
        if not self._going_on.locked():
            self._beside.start(self._go_on(), "going on with what takes long")

    async def _wake_outbox(self) -> None:
        self.outbox.wake()

    async def drain(self) -> None:
        """Do and send everything that is due by the clock, until nothing more follows from it."""
        await self._look_at_deadlines()
        await self._go_on()
        await self.outbox.drain()

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether the bot can do its work now, and states and counts for whoever watches over it."""
        try:
            at_head = await asyncio.to_thread(self.database.at_head)
            now = self.clock()
            waiting, dead, held = await self.database.read(
                lambda db: (stored.due_count(db, now), stored.dead_count(db), stored.held(db))
            )
        except Exception as error:
            log.warning("the database is not reached: %s", type(error).__name__)
            return False, {"ready": False, "database": "not reached"}
        body: dict[str, Any] = {
            "database": "ok" if at_head else "not migrated",
            "delivery": "ok" if self.outbox.alive else "stopped",
            "letters_waiting": waiting,
            "letters_given_up": dead,
            "letters_held": held,
        }
        well = at_head and self.outbox.alive
        for platform in self.platforms:
            reached, states = platform.healthy()
            body |= states
            well = well and reached
        return well, {"ready": well, **body}

    async def stop(self) -> None:
        """Take nothing more, finish what was acked, and close. Once stopped, nothing happens."""
        await self._running.aclose()


def build(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = ids,
    platforms: Sequence[Platform] | None = None,
    calendar: Calendar | None = None,
) -> App:
    """A bot, not started yet; `platforms` and `calendar`, if not those that the settings name.

    Raises SchemeError for a broken scheme and SettingsError for an unusable database URL or an office nobody knows.
    """
    try:
        return App(settings, clock, new_id, platforms or platforms_of(settings), calendar or calendar_of(settings))
    except UnknownOfficeError as error:
        raise SettingsError((sentence("MENTORBOT_ADMINISTRATORS", str(error)),)) from None
    except ValueError:
        raise SettingsError((sentence("DATABASE_URL", "cannot be used"),)) from None
