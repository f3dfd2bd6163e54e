"""The facade: a whole Slack workspace on the loopback address, for the demo and the tests."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route, WebSocketRoute

from slack_workspace import methods, payloads, serializers
from slack_workspace.calendar_page import CalendarPage, Calendars
from slack_workspace.control import Control
from slack_workspace.core import Call, Core, Identity
from slack_workspace.deliveries import ACK_SECONDS, RETRIES, Deliverer, Delivery
from slack_workspace.directory import Directory
from slack_workspace.faults import Faults
from slack_workspace.file_contents import FileContents
from slack_workspace.interactions import Interactions
from slack_workspace.model import Json, Message
from slack_workspace.page import Page
from slack_workspace.pictures import Pictures
from slack_workspace.response_urls import ResponseUrls
from slack_workspace.server import Server
from slack_workspace.sockets import Sockets
from slack_workspace.state import State
from slack_workspace.test_user import TestUser
from slack_workspace.web_api import WebApi

_ = methods  # importing the package registers the Web API's methods
_REAL = {"SLACK_BOT_TOKEN": ("xoxb-", "xoxb-local"), "SLACK_APP_TOKEN": ("xapp-", "xapp-local")}


def refuse_real_tokens(environment: os._Environ[str] | dict[str, str]) -> None:
    """Raises RuntimeError where a real workspace's tokens are set: the two must never be mixed up."""
    for name, (prefix, ours) in _REAL.items():
        value = environment.get(name, "")
        if value.startswith(prefix) and not value.startswith(ours):
            raise RuntimeError(
                f"{name} holds the token of a real Slack workspace. The local workspace does not start beside it: "
                f"unset {name} and try again."
            )


