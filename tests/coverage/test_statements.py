"""Every statement that must hold has a test that shows it; docs/coverage.md says which (UPDATE_GOLDEN=1 writes it)."""

import ast
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

TESTS: Final = Path(__file__).parents[1]
COVERAGE: Final = TESTS.parent / "docs" / "coverage.md"
_FILE: Final = Path(__file__).parent / "statements.toml"
STATEMENTS: Final[dict[str, dict[str, Any]]] = tomllib.loads(_FILE.read_text("utf-8"))
HEAD: Final = """# What is shown to hold

Each statement of what the five schemes must be able to do, in this project's own words, with the tests that show
it. *made easy*: nobody is held to it. Written by `UPDATE_GOLDEN=1 pytest tests/coverage`; a statement that must hold
and has no test fails the tests.
"""


def marked() -> Iterator[tuple[str, str]]:
    """The id of each statement that a test shows, with the test."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{path.relative_to(TESTS.parent)}::{node.name}"
                yield from ((id_, where) for decorator in node.decorator_list for id_ in _ids(decorator))


def _ids(decorator: ast.expr) -> Iterator[str]:
    """The ids of a mark `covers`."""
    if (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "covers"
    ):
        yield from (str(each.value) for each in decorator.args if isinstance(each, ast.Constant))


def shown() -> dict[str, list[str]]:
    """The tests by the statement that they show."""
    found: dict[str, list[str]] = defaultdict(list)
    for id_, where in marked():
        found[id_].append(where)
    return found


def _lines() -> Iterator[str]:
    tests = shown()
    for id_, statement in STATEMENTS.items():
        easy = "" if statement.get("must", True) else " *made easy*"
        yield f"\n**{id_}**{easy} {statement['says']}\n\n"
        yield from (f"- `{where}`\n" for where in tests[id_])


def test_each_statement_that_must_hold_is_shown() -> None:
    tests = shown()
    bare = [id_ for id_ in STATEMENTS if not tests[id_]]
    assert not bare, f"no test shows {', '.join(bare)}"
    unknown = {id_ for id_ in tests if id_[0] in {each[0] for each in STATEMENTS}} - STATEMENTS.keys()
    assert not unknown, f"nobody knows {', '.join(sorted(unknown))}"


def test_every_statement_of_the_five_schemes_is_here() -> None:
    counted = {scheme: sum(re.fullmatch(rf"{scheme}\d+", id_) is not None for id_ in STATEMENTS) for scheme in "ABCDE"}
    assert counted == {"A": 34, "B": 20, "C": 16, "D": 17, "E": 15}


def test_the_page_says_what_is_shown() -> None:
    text = HEAD + "".join(_lines())
    if os.environ.get("UPDATE_GOLDEN") == "1":
        COVERAGE.write_text(text, "utf-8")
    assert COVERAGE.read_text("utf-8") == text
