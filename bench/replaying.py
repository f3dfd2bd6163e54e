"""The baseline of a durable Accept: the statements that one issued, recorded, and run again for other invitations
through SQLAlchemy Core, with one writer, a full sync, and a commit each."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from bench.cases import SCHEME, TEAM, Case
from bot.actions.context import Channels
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Nothing
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import engines
from bot.storage.database import Database
from demo.driver import Driver
from tests.support.databases import KEYS

AT_ONCE = 16


@dataclass
class Recorded:
    """What one Accept sent to the database: statements with their parameters, as Core took them, and as SQL."""

    case: Case
    statements: list[tuple[Any, Any]] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)

    def shapes(self) -> Iterator[str]:
        """Each statement with the shape of its parameters."""
        for (_, parameters), sql in zip(self.statements, self.sql, strict=True):
            rows = parameters if isinstance(parameters, list) else [parameters]
            shape = ", ".join(f"{name}: {type(value).__name__}" for name, value in rows[0].items())
            yield f"{' '.join(sql.split())}  ← {len(rows)} × ({shape})"


async def record(url: str, case: Case) -> Recorded:
    """Accept the case's invitation with a dispatcher of our own, and write down what it asks of the database."""
    database, recorded, numbers = Database(url, KEYS), Recorded(case), count(1)
    dispatcher = Dispatcher(
        database,
        Schemes((load(SCHEME),)),
        lambda: datetime.now(UTC),
        lambda: f"N{next(numbers):03d}{case.mark}",
        Channels(),
    )
    driver, key = Driver(dispatcher, TEAM), f"accept.{case.invitation}"
    try:
        with _listening(database.engines, recorded):
            reply = await driver.click(case.mentor, "accept", case.invitation, idempotency_key=key)
    finally:
        await database.close()
    if not isinstance(reply, Nothing):
        raise RuntimeError(f"the Accept to be recorded was answered with {reply}")
    return recorded


@contextmanager
def _listening(on: Iterable[Engine], recorded: Recorded) -> Iterator[None]:
    def before(_: Connection, statement: Any, many: Any, one: Any, options: Any) -> None:
        recorded.statements.append((statement, list(many) if many else dict(one)))

    def sent(_: Connection, __: DBAPICursor, sql: str, ___: Any, context: ExecutionContext | None, many: bool) -> None:
        if context is not None and context.compiled is not None:
            recorded.sql.append(sql)

    hooks: tuple[tuple[str, Callable[..., Any]], ...] = (("before_execute", before), ("after_cursor_execute", sent))
    for engine in on:
        for name, hook in hooks:
            event.listen(engine, name, hook)
    try:
        yield
    finally:
        for engine in on:
            for name, hook in hooks:
                event.remove(engine, name, hook)


class Replay:
    """Runs what was recorded for other cases. Opened on a copy of the database that the bot works on."""

    def __init__(self, url: str, recorded: Recorded) -> None:
        self._engine = engines.sqlite_writer(engines.address(url))
        self._writer = ThreadPoolExecutor(1, "replay")
        self._recorded = recorded

    def run(self, cases: Iterable[Case]) -> float:
        """Seconds that it takes for these, sixteen in flight."""
        ready = [[(one, self._for(case, values)) for one, values in self._recorded.statements] for case in cases]
        began = time.perf_counter()
        going: set[Future[None]] = set()
        for statements in ready:
            if len(going) >= AT_ONCE:
                done, going = wait(going, return_when=FIRST_COMPLETED)
                for each in done:
                    each.result()
            going.add(self._writer.submit(self._transaction, statements))
        for each in going:
            each.result()
        return time.perf_counter() - began

    def _transaction(self, statements: list[tuple[Any, Any]]) -> None:
        with self._engine.begin() as db:
            for statement, parameters in statements:
                result = db.execute(statement, parameters)
                if result.returns_rows:
                    result.all()

    def _for(self, case: Case, value: Any) -> Any:
        """The recorded parameters, with the other case's mark wherever the recorded one's stood."""
        match value:
            case str():
                return value.replace(self._recorded.case.mark, case.mark)
            case dict():
                return {key: self._for(case, each) for key, each in value.items()}
            case list():
                return [self._for(case, each) for each in value]
            case _:
                return value

    def close(self) -> None:
        """Close the database."""
        self._writer.shutdown()
        self._engine.dispose()
