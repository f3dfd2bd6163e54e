"""The cells of the table of authority: which kind of person presses which row, and what comes of it."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from tests.actions.authority import TABLE
from tests.actions.authority_kinds import COLUMNS, KINDS, Row

Cell: TypeAlias = tuple[Row, str, str]


def cells(rows: Sequence[Row] = TABLE, kinds: Sequence[str] = KINDS) -> Iterator[Cell]:
    """Every cell of the table, or of these rows and kinds."""
    for kind, row in product(kinds, rows):
        if kind != "mentor of the past" or row.has_past:
            yield row, kind, row.outcome(kind)


def cells_over_http() -> Iterator[Cell]:
    """Every verb by every kind, and its further rows by whoever is let and who has no part in them: how a press comes
    to the dispatcher is the same for each row."""
    first = {row.verb: row for row in reversed(TABLE)}
    for row, kind, expected in cells():
        if row is first[row.verb] or kind in (row.let, "member"):
            yield row, kind, expected


def cells_on_any_engine() -> Iterator[Cell]:
    """Whoever is let in each row, and somebody who has no part in it: enough where only the engine is another."""
    for row, kind, expected in cells(kinds=COLUMNS):
        if kind in (row.let, "member"):
            yield row, kind, expected
