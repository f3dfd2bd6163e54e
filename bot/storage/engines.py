"""Opening SQLite and PostgreSQL the way the bot needs them.

SQLite: WAL, foreign keys on, a full sync at every commit, and BEGIN IMMEDIATE for whoever writes (a deferred BEGIN that
comes to write later fails at once where another process is writing, whatever the busy timeout says).
"""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic_core import from_json
from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event, make_url

from bot.storage.compiled import SHARED, sharing

BUSY = 15.0
"""Seconds to wait for another process that writes the same SQLite file."""
UPGRADE_WAITS = 120.0
"""Seconds to wait for another process that is upgrading it."""


def address(url: str) -> URL:
    """Read a database URL; ValueError says what is wrong with it, without repeating it: it may hold a password."""
    if url.startswith("postgres://"):
        url = "postgresql" + url.removeprefix("postgres")
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or "mode=memory" in url:
            raise ValueError("SQLite needs a file, for example sqlite:///mentorbot.db")
        return parsed.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"{backend} is not served; give a sqlite:/// or a postgresql:// address")


def sqlite_writer(url: URL) -> Engine:
    """The one connection that writes."""
    pragmas = ("foreign_keys=ON", "synchronous=FULL", "cache_size=-16000")
    return _sqlite(url, "BEGIN IMMEDIATE", pragmas, pool_size=1)


def sqlite_readers(url: URL, readers: int, options: Mapping[str, Any]) -> Engine:
    """Connections that read, each from one snapshot, and cannot write."""
    return _sqlite(url, "BEGIN", ("query_only=ON", "cache_size=-16000"), pool_size=readers, options=options)


def sqlite_upgrader(url: URL) -> Engine:
    """A connection that has the file to itself, with foreign keys off while tables are rebuilt."""
    return _sqlite(url, "BEGIN EXCLUSIVE", ("foreign_keys=OFF", "synchronous=FULL"), busy=UPGRADE_WAITS)


def postgresql(url: URL, connections: int) -> Engine:
    """A pool of so many connections, with a few more for whoever calls from a thread of their own."""
    return create_engine(
        sharing(url),
        hide_parameters=True,
        json_deserializer=from_json,
        execution_options=SHARED,
        pool_size=connections,
        max_overflow=4,
    )


def _sqlite(
    url: URL,
    begin: str,
    pragmas: tuple[str, ...],
    *,
    pool_size: int = 0,
    busy: float = BUSY,
    options: Mapping[str, Any] | None = None,
) -> Engine:
    # hide_parameters: what people wrote must not come out in an error message.
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pool_size:
        pool = {"poolclass": QueuePool, "pool_size": pool_size, "max_overflow": 4}
    engine = create_engine(
        sharing(url),
        hide_parameters=True,
        json_deserializer=from_json,  # three times as fast as the standard library's
        connect_args={"timeout": busy, "check_same_thread": False},
        execution_options=SHARED | dict(options or {}),
        **pool,
    )

    @event.listens_for(engine, "do_connect")
    def _keep_private(*_: object) -> None:
        _make_private(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own BEGIN is deferred: transactions are begun by hand, below.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _make_private(url: URL) -> None:
    """Make a file that is not there yet, for its owner alone: SQLite would have let everybody read it. The files that
    it puts beside this one take over its permissions. What cannot be made is for SQLite to complain of."""
    with suppress(OSError):
        os.close(os.open(str(url.database), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
