"""Where bots are started quickly: it imports everything once, then forks a whole bot whenever one is asked for.

    python -m tests.crash.parent CONTROL

CONTROL is the file descriptor of a socket. Plans arrive, a line of JSON each. The bot says {"pid", "url"} once it has
sent all that was waiting for it and takes clicks; how it ended is said as {"ended": code}, negative for a signal.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Any

import psycopg
import uvicorn.lifespan.off
import uvicorn.protocols.http.httptools_impl

from bot.app import build
from bot.handlers.slack.platform import PATH
from bot.settings import Settings
from tests.support.races import MONDAY

_WITH_ALL_IT_NEEDS = (psycopg, uvicorn.lifespan.off, uvicorn.protocols.http.httptools_impl)
"""What a bot imports only once it runs, and on PostgreSQL."""


def die() -> None:
    """Be killed here and now: nothing that follows is run, no buffer flushed, no connection closed in good order."""
    os.kill(os.getpid(), signal.SIGKILL)


async def live(plan: Mapping[str, Any], control: socket.socket) -> None:
    """A bot as it is in earnest, until somebody kills it. Its clock stands still: nothing else falls due meanwhile."""
    app = build(Settings(**plan["settings"]), lambda: MONDAY)
    await app.start()
    await app.drain()
    if plan["dies_at_commit"]:
        # Called when a click's transaction has been committed, and before delivery hears of it.
        app.dispatcher.committed = die
    control.sendall(json.dumps({"pid": os.getpid(), "url": app.url + PATH}).encode() + b"\n")
    await asyncio.to_thread(control.recv, 1, socket.MSG_PEEK)  # returns only where the test itself has gone


def main(descriptor: int) -> None:
    """Bring up one bot after the other, until the other end is closed."""
    with socket.socket(fileno=descriptor) as control, control.makefile(encoding="utf-8") as plans:
        for plan in plans:
            child = os.fork()
            if not child:
                try:
                    asyncio.run(live(json.loads(plan), control))
                finally:
                    os._exit(1)
            ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            control.sendall(json.dumps({"ended": ended}).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
