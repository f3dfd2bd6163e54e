"""All rows of a database, to be put into another of the same engine that has none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import JSON, Connection, Row, Table, TableClause, column, insert, select, table, text

from bot.storage.database import Database
from bot.storage.tables import metadata

Rows = Mapping[str, Sequence[Row[Any]]]
"""By table."""


def _plain(of: Table) -> TableClause:
    """Without our types, what the driver has read is written as it was; JSON is read by the driver itself."""
    return table(of.name, *(column(one.name, one.type if isinstance(one.type, JSON) else None) for one in of.columns))


_TABLES: Final = [_plain(each) for each in metadata.sorted_tables]
_GO_ON: Final = text("SELECT setval(pg_get_serial_sequence('outbox', 'number'), max(number)) FROM outbox")


def engine_of(database: Database) -> str:
    """The name of its engine."""
    return database.read_now(lambda db: db.dialect.name)


def rows_of(database: Database) -> Rows:
    """Everything that is in it, by the first column: a letter may name one with a lower number."""

    def read(db: Connection) -> Rows:
        return {each.name: db.execute(select(each).order_by(text("1"))).all() for each in _TABLES}

    return database.read_now(read)


def fill(database: Database, rows: Rows) -> None:
    """Put all of it in; what is numbered goes on from the last number."""

    def put(db: Connection) -> None:
        for each in _TABLES:
            if found := rows[each.name]:
                db.execute(insert(each), [dict(row._mapping) for row in found])
        if db.dialect.name == "postgresql":
            db.execute(_GO_ON)

    database.write_now(put)
