"""The only wiring, and the only clock: settings in, a running bot out."""

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.context import Caller, Ways
from bot.actions.dead_letters import give_up
from bot.actions.deadlines import sweep, tidy
from bot.actions.dispatcher import Dispatcher
from bot.delivery.outbox import Outbox
from bot.delivery.sender import Sender
from bot.handlers.email.sender import EmailSender
from bot.handlers.slack import lookups
from bot.handlers.slack.app import Identity, SlackApp
from bot.handlers.slack.rate_limit import RateLimiter
from bot.handlers.slack.replies import error_of
from bot.handlers.slack.sender import SlackSender
from bot.handlers.slack.socket_mode import SocketMode
from bot.handlers.slack.users import PLATFORM
from bot.handlers.slack.verification import Verifier
from bot.handlers.timers import Timers
from bot.handlers.web import PATH, HttpServer, application
from bot.ids import new_id as ids
from bot.schemes.loading import load
from bot.settings import LOOPBACK, Settings, SettingsError, sentence
from bot.storage import outbox as kept
from bot.storage.candidates import candidates
from bot.storage.database import Database
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

_SLACK_SECONDS: Final = 10
"""How long a call to Slack may take; what takes longer is in doubt."""
_ANSWERS_SECONDS: Final = 5
"""How long windows and notices that are on their way have when the bot stops."""


def utc_now() -> datetime:
    """The time, as everything in the scheme is told it."""
    return datetime.now(UTC)


