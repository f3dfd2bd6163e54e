"""In which line of a TOML file a key stands; the standard library's reader gives values alone.

Only for text that `tomllib` has read without complaint: what is sound needs no second judge here.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Final

Path = tuple[int | str, ...]
"""Where something stands: keys, and the numbers of a list's entries from 0."""

_HEADER: Final = re.compile(r"\[\[|\[")
_KEY: Final = re.compile(r"""(?P<bare>[A-Za-z0-9_-]+)|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING: Final = re.compile(
    r'"{3}(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'',
    re.DOTALL,
)
_SPACE: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)+")
_BARE: Final = re.compile(r"[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?")


def lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table, key and entry."""
    finder = _Finder(text)
    finder.document()
    return finder.found


def line_of(found: Mapping[Path, int], path: Path) -> int | None:
    """The line of what stands there, or of the nearest table around it; None where the file has neither."""
    return next((found[path[:length]] for length in range(len(path), 0, -1) if path[:length] in found), None)


class _Finder:
    """A cursor that walks over the text once and notes where each thing begins."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line = 1
        self._seen = 0
        self._entries: dict[Path, int] = {}

    def document(self) -> None:
        """Tables and their keys, to the end."""
        table: Path = ()
        while self._skip():
            if header := _HEADER.match(self._text, self._at):
                table = self._table(header[0])
            else:
                self._pair(table)

    def _table(self, opened: str) -> Path:
        begun = self._here()
        self._at += len(opened)
        keys = self._keys()
        self._at += len(opened)  # the brackets that close it
        path = self._walked(keys[:-1])
        if opened == "[[":
            number = self._entries.get((*path, keys[-1]), -1) + 1
            self._entries[*path, keys[-1]] = number
            path = (*path, keys[-1], number)
        else:
            path = self._walked(keys)
        for length in range(1, len(path) + 1):
            self._note(path[:length], begun)
        return path

    def _walked(self, keys: tuple[str, ...]) -> Path:
        """The path of these keys, by the newest entry of each list of tables."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._entries:
                path = (*path, self._entries[path])
        return path

    def _pair(self, table: Path) -> None:
        begun = self._here()
        keys = self._keys()
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), begun)
        self._at += 1  # the equals sign
        self._value((*table, *keys))

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip()
            if (key := _KEY.match(self._text, self._at)) is None:
                return tuple(keys)
            self._at = key.end()
            keys.append(key["bare"] or next(iter(tomllib.loads(f"{key[0]} = 1"))))
            self._skip()
            if self._text[self._at] != ".":
                return tuple(keys)
            self._at += 1

    def _value(self, path: Path) -> None:
        self._skip()
        self._note(path, self._here())
        match self._text[self._at]:
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._past(_STRING)
            case _:
                self._past(_BARE)

    def _list(self, path: Path) -> None:
        self._at += 1
        number = 0
        while self._skip() and self._text[self._at] != "]":
            self._value((*path, number))
            number += 1
            self._comma()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1

    def _past(self, pattern: re.Pattern[str]) -> None:
        if here := pattern.match(self._text, self._at):
            self._at = here.end()

    def _skip(self) -> bool:
        """Past blanks and comments; False at the end."""
        self._past(_SPACE)
        return self._at < len(self._text)

    def _note(self, path: Path, line: int) -> None:
        self.found.setdefault(path, line)

    def _here(self) -> int:
        self._line += self._text.count("\n", self._seen, self._at)
        self._seen = self._at
        return self._line
