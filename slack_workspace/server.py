"""Listening on the loopback address: uvicorn's protocol without uvicorn's process, so that start and stop are quick
and signals stay with whoever runs the program; and a way to break one connection off."""

import asyncio
import contextlib
import socket
from typing import Any, Final

from starlette.requests import HTTPConnection
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

_GRACE: Final = 2.0
"""Seconds that answers under way have at the end."""


_MANY: Final = 500
"""Connections remembered before those that have ended are forgotten."""
_KEEP_ALIVE: Final = 75
"""Seconds an idle connection stays: longer than any client of the tests keeps one, so that none is cut in its face."""


class Server:
    """Serves one ASGI application."""

    def __init__(self) -> None:
        self._state = ServerState()
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self._server: asyncio.Server | None = None

    async def start(self, app: Any, host: str, port: int) -> tuple[str, int]:
        """Listens; gives the address. Raises OSError if the port is taken."""
        config = Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            http="httptools",
            timeout_keep_alive=_KEEP_ALIVE,
        )
        config.load()
        transports = self._transports

        class Protocol(HttpToolsProtocol):
            """Remembers whose transport is whose."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if len(transports) > _MANY:
                    for client in [client for client, known in transports.items() if known.is_closing()]:
                        del transports[client]
                if self.client:
                    transports[self.client] = transport

        def connection() -> asyncio.Protocol:
            return Protocol(config=config, server_state=self._state, app_state={})

        # The protocol is named because asyncio turns Nagle off only where it reads "TCP".
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError:
            listening.close()
            raise
        self._server = await asyncio.get_running_loop().create_server(connection, sock=listening, backlog=512)
        address = listening.getsockname()
        return str(address[0]), int(address[1])

    def drop(self, connection: HTTPConnection) -> None:
        """Breaks the connection off without an answer."""
        client = connection.client
        transport = self._transports.get((client.host, client.port)) if client else None
        if transport:
            transport.abort()

    async def stop(self) -> None:
        """Takes no more, lets what is under way finish for a moment, closes everything."""
        if self._server is None:
            return
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(list(self._state.tasks), timeout=_GRACE)
        for task in list(self._state.tasks):
            task.cancel()
        for transport in self._transports.values():
            with contextlib.suppress(RuntimeError):
                transport.abort()
        self._transports.clear()
        await self._server.wait_closed()
        self._server = None
