"""Acts that are tried and taken back: what a click would do to the rows, without a fresh database for each."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection as Db

from bot.storage.database import Database
from bot.storage.tables import metadata

T = TypeVar("T")
Rows = dict[str, list[tuple[Any, ...]]]

NOTED = frozenset({"audit", "idempotency_keys"})
"""Tables that a refused click may write to: that it came, and that it was refused."""

_TABLES = [table.name for table in metadata.sorted_tables if table.name not in NOTED]


class _Back(Exception):  # noqa: N818 – it carries the answer out of a transaction that is rolled back
    def __init__(self, result: Any, rows: Rows | None) -> None:
        self.result = result
        self.rows = rows


class DryRun(Database):
    """A database in which every act is real until it ends, and then rolled back. `after` holds the rows of the last;
    None where it has touched none but those that note what came in."""

    after: Rows | None = None

    async def write(self, work: Callable[[Db], T], tries: int = 1) -> T:
        """Run the work, keep what the rows were at its end, and roll it back."""

        def rehearsed(db: Db) -> T:
            touched = _touched(db)
            result = work(db)
            raise _Back(result, dump(db) if touched is None or touched != _touched(db) else None)

        self.after = None
        try:
            return await super().write(rehearsed, tries)
        except _Back as back:
            self.after = back.rows
            result: T = back.result
            return result


def _touched(db: Db) -> int | None:
    """How many rows have been written so far besides notes, which are only ever added to; None: nobody counts them.

    A table of authority is refusals for the most part, and reading all rows after each takes longer than all else."""
    if db.dialect.name != "sqlite":
        return None
    noted = " - ".join(f"(SELECT count(*) FROM {name})" for name in sorted(NOTED))
    count: int = db.exec_driver_sql(f"SELECT total_changes() - {noted}").scalar_one()
    return count


def dump(db: Db) -> Rows:
    """Every row of every table but those that note what came in, in whatever order the engine gives them.

    The driver is asked itself: this is done after each of thousands of acts."""
    cursor, found = db.connection.cursor(), Rows()
    for name in _TABLES:
        cursor.execute(f"SELECT * FROM {name}")
        found[name] = list(cursor.fetchall())
    return found


def changed(before: Rows, after: Rows | None) -> list[str]:
    """The tables whose rows are not the same; none where nothing was written."""
    different = [name for name, rows in before.items() if after is not None and after[name] != rows]
    return [name for name in different if sorted(before[name], key=repr) != sorted((after or {})[name], key=repr)]
