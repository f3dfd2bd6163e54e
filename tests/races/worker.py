"""One of the two processes of a race: it does what it is told to, each round at the same moment as its partner.

    python -m tests.races.worker CONTROL PARTNER

Both are file descriptors of sockets: on CONTROL plans arrive and reports leave, a line of JSON each; on PARTNER a byte
is exchanged before each round.
"""

import asyncio
import json
import socket
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import event

from bot.actions.context import Channels
from bot.actions.deadlines import sweep
from bot.actions.dispatcher import Dispatcher
from bot.ids import new_id
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage.database import Database
from demo.driver import Driver
from tests.support.collector import spare_the_collector
from tests.support.races import MONDAY, SCHEME, SECONDS


class Racer:
    """A dispatcher of its own on the shared database, and a clock that each round sets."""

    def __init__(self, database: Database, scheme: Scheme, partner: socket.socket) -> None:
        self._now = MONDAY
        self._partner = partner
        self._dispatcher = Dispatcher(database, Schemes((scheme,)), lambda: self._now, new_id, Channels())
        self._stops = False
        event.listen(database.engines[0], "after_cursor_execute", self._after)

    async def race(self, sides: Sequence[Mapping[str, Any]]) -> list[list[str]]:
        """Run every round; gives what each move came to."""
        await sweep(self._at(sides[0]))  # the first connections are opened before the clock ticks
        return [await self._round(side) for side in sides]

    async def _round(self, side: Mapping[str, Any]) -> list[str]:
        self._at(side)
        # Nothing else runs in this process between two rounds, so that it may wait without the loop.
        self._tell()
        self._hear()
        if side["first"]:
            await self._move(side["first"])
        self._stops = side["part"] == "stops halfway"
        if side["part"] == "acts in between":
            self._hear()
        came_to = list(await asyncio.gather(*(self._move(move) for move in side["moves"])))
        if side["part"] == "acts in between":
            self._tell()
        return came_to

    def _after(self, _: Any, cursor: Any, statement: str, *more: Any) -> None:
        """In the database's thread, after each statement: stop where a request has been read and its list not yet."""
        if self._stops and statement.startswith("SELECT requests."):
            self._stops = False
            self._tell()
            self._hear()

    def _tell(self) -> None:
        self._partner.sendall(b".")

    def _hear(self) -> None:
        if not self._partner.recv(1):
            raise RuntimeError("the partner has gone")

    def _at(self, side: Mapping[str, Any]) -> Dispatcher:
        self._now = datetime.fromisoformat(side["at"])
        return self._dispatcher

    async def _move(self, move: Mapping[str, Any]) -> str:
        try:
            if move["verb"] == "sweep":
                await sweep(self._dispatcher)
                return "swept"
            pressed = (move["user"], move["verb"], move["subject"], move["values"])
            return type(await Driver(self._dispatcher).click(*pressed)).__name__
        except Exception as error:
            return f"raised {type(error).__name__}: {error}"


async def _run(plan: Mapping[str, Any], partner: socket.socket) -> list[list[str]]:
    scheme = load(SCHEME)
    scheme = scheme.model_copy(update={"route": scheme.route.model_copy(update={"on_silence": plan["on_silence"]})})
    database = Database(plan["url"], plan["keys"])
    try:
        return await Racer(database, scheme, partner).race(plan["sides"])
    finally:
        await database.close()


def main(control: int, partner: int) -> None:
    """Serve plans until the other end is closed."""
    spare_the_collector()
    with socket.socket(fileno=control) as orders, socket.socket(fileno=partner) as beside:
        beside.settimeout(SECONDS)
        with orders.makefile("rw", encoding="utf-8") as lines:
            for line in lines:
                report = asyncio.run(_run(json.loads(line), beside))
                lines.write(json.dumps(report) + "\n")
                lines.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