class App:
    """One running bot. Made by `build`; `start` and `stop` once each, on one event loop."""

    dispatcher: Dispatcher
    outbox: Outbox
    client: AsyncWebClient

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        rate_limiter: RateLimiter | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self._rate_limiter = rate_limiter
        self.scheme = load(settings.scheme)
        self.database = Database(settings.database_url.get_secret_value(), settings.secrets)
        ways = Ways(office_channel=settings.admin_channel is not None, email=settings.mail is not None)
        self.dispatcher = Dispatcher(
            self.database, self.scheme, clock, new_id, ways, settings.administrators, lambda: self.outbox.wake()
        )
        self._name = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self._timers = Timers(self._sweep_job, self._deliver_job)
        self._slack: SlackApp | None = None
        self._http: HttpServer | None = None
        self._socket: SocketMode | None = None
        self._session: ClientSession | None = None
        self._tidied: datetime | None = None
        self._stopped = False

    @property
    def url(self) -> str:
        """The address of the web server, "" where there is none."""
        return self._http.url if self._http else ""

    @property
    def request_url(self) -> str:
        """Where Slack's HTTP deliveries go."""
        return self.url + PATH

    async def start(self, host: str = "127.0.0.1", port: int | None = 0, socket_mode: bool | None = None) -> None:
        """Migrate, find everybody, send what waits, and take what arrives.

        `port` 0 takes a free one, None starts no web server. `socket_mode` None: where there is an app-level token.
        Raises SettingsError for what a setting names in vain, OSError for a port that is taken.
        """
        try:
            await self._start(host, port, self.settings.app_token is not None if socket_mode is None else socket_mode)
        except BaseException:
            await self.stop()
            raise

    async def _start(self, host: str, port: int | None, socket_mode: bool) -> None:
        settings = self.settings
        self._session = ClientSession(timeout=ClientTimeout(total=_SLACK_SECONDS))
        self.client = slack_client(settings, self._session)
        identity, office, _ = await asyncio.gather(self._identity(), self._office(), self._migrate())
        await self._meet_administrators(identity)
        senders: dict[str, Sender] = {"chat": SlackSender(self.client, office, self._rate_limiter)}
        if (mail := settings.mail) is not None:
            senders["email"] = EmailSender(mail.host, mail.port, mail.sender, mail.tls, mail.user, mail.password)
        self.outbox = Outbox(
            self.database, self.scheme, senders, self.clock, self._name, self._given_up, self.dispatcher.wait_until_idle
        )
        self._slack = SlackApp(self.dispatcher, self.client, self._session, identity)
        self.outbox.start()
        self._timers.start()
        if port is not None:
            secret = settings.signing_secret
            verifier = Verifier(secret.get_secret_value(), self._slack.take) if secret else None
            self._http = HttpServer(application(verifier, self.ready), host, port)
            log.info("listening at %s", await self._http.start())
        if socket_mode:
            await self._dial()
        await self._warm_up()

    async def _warm_up(self) -> None:
        """Read the mentors once, so that whoever first looks for one need not wait while thousands are read."""
        await self.database.read(lambda db: candidates(db, self.scheme, self.clock()))

    async def _dial(self) -> None:
        if self.settings.app_token is None or self._session is None or self._slack is None:
            raise SettingsError((sentence("SLACK_APP_TOKEN", "is missing"),))
        token = self.settings.app_token.get_secret_value()
        self._socket = SocketMode(self.client, self._session, token, self._slack.take)
        try:
            await self._socket.start()
        except SlackApiError as error:
            raise SettingsError((sentence("SLACK_APP_TOKEN", f"is refused by Slack ({error_of(error)})"),)) from None
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise _unreachable(error) from None
        log.info("connected by Socket Mode")

    async def _identity(self) -> Identity:
        try:
            return (await lookups.standing(self.client)).identity
        except SlackApiError as error:
            raise SettingsError((sentence("SLACK_BOT_TOKEN", f"is refused by Slack ({error_of(error)})"),)) from None
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise _unreachable(error) from None

    async def _migrate(self) -> None:
        try:
            await asyncio.to_thread(self.database.migrate)
        except (SQLAlchemyError, OSError) as error:
            log.exception("the database could not be migrated")
            wrong = f"names a database that cannot be opened or migrated ({type(error).__name__})"
            raise SettingsError((sentence("DATABASE_URL", wrong),)) from None

    async def _office(self) -> str | None:
        wanted = self.settings.admin_channel
        if wanted is None:
            return None
        try:
            return await lookups.office_channel(self.client, wanted)
        except lookups.NotFound as error:
            raise SettingsError((sentence("MENTORBOT_ADMIN_CHANNEL", str(error)),)) from None
        except SlackApiError as error:
            wrong = f"could not be looked up ({error_of(error)})"
            raise SettingsError((sentence("MENTORBOT_ADMIN_CHANNEL", wrong),)) from None
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise _unreachable(error) from None

    async def _meet_administrators(self, identity: Identity) -> None:
        """Let them hold the office from the start; whoever is not found yet gets it when they first come."""

        async def meet(number: int, wanted: str) -> None:
            try:
                user, introduction = await lookups.person(self.client, wanted)
            except (lookups.NotFound, SlackClientError, ClientError, TimeoutError) as error:
                reason = error_of(error) if isinstance(error, SlackApiError) else type(error).__name__
                log.warning("administrator %d is not found (%s): “mentorbot check” tells more", number, reason)
                return
            await self.dispatcher.meet(Caller(PLATFORM, identity.team, user), introduction)

        await asyncio.gather(*(meet(number, wanted) for number, wanted in enumerate(self.settings.administrators, 1)))

    async def _sweep_job(self) -> None:
        while await sweep(self.dispatcher):
            pass
        now = self.clock()
        if self._tidied is None or (now - self._tidied).total_seconds() > 3600:
            self._tidied = now
            await tidy(self.dispatcher)

    async def _given_up(self, letter: Letter) -> int:
        return await self.dispatcher.by_clock(lambda context: give_up(context, letter))

    async def _deliver_job(self) -> None:
        self.outbox.wake()

    async def quiet(self) -> None:
        """Do and send everything that is due by the clock, until nothing more follows from it."""
        while await sweep(self.dispatcher):
            pass
        await self.outbox.drain()

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether the bot can do its work now, and states and counts for whoever watches over it."""
        try:
            at_head = await asyncio.to_thread(self.database.at_head)
            now = self.clock()
            waiting, given_up = await self.database.read(lambda db: (kept.due_count(db, now), kept.dead_count(db)))
        except Exception as error:
            log.warning("the database is not reached: %s", type(error).__name__)
            return False, {"ready": False, "database": "not reached"}
        body: dict[str, Any] = {
            "database": "ok" if at_head else "not migrated",
            "delivery": "ok" if self.outbox.alive else "stopped",
            "letters_waiting": waiting,
            "letters_given_up": given_up,
        }
        well = at_head and self.outbox.alive
        if self._socket is not None:
            body["socket_mode"] = "connected" if self._socket.connected else "reconnecting"
            well = well and self._socket.connected
        return well, {"ready": well, **body}

    async def stop(self) -> None:
        """Take nothing more, finish what was acked, and close. Once stopped, nothing happens."""
        if self._stopped:
            return
        self._stopped = True
        self._timers.stop()
        if self._http is not None:
            await self._http.stop()
        if self._socket is not None:
            await self._socket.stop()
        if self._slack is not None:
            await self._slack.background.finish(_ANSWERS_SECONDS)
        if hasattr(self, "outbox"):
            await self.outbox.stop()
        await self.database.close()
        if self._session is not None:
            await self._session.close()


def slack_client(settings: Settings, session: ClientSession) -> AsyncWebClient:
    """The one client of the Web API. Its own retries are off: one after a lost connection would post twice."""
    token = settings.bot_token.get_secret_value()
    client = AsyncWebClient(token, settings.api_url, session=session, retry_handlers=[])
    if urlsplit(settings.api_url).hostname in LOOPBACK:
        client.proxy = None
    return client


def _unreachable(error: Exception) -> SettingsError:
    return SettingsError((f"Slack is not reached ({type(error).__name__}): check the network, or the proxy if any.",))


def build(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = ids,
    rate_limiter: RateLimiter | None = None,
) -> App:
    """A bot, not started yet; `pace` is how fast one recipient is written to, if not as Slack takes it.

    Raises SchemeError for a broken scheme and SettingsError for an unusable database URL.
    """
    try:
        return App(settings, clock, new_id, rate_limiter)
    except ValueError:
        raise SettingsError((sentence("DATABASE_URL", "cannot be used"),)) from None
