"""The demo put together: a workspace, the bot in it, everybody in the scheme, and the clock that a visitor turns."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Final

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.actions.dispatcher import Dispatcher
from bot.app import App, build
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.slack.app import COMMANDS
from bot.handlers.slack.platform import PATH, SlackPlatform
from bot.handlers.slack.users import PLATFORM
from bot.ids import new_id
from bot.settings import Settings
from demo.calendars import Calendars
from demo.clock import TurnedClock
from demo.driver import Driver
from demo.mail import Mailboxes, MailServer
from demo.people import read_people
from demo.players import REFERENCE, Players
from demo.seed import BEGINS, Seed
from demo.walk import DAYS_AGO, LATELY, Walk
from slack_workspace import Refusal, Workspace

STEP: Final = timedelta(hours=1)
"""The clock is turned by no more than this at once, so that what is due in between happens in its order."""
FURTHEST: Final = timedelta(days=31)
"""The most that one press may turn the clock."""
_UNHURRIED: Final = RateLimiter(burst=100_000)
"""Nobody is waiting at the far end: a week's messages may go out in one second."""


class Demo:
    """A running demo, as an async context manager. `port` 0 takes a free one; `http`: the workspace delivers over
    HTTP to the bot's own port instead of Socket Mode; `schemes`: names or paths, as MENTORBOT_SCHEME has them.

    Raises OSError where the port is taken, RuntimeError beside the tokens of a real workspace, SchemeError. Its data
    are in a temporary folder and go with it; no file of settings is read.
    """

    def __init__(self, port: int = 0, *, http: bool = False, schemes: Sequence[str] = (REFERENCE,)) -> None:
        self.people = read_people()
        self._players = Players(schemes, self.people)
        self.clock = TurnedClock(-BEGINS)
        self.workspace = Workspace(
            team_name=self._players.team,
            now=self.clock,
            turn=self.turn,
            rate_limits=False,
            welcome=self._players.welcome.model_dump(mode="json"),
            calendars=Calendars(lambda: self.app, lambda: self.workspace.team_id),
        )
        self.workspace.commands = list(COMMANDS)
        self.users: dict[str, str] = {}
        self._mail = MailServer(Mailboxes(self.workspace, self.users).take)
        self._port = port
        self._http = http
        self._turning = asyncio.Lock()
        self._leave = AsyncExitStack()
        self._app: App | None = None

    @property
    def app(self) -> App:
        """The bot."""
        if self._app is None:
            raise RuntimeError("the demo has not been started")
        return self._app

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.workspace.url

    async def __aenter__(self) -> "Demo":
        try:
            await self._start()
        except BaseException:
            await self._leave.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave.aclose()

    async def _start(self) -> None:
        folder = self._leave.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-demo-"))
        channel = self._invite()
        await self.workspace.start(port=self._port)
        self._leave.push_async_callback(self.workspace.stop)
        await self._mail.start()
        self._leave.push_async_callback(self._mail.stop)
        self._app = app = self._build(Path(folder), channel)
        await app.start(port=0)
        self._leave.push_async_callback(app.stop)
        app.reached_at(app.url)
        if self._http:
            self.workspace.request_url = app.url + PATH
        team = self.workspace.team_id
        found = await app.platforms[0].find_all([one.email for one in self._players.everybody])
        await app.dispatcher.meet_all([found[one.email] for one in self._players.everybody])
        await self._tell(app, team)

    async def _tell(self, app: App, team: str) -> None:
        """What happened before the demo begins; the clock then shows the real time."""
        # It wakes no outbox: what a day's clicks bring about is sent in the evening, each home page once.
        dispatcher = Dispatcher(app.database, app.schemes, self.clock, new_id, app.dispatcher.channels)
        names = {one.name: self.users[one.email] for one in self._players.everybody}
        walks = [
            Walk(Driver(dispatcher, team, PLATFORM, scheme.key), scheme, cast, names, self.clock)
            for scheme, cast in self._players.casts
        ]
        besides = {ago: [getattr(walk, what) for walk in walks] for ago, what in DAYS_AGO.items()}
        if self._players.reference:
            await Seed(app, team, self.clock, self.people, self.users, self._mark_read, besides).tell()
        else:
            for ago, some in besides.items():
                self.clock.turn(max(-self.clock.offset - timedelta(days=ago), timedelta()))
                for happens in some:
                    await happens()
                await app.drain()
                if ago > LATELY:
                    self._mark_read()
        self.clock.turn(max(-self.clock.offset, timedelta()))
        await app.drain()

    def _invite(self) -> str:
        """Everybody and the office's channel; gives the channel's id."""
        for one in self._players.everybody:
            self.users[one.email] = self.workspace.add_person(one.name, email=one.email, tz=one.zone, title=one.title)
        office = [self.users[email] for email in self._players.in_channel]
        return self.workspace.add_channel(self._players.channel, private=True, members=office)

    def _build(self, folder: Path, channel: str) -> App:
        settings = self._settings(folder, channel)
        return build(settings, self.clock, new_id, (SlackPlatform(settings.in_slack, _UNHURRIED),))

    def _settings(self, folder: Path, channel: str) -> Settings:
        """Given here one by one: neither the environment nor a .env file has a say."""
        return Settings(
            bot_token=SecretStr(self.workspace.bot_token),
            signing_secret=SecretStr(self.workspace.signing_secret),
            app_token=None if self._http else SecretStr(self.workspace.app_token),
            api_url=self.workspace.api_url,
            database_url=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
            schemes=self._players.schemes,
            administrators=self._players.administrators,
            admin_channel=channel,
            smtp_url=SecretStr(f"smtp://127.0.0.1:{self._mail.port}?from=mentoring@example.org"),
            keys=(SecretStr(Fernet.generate_key().decode()),),
        )

    def _mark_read(self) -> None:
        state = self.workspace.state
        for user in self.users.values():
            for room in state.conversations_of(user):
                state.mark_read(room.id, user)

    async def turn(self, by: timedelta) -> None:
        """Turn the clock, step by step, with everything that follows from each. Refusal for more than a month."""
        if by > FURTHEST:
            raise Refusal(f"The clock is turned by {FURTHEST.days} days at most.")
        async with self._turning:
            while by > timedelta():
                step = min(by, STEP)
                self.clock.turn(step)
                await self.app.drain()
                by -= step