class Workspace(Directory):
    """A Slack workspace: its people and channels, the app's ways in and out, and the page.

    Secrets are invented where none are given.

    `now` is the workspace's time (an aware datetime): what messages' ts and the page's clock show. Signatures, triggers
    and rate limits always go by real time. `turn` turns that clock for the page's buttons. `welcome` (title, text,
    steps) is what the page says before anybody is picked. `calendars`: people's own, which the page then shows.
    `scopes` are the bot's (default: all it may ask for). `own_messages`: what the app posts in a DM comes back to it as
    message.im, as from Slack; off unless asked for, since it doubles the deliveries. `ack_seconds`, `pause` and
    `retries` are about deliveries, see `Deliverer`.
    """

    def __init__(
        self,
        *,
        team_id: str = "T0LOCAL0001",
        team_name: str = "The local workspace",
        signing_secret: str | None = None,
        bot_token: str | None = None,
        app_token: str | None = None,
        bot_name: str = "Mentoring",
        now: Callable[[], datetime] | None = None,
        turn: Callable[[timedelta], Awaitable[None]] | None = None,
        welcome: Json | None = None,
        calendars: Calendars | None = None,
        rate_limits: bool = True,
        scopes: Iterable[str] | None = None,
        own_messages: bool = False,
        ack_seconds: float = ACK_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        retries: Sequence[float] = RETRIES,
    ) -> None:
        identity = Identity(
            team_id=team_id,
            team_name=team_name,
            signing_secret=signing_secret or secrets.token_hex(16),
            bot_token=bot_token or f"xoxb-local-{secrets.token_hex(16)}",
            app_token=app_token or f"xapp-local-{secrets.token_hex(16)}",
            bot_name=bot_name,
        )
        super().__init__(Core(identity, now=now, scopes=scopes, rate_limits=rate_limits))
        self._server = Server()
        self._sockets = Sockets(self._core, self._server.drop)
        self._core.open_socket = self._sockets.open
        self._deliverer = Deliverer(self._core, self._sockets, ack_seconds=ack_seconds, pause=pause, retries=retries)
        self._interactions = Interactions(self._core, self._deliverer)
        self._turn = turn
        self._welcome = welcome
        self._calendars = calendars
        if own_messages:
            self._core.posted = self._echo

    # --- who and where ----------------------------------------------------------------------------------------
    @property
    def identity(self) -> Identity:
        return self._core.identity

    @property
    def team_id(self) -> str:
        return self.identity.team_id

    @property
    def team_name(self) -> str:
        return self.identity.team_name

    @property
    def signing_secret(self) -> str:
        return self.identity.signing_secret

    @property
    def bot_token(self) -> str:
        return self.identity.bot_token

    @property
    def app_token(self) -> str:
        return self.identity.app_token

    @property
    def bot_user(self) -> str:
        return self.identity.bot_user

    @property
    def url(self) -> str:
        """http://127.0.0.1:port once started, "" before."""
        return self._core.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def request_url(self) -> str | None:
        """Where HTTP deliveries go; None where the app dials in by Socket Mode."""
        return self._deliverer.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._deliverer.request_url = url

    @property
    def commands(self) -> list[str]:
        """The slash commands of the app, as the page offers them; with none set, every command is delivered."""
        return self._interactions.commands

    @commands.setter
    def commands(self, commands: list[str]) -> None:
        self._interactions.commands = list(commands)

    # --- start and stop ---------------------------------------------------------------------------------------
    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens. Raises RuntimeError beside real tokens and off the loopback address, OSError on a taken port."""
        refuse_real_tokens(os.environ)
        if host not in ("127.0.0.1", "localhost"):
            raise RuntimeError(f"The local workspace listens on 127.0.0.1 only, not on {host}.")
        self._core.changes.start()
        where, bound = await self._server.start(self._app(), "127.0.0.1", port)
        self._core.url = f"http://{where}:{bound}"

    async def stop(self) -> None:
        """Ends event streams, sockets, redeliveries and answers under way, then stops listening."""
        self._core.changes.stop()
        await self._sockets.stop()
        await self._deliverer.stop()
        await self._server.stop()

    def _echo(self, said: Message) -> None:
        if self.state.channels[said.channel].kind == "dm":
            self._deliverer.later(payloads.own_message(self._core, said))

    def _app(self) -> Starlette:
        shown = self._calendars is not None
        page = Page(self._core, self._interactions, self._turn, self._welcome, calendar=shown)
        calendars = CalendarPage(self._interactions, self._calendars).routes() if self._calendars else []
        routes = [
            Route("/api/{method}", WebApi(self._core, self._server.drop).answer, methods=["GET", "POST"]),
            Route("/response/{response_id}", ResponseUrls(self._core, self._server.drop).answer, methods=["POST"]),
            WebSocketRoute("/socket/{ticket}", self._sockets.serve),
            *FileContents(self._core).routes(),
            *Pictures(self._core).routes(),
            *Control(self.faults, self, self._sockets, self.change).routes(),
            *page.routes(),
            *calendars,
        ]
        # Only the machine's own names: a web page elsewhere cannot reach in by renaming itself to this address.
        hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        return Starlette(routes=routes, middleware=[hosts])

    def test_user(self, user: str) -> TestUser:
        """This person at their keyboard. Raises Refusal for the deactivated and the unknown."""
        return TestUser(self._core, self._interactions, user)

    # --- what happened, and what shall ------------------------------------------------------------------------
    @property
    def state(self) -> State:
        """The records themselves, for assertions."""
        return self._core.state

    @property
    def faults(self) -> Faults:
        return self._core.faults

    @property
    def calls(self) -> list[Call]:
        """Every Web API call so far, oldest first."""
        return self._core.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to bring something to the app so far, oldest first."""
        return self._deliverer.deliveries

    @property
    def sockets(self) -> int:
        """How many Socket Mode connections take envelopes now."""
        return len(self._sockets.ready)

    def drop_sockets(self) -> None:
        """Every Socket Mode connection breaks off abruptly."""
        self._sockets.drop()

    async def refresh_sockets(self) -> None:
        """Asks the app to connect anew ("refresh_requested"), then closes the old connections."""
        await self._sockets.refresh()

    async def warn_sockets(self) -> None:
        await self._sockets.warn()

    async def announce(self, event: Json) -> Delivery:
        """Brings any other event to the app, such as {"type": "team_join", "user": {…}}."""
        return await self._deliverer.event(payloads.event(self._core, event))

    async def change(self, user: str, /, **changes: Any) -> Delivery:
        """As `change_person`, and the app hears of it."""
        self.change_person(user, **changes)
        who = serializers.person(self._core, self.state.people[user])
        return await self._happens("user_change", user=who, cache_ts=self.state.seconds())

    async def take_app_out(self, channel: str) -> Delivery:
        """Somebody removes the app from a private channel: what is in it is none of the app's business any more."""
        left = tuple(each for each in self.state.channels[channel].members if each != self.bot_user)
        self.change_channel(channel, members=left)
        return await self._happens("group_left", channel=channel, actor_id=next(iter(left), self.bot_user))

    def invite_app(self, channel: str) -> None:
        """Somebody invites it again."""
        self.change_channel(channel, members=(*self.state.channels[channel].members, self.bot_user))

    async def uninstall(self) -> None:
        """The app is taken out of the workspace: its token is revoked with that."""
        self._core.installed = False
        await self._happens("tokens_revoked", tokens={"oauth": [], "bot": [self.bot_user]})
        await self._happens("app_uninstalled")

    def install(self) -> None:
        """It is installed again; here it gets the token that it had."""
        self._core.installed = True

    async def _happens(self, kind: str, **more: Any) -> Delivery:
        return await self.announce({"type": kind, **more, "event_ts": self.state.timestamp()})

    async def redelivered(self) -> None:
        """Waits until every redelivery of events has come to its end."""
        await self._deliverer.quiet()

    def grant(self, scopes: Iterable[str]) -> None:
        """The app is installed again: from now on its bot token has these scopes."""
        self._core.scopes = frozenset(scopes)

    async def settled(self, predicate: Callable[[], bool], seconds: float = 5) -> None:
        """Waits until the predicate holds, asking after every change. Raises TimeoutError with a picture of it all."""
        if not await self._core.changes.until(predicate, seconds):
            raise TimeoutError(f"not settled within {seconds:g} s:\n{self.picture()}")

    def picture(self) -> str:
        """The last calls and deliveries and what everybody sees, readable."""
        lines = ["last calls:"]
        lines += [f"  {c.method} {c.error or 'ok'}" for c in self.calls[-10:]]
        lines += ["last deliveries:"]
        lines += [f"  {d.kind} over {d.transport}: {d.message or 'acknowledged'}" for d in self.deliveries[-10:]]
        for person in self.state.people.values():
            if not person.bot and not person.deactivated:
                lines += [f"{person.name} ({person.id}) sees:", self.test_user(person.id).sees()]
        return "\n".join(lines)
