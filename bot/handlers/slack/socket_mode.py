"""Socket Mode: the bot dials out, so that it can sit behind a firewall. Envelopes in, acks out, connections renewed.

The kit's own client tries a used, single-use address for ever when a connection cannot be made, and sleeps for a ping's
interval when one is lost; so the few lines that it takes are written here, over the same library.
Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.bodies import Answer
from bot.handlers.slack.errors import error_of
from bot.handlers.slack.payloads import Unreadable

log = logging.getLogger(__name__)

_KINDS: Final = frozenset({"events_api", "interactive", "slash_commands"})
_PINGS: Final = 10.0
"""Seconds between our pings; a connection that answers none for half as long is given up."""
_WAITS: Final = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next try, by tries in vain."""
_GREETING: Final = 10
_GRACE: Final = 5
"""Seconds that Slack has to say hello, and that envelopes under way have when the bot stops."""
_LARGEST: Final = 4 * 1024 * 1024

Take = Callable[[dict[str, Any]], Awaitable[Answer]]


class SocketMode:
    """Keeps one connection to Slack; a new one is there before an old one that Slack wants renewed is let go."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, app_token: str, take: Take) -> None:
        self._client = client
        self._session = session
        self._app_token = app_token
        self._take = take
        self._stopping = False
        self._newest: ClientWebSocketResponse | None = None
        self._readings: dict[ClientWebSocketResponse, asyncio.Task[None]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._tries = 0
        self._greeted = asyncio.Event()
        self._renew = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether Slack has somewhere to bring its envelopes."""
        return any(not connection.closed for connection in self._readings)

    async def start(self) -> None:
        """Connect; returns when Slack has said hello.

        Raises SlackApiError where the token opens no connection, TimeoutError where Slack does not greet.
        """
        first = await self._connect()
        self._task = asyncio.create_task(self._keep(first), name="socket mode")
        async with asyncio.timeout(_GREETING):
            await self._greeted.wait()

    async def stop(self) -> None:
        """Take no more envelopes, ack those that are under way, and hang up."""
        self._stopping = True
        if self._working:
            await asyncio.wait(set(self._working), timeout=_GRACE)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        readings = list(self._readings.items())
        for connection, _ in readings:
            await connection.close()
        await asyncio.gather(*(reading for _, reading in readings), return_exceptions=True)

    async def _connect(self) -> ClientWebSocketResponse:
        answer = await self._client.apps_connections_open(app_token=self._app_token)
        return await self._session.ws_connect(
            str(answer["url"]), heartbeat=_PINGS, max_msg_size=_LARGEST, proxy=self._client.proxy
        )

    async def _keep(self, connection: ClientWebSocketResponse) -> None:
        """Read from the newest connection; renew it when Slack asks to, and replace it when it is lost."""
        while True:
            self._newest = connection
            self._renew.clear()
            reading = asyncio.create_task(self._read(connection), name="socket mode reading")
            self._readings[connection] = reading
            renewal = asyncio.create_task(self._renew.wait())
            await asyncio.wait({reading, renewal}, return_when=asyncio.FIRST_COMPLETED)
            renewal.cancel()
            # An old connection is read to its end: what Slack has sent over it is acked over it.
            connection = await self._reconnect()
            log.info("the connection to Slack is renewed")

    async def _reconnect(self) -> ClientWebSocketResponse:
        """A new connection, however long that takes; Slack's hello counts as having got there."""
        while True:
            await asyncio.sleep(_WAITS[min(self._tries, len(_WAITS) - 1)])
            self._tries += 1
            try:
                return await self._connect()
            except SlackApiError as error:
                log.warning("Slack opens no connection: %s", error_of(error))
            except (SlackClientError, ClientError, TimeoutError, OSError) as error:
                log.warning("Slack is not reached: %s", type(error).__name__)

    async def _read(self, connection: ClientWebSocketResponse) -> None:
        try:
            async for message in connection:
                if message.type is WSMsgType.TEXT:
                    self._envelope(connection, message.data)
        finally:
            del self._readings[connection]
            await connection.close()

    def _envelope(self, connection: ClientWebSocketResponse, text: str) -> None:
        try:
            envelope = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(envelope, dict):
            return
        match envelope.get("type"):
            case "hello":
                self._tries = 0
                self._greeted.set()
            case "disconnect" if connection is self._newest:
                self._renew.set()
            case str(kind) if kind in _KINDS and not self._stopping:
                task = asyncio.create_task(self._answer(connection, envelope), name="envelope")
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _answer(self, connection: ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        name, payload = envelope.get("envelope_id"), envelope.get("payload")
        if not isinstance(name, str) or not isinstance(payload, dict):
            return
        ack: dict[str, Any] = {"envelope_id": name}
        try:
            answer = await self._take(payload)
        except Unreadable:
            answer = Answer(200)  # delivered again it would be no more readable
        except Exception:
            log.exception("an envelope could not be taken")
            return  # without an ack Slack delivers it again
        if answer.body and answer.status == 200:
            as_json = answer.content_type.startswith("application/json")
            ack["payload"] = json.loads(answer.body) if as_json else {"text": answer.body}
        try:
            await connection.send_str(json.dumps(ack))
        except (ClientError, ConnectionError):
            log.info("an ack found its connection closed")  # Slack delivers it again, and gets the same ack
