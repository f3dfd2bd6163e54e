"""Bringing the schema to the version that the code needs, by Alembic, from whichever process comes first."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Text, column, inspect, select, table, text
from sqlalchemy.engine.interfaces import DBAPICursor

from bot.storage import engines
from bot.storage.migrations import HEAD, KNOWN

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x6D656E746F72  # "mentor"
_VERSION = select(column("version_num", Text())).select_from(table("alembic_version"))


class NewerDatabaseError(Exception):
    """The database has been brought to a revision that this version has never heard of. `str` is a whole sentence."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The database belongs to a newer version of mentorbot (its tables are at {found}, this version knows them "
            f"up to {HEAD}): run that version, or give this one a copy from before the upgrade."
        )


def known_revision(db: Connection) -> str | None:
    """As `revision`; NewerDatabaseError for one that only a later version can have made."""
    found = revision(db)
    if found is not None and found not in KNOWN:
        raise NewerDatabaseError(found)
    return found


def revision(db: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.execute(_VERSION).scalar()


def upgrade(url: URL) -> None:
    """Upgrade to the newest revision in one transaction. Others wait for it, then find nothing to do."""
    sqlite = url.get_backend_name() == "sqlite"
    engine = engines.sqlite_upgrader(url) if sqlite else engines.postgresql(url, 1)
    try:
        with engine.connect() as db, db.begin():
            if not sqlite:
                db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            _run(db)
            if sqlite:
                _check_foreign_keys(db)
        if sqlite:
            _write_ahead(url)
    finally:
        engine.dispose()


def config() -> "Config":
    """Alembic's settings: where the migrations are. There is no alembic.ini."""
    from alembic.config import Config  # not at the top: a start that has nothing to upgrade does without Alembic

    settings = Config()
    here = Path(__file__).parent / "migrations"
    settings.set_main_option("script_location", str(here).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def _run(db: Connection) -> None:
    from alembic import command

    settings = config()
    settings.attributes["connection"] = db
    command.upgrade(settings, "head")


def _check_foreign_keys(db: Connection) -> None:
    broken = {row[0] for row in db.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        raise RuntimeError(f"the upgrade would leave rows without what they belong to, in {', '.join(sorted(broken))}")


def _write_ahead(url: URL) -> None:
    """Switch the file to WAL, which it then stays in. The switch needs a moment without any other connection."""
    engine = engines.sqlite_upgrader(url)
    until = monotonic() + engines.BUSY
    connection = engine.raw_connection()
    try:
        while not _switched(connection.cursor()):
            if monotonic() > until:
                raise TimeoutError("another process keeps the SQLite file busy")
            sleep(0.05)
    finally:
        connection.close()
        engine.dispose()


def _switched(cursor: DBAPICursor) -> bool:
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
        row: Any = cursor.fetchone()
        return bool(row[0] == "wal")
    except sqlite3.OperationalError:
        return False
    finally:
        cursor.close()
