"""The cells of the table of authority: which kind of person presses which row, and what comes of it."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from tests.actions.authority import TABLE
from tests.actions.authority_kinds import COLUMNS, KINDS, OFFICES, Row

COALESCED = {"open_home", "write_here"}
"""Home waits to be drawn already: asking once more adds nothing."""


Cell: TypeAlias = tuple[Row, str, str]


def cells(rows: Sequence[Row] = TABLE, kinds: Sequence[str] = KINDS) -> Iterator[Cell]:
    """Every cell of the table, or of these rows and kinds."""
    for kind, row in product(kinds, rows):
        if kind != "mentor of the past" or row.has_past:
            yield row, kind, row.outcome(kind)


def cells_over_http() -> Iterator[Cell]:
    """All, but of the powers that let nobody in a row one alone, each in its turn: how a press of their holders comes
    to the dispatcher is the same for them."""
    turn = {id(row): OFFICES[n % len(OFFICES)] for n, row in enumerate(TABLE)}
    for row, kind, expected in cells():
        if kind not in OFFICES or kind in row.by.split() or kind == turn[id(row)]:
            yield row, kind, expected


def cells_on_any_engine() -> Iterator[Cell]:
    """Whoever is let in each row, and somebody who has no part in it: enough where only the engine is another."""
    for row, kind, expected in cells(kinds=COLUMNS):
        if kind in (row.let, "member"):
            yield row, kind, expected
