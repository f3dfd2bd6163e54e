"""Slack as one of the bot's platforms: everything of this wing, put together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Collection, Mapping, Sequence
from typing import Final, TypeVar
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute, Route

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.delivery.sender import Sender
from bot.handlers.bodies import Answer
from bot.handlers.platform import Finding, NotFound
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.slack import checks, lookups
from bot.handlers.slack.app import Identity, SlackApp
from bot.handlers.slack.errors import error_of
from bot.handlers.slack.missing import Missing
from bot.handlers.slack.sender import SlackSender
from bot.handlers.slack.socket_mode import SocketMode
from bot.handlers.slack.users import PLATFORM
from bot.handlers.slack.verification import verifier
from bot.lifecycle.people import Gone, Person
from bot.servers import LOOPBACK
from bot.settings import SettingsError, SlackSettings, sentence

log = logging.getLogger(__name__)
T = TypeVar("T")

PATH: Final = "/slack/events"
"""Everything from Slack comes here."""
_SECONDS: Final = 10
"""How long a call to Slack may take; what takes longer is in doubt."""
_ANSWERS_SECONDS: Final = 5
"""How long windows and notices that are on their way have when the bot stops."""


class SlackPlatform:
    """One workspace. Over Socket Mode where there is an app-level token, over HTTP where there is a signing secret."""

    name = PLATFORM

    def __init__(self, settings: SlackSettings, rate_limiter: RateLimiter | None = None) -> None:
        # At "debug" both log whole payloads, so their level stays at "warning" whatever ours is.
        for noisy in ("slack_bolt", "slack_sdk"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        self._settings = settings
        self._rate_limiter = rate_limiter
        self._session: ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._identity: Identity | None = None
        self._link = ""
        self._missing = Missing(())
        self._sender: SlackSender | None = None
        self._app: SlackApp | None = None
        self._socket: SocketMode | None = None

    @property
    def offices(self) -> Collection[str]:
        """Those whose private channel is in the workspace."""
        return self._settings.admin_channels.keys()

    @property
    def brings_together(self) -> bool:
        """It can."""
        return True

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Slack's one address, where there is a signing secret to know Slack by."""
        secret = self._settings.signing_secret
        return [Route(PATH, verifier(secret.get_secret_value(), self._take), methods=None)] if secret else []

    @property
    def sender(self) -> Sender:
        """Writes to the people of the workspace."""
        return _there(self._sender)

    @property
    def link(self) -> str:
        """Opens the app in Slack."""
        return self._link

    @property
    def client(self) -> AsyncWebClient:
        """The one client of the Web API."""
        return _there(self._client)

    async def connect(self) -> None:
        """Sign in, and find the office's channel. Raises SettingsError."""
        self._session = ClientSession(timeout=ClientTimeout(total=_SECONDS))
        self._client = client = web_client(self._settings, self._session)
        wanted = self._settings.admin_channels
        self._identity = identity = (await _asked("SLACK_BOT_TOKEN", lookups.standing(client))).identity
        self._link, *found = await asyncio.gather(
            _asked("SLACK_BOT_TOKEN", lookups.link(client, identity)),
            *(_asked("MENTORBOT_ADMIN_CHANNEL", lookups.office_channel(client, each)) for each in wanted.values()),
        )
        self._missing = Missing(found)
        self._sender = SlackSender(client, dict(zip(wanted, found, strict=True)), self._rate_limiter, self._missing)

    async def find(self, wanted: str) -> tuple[Caller, Introduction]:
        """Somebody by e-mail address or member id. Raises NotFound, also where Slack gives no answer."""
        try:
            user, introduction = await lookups.person(self.client, wanted)
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise NotFound(f"could not be looked up ({error_of(error)})") from None
        return Caller(PLATFORM, _there(self._identity).team, user), introduction

    async def find_all(self, addresses: Collection[str]) -> Mapping[str, tuple[Caller, Introduction]]:
        """Those of the workspace who have these e-mail addresses."""
        try:
            found = await lookups.people(self.client, addresses)
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            log.warning("people could not be looked up: %s", error_of(error))
            return {}
        team = _there(self._identity).team
        return {address: (Caller(PLATFORM, team, user), said) for address, (user, said) in found.items()}

    async def whereabouts(self, person: Person) -> Introduction | Gone | None:
        """What Slack says of somebody now."""
        return await lookups.whereabouts(self.client, _there(self._identity).team, person.user)

    async def start(self, dispatcher: Dispatcher) -> None:
        """Answer what Slack delivers. Raises SettingsError where Socket Mode does not come about."""
        identity = _there(self._identity)
        self._app = SlackApp(dispatcher, self.client, _there(self._session), identity, self._missing)
        token = self._settings.app_token
        if token is not None:
            self._socket = SocketMode(self.client, _there(self._session), token.get_secret_value(), self._take)
            await _asked("SLACK_APP_TOKEN", self._socket.start())
            log.info("connected by Socket Mode")

    async def _take(self, payload: dict[str, object]) -> Answer:
        # The web server listens a moment before everything behind it is there.
        return await self._app.take(payload) if self._app else Answer(503, "Please try again.")

    async def stop(self) -> None:
        """Take nothing more, finish what was acked, and hang up."""
        if self._socket is not None:
            await self._socket.stop()
        if self._app is not None:
            await self._app.background.finish(_ANSWERS_SECONDS)

    async def close(self) -> None:
        """Let go of the connections, once nothing more is sent."""
        if self._session is not None:
            await self._session.close()

    def healthy(self) -> tuple[bool, Mapping[str, str]]:
        """Whether Slack can bring what people do, and takes what is written to them."""
        if self._socket is None:
            return self._missing.well, self._missing.states
        states = {"socket_mode": "connected" if self._socket.connected else "reconnecting", **self._missing.states}
        return self._socket.connected and self._missing.well, states

    async def checks(self) -> AsyncIterator[Finding]:
        """Look at the tokens, the scopes, the people and the channel that the settings name."""
        async with ClientSession(timeout=ClientTimeout(total=_SECONDS)) as session:
            async for finding in checks.look(self._settings, web_client(self._settings, session)):
                yield finding


def web_client(settings: SlackSettings, session: ClientSession) -> AsyncWebClient:
    """A client of the Web API. Its own retries are off: one after a lost connection would post twice."""
    token = settings.bot_token.get_secret_value()
    client = AsyncWebClient(token, settings.api_url, session=session, retry_handlers=[])
    if urlsplit(settings.api_url).hostname in LOOPBACK:
        client.proxy = None
    return client


async def _asked(setting: str, answer: Awaitable[T]) -> T:
    """What Slack answers about a setting. Raises SettingsError where it refuses, or is not reached."""
    try:
        return await answer
    except NotFound as error:
        raise SettingsError((sentence(setting, str(error)),)) from None
    except SlackApiError as error:
        raise SettingsError((sentence(setting, f"is refused by Slack ({error_of(error)})"),)) from None
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise SettingsError((checks.unreached(error),)) from None


def _there(thing: T | None) -> T:
    if thing is None:
        raise RuntimeError("Slack has not been connected yet")
    return thing
