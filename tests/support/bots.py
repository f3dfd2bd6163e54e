"""A whole bot beside a local workspace, in this process, with a clock that a test turns."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.calendars.calendar import Calendar
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.slack.app import SCOPES
from bot.handlers.slack.platform import PATH, SlackPlatform
from bot.settings import Settings
from slack_workspace import TestUser, Workspace
from tests.support.databases import KEYS
from tests.support.turning import HOUR, next_look

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OFFICE = "mentoring-office"
DAY = timedelta(days=1, minutes=1)
"""After so long everybody's turn has come again to be asked for."""
MANIFEST = Path(__file__).parents[2] / "manifest" / "slack.yaml"


@dataclass
class TurnedClock:
    """The scheme's time: it stands still until it is turned."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Bot:
    """One bot and the workspace it lives in. People are named by the first word of their name."""

    app: App
    workspace: Workspace
    clock: TurnedClock
    settings: Settings
    http: aiohttp.ClientSession
    channel: str | None = None
    people: dict[str, str] = field(default_factory=dict)

    def test_user(self, name: str) -> TestUser:
        """Somebody at their keyboard."""
        return self.workspace.test_user(self.people[name])

    def join(self, *names: str) -> None:
        """More people come into the workspace."""
        for name in names:
            self.people[name] = add_person(self.workspace, name)

    async def bring(self, people: Mapping[str, tuple[str, str]]) -> None:
        """More people: by what a story calls them, their name and their address."""
        for known_as, (name, email) in people.items():
            self.people[known_as] = self.workspace.add_person(name, email=email)

    async def deactivate(self, name: str) -> None:
        """Somebody's account is switched off: Slack says so. Then a day goes by."""
        await self.workspace.change(self.people[name], deactivated=True)
        self.clock.now += DAY

    async def files_of(self, name: str) -> dict[str, bytes]:
        """The files that have been brought to somebody, by name."""
        brought = [file for message in self.test_user(name).messages() for file in message.files]
        kept = [self.workspace.state.files[each] for each in brought]
        return {file.name: file.content or b"" for file in kept}

    @property
    def request_url(self) -> str:
        """Where Slack's HTTP deliveries go."""
        return self.app.url + PATH

    async def turn(self, by: timedelta, *, step: timedelta = HOUR) -> None:
        """Turn the clock in steps of an hour, or so long, and let everything that falls due happen each time."""
        until = self.clock.now + by
        while self.clock.now < until:
            self.clock.now = await next_look(self.app, self.clock.now, until, step)
            await self.quiet()

    async def quiet(self) -> None:
        """Wait until everything that is due has been done and sent."""
        async with asyncio.timeout(30):
            await self.app.drain()

    async def settled(self, predicate: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until the predicate holds."""
        await self.workspace.settled(predicate, seconds)

    def name_of(self, user: str) -> str:
        """The name by which others read of somebody."""
        return self.workspace.state.people[user].name

    def group_of(self, user: str) -> str:
        """The conversation that somebody has with somebody else and the app; its id."""
        rooms = self.workspace.state.conversations_of(user)
        return next(room.id for room in rooms if room.kind == "group")

    def front(self, user: str) -> str:
        """What stands in front of somebody: the text of the window on top; "" where none is open."""
        test_user = self.workspace.test_user(user)
        return test_user.text(test_user.modal) if test_user.modal else ""

    async def lose_connection(self) -> None:
        """The line drops, where there is one; the bot dials again by itself."""
        if self.settings.app_token:
            self.workspace.drop_sockets()
            await self.settled(lambda: self.workspace.sockets > 0, seconds=20)

    def posted(self, containing: str = "") -> list[dict[str, Any]]:
        """The arguments of every message that Slack took, oldest first."""
        done = [call for call in self.workspace.calls if call.method == "chat.postMessage" and call.error == ""]
        return [dict(call.arguments) for call in done if containing in json.dumps(dict(call.arguments))]

    def edits(self) -> int:
        """How often a message has been edited."""
        return sum(call.method == "chat.update" for call in self.workspace.calls)

    async def deliver(
        self,
        payload: Mapping[str, Any] | bytes,
        *,
        form: bool = False,
        at: int | None = None,
        secret: str | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
    ) -> tuple[int, str]:
        """One signed HTTP request of our own making to the bot; the status and body of its answer."""
        signing = secret or self.workspace.signing_secret
        return await deliver(
            self.http, self.request_url, signing, payload, form=form, at=at, headers=headers, method=method
        )


async def deliver(
    http: aiohttp.ClientSession,
    url: str,
    secret: str,
    payload: Mapping[str, Any] | bytes,
    *,
    form: bool = False,
    at: int | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "POST",
) -> tuple[int, str]:
    """One HTTP request of our own making, signed with that secret; the status and body of its answer."""
    body = payload if isinstance(payload, bytes) else encoded(payload, form=form)
    stamp = str(int(time.time()) if at is None else at)
    all_headers = {
        "content-type": "application/x-www-form-urlencoded" if form else "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signed(secret, stamp, body),
        **(headers or {}),
    }
    async with http.request(method, url, data=body, headers=all_headers) as answer:
        return answer.status, await answer.text()


def encoded(payload: Mapping[str, Any], *, form: bool) -> bytes:
    """A payload as Slack would send it: JSON, a form of its own, or JSON in a form's field."""
    if not form:
        return json.dumps(payload).encode()
    return urlencode(payload if "command" in payload else {"payload": json.dumps(payload)}).encode()


def signed(secret: str, stamp: str, body: bytes) -> str:
    """Slack's v0 signature."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


def add_person(workspace: Workspace, name: str) -> str:
    """Somebody with an address of their own; gives the user id."""
    return workspace.add_person(name, email=f"{name.lower().replace(' ', '.')}@example.org")


def settings_for(workspace: Workspace, url: str, **more: Any) -> Settings:
    """The settings of a bot in that workspace."""
    given: dict[str, Any] = {
        "bot_token": SecretStr(workspace.bot_token),
        "signing_secret": SecretStr(workspace.signing_secret),
        "api_url": workspace.api_url,
        "database_url": SecretStr(url),
        "keys": tuple(SecretStr(key) for key in KEYS),
    }
    return Settings(**(given | more))


class Bots:
    """Starts bots for a test, each beside a workspace of its own, and stops them all."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._stack = AsyncExitStack()

    async def start(
        self,
        people: Iterable[str] = ("Ada", "Katherine", "Mary"),
        administrators: Iterable[str] = ("Ada",),
        *,
        socket_mode: bool = False,
        office_channel: bool = False,
        rate_limits: bool = True,
        scopes: Iterable[str] = SCOPES,
        calendar: Calendar | None = None,
        **settings: Any,
    ) -> Bot:
        """A started workspace with these people and a started bot in it. `administrators` are among the people."""
        clock = TurnedClock()
        workspace = Workspace(now=clock, rate_limits=rate_limits, scopes=scopes, retries=(0.0,))
        workspace.commands = ["/mentoring", "/mentoring-admin"]
        named = {name: add_person(workspace, name) for name in people}
        office = [named[name] for name in administrators]
        channel = workspace.add_channel(OFFICE, members=office) if office_channel else None
        await workspace.start()
        self._stack.push_async_callback(workspace.stop)
        token = SecretStr(workspace.app_token) if socket_mode else None
        given = {"administrators": tuple(office), "admin_channel": channel, "app_token": token} | settings
        of_bot = settings_for(workspace, self._database_url, **given)
        http = await self._stack.enter_async_context(aiohttp.ClientSession())
        limiter = None if rate_limits else RateLimiter(burst=1_000)
        app = await self._started(of_bot, clock, workspace, limiter, calendar)
        return Bot(app, workspace, clock, of_bot, http, channel, named)

    async def restart(self, bot: Bot) -> Bot:
        """The same bot once more, as after a restart of its process; the first one must have been stopped."""
        app = await self._started(bot.settings, bot.clock, bot.workspace)
        return Bot(app, bot.workspace, bot.clock, bot.settings, bot.http, bot.channel, bot.people)

    async def _started(
        self,
        settings: Settings,
        clock: TurnedClock,
        workspace: Workspace,
        rate_limiter: RateLimiter | None = None,
        calendar: Calendar | None = None,
    ) -> App:
        app = build(settings, clock, platforms=[SlackPlatform(settings.in_slack, rate_limiter)], calendar=calendar)
        await app.start(port=0)
        self._stack.push_async_callback(app.stop)
        workspace.request_url = None if settings.app_token else app.url + PATH
        return app

    async def close(self) -> None:
        """Stop whatever is still running."""
        await self._stack.aclose()


@pytest.fixture
async def bots(sqlite_url: str) -> AsyncIterator[Bots]:
    """A way to start bots, on a fresh SQLite file."""
    made = Bots(sqlite_url)
    yield made
    await made.close()
