"""The bot under measurement, in a process of its own, from the same settings as `mentorbot serve`.

--receiving   only the half that takes clicks: nothing is swept or sent
--sweeping    all of it, and besides its own timers a sweep every second
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

from bench import cases
from bench.children import orders, run, say
from bot.actions.context import Channels
from bot.actions.deadlines import sweep
from bot.actions.dispatcher import Dispatcher
from bot.app import App, build, utc_now
from bot.calendars.calendar import Appointment
from bot.calendars.graph import Graph
from bot.handlers.slack.platform import SlackPlatform
from bot.handlers.web import HttpServer, application
from bot.ids import new_id
from bot.schemes.together import load_all
from bot.serving import once_started
from bot.settings import Settings, from_environment
from bot.storage.database import Database
from tests.calendars.tokens import FixedToken

_IMPORT = 100
_GLANCE = 0.001
_AT = datetime(2027, 3, 29, 17, 30, tzinfo=UTC)


async def main(options: list[str]) -> None:
    """Serve until the parent has had enough."""
    settings = from_environment(None)
    if "--receiving" in options:
        async with _receiving(settings) as url:
            say({"url": url})
            await orders({"introduced": _introduced})
        return
    app = build(settings)
    await app.start(port=0)
    once_started()
    beside = [asyncio.create_task(_sweeping(app))] if "--sweeping" in options else []
    importing, placing = Importing(app.dispatcher), Placing(settings)
    try:
        say({"url": app.url})
        await orders(
            {
                "introduced": _introduced,
                "import": importing.start,
                "stop importing": importing.stop,
                "quiet": lambda: _quiet(app),
                "event": placing.place,
            }
        )
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await placing.close()
        await app.stop()


@asynccontextmanager
async def _receiving(settings: Settings) -> AsyncIterator[str]:
    """The bot as `App` wires it, without the outbox and the timers; gives its address."""
    database = Database(settings.database_url.get_secret_value(), settings.secrets)
    platform = SlackPlatform(settings.in_slack)
    await platform.connect()
    await platform.start(Dispatcher(database, load_all(settings.schemes), utc_now, new_id, Channels()))

    async def ready() -> tuple[bool, dict[str, Any]]:
        return True, {}

    server = HttpServer(application(platform.routes, ready), "127.0.0.1", 0)
    yield await server.start()
    await server.stop()
    await platform.stop()
    await platform.close()
    await database.close()


async def _sweeping(app: App) -> None:
    while True:
        while await sweep(app.dispatcher):
            pass
        await asyncio.sleep(1)


async def _introduced() -> dict[str, Any]:
    """Whoever has clicked for the first time is asked after in the background: wait until that is done."""
    going = [task for task in asyncio.all_tasks() if task.get_name() == "introduction"]
    await asyncio.gather(*going)
    return {"introduced": len(going)}


async def _quiet(app: App) -> dict[str, Any]:
    await app.drain()
    return {"quiet": True}


class Importing:
    """An import beside the clicks: one chunk of members after the other, each a transaction, and before each a moment
    for whoever is being answered, as everything that can wait gives it."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._task: asyncio.Task[None] | None = None
        self._members = 0

    async def start(self) -> dict[str, Any]:
        """Begin."""
        self._task = asyncio.create_task(self._run())
        return {"importing": True}

    async def _run(self) -> None:
        for at in count(0, _IMPORT):
            await self._dispatcher.wait_until_idle()
            await self._dispatcher.database.write(partial(cases.imported, first=at, last=at + _IMPORT))
            self._members = at + _IMPORT

    async def stop(self) -> dict[str, Any]:
        """End; tells how many members have come in."""
        assert self._task is not None
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        return {"members": self._members}


class Placing:
    """Events in Microsoft 365's calendars, and how long nobody else is answered meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self._graph = Graph(settings.graph, FixedToken()) if settings.graph else None
        self._made = count(1)

    async def place(self) -> dict[str, Any]:
        """Place one: seconds that it took, and for which the event loop was blocked at the longest."""
        assert self._graph is not None
        watching = asyncio.create_task(_watch_the_loop())
        await asyncio.sleep(0)
        began = time.perf_counter()
        await self._graph.place("mentor@example.org", Appointment(f"t{next(self._made)}", "A", _AT, 60, "UTC", ()))
        took = time.perf_counter() - began
        watching.cancel()
        return {"took": took, "blocked": await watching}

    async def close(self) -> None:
        """Let go of connections."""
        if self._graph is not None:
            await self._graph.close()


async def _watch_the_loop() -> float:
    """Until it is cancelled: the longest time for which it was not its turn, beyond what it slept."""
    longest = 0.0
    while True:
        began = time.perf_counter()
        try:
            await asyncio.sleep(_GLANCE)
        except asyncio.CancelledError:
            return longest
        longest = max(longest, time.perf_counter() - began - _GLANCE)


if __name__ == "__main__":
    run(main(sys.argv[1:]))
