"""From the command to the first ack, and what the process holds in memory then and after two thousand clicks."""

import asyncio
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from bench import cases, load, report, slack
from bench.cases import Case
from bench.children import SECONDS, environment
from bench.report import Line
from bench.setting_up import Place, Population, bot, population
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "Start of `mentorbot serve` on a migrated SQLite file, and memory"
_STARTS = 5
_PEOPLE = 200
_CLICKS = 2_000
_BOUND = 1.5
_LISTENING = re.compile(rb"listening at (http://\S+)")
_numbers = count(1)


async def measure(place: Place) -> list[Line]:
    """A few starts, one after the other; then one bot that is clicked at."""
    async with population(place, _PEOPLE) as here:
        url = place.database_url()
        took = sorted([await _started(place, here, url) for _ in range(_STARTS)])
        with Database(url, KEYS) as database:
            cases.asked(database, here.cards)
        at_first, later = await _held(place, here, url)
    beside = f"{took[0]:.2f} to {took[-1]:.2f} s in {_STARTS} starts"
    return [
        report.at_most("command to first ack, median", took[len(took) // 2], _BOUND, "s", beside),
        report.only("memory after the start", _megabytes(at_first)),
        report.only(f"memory after {_CLICKS:,} clicks, {_PEOPLE} of them Accept", _megabytes(later)),
    ]


async def _started(place: Place, here: Population, url: str) -> float:
    """Seconds from starting the command until an event is acked."""
    event = slack.event(here.slack.signing_secret, next(_numbers))
    began = time.perf_counter()
    async with _serving(place, here, url) as address:
        await load.in_flight(address, [event], 1)
        return time.perf_counter() - began


@asynccontextmanager
async def _serving(place: Place, here: Population, url: str) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", "0",
        cwd=place.folder, env=environment(here.slack.settings(url)), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        yield await asyncio.wait_for(_address(process.stderr), SECONDS)
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), SECONDS)


async def _address(log: asyncio.StreamReader) -> str:
    said = b""
    async for line in log:
        said += line
        if found := _LISTENING.search(line):
            return found[1].decode()
    raise RuntimeError(f"the bot ended:\n{said.decode()}")


async def _held(place: Place, here: Population, url: str) -> tuple[float | None, float | None]:
    """Megabytes after the start, and when all has been done and sent: everybody accepts once, and asks for help."""
    secret, some = here.slack.signing_secret, [Case(number) for number in range(_PEOPLE)]
    async with bot(place, here.slack, url) as running:
        await load.in_flight(running.url, [slack.event(secret, next(_numbers))], 1)
        at_first = report.memory(running.process.pid)
        await running.acquaint([case.mentor for case in some])
        clicks = [
            slack.press(secret, case.mentor, "accept", case.invitation, *here.cards[case.number]) for case in some
        ]
        # Everybody has asked once already, to get acquainted.
        times = range(1, _CLICKS // _PEOPLE - 1)
        clicks += [slack.command(secret, case.mentor, number) for number in times for case in some]
        await load.in_flight(running.url, clicks, 16)
        await running.process.ask("quiet")
        return at_first, report.memory(running.process.pid)


def _megabytes(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f} MB"
