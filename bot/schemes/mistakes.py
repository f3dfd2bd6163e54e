"""How the mistakes of a scheme's file are said: by line, in the file's own words, with the mend where one is likely."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from bot.schemes.fields import Frozen, Misfit
from bot.schemes.parts import keys_of, model_at, model_in
from bot.schemes.positions import Path, line_of, lines
from bot.schemes.scheme import Scheme

_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,39}$": "must be small letters, digits and _, beginning with a letter, at most 40 of them",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "must be an e-mail address",
    r"^https://\S+$": "must be an address that begins with https://",
}
_KINDS = {
    "int": "must be a whole number",
    "bool": "must be true or false",
    "string": 'must be text in quotes: "…"',
    "tuple": "must be a list: […]",
    "frozen": "must be a list: […]",
    "dict": "must be a table",
    "model": "must be a table",
}


def told(data: dict[str, Any], text: str, errors: Iterable[ErrorDetails], misfits: Iterable[Misfit]) -> tuple[str, ...]:
    """One line for each mistake, in the order of the file; what stands nowhere comes first."""
    positions = lines(text)
    found: dict[tuple[int, str], None] = {}
    for path, says in (*_of_shape(data, list(errors)), *((misfit.path, misfit.says) for misfit in misfits)):
        line = line_of(positions, path)
        said = f"{named(data, path)}: {says}"
        found[line or 0, f"line {line}: {said}" if line else said] = None
    return tuple(said for _, said in sorted(found, key=lambda each: each[0]))


def named(data: Any, path: Path) -> str:
    """The path as a reader of the file would say it: an entry of a list is called by its own key or title."""
    said, here = "", data
    for step in path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            said += f"[{_entry(here, step)}]"
        else:
            here = here.get(step) if isinstance(here, dict) else None
            said += f".{step}" if said else step
    return said


def _entry(entry: Any, number: int) -> str:
    name = entry.get("key", entry.get("title")) if isinstance(entry, dict) else entry
    return f'"{_short(name)}"' if isinstance(name, str) else f"entry {number + 1}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _of_shape(data: dict[str, Any], errors: list[ErrorDetails]) -> Iterator[tuple[Path, str]]:
    meant = {guess for error in errors if error["type"] == "extra_forbidden" for guess in _guesses(error["loc"])}
    for error in errors:
        path = tuple(part for part in error["loc"] if part != "[key]")
        if error["type"] == "misfit" or _is_echo(error, errors):
            continue
        if error["type"] == "missing" and path in meant:
            continue  # it stands there under a misspelt key, which is told
        yield path, _says(error)


def _is_echo(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because one of its items, which has a line of its own, was wrong."""
    here = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(here)] == here and other["loc"] != here for other in errors
    )


def _guesses(path: Path) -> list[Path]:
    """The key of the same table that this one is probably meant to be."""
    model = model_at(Scheme, path[:-1])
    near = get_close_matches(str(path[-1]), keys_of(model), 1) if model else []
    return [(*path[:-1], key) for key in near]


def _unknown(path: Path) -> str:
    if guesses := _guesses(path):
        return f"is not known here; did you mean {guesses[0][-1]}?"
    if homes := list(_homes(str(path[-1]), Scheme, "")):
        return f"is not known here; it belongs to {' or '.join(homes)}"
    model = model_at(Scheme, path[:-1])
    return f"is not known here; there {'are' if model else 'is'} {', '.join(keys_of(model)) if model else 'no table'}"


def _homes(key: str, model: type[Frozen], table: str) -> Iterator[str]:
    """The tables that do know the key; not those of which there may be many."""
    if key in keys_of(model) and table:
        yield f"[{table}]"
    for name, info in model.model_fields.items():
        if isinstance(inner := info.annotation, type) and model_in(inner):
            yield from _homes(key, inner, f"{table}.{name}" if table else name)


def _says(error: ErrorDetails) -> str:
    kind, given = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return _unknown(error["loc"])
        case "missing":
            return "is missing"
        case "literal_error":
            return _not_one_of(given, str(context["expected"]))
        case "greater_than_equal":
            return f"must be at least {context['ge']}, and is {given}"
        case "less_than_equal":
            return f"must be at most {context['le']}, and is {given}"
        case "string_too_short":
            return "must not be empty"
        case "string_too_long":
            return f"must have at most {context['max_length']} characters, and has {len(str(given))}"
        case "too_short":
            return f"needs at least {context['min_length']} of them"
        case "too_long":
            return f"takes at most {context['max_length']}, and has {context['actual_length']}"
        case "string_pattern_mismatch":
            return _PATTERNS.get(str(context["pattern"]), "is malformed")
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case "tuple_type" if isinstance(given, dict):
            return f"may stand several times, so write it in double brackets: [[{'.'.join(map(str, error['loc']))}]]"
        case "model_type" | "dict_type" if isinstance(given, list):
            return "stands once, so write it in single brackets"
        case _:
            return _KINDS.get(kind.partition("_")[0], error["msg"])


def _not_one_of(given: object, expected: str) -> str:
    """`expected` is as pydantic has it: 'end' or 'ask_next'."""
    near = get_close_matches(str(given), [each.strip("' ") for each in expected.replace(" or ", ",").split(",")], 1)
    return f"{given!r} is not known; it may be {expected}" + (f"; did you mean {near[0]!r}?" if near else "")
