"""Socket Mode: the app dials in with its app-level token and receives envelopes over a WebSocket.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from slack_workspace.core import Core
from slack_workspace.model import Json


class NotConnectedError(Exception):
    """No connection is there to take the envelope."""


class _GoneError(Exception):
    """The connection went away with the envelope unacknowledged."""


class Connection:
    """One WebSocket of the app and the envelopes on it that still wait for their acknowledgement."""

    def __init__(self, websocket: WebSocket, drop: Callable[[WebSocket], None]) -> None:
        self.websocket = websocket
        self.leaving = False
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        self._drop = drop

    async def send(self, message: Json) -> None:
        await self.websocket.send_text(json.dumps(message))

    async def ask(self, envelope: Json) -> Any:
        """Sends the envelope and gives the payload of its acknowledgement. Raises _GoneError."""
        answer = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = answer
        try:
            await self.send(envelope)
            return await answer
        except (RuntimeError, WebSocketDisconnect) as error:
            raise _GoneError from error
        finally:
            self.waiting.pop(envelope["envelope_id"], None)

    async def listen(self) -> None:
        """Hands acknowledgements to whoever waits for them, until the connection ends."""
        try:
            async for text in self.websocket.iter_text():
                self._heard(text)
        finally:
            self.leaving = True
            for answer in self.waiting.values():
                if not answer.done():
                    answer.set_exception(_GoneError())

    def _heard(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        answer = self.waiting.get(str(message.get("envelope_id")))
        if answer and not answer.done():
            answer.set_result(message.get("payload"))

    def drop(self) -> None:
        """Breaks off without a word, as a lost network does."""
        self._drop(self.websocket)


class Sockets:
    """The app's connections. Envelopes go to them in turn; what one loses unacknowledged goes to another."""

    def __init__(self, core: Core, drop: Callable[[WebSocket], None]) -> None:
        self._core = core
        self._drop = drop
        self._tickets: set[str] = set()
        self._turn = 0
        self.connections: list[Connection] = []

    def open(self) -> str:
        """The address of a new connection, good for one use."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return f"{self._core.url.replace('http', 'ws', 1)}/socket/{ticket}"

    @property
    def ready(self) -> list[Connection]:
        return [c for c in self.connections if not c.leaving]

    async def serve(self, websocket: WebSocket) -> None:
        """The life of one connection: ticket, hello, acknowledgements, end."""
        ticket = websocket.path_params["ticket"]
        if ticket not in self._tickets:
            await websocket.close(1008)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket, self._drop)
        await connection.send(self._hello())
        self.connections.append(connection)
        self._core.changes.touch()
        try:
            await connection.listen()
        finally:
            self.connections.remove(connection)
            self._core.changes.touch()

    def _hello(self) -> Json:
        debug = {"host": "local", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "connection_info": {"app_id": self._core.identity.app_id},
            "num_connections": len(self.connections) + 1,
            "debug_info": debug,
        }

    async def deliver(self, envelope: Json, *, wait: bool) -> Any:
        """The payload of the acknowledgement, however many connections it takes.

        Raises NotConnectedError if nobody is there at first (`wait`: waits for somebody). No deadline of its own.
        """
        while True:
            if not self.ready:
                if not wait:
                    raise NotConnectedError
                await self._core.changes.until(lambda: bool(self.ready), 3600)
                continue
            self._turn += 1
            connection = self.ready[self._turn % len(self.ready)]
            with contextlib.suppress(_GoneError):
                return await connection.ask(envelope)
            connection.leaving = True
            wait = True

    def drop(self) -> None:
        """Every connection is lost at once."""
        for connection in list(self.connections):
            connection.leaving = True
            connection.drop()
        self._core.changes.touch()

    async def refresh(self, reason: str = "refresh_requested", grace: float = 3.0) -> None:
        """Asks the app to connect anew, lets what is under way be acknowledged (`grace` seconds), then closes."""
        old = self.ready
        for connection in old:
            connection.leaving = True
            await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
        waiting = [answer for connection in old for answer in connection.waiting.values()]
        if waiting:
            await asyncio.wait(waiting, timeout=grace)
        for connection in old:
            await self._close(connection)

    async def warn(self) -> None:
        """The warning that comes about ten seconds before a refresh."""
        for connection in self.ready:
            await connection.send({"type": "disconnect", "reason": "warning", "debug_info": {"host": "local"}})

    async def stop(self) -> None:
        """Closes everything, for the end of the workspace."""
        for connection in list(self.connections):
            connection.leaving = True
            await self._close(connection)

    async def _close(self, connection: Connection) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await connection.websocket.close(1001)
