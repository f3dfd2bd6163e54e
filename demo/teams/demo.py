"""The demo in Teams put together: the bot, everybody in the scheme, and a playground for each who can be played."""

import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.app import build
from bot.delivery.sender import NotNeeded, Ref, Sender
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams.places import Servers
from bot.handlers.teams.platform import PATH, TeamsPlatform
from bot.ids import new_id
from bot.screens.render import Rendered
from bot.settings import Settings
from bot.storage.outbox import Letter
from demo.clock import TurnedClock
from demo.driver import Driver
from demo.people import Somebody, read_people
from demo.seed import BEGINS, Seed
from demo.teams.playground import Player, Playgrounds
from demo.teams.signing import Signing

PLAYED: Final = ("amara.okafor@example.org", "tom.whitfield@example.org", "anjali.deshmukh@example.org")
"""A mentee who has just been let in, somebody of the office, and a mentor."""
TENANT: Final = "3d5c1c0e-7a51-4d1c-9f43-0d9c5a4e0001"
APP: Final = "3d5c1c0e-7a51-4d1c-9f43-0d9c5a4e0002"


class TeamsDemo:
    """A running demo, as an async context manager. `command` is the playground's, `played` who is, by e-mail address.
    Its data are in a temporary folder and go with it. Raises PlaygroundError."""

    def __init__(self, command: Path, played: Sequence[str] = PLAYED) -> None:
        self._command = command
        self._emails = played
        self._clock = TurnedClock(-BEGINS)
        self._leave = AsyncExitStack()
        self.people = read_people()
        self.urls: dict[str, str] = {}
        """Where each of those who are played is, by name."""

    async def __aenter__(self) -> "TeamsDemo":
        try:
            await self._start()
        except BaseException:
            await self._leave.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._leave.aclose()

    async def _start(self) -> None:
        folder = self._leave.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-demo-"))
        signing = Signing(APP)
        await signing.start()
        self._leave.push_async_callback(signing.stop)
        settings = self._settings(Path(folder))
        app = build(settings, self._clock, new_id, (_Played(settings, signing),))
        await app.start(port=0)
        self._leave.push_async_callback(app.stop)
        signing.bot_url = app.url + PATH
        users = {one.email: _object_id(one) for one in self.people.everybody}
        for one in self.people.everybody:
            who = Driver(app.dispatcher, TENANT, app.platforms[0].name)
            await who.introduce(users[one.email], one.name, one.email, one.zone)
        await Seed(app, TENANT, self._clock, self.people, users).tell()
        players = [Player(users[one.email], one.name, one.email) for one in self._played()]
        playgrounds = Playgrounds(self._command, players, TENANT, APP, signing.url)
        await self._leave.enter_async_context(playgrounds)
        self.urls = {player.name: playgrounds.urls[player.object_id] for player in players}

    def _played(self) -> list[Somebody]:
        by_email = {one.email: one for one in self.people.everybody}
        return [by_email[email] for email in self._emails]

    def _settings(self, folder: Path) -> Settings:
        """Given here one by one: neither the environment nor a .env file has a say."""
        return Settings(
            teams_app=APP, teams_tenant=TENANT, teams_password=SecretStr("none is asked for"),
            database_url=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
            administrators=tuple(one.email for one in self.people.administrators),
            keys=(SecretStr(Fernet.generate_key().decode()),),
        )  # fmt: skip


class _Played(TeamsPlatform):
    """Teams, as far as it is played: whoever has no playground open is written nothing."""

    def __init__(self, settings: Settings, signing: Signing) -> None:
        assert settings.teams is not None
        servers = Servers(signing.keys_url, "http://127.0.0.1:9", signing.token)
        super().__init__(settings.teams, servers, RateLimiter(100_000))

    @property
    def sender(self) -> Sender:
        """Writes to those who are played."""
        return _ToThosePlayed(super().sender)


class _ToThosePlayed:
    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Raises NotNeeded for whoever has not come."""
        if not drawn.address:
            raise NotNeeded
        return await self._sender.send(letter, drawn)


def _object_id(one: Somebody) -> str:
    return str(uuid5(NAMESPACE_URL, one.email))
