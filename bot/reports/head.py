"""Which column of a file is which: the line with the headings is looked for, since people put titles above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.lifecycle.importing import Finding
from bot.reports.columns import key
from bot.reports.csv_files import Line, Table

_LOOKED_AT: Final = 10
"""Lines in which the headings are looked for."""


class NoHead(Exception):  # noqa: N818 – it is an answer
    """No line has all the headings that are needed; `missing` of that which has most."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a file, as they are compared, by place; and the lines below them."""

    line: Line
    keys: tuple[str, ...]
    below: tuple[Line, ...]

    def cells(self, line: Line) -> dict[str, str]:
        """A line's cells by the keys of their headings; of a heading that stands twice, the first."""
        found: dict[str, str] = {}
        for name, cell in zip(self.keys, line.cells, strict=False):
            if name:
                found.setdefault(name, cell)
        return found


def head_of(table: Table, needed: Sequence[str]) -> Head:
    """The headings of a table; `needed`: those without which nothing can be taken. Raises NoHead."""
    best: tuple[str, ...] = tuple(needed)
    for at, line in enumerate(table.lines[:_LOOKED_AT]):
        keys = tuple(map(key, line.cells))
        missing = tuple(each for each in needed if key(each) not in keys)
        if not missing:
            return Head(line, keys, table.lines[at + 1 :])
        best = min(best, missing, key=len)
    raise NoHead(best)


def findings(head: Head, known: Sequence[str], meant: dict[str, str | None]) -> Iterator[Finding]:
    """What there is to know about the headings: those nobody knows, and those that stand twice. `meant`: which known
    one may be meant by an unknown one."""
    named = {key(each) for each in known}
    for at, name in enumerate(head.keys):
        heading = head.line.cells[at]
        if name and name in head.keys[:at]:
            yield Finding(head.line.number, heading, "column_twice", kind="note")
        elif name and name not in named:
            yield Finding(head.line.number, heading, "column_unknown", {"meant": meant.get(heading)}, "note")
