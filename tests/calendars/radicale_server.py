"""Radicale, a CalDAV server, as a process of its own: prints the port that the system has given it, and serves until it
is ended. `python -m tests.calendars.radicale_server FOLDER`
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from wsgiref.simple_server import make_server

import httpx
from radicale import config
from radicale.app import Application

from tests.support.processes import ROOT

WHO = ("ada", "any")
"""It asks who comes, and believes it."""


def serve(folder: str) -> None:
    """Its own application on loopback. Its own server takes no port 0."""
    configuration = config.load()
    settings = {"storage": {"filesystem_folder": folder}, "auth": {"type": "none"}, "logging": {"level": "error"}}
    configuration.update(settings, "this test", privileged=True)
    server = make_server("127.0.0.1", 0, Application(configuration))
    print(server.server_port, flush=True)
    server.serve_forever()


@asynccontextmanager
async def radicale(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running server, with an empty calendar at /ada/calendar/."""
    run = (sys.executable, "-m", __name__, str(folder))
    process = await asyncio.create_subprocess_exec(*run, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(await asyncio.wait_for(process.stdout.readline(), 30))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", auth=WHO, timeout=30) as client:
            made = await client.request("MKCALENDAR", "/ada/calendar/")
            assert made.status_code == 201
            yield client
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    serve(sys.argv[1])
