"""Small checks that describe a JSON value and collect what is wrong with it, in the words Slack uses."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Path = str
Problems = list[str]
Check = Callable[[Any, Path, Problems], None]


def wrong(problems: Problems, path: Path, words: str) -> None:
    """Notes a problem with the place of it, as a JSON pointer."""
    problems.append(f"{words} [json-pointer:{path}]")


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an object: how its value is checked, and whether it must be there."""

    check: Check
    required: bool = False


def must(check: Check) -> Field:
    return Field(check, required=True)


def may(check: Check) -> Field:
    return Field(check)


def string(most: int, least: int = 1, pattern: str | None = None) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, path: Path, problems: Problems) -> None:
        if not isinstance(value, str):
            wrong(problems, path, "must be a string")
        elif len(value) > most:
            wrong(problems, path, f"must be less than {most + 1} characters")
        elif len(value) < least:
            wrong(problems, path, f"must be more than {least - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            wrong(problems, path, "does not match the expected format")

    return check


def boolean(value: Any, path: Path, problems: Problems) -> None:
    if not isinstance(value, bool):
        wrong(problems, path, "must be a boolean")


def integer(least: int, most: int) -> Check:
    def check(value: Any, path: Path, problems: Problems) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            wrong(problems, path, "must be an integer")
        elif not least <= value <= most:
            wrong(problems, path, f"must be between {least} and {most}")

    return check


def number(value: Any, path: Path, problems: Problems) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        wrong(problems, path, "must be a number")


def nullable(check: Check) -> Check:
    """The check, or null: in arrays whose places may be left out."""

    def or_null(value: Any, path: Path, problems: Problems) -> None:
        if value is not None:
            check(value, path, problems)

    return or_null


def one_of(*allowed: str) -> Check:
    def check(value: Any, path: Path, problems: Problems) -> None:
        if value not in allowed:
            wrong(problems, path, f"must be one of: {', '.join(allowed)}")

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes `item`."""

    def check(value: Any, path: Path, problems: Problems) -> None:
        if not isinstance(value, list):
            wrong(problems, path, "must be an array")
            return
        if len(value) > most:
            wrong(problems, path, f"no more than {most} items allowed")
        if len(value) < least:
            wrong(problems, path, f"must have at least {least} items")
        for index, part in enumerate(value):
            item(part, f"{path}/{index}", problems)

    return check


def without_nulls(value: Any) -> Any:
    """A copy without the keys that hold null: Slack takes null in an optional place for nothing at all."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def shape(fields: Mapping[str, Field]) -> Check:
    """An object with these keys and no others; nulls have been taken out before."""

    def check(value: Any, path: Path, problems: Problems) -> None:
        if not isinstance(value, dict):
            wrong(problems, path, "must be an object")
            return
        for key in value:
            if key not in fields:
                wrong(problems, path, f"invalid additional property: {key}")
        for key, field in fields.items():
            if key in value:
                field.check(value[key], f"{path}/{key}", problems)
            elif field.required:
                wrong(problems, path, f"missing required field: {key}")

    return check


def tagged(kinds: Mapping[str, Check], allowed: Sequence[str] | None = None) -> Check:
    """An object whose `type` says which check applies; `allowed` narrows the types at this place."""
    here: Final = tuple(allowed or kinds)

    def check(value: Any, path: Path, problems: Problems) -> None:
        if not isinstance(value, dict):
            wrong(problems, path, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str | None) or kind not in here:
            wrong(problems, path, f"unsupported type: {kind}" if kind else "missing required field: type")
            return
        kinds[kind](value, path, problems)

    return check


def also(first: Check, *more: Check) -> Check:
    """All of the checks; the later ones only when nothing was wrong before."""

    def check(value: Any, path: Path, problems: Problems) -> None:
        before = len(problems)
        for step in (first, *more):
            step(value, path, problems)
            if len(problems) > before:
                return

    return check


def plain_text(most: int) -> Check:
    """A plain_text object of 1 to `most` characters; mrkdwn is refused."""
    return shape(
        {"type": must(one_of("plain_text")), "text": must(string(most)), "emoji": may(boolean)},
    )


def any_text(most: int) -> Check:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    mrkdwn = shape({"type": must(one_of("mrkdwn")), "text": must(string(most)), "verbatim": may(boolean)})
    return tagged({"plain_text": plain_text(most), "mrkdwn": mrkdwn})
