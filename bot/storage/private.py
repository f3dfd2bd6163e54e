"""Whether the keys fit: a sample of all private text is read before anything is written under them."""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, inspect, select

from bot.storage.migrations import HEAD
from bot.storage.tables import metadata
from bot.storage.types import Private, PrivateJson
from bot.storage.upgrading import revision

_SAMPLE = 25
"""Texts that are read from either end of each column: an old key shows at one end, one that was wrong for a while at
the other."""


def read_sample(db: Connection) -> int:
    """How many private texts were read; KeyringError, which names the column, where no key fits. Columns that the
    database does not have yet are passed over."""
    return sum(_read(db, column) for column in _columns(db))


def _columns(db: Connection) -> Iterator[Column[object]]:
    private = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Private | PrivateJson)
    ]
    if revision(db) == HEAD:
        yield from private  # to ask PostgreSQL for the columns of every table takes longer than all the rest of a start
        return
    there = inspect(db)
    for column in private:
        table = column.table.name
        if there.has_table(table) and column.name in {each["name"] for each in there.get_columns(table)}:
            yield column


def _read(db: Connection, column: Column[object]) -> int:
    first = column.table.primary_key.columns
    some = select(column).where(column.is_not(None)).limit(_SAMPLE)
    oldest = db.execute(some.order_by(*first)).all()
    newest = db.execute(some.order_by(*(key.desc() for key in first))).all() if len(oldest) == _SAMPLE else []
    return len(oldest) + len(newest)
