"""What a Web API method is called with: form fields come as strings, JSON with its types, and both are read."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from slack_workspace.errors import SlackError
from slack_workspace.model import Json

DEEPEST: Final = 100
"""Levels of nesting that are read: more is an attack, and would end in a crash where the value is copied."""
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_YES: Final = (True, 1, "1", "true", "True")
_NO: Final = (False, 0, "0", "false", "False", "")


class Arguments:
    """The arguments by name; null is the same as absent. `asked` are the names that a method has looked at."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self.values: Json = {name: value for name, value in (values or {}).items() if value is not None}
        self.asked: set[str] = set()

    def given(self, name: str) -> Any:
        """The value as it came; None if absent."""
        self.asked.add(name)
        return self.values.get(name)

    def text(self, name: str) -> str:
        """ "" if absent. Raises SlackError(invalid_arguments) for an object or an array."""
        value = self.given(name)
        if isinstance(value, dict | list):
            raise _invalid(name, "must be a string")
        return "" if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """Raises SlackError(error) where it is missing or empty."""
        value = self.text(name)
        if not value:
            messages = (f"missing required field: {name}",) if error == "invalid_arguments" else ()
            raise SlackError(error, *messages)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Raises SlackError(invalid_arguments) for anything but a boolean."""
        value = self.given(name)
        if value is None:
            return default
        if isinstance(value, dict | list | float) or value not in _YES + _NO:
            raise _invalid(name, "must be a boolean")
        return value in _YES

    def data(self, name: str, error: str) -> Any:
        """JSON given as a string or as itself; None if absent. Raises SlackError(error) where it cannot be read."""
        value = self.given(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return strict_json(value)
        except ValueError:
            raise SlackError(error) from None

    def number(self, name: str, default: int, least: int, most: int, error: str = "invalid_arguments") -> int:
        """A whole number; absent and 0 are the default. Raises SlackError(error) outside of `least` to `most`."""
        value = self.given(name)
        try:
            if isinstance(value, bool | float):
                raise ValueError
            number = int(value or default)
        except (TypeError, ValueError):
            raise _invalid(name, "must be an integer", error) from None
        if not least <= number <= most:
            raise _invalid(name, f"must be between {least} and {most}", error)
        return number


def _invalid(name: str, words: str, error: str = "invalid_arguments") -> SlackError:
    return SlackError(error, f"{words} [json-pointer:/{name}]")


def strict_json(words: str) -> Any:
    """The value. Raises ValueError for what JSON has no place for (NaN, infinities, half a character), and for what is
    nested without end."""
    try:
        value = json.loads(words, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if isinstance(value, dict | list):
        _check_depth(value)
    if _SURROGATE.search(words):
        json.dumps(value, ensure_ascii=False).encode()  # half a character cannot be sent on; this is a ValueError
    return value


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is too large")
    return number


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        nested = (inner.values() if isinstance(inner, dict) else inner for inner in level if inner)
        level = [inner for several in nested for inner in several if isinstance(inner, dict | list)]
        if not level:
            return
    raise ValueError("nested too deeply")
