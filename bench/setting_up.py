"""Where a run works: a folder on a real disk, fresh databases in it, and the processes beside it."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench.children import ROOT, Child, child
from bench.load import in_flight
from bench.slack import Slack, command
from bot.storage.database import Database
from tests.support.databases import KEYS, Server


@dataclass
class Place:
    """One run's folder and databases."""

    folder: Path
    verbose: bool = False
    postgresql: Server | None = None
    _numbers: "count[int]" = field(default_factory=count)

    def database_url(self, engine: str = "sqlite") -> str:
        """The address of a fresh, migrated database."""
        if engine == "sqlite":
            url = f"sqlite:///{self.folder / f'bench{next(self._numbers)}.db'}"
        else:
            assert self.postgresql is not None
            url = self.postgresql.create()
        with Database(url, KEYS) as database:
            database.migrate()
        return url


@contextmanager
def place(verbose: bool = False) -> Iterator[Place]:
    """A folder inside the checkout (the system's own for such things may lie in memory), gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".bench-", dir=ROOT))
    try:
        yield Place(folder, verbose)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Population:
    """A workspace in a process of its own, and the cards in it: channel and ts."""

    slack: Slack
    cards: tuple[tuple[str, str], ...]


@asynccontextmanager
async def population(place: Place, cases: int) -> AsyncIterator[Population]:
    """Start one with the people of so many cases."""
    async with child(place.folder, "bench.population", str(cases)) as process:
        said = process.said
        slack = Slack(said["api_url"], said["bot_token"], said["signing_secret"])
        yield Population(slack, tuple((channel, ts) for channel, ts in said["cards"]))


@asynccontextmanager
async def bot(place: Place, slack: Slack, database_url: str, *options: str) -> AsyncIterator["Running"]:
    """Start a bot."""
    async with child(place.folder, "bench.running", *options, env=slack.settings(database_url)) as process:
        yield Running(process, process.said["url"], slack)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot in a process of its own."""

    process: Child
    url: str
    slack: Slack

    async def acquaint(self, users: list[str]) -> None:
        """Have it know these people, as it does of everybody who has clicked once since it was started."""
        await in_flight(self.url, [command(self.slack.signing_secret, user) for user in users], 16)
        await self.process.ask("introduced")
