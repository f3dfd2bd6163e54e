"""A whole bot for tests, listening on a port of this computer beside a Teams of ours, with a clock that tests turn."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.actions.context import Caller
from bot.actions.dispatcher import Introduction
from bot.app import App, build
from bot.handlers import roll_call
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams.places import Address, Servers
from bot.handlers.teams.platform import TeamsPlatform
from bot.settings import Settings
from tests.support.bots import DAY, OFFICE, TurnedClock
from tests.support.databases import KEYS
from tests.support.teams import TeamsPlace, TeamsUser, reading
from tests.support.turning import next_look

PATH = "/api/messages"


@dataclass
class TeamsBot:
    """One bot and the place it lives in. People are named by the first word of their name."""

    app: App
    place: TeamsPlace
    clock: TurnedClock
    settings: Settings
    channel: str | None = None
    people: dict[str, str] = field(default_factory=dict)

    def test_user(self, name: str) -> TeamsUser:
        """Somebody at their keyboard."""
        return self.place.test_user(self.people[name])

    async def bring(self, people: Mapping[str, tuple[str, str]]) -> None:
        """More people, who came long ago, when the app was given to them: by what a story calls them, their name and
        their address."""
        state, service, came = self.place.state, self.place.service.service_url, []
        for known_as, (name, email) in people.items():
            self.people[known_as] = user = self.place.add_person(name, email)
            chat = state.personal(state.person(user))
            chat.bot_in = True
            address = str(Address(service, chat.id))
            came.append((Caller("teams", self.place.tenant, user), Introduction(name, email, "Europe/London", address)))
        await self.app.dispatcher.meet_all(came)

    async def deactivate(self, name: str) -> None:
        """Somebody's account is switched off. Teams says nothing of that: they are on no roster when they are asked
        for."""
        self.test_user(name).chat.members.clear()
        self.clock.now += DAY
        for _ in range(0, len(self.people), roll_call.AT_ONCE):
            await self.app.roll_call.look()

    async def files_of(self, name: str) -> dict[str, bytes]:
        """The files that have been brought to somebody, by name, once those that are offered are allowed."""
        offers = self.test_user(name).offers
        for offered in offers.open:
            await offers.answer(offered)
        await self.settled(lambda: not offers.open)
        return offers.there

    async def turn(self, by: timedelta) -> None:
        """Turn the clock in steps of at most an hour, and let everything that falls due happen each time."""
        until = self.clock.now + by
        while self.clock.now < until:
            self.clock.now = await next_look(self.app, self.clock.now, until)
            await self.quiet()

    async def quiet(self) -> None:
        """Wait until everything that is due has been done and sent."""
        async with asyncio.timeout(30):
            await self.app.drain()

    async def settled(self, predicate: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until the predicate holds."""
        await self.place.settled(predicate, seconds)

    def name_of(self, user: str) -> str:
        """The name by which others read of somebody."""
        return self.place.state.person(user).name

    def group_of(self, user: str) -> str:
        """Nobody but a person can bring two people into one conversation: each is told in their own chat."""
        return self.place.test_user(user).chat.id

    def front(self, user: str) -> str:
        """What has come or changed in somebody's chat since they last did something."""
        return self.place.test_user(user).heard()

    async def lose_connection(self) -> None:
        """Teams' servers are away for a moment: what the bot sends next is not taken."""
        self.place.service.faults.add("bad_gateway", times=2)

    def posted(self) -> int:
        """How many messages Teams took."""
        return sum(call.method == "POST" and call.status == 201 for call in self.place.state.calls)

    def edits(self) -> int:
        """How often a message has been edited; Home, which is a message too, is none here."""
        edits = [call for call in self.place.state.calls if call.method == "PUT" and call.status == 200]
        return sum(not reading.is_home(call.body["attachments"][0]["content"]) for call in edits)


class TeamsBots:
    """Starts bots for a test, each beside a place of its own, and stops them all."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._stack = AsyncExitStack()
        self._places = list[TeamsPlace]()

    async def start(
        self,
        people: Iterable[str] = ("Ada", "Katherine", "Mary"),
        administrators: Iterable[str] = ("Ada",),
        *,
        office_channel: bool = False,
        rate_limits: bool = True,
        install: bool = True,
        **settings: Any,
    ) -> TeamsBot:
        """A started place with these people, and a started bot that they all have. `administrators` are among them."""
        clock = TurnedClock()
        place = TeamsPlace(rate_limits=rate_limits)
        named = {name: place.add_person(name) for name in people}
        office = [named[name] for name in administrators]
        channel = place.add_channel(OFFICE, office) if office_channel else None
        await place.start()
        self._places.append(place)
        self._stack.push_async_callback(place.stop)
        given = {"administrators": tuple(office), "teams_channel": channel} | settings
        of_bot = settings_for(place, self._database_url, **given)
        app = await self._started(of_bot, clock, place)
        if install:
            for user in named.values():
                await place.install(user)
        return TeamsBot(app, place, clock, of_bot, channel, named)

    async def restart(self, bot: TeamsBot) -> TeamsBot:
        """The same bot once more, as after a restart of its process; the first one must have been stopped."""
        return replace(bot, app=await self._started(bot.settings, bot.clock, bot.place))

    async def _started(self, settings: Settings, clock: TurnedClock, place: TeamsPlace) -> App:
        app = build(settings, clock, platforms=[platform_for(settings, place)])
        await app.start(port=0)
        self._stack.push_async_callback(app.stop)
        place.bot_url = app.url + PATH
        return app

    async def close(self) -> None:
        """Stop whatever is still running."""
        await self._stack.aclose()

    def assert_no_trouble(self) -> None:
        """Nobody has been told that something went wrong, and nothing that a bot sent was malformed."""
        for place in self._places:
            place.assert_no_trouble()


def settings_for(place: TeamsPlace, url: str, **more: Any) -> Settings:
    """The settings of a bot in that place, and in no Slack."""
    given: dict[str, Any] = {
        "teams_app": place.app_id,
        "teams_tenant": place.tenant,
        "teams_password": SecretStr(place.service.app_password),
        "database_url": SecretStr(url),
        "keys": tuple(SecretStr(key) for key in KEYS),
    }
    return Settings(**(given | more))


def platform_for(settings: Settings, place: TeamsPlace) -> TeamsPlatform:
    """The wing, told that Microsoft's servers are here."""
    assert settings.teams is not None

    async def token() -> str:
        return place.service.bot_token

    servers = Servers(place.service.keys_url, place.service.service_url.rstrip("/"), token)
    limiter = None if place.service.limits.enabled else RateLimiter(burst=1_000)
    return TeamsPlatform(settings.teams, servers, limiter, file_hosts=("127.0.0.1",))


@pytest.fixture
async def teams_bots(sqlite_url: str) -> AsyncIterator[TeamsBots]:
    """A way to start bots in Teams, on a fresh SQLite file."""
    made = TeamsBots(sqlite_url)
    yield made
    await made.close()
