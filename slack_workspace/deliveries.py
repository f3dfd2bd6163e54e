"""Bringing things to the app: signed HTTP requests or Socket Mode envelopes, acknowledged within three seconds.

Events that were not acknowledged come again: at once, after a minute, after five. What a person does does not: they
are shown that it failed. Source: https://docs.slack.dev/apis/events-api#retries,
https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from urllib.parse import urlencode

import aiohttp

from slack_workspace.bounded import trim
from slack_workspace.core import Core
from slack_workspace.model import Json
from slack_workspace.sockets import NotConnectedError, Sockets

Kind = Literal["interactive", "slash_commands", "events_api"]
ACK_SECONDS: Final = 3.0
RETRIES: Final = (0.0, 60.0, 300.0)
"""Seconds before each redelivery of an event."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to bring something to the app and how it went.

    `problem` is "" when it was acknowledged, else Slack's word for it (http_timeout, http_error, connection_failed);
    `message` says it to a person. `answer` is what the acknowledgement carried. `seconds` is how long it took.
    """

    kind: Kind
    payload: Json
    transport: Literal["http", "socket"]
    problem: str = ""
    message: str = ""
    status: int | None = None
    answer: Any = None
    retry_num: int = 0
    seconds: float = 0.0
    final: bool = False
    """The app said with X-Slack-No-Retry that it wants no redelivery."""

    @property
    def acked(self) -> bool:
        return not self.problem


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Deliverer:
    """Carries deliveries and keeps a list of them. `pause` waits between redeliveries; tests pass one that does not."""

    def __init__(
        self,
        core: Core,
        sockets: Sockets,
        *,
        ack_seconds: float = ACK_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        retries: Sequence[float] = RETRIES,
    ) -> None:
        self._core = core
        self._sockets = sockets
        self._ack_seconds = ack_seconds
        self._pause = pause
        self._retries = retries
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.request_url: str | None = None
        self.deliveries: list[Delivery] = []

    # --- what interactions call -------------------------------------------------------------------------------
    async def interact(self, kind: Kind, payload: Json) -> Delivery:
        """Brings what a person did; once."""
        return await self._attempt(kind, payload, 0, "")

    async def event(self, payload: Json) -> Delivery:
        """Brings an event. If it is not acknowledged, the redeliveries go on in the background."""
        first = await self._attempt("events_api", payload, 0, "")
        if not first.acked and not first.final:
            self._keep(asyncio.create_task(self._again(payload, first.problem)))
        return first

    def later(self, payload: Json) -> None:
        """Brings an event in the background."""
        self._keep(asyncio.create_task(self._first(payload)))

    async def _first(self, payload: Json) -> None:
        await self.event(payload)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def quiet(self) -> None:
        """Waits until no delivery in the background is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Gives up what is under way and closes the connections."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    # --- carrying ---------------------------------------------------------------------------------------------
    async def _again(self, payload: Json, reason: str) -> None:
        for number, seconds in enumerate(self._retries, start=1):
            if seconds:
                await self._pause(seconds)
            attempt = await self._attempt("events_api", payload, number, reason)
            if attempt.acked or attempt.final:
                return
            reason = attempt.problem

    async def _attempt(self, kind: Kind, payload: Json, number: int, reason: str) -> Delivery:
        started = time.monotonic()
        if self._sockets.ready or self.request_url is None:
            done = await self._by_socket(kind, payload, number, reason)
        else:
            done = await self._by_http(self.request_url, kind, payload, number, reason)
        done = _with(done, number, time.monotonic() - started)
        self.deliveries.append(done)
        trim(self.deliveries)
        self._core.changes.touch()
        return done

    async def _by_socket(self, kind: Kind, payload: Json, number: int, reason: str) -> Delivery:
        envelope: Json = {
            "envelope_id": secrets.token_hex(16),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        try:
            async with asyncio.timeout(self._ack_seconds):
                answer = await self._sockets.deliver(envelope, wait=kind == "events_api")
        except TimeoutError:
            return Delivery(kind, payload, "socket", "http_timeout", self._too_late)
        except NotConnectedError:
            return Delivery(kind, payload, "socket", "connection_failed", "The app is not connected.")
        return Delivery(kind, payload, "socket", answer=answer)

    async def _by_http(self, url: str, kind: Kind, payload: Json, number: int, reason: str) -> Delivery:
        body, content_type = _body(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._core.identity.signing_secret, timestamp, body),
        }
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=True, trust_env=False)
        try:
            async with (
                asyncio.timeout(self._ack_seconds),
                self._session.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                words = await response.text()
                final = response.headers.get("X-Slack-No-Retry") == "1"
                if response.status != 200:
                    message = f"The app answered with an error ({response.status})."
                    return Delivery(kind, payload, "http", "http_error", message, response.status, words, final=final)
                return Delivery(kind, payload, "http", status=200, answer=_read(words))
        except TimeoutError:
            return Delivery(kind, payload, "http", "http_timeout", self._too_late)
        except aiohttp.ClientError:
            return Delivery(kind, payload, "http", "connection_failed", "The app could not be reached.")

    @property
    def _too_late(self) -> str:
        return f"The app did not answer within {self._ack_seconds:g} seconds."


def _body(kind: Kind, payload: Json) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match kind:
        case "events_api":
            return json.dumps(payload).encode(), "application/json"
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), form
        case "slash_commands":
            return urlencode(payload).encode(), form


def _read(words: str) -> Any:
    """The body of an acknowledgement: JSON if it is, else the text itself, None if empty."""
    if not words.strip():
        return None
    try:
        return json.loads(words)
    except ValueError:
        return words


def _with(done: Delivery, number: int, seconds: float) -> Delivery:
    return replace(done, retry_num=number, seconds=seconds)
