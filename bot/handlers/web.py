"""The bot's own small web server: the platforms' routes, and two addresses for whoever watches it."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

_GRACE: Final = 5
"""Seconds that requests under way have when the server stops."""

Ready = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]
"""Whether the bot can do its work, and what there is to say about it: states and counts."""


def application(platforms: Sequence[BaseRoute], ready: Ready) -> Starlette:
    """The web application; where no platform delivers over HTTP it only tells how the bot is."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        well, body = await ready()
        return JSONResponse(body, 200 if well else 503)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), *platforms])


class _Quiet(uvicorn.Server):
    """uvicorn without its signal handlers (the application has its own), and with a word when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class HttpServer:
    """Serves an application on one address. Port 0 takes a free one."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._address = (host, port)
        config = uvicorn.Config(
            app, loop="none", http="httptools", ws="none", lifespan="off", log_config=None, access_log=False,
            server_header=False, date_header=False, timeout_graceful_shutdown=_GRACE,
        )  # fmt: skip
        self._server = _Quiet(config)
        self._task: asyncio.Task[None] | None = None
        self.url = ""

    async def start(self) -> str:
        """Listen, and give the address. Raises OSError where the port is taken."""
        host, port = self._address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # With the protocol named asyncio switches Nagle off on each connection: left on, it holds an ack for 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
        except OSError:
            listener.close()
            raise
        listener.setblocking(False)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        self._task = asyncio.create_task(self._server.serve([listener]), name="web server")
        await self._server.listening.wait()
        return self.url

    async def stop(self) -> None:
        """Take nothing more, and let what is under way come to its answer."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task
