"""Statements are compiled to SQL once a process, whichever of its engines runs them.

SQLAlchemy keeps what it has compiled by engine, and a SQLite database has two of them (who writes, who reads); the
tests open a thousand databases, and would compile every statement anew in each. What it keeps is found by the dialect
and the statement: so the dialects here are equal where they would write the same SQL.
"""

from typing import Any, Final

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_AT_MOST: Final = 2_000
"""Statements that are kept; there are some hundreds, and more where lists in them have a varying length."""
SHARED: Final[dict[str, Any]] = {"compiled_cache": LRUCache(_AT_MOST)}
"""The execution option by which an engine takes part."""


def _writes(dialect: Any) -> tuple[object, ...]:
    """What the SQL depends on: which dialect it is, and what it has learned of its server."""
    learned = ("server_version_info", "_backslash_escapes", "default_schema_name", "max_identifier_length")
    return (type(dialect), *(getattr(dialect, name, None) for name in learned))


class _Sharing:
    """Equal to its like."""

    def __eq__(self, other: object) -> bool:
        return _writes(self) == _writes(other)

    def __hash__(self) -> int:
        return hash(type(self))


class SharingSQLite(_Sharing, SQLiteDialect_pysqlite):
    """The usual one."""

    supports_statement_cache = True


class SharingPostgreSQL(_Sharing, PGDialect_psycopg):
    """The usual one."""

    supports_statement_cache = True


registry.register("sqlite.sharing", __name__, "SharingSQLite")
registry.register("postgresql.sharing", __name__, "SharingPostgreSQL")


def sharing(url: URL) -> URL:
    """The same address, served by these."""
    return url.set(drivername=f"{url.get_backend_name()}+sharing")
