"""Writing a record's changes: only what differs, and only where nobody was faster."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from sqlalchemy import Column, Row, Table
from sqlalchemy.exc import DBAPIError, IntegrityError

AnyRow = Row[*tuple[Any, ...]]

_SQLITE_UNIQUE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_POSTGRESQL_UNIQUE = "23505"


class Conflict(Exception):  # noqa: N818 – it is an answer: look again and try once more
    """Somebody else changed the same thing first: a conditional update found no row, or a unique index refused."""


@contextmanager
def conflict_where_taken() -> Iterator[None]:
    """Say Conflict where a unique index refuses; other broken constraints stay what they are."""
    try:
        yield
    except IntegrityError as error:
        if not _stands_already(error):
            raise
        # Not chained: a driver's message may quote what was to be written.
        raise Conflict("the same thing was written at the same moment") from None


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five-character code of an error; None for other databases."""
    return getattr(error.orig, "sqlstate", None)


def _stands_already(error: IntegrityError) -> bool:
    return sqlstate(error) == _POSTGRESQL_UNIQUE or getattr(error.orig, "sqlite_errorname", "") in _SQLITE_UNIQUE


def one_row(rowcount: int, expected: int = 1) -> None:
    """Conflict unless the update found as many rows as it was to change."""
    if rowcount != expected:
        raise Conflict("it was changed at the same moment")


def names(record: type, leave_out: Iterable[str] = ()) -> tuple[str, ...]:
    """A record's fields that have a column of the same name."""
    left_out = set(leave_out)
    return tuple(field.name for field in fields(record) if field.name not in left_out)


def columns(table: Table, of: Sequence[str]) -> list[Column[Any]]:
    """Those columns, in that order."""
    return [table.c[name] for name in of]


def values(record: object, of: Sequence[str]) -> dict[str, Any]:
    """The record as a row."""
    return {name: getattr(record, name) for name in of}


def changed(before: object, after: object, of: Sequence[str]) -> dict[str, Any]:
    """What of the row is new."""
    return {name: new for name in of if (new := getattr(after, name)) != getattr(before, name)}
