"""CSV files, read as people's spreadsheets write them, and written so that no spreadsheet does anything but show them.

RFC 4180, with what Excel and its like make of it: a byte order mark, semicolons or tabs between the cells, a line that
names the separator, encodings of the last century.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

LARGEST: Final = 5_000_000
"""The most bytes of a file."""
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 300
LONGEST_CELL: Final = 10_000
"""Characters."""

Why = Literal["empty", "workbook", "not_text", "too_large", "too_many_rows", "too_many_columns", "broken", "long_cell"]

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
"""How workbooks and what is printed of them begin."""
_MARKS: Final[Mapping[bytes, str]] = {
    b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16",
}  # fmt: skip
_OLD: Final = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman"]
_SEPARATORS: Final = ",;\t|"
_NAMED: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE: Final = 50_000
"""So many bytes tell the encoding."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65279, 8203))


class Unreadable(Exception):  # noqa: N818 – it is an answer
    """A file that is not taken, and why; `facts` fill the words for it."""

    def __init__(self, why: Why, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, by the number that a spreadsheet gives it; cells without white space around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, but for empty lines. `guessed`: the encoding, where nothing in the file says it and it is none
    of today's; "" otherwise."""

    lines: tuple[Line, ...] = field(repr=False)
    guessed: str = ""


def read(content: bytes) -> Table:
    """The table in a file. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("too_large", most=LARGEST)
    if content.startswith(_WORKBOOKS):
        raise Unreadable("workbook")
    text, guessed = _decoded(content)
    lines = tuple(each for each in _lines(text) if any(each.cells))
    if not lines:
        raise Unreadable("empty")
    return Table(lines, guessed)


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _as(content, encoding), ""
    if b"\0" in content[:_SAMPLE]:
        # Without a mark only every second byte of Western text is none.
        odd = content[1:_SAMPLE:2].count(0) >= content[:_SAMPLE:2].count(0)
        return _as(content, "utf-16-le" if odd else "utf-16-be"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        encoding = _old_encoding(content[:_SAMPLE])
        return _as(content, encoding), encoding


def _old_encoding(sample: bytes) -> str:
    """The likeliest of those; Western Europe's where another is no likelier."""
    from charset_normalizer import from_bytes  # it is asked for seldom

    found = from_bytes(sample, cp_isolation=_OLD)
    best = found.best()
    western = best is None or any("cp1252" in each.could_be_from_charset and each.chaos <= best.chaos for each in found)
    return "cp1252" if best is None or western else best.encoding


def _as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("not_text") from None
    if "\0" in text:
        raise Unreadable("not_text")
    return text


def _lines(text: str) -> Iterator[Line]:
    named = _NAMED.match(text)
    body = text[named.end() :] if named else text
    found = csv.reader(io.StringIO(body, newline=""), delimiter=named[1] if named else _separator(body), strict=True)
    number = 1 if named else 0
    try:
        for cells in found:
            number += 1
            yield _line(number, cells)
    except csv.Error:
        raise Unreadable("broken", line=number + 1) from None


def _line(number: int, cells: Sequence[str]) -> Line:
    if number > MOST_ROWS:
        raise Unreadable("too_many_rows", most=MOST_ROWS)
    if len(cells) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", line=number, most=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Unreadable("long_cell", line=number, most=LONGEST_CELL)
    return Line(number, tuple(cell.translate(_CONTROLS).replace("\xa0", " ").strip() for cell in cells))


def _separator(text: str) -> str:
    """What stands most often in the first line that has any of them, outside quotation marks; a comma where none."""
    for line in text[:_SAMPLE].splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        if best := max(_SEPARATORS, key=bare.count) if any(each in bare for each in _SEPARATORS) else "":
            return best
    return ","


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon with what stands in a cell. A number with its sign is none, nor is a telephone
    number."""
    return cell.startswith(_FORMULA) and not re.fullmatch(r"[+-][\d .,()/-]*", cell)


def defused(cell: str) -> str:
    """The same, so that every spreadsheet shows it and none reckons: OWASP's apostrophe.
    Source: https://owasp.org/www-community/attacks/CSV_Injection"""
    return f"'{cell}" if is_formula(cell) else cell


def plain(cell: str) -> str:
    """A cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def written(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A file that Excel opens in the right letters: UTF-8 with its mark, commas, CRLF, every cell defused."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (head, *rows):
        writer.writerow([defused(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
