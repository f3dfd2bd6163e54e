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
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

import psycopg
import uvicorn.lifespan.off
import uvicorn.protocols.http.httptools_impl

from bot.actions.context import Context
from bot.actions.importer import Importer
from bot.app import App, platforms_of
from bot.calendars import graph_kit
from bot.calendars.graph import Graph
from bot.delivery.sender import Sender
from bot.handlers.calendar.sender import CalendarSender
from bot.handlers.slack.platform import PATH
from bot.ids import new_id
from bot.lifecycle.importing import Import
from bot.schemes.loading import load
from bot.settings import Settings
from tests.calendars.tokens import FixedToken
from tests.support.collector import spare_the_collector
from tests.support.races import MONDAY, SCHEME

_WITH_ALL_IT_NEEDS = (psycopg, uvicorn.lifespan.off, uvicorn.protocols.http.httptools_impl, graph_kit)
"""What a bot imports only once it runs, on PostgreSQL, and where there are calendars."""

AT_COMMIT: Final = "at a click's commit"
"""When a bot dies: a click's transaction has been committed, and delivery has not heard of it."""
BEFORE_COMMIT: Final = "before a calendar's commit"
"""A calendar has answered, all that came of it is written, and nothing of that committed."""
AFTER_COMMIT: Final = "after a calendar's commit"
"""All that came of it is committed, and its letter not marked."""

BEFORE_BATCH: Final = "before an import's commit"
"""Some lines of a file have come in, and nothing of that is committed."""
AFTER_BATCH: Final = "after an import's commit"
"""They are committed, and nobody has heard of it."""

AFTER_PAIRS: Final = "after a round's commit"
"""Some pairs of a round are published and committed, and nobody has heard of it."""


def die() -> NoReturn:
    """Be killed here and now: nothing that follows is run, no buffer flushed, no connection closed in good order."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit  # never reached


class MortalImporter(Importer):
    """Dies at a batch of a file, where it is to."""

    dies = ""

    async def _in_scheme(self, one: Import, work: Callable[[Context], object]) -> None:
        def dying(context: Context) -> None:
            work(context)
            die()

        await super()._in_scheme(one, dying if self.dies == BEFORE_BATCH else work)
        if self.dies == AFTER_BATCH:
            die()


class MortalApp(App):
    """A bot that dies when `dies` says so, or lives. Its clock stands still: nothing else falls due meanwhile."""

    def __init__(self, settings: Settings) -> None:
        calendar = Graph(settings.graph, FixedToken()) if settings.graph else None
        super().__init__(settings, lambda: MONDAY, new_id, platforms_of(settings), calendar)
        self.dies = ""
        self.importer: MortalImporter = MortalImporter(self.dispatcher, self._find_all)

    def doom(self, dies: str) -> None:
        """From now on it dies at that moment."""
        self.dies = self.importer.dies = dies
        if dies in (AT_COMMIT, AFTER_PAIRS):
            self.dispatcher.committed = die

    def senders(self) -> dict[str, Sender]:
        """The ways out, of which the one into calendars may be deadly."""
        if self.calendar is None:
            return super().senders()
        return {**super().senders(), "calendar": CalendarSender(self.calendar, self._report)}

    async def _report(self, scheme_key: str, work: Callable[[Context], None], tries: int = 1) -> None:
        def dying(context: Context) -> None:
            work(context)
            die()

        await self.dispatcher.by_clock(scheme_key, dying if self.dies == BEFORE_COMMIT else work, tries)
        if self.dies == AFTER_COMMIT:
            die()


async def live(plan: Mapping[str, Any], control: socket.socket) -> None:
    """A bot as it is in earnest, until somebody kills it."""
    app = MortalApp(Settings(**plan["settings"]))
    app.importer.dies = plan["dies"]  # it begins by itself
    if plan["dies"] == AFTER_PAIRS:
        app.doom(AFTER_PAIRS)  # likewise
    await app.start()
    await app.drain()
    app.doom(plan["dies"])
    control.sendall(json.dumps({"pid": os.getpid(), "url": app.url + PATH}).encode() + b"\n")
    await asyncio.to_thread(control.recv, 1, socket.MSG_PEEK)  # returns only where the test itself has gone


def main(descriptor: int) -> None:
    """Bring up one bot after the other, until the other end is closed."""
    load(SCHEME)  # read once for all of them, with the holidays of the whole world: half of what a start takes
    spare_the_collector()
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
