"""A look at the deadlines when none is due: it must cost the same however many are pending, of whatever kinds."""

import statistics
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from bench import cases, report
from bench.report import Line
from bench.setting_up import Place
from bot.actions.context import Channels
from bot.actions.deadlines import sweep
from bot.actions.dispatcher import Dispatcher
from bot.ids import new_id
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "Idle sweep with 100,000 pending deadlines of mixed kinds, against none"
_MANY = 100_000
_ROUNDS = 8
_SWEEPS = 50
_BOUND = 1.5


async def measure(place: Place) -> list[Line]:
    """On both engines."""
    return [await _on(place, "sqlite", "SQLite"), await _on(place, "postgresql", "PostgreSQL")]


async def _on(place: Place, engine: str, name: str) -> Line:
    with Database(place.database_url(engine), KEYS) as none, Database(place.database_url(engine), KEYS) as many:
        cases.pending(many, _MANY)
        took = await _taken({0: none, _MANY: many})
    middle = {pending: statistics.median(times) * 1e3 for pending, times in took.items()}
    beside = f"{middle[_MANY]:.2f} ms against {middle[0]:.2f} ms"
    return report.at_most(name, middle[_MANY] / middle[0], _BOUND, "×", beside)


async def _taken(databases: Mapping[int, Database]) -> dict[int, list[float]]:
    """Seconds of each sweep, by how many are pending; the two take turns."""
    desks = {
        pending: Dispatcher(database, Schemes((load(cases.SCHEME),)), lambda: datetime.now(UTC), new_id, Channels())
        for pending, database in databases.items()
    }
    took: dict[int, list[float]] = {pending: [] for pending in desks}
    for round_ in range(_ROUNDS + 1):
        for pending, dispatcher in desks.items():
            for _ in range(_SWEEPS):
                began = time.perf_counter()
                if await sweep(dispatcher):
                    raise RuntimeError("a deadline was due")
                if round_:  # the first only warms up
                    took[pending].append(time.perf_counter() - began)
    return took
