"""Teams as one of the bot's platforms: everything of this wing, put together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

from starlette.routing import BaseRoute, Route

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.delivery.sender import Sender
from bot.handlers import bodies
from bot.handlers.bodies import Answer, Door, Rejected
from bot.handlers.platform import Finding, NotFound
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams import activities, checks, lookups
from bot.handlers.teams.app import TeamsApp
from bot.handlers.teams.errors import CallError
from bot.handlers.teams.files import HOSTS, Files
from bot.handlers.teams.places import Servers
from bot.handlers.teams.presses import Unreadable
from bot.handlers.teams.sender import TeamsSender
from bot.handlers.teams.tokens import Keys, Tokens, same_service
from bot.handlers.teams.users import PLATFORM
from bot.lifecycle.people import Gone, Person
from bot.settings import SettingsError, TeamsSettings

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

log = logging.getLogger(__name__)
T = TypeVar("T")

PATH: Final = "/api/messages"
"""Everything from Teams comes here."""
NOT_INSTALLED: Final = (
    'TEAMS_APP_ID needs Microsoft’s kit for bots, which is not installed: pip install "mentorbot[teams]" brings it.'
)
LARGEST: Final = 256 * 1024
"""Bytes of a body. A card has 28 kB at most, and what is typed in one comes on top."""
_ANSWERS_SECONDS: Final = 5
"""How long messages that are on their way have when the bot stops."""
_BURST: Final = 5
"""Teams takes 7 messages in a second and 8 in two in one conversation; then one a second is well within its limits.
Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit"""


class TeamsPlatform:
    """One tenant, over HTTP."""

    name = PLATFORM

    def __init__(
        self,
        settings: TeamsSettings,
        servers: Servers | None = None,
        rate_limiter: RateLimiter | None = None,
        file_hosts: tuple[str, ...] = HOSTS,
    ) -> None:
        self._settings = settings
        self._servers = servers or Servers()
        self._rate_limiter = rate_limiter or RateLimiter(_BURST)
        self._file_hosts = file_hosts
        self._kit: Kit | None = None
        self._keys: Keys | None = None
        self._tokens: Tokens | None = None
        self._app: TeamsApp | None = None

    @property
    def offices(self) -> Collection[str]:
        """Those whose channel is in the tenant."""
        return self._settings.admin_channels.keys()

    @property
    def brings_together(self) -> bool:
        """Nobody but a person can."""
        return False

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Teams' one address."""
        return [Route(PATH, Door(self._knock, LARGEST, once="authorization", whose="Teams"), methods=None)]

    @property
    def sender(self) -> Sender:
        """Writes to the people of the tenant."""
        return TeamsSender(_there(self._kit), self._settings.admin_channels, self._servers.service, self._rate_limiter)

    @property
    def link(self) -> str:
        """Opens the chat with the bot.
        Source: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams"""
        return f"https://teams.microsoft.com/l/chat/0/0?users=28:{self._settings.app_id}"

    async def connect(self) -> None:
        """Load Microsoft's kit, beside the loop, and see that the bot is let in. Raises SettingsError."""
        kit = await _loaded()
        self._kit = kit.Kit(self._settings, self._servers, self._pressed, self._typed, self._arrived)
        self._keys = Keys(self._kit.keys)
        self._tokens = Tokens(self._settings.app_id, self._keys)
        await self._kit.start()
        try:
            await self._kit.sign_in()
        except CallError as error:
            raise SettingsError((checks.not_let_in(self._settings, error),)) from None

    async def find(self, wanted: str) -> tuple[Caller, Introduction]:
        """Somebody by e-mail address or Entra object id. Raises NotFound, also where Teams gives no answer."""
        user, introduction = await lookups.person(_there(self._kit), self._settings, self._servers.service, wanted)
        return Caller(PLATFORM, self._settings.tenant, user), introduction

    async def find_all(self, addresses: Collection[str]) -> Mapping[str, tuple[Caller, Introduction]]:
        """Those who are in an office's team and have these e-mail addresses."""
        wanted, tenant = {each.casefold() for each in addresses}, self._settings.tenant
        try:
            found = await lookups.people(_there(self._kit), self._settings, self._servers.service)
        except NotFound as error:
            log.warning("people could not be looked up: an office %s", error)
            return {}
        return {each: (Caller(PLATFORM, tenant, user), said) for each, (user, said) in found.items() if each in wanted}

    async def whereabouts(self, person: Person) -> Introduction | Gone | None:
        """What the roster of their chat says of somebody now."""
        return await lookups.whereabouts(_there(self._kit), self._servers.service, person)

    async def start(self, dispatcher: Dispatcher) -> None:
        """Answer what Teams delivers."""
        kit = _there(self._kit)
        files = Files(kit, self._file_hosts)
        self._app = TeamsApp(dispatcher, kit, self._settings.tenant, self._rate_limiter, files, self._settings.dialogs)

    async def _knock(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Whoever is not Microsoft gets no further than here; nothing of a body is read before that is sure."""
        if self._app is None or self._tokens is None:
            return Answer(503, "Please try again.")  # the web server listens a moment before everything is there
        authorization = headers.get("authorization", "")
        claims = await self._tokens.claims(authorization)
        if bodies.kind_of(headers) != "application/json":
            raise Rejected(415, "Teams sends JSON.")
        payload = bodies.read(body)
        if not same_service(claims, activities.service_of(payload)):
            raise Rejected(401, "This does not come from where its token was given.")
        try:
            return await self._app.take(payload, authorization.removeprefix("Bearer "))
        except Unreadable:
            raise Rejected(400, "This is not a delivery that Microsoft documents.") from None

    async def _pressed(self, press: activities.Press) -> dict[str, Any] | None:
        return await _there(self._app).pressed(press)

    async def _typed(self, typed: activities.Typed) -> None:
        await _there(self._app).typed(typed)

    async def _arrived(self, arrived: activities.Arrived) -> None:
        await _there(self._app).arrived(arrived)

    async def stop(self) -> None:
        """Take nothing more, and finish what was answered."""
        app, self._app = self._app, None
        if app is not None:
            await app.background.finish(_ANSWERS_SECONDS)

    async def close(self) -> None:
        """Let go of the connections, once nothing more is sent."""
        if self._keys is not None:
            await self._keys.stop()
        if self._kit is not None:
            await self._kit.close()

    def healthy(self) -> tuple[bool, Mapping[str, str]]:
        """Teams brings what people do by itself."""
        return True, {}

    async def checks(self) -> AsyncIterator[Finding]:
        """Look at the secret, the keys, the people and the channel that the settings name."""
        try:
            kit = await _loaded()
        except SettingsError as error:
            yield Finding(False, str(error))
            return
        made = kit.Kit(self._settings, self._servers, self._pressed, self._typed, self._arrived)
        try:
            async for finding in checks.look(made, self._settings, self._servers.service):
                yield finding
        finally:
            await made.close()


async def _loaded() -> Any:
    """The module of Microsoft's kit. Raises SettingsError where it is not installed."""
    try:
        return await asyncio.to_thread(import_module, "bot.handlers.teams.kit")
    except ImportError:
        raise SettingsError((NOT_INSTALLED,)) from None


def _there(thing: T | None) -> T:
    if thing is None:
        raise RuntimeError("Teams has not been connected yet")
    return thing
