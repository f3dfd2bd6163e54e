"""Lines: every key, table and entry of a TOML file is found where it stands."""

import tomllib
from importlib import resources
from typing import Any

import pytest

from bot.schemes.positions import Path, line_of, lines

TEXT = '''\
# a comment with "quotes" and [brackets]
plain = 1
"quoted key" = 'x # no comment'
dotted.key = 2

[table] # said
list = [
    "one", # two = 3
    { a = 1, b = [true, 2026-03-02 09:30:00] },
]
long = """
[not.a.table]
key = 1\\"""
"""
after = 2026-03-02T09:30:00Z

[[entries]]
key = "first"
[[entries.fields]]
key = "inner"
[entries.more]
x = 1.5
[[entries]]
key = "second"
[[entries.fields]]
key = "other"
[table.below]
raw = \'\'\'
'not = 1'\'\'\'
last = {}'''

WHERE: dict[Path, int] = {
    ("plain",): 2, ("quoted key",): 3, ("dotted", "key"): 4, ("table",): 6, ("table", "list"): 7,
    ("table", "list", 0): 8, ("table", "list", 1): 9, ("table", "list", 1, "b"): 9, ("table", "list", 1, "b", 1): 9,
    ("table", "long"): 11, ("table", "after"): 15, ("entries",): 17, ("entries", 0): 17, ("entries", 0, "key"): 18,
    ("entries", 0, "fields", 0, "key"): 20, ("entries", 0, "more", "x"): 22, ("entries", 1, "key"): 24,
    ("entries", 1, "fields", 0, "key"): 26, ("table", "below", "raw"): 28, ("table", "below", "last"): 30,
}  # fmt: skip
SHIPPED = resources.files("bot.schemes").joinpath("british_cardiovascular_society.toml").read_text("utf-8")


def test_every_key_is_found_in_its_line() -> None:
    tomllib.loads(TEXT)
    found = lines(TEXT)
    assert {path: found.get(path) for path in WHERE} == WHERE


@pytest.mark.parametrize("text", [TEXT, SHIPPED])
def test_nothing_is_found_that_is_not_there_and_nothing_is_missed(text: str) -> None:
    assert set(lines(text)) == set(_paths(tomllib.loads(text), ()))


def _paths(value: Any, path: Path) -> list[Path]:
    here = [path] if path else []
    if isinstance(value, dict):
        return here + [found for key, each in value.items() for found in _paths(each, (*path, key))]
    if isinstance(value, list):
        return here + [found for number, each in enumerate(value) for found in _paths(each, (*path, number))]
    return here


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    found = lines(TEXT)
    assert line_of(found, ("entries", 1, "title")) == 23
    assert line_of(found, ("table", "list", 7)) == 7
    assert line_of(found, ("nothing",)) is None
