"""The schema: written-out migrations give what the tables say, once, however many processes start at the same time."""

import re
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from bot.storage import engines, upgrading
from bot.storage.database import Database
from bot.storage.tables import metadata
from tests.support.databases import KEYS, rows

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> "
    "'alembic_version' ORDER BY indexname",
}

MIGRATE = """
import sys
from bot.storage.database import Database
with Database(sys.argv[1], [sys.argv[2]]) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    database.migrate()
    assert database.at_head()
"""


def test_head_is_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(upgrading.config()).get_current_head() == Database.head


def test_migrations_give_the_tables(database: Database) -> None:
    def differences(db: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata))

    assert database.at_head()
    assert database.read_now(differences) == []


def test_migrations_give_the_indexes_with_their_conditions(
    empty_url: str, engine_name: str, request: pytest.FixtureRequest
) -> None:
    engine = create_engine(engines.address(empty_url))
    metadata.create_all(engine)
    with engine.connect() as db:
        said = [tuple(row) for row in db.execute(text(INDEXES[engine_name]))]
    engine.dispose()
    with Database(request.getfixturevalue(f"{engine_name}_url"), KEYS) as database:
        assert _plain(rows(database, INDEXES[engine_name])) == _plain(said)
    assert len(said) >= 19


def _plain(indexes: list[tuple[object, ...]]) -> list[str]:
    return [re.sub(r"\s+", " ", f"{name}: {sql}") for name, sql in indexes]


def test_an_empty_database_is_not_at_head_and_migrating_twice_does_no_harm(empty_url: str) -> None:
    with Database(empty_url, KEYS) as database:
        assert not database.at_head()
        database.migrate()
        database.migrate()
        assert database.at_head()


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", MIGRATE, empty_url, KEYS[0]]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for each in started:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    ends = [(each.communicate(timeout=60)[1], each.returncode) for each in started]
    assert [code for _, code in ends] == [0, 0], ends
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT version_num FROM alembic_version") == [(Database.head,)]


def test_sqlite_is_in_wal_and_syncs_in_full(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        database.migrate()

        def pragmas(db: Connection) -> tuple[object, ...]:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            return tuple(db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names)

        assert database.write_now(pragmas) == ("wal", 2, 1, 15000)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_an_address_that_is_not_served_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"served|needs a file"):
        Database(url, KEYS)


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"])
def test_every_spelling_of_postgresql_means_psycopg(url: str) -> None:
    assert engines.address(url).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"
