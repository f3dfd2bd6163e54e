"""An answer in a cell of a table, and back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, Literal

from bot.dialogs import field_words, forms
from bot.reports.csv_files import plain
from bot.schemes.fields import YES_NO, FormField

_KEPT: Final = frozenset({"rows", "file"})
"""Kinds of answer that no cell holds: they stay as they are."""
MAILBOX_LONGEST: Final = 254
_TRUE: Final = frozenset({"yes", "y", "true", "1"})
_FALSE: Final = frozenset({"no", "n", "false", "0"})
_RATED: Final = re.compile(r"(?P<topic>.+?)\s*(?:[:=]\s*(?P<number>[0-5])|\((?P<other>[0-5])\))")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken: why, with what fills the words for it."""

    why: Literal[
        "not_an_option", "not_yes_or_no", "not_a_number", "out_of_range", "not_a_date", "too_long", "no_rating",
        "formula", "needed", "later", "not_an_address",
    ]  # fmt: skip
    facts: Mapping[str, object]


def written(field: FormField, answer: Any) -> str:
    """An answer in a cell."""
    match answer:
        case bool():
            return YES_NO[0 if answer else 1]
        case dict() if field.kind == "ratings":
            rated = sorted(answer.items(), key=lambda each: (-each[1], each[0]))
            return "; ".join(f"{topic}: {rating}" for topic, rating in rated if rating)
        case list() if field.kind != "rows":
            return "; ".join(map(str, answer))
        case str() | int():
            return str(answer)
        case dict() if field.kind == "person":
            return str(answer.get("email") or "")  # a name is nobody's alone, and would not be read again
        case _:
            return forms.readable(field, answer)


def said(field: FormField, cell: str, topics: tuple[str, ...]) -> Any | Wrong | None:
    """The answer in a cell as it is kept. None where it says nothing, or where nothing of its kind is read from one."""
    if field.kind in _KEPT or not cell:
        return None
    return Wrong("formula", {}) if cell.startswith("=") else _answer(field, plain(cell), topics)


def past_day(cell: str, today: date) -> date | Wrong | None:
    """The day in a cell, which has been; None where there is none."""
    if not cell:
        return None
    given = day(plain(cell))
    if given is None:
        return Wrong("not_a_date", {})
    return given if given <= today else Wrong("later", {})


def _answer(field: FormField, cell: str, topics: tuple[str, ...]) -> Any | Wrong:
    match field.kind:
        case "text" | "long_text":
            return cell if len(cell) <= field.longest else Wrong("too_long", {"most": field.longest})
        case "choice":
            return _one(cell, field.options)
        case "choices" | "topics":
            return _several(cell, topics if field.kind == "topics" else field.options)
        case "ratings":
            return _ratings(cell, topics)
        case "yes_no":
            word = cell.casefold()
            return word in _TRUE if word in _TRUE | _FALSE else Wrong("not_yes_or_no", {})
        case "number":
            if not re.fullmatch(r"[0-9]{1,9}", cell):
                return Wrong("not_a_number", {})
            number, bounds = int(cell), {"lowest": field.lowest, "highest": field.highest}
            return number if field.lowest <= number <= field.highest else Wrong("out_of_range", bounds)
        case "date":
            given = day(cell)
            return given.isoformat() if given else Wrong("not_a_date", {})
        case "person":
            return {"name": "", "email": cell} if is_address(cell) else Wrong("not_an_address", {"said": cell[:80]})
        case _:
            return None


def is_address(cell: str) -> bool:
    """Whether it can be an e-mail address at all: whether anybody has it is for the platform to say."""
    name, at, host = cell.rpartition("@")
    return bool(at and name and "." in host) and len(cell) <= MAILBOX_LONGEST and not any(map(str.isspace, cell))


def _one(cell: str, options: Iterable[str]) -> str | Wrong:
    offered = {each.casefold(): each for each in options}
    return offered.get(cell.casefold()) or Wrong("not_an_option", {"said": cell, "options": tuple(offered.values())})


def _several(cell: str, options: Iterable[str]) -> list[str] | Wrong:
    """Several options between semicolons or line breaks. An option may hold a semicolon itself: the longest that fits
    is meant."""
    offered, one = _offered(tuple(options))
    found, left = list[str](), cell.casefold()
    while left.strip(" ;\n"):
        fits = one.match(left) if one else None
        if fits is None:
            said = re.split(r"[;\n]", left.strip(" ;\n"))[0].strip()
            return Wrong("not_an_option", {"said": said, "options": tuple(offered.values())})
        found.append(offered[fits[1]])
        left = left[fits.end() :]
    return list(dict.fromkeys(found))


@lru_cache(256)
def _offered(options: tuple[str, ...]) -> tuple[Mapping[str, str], re.Pattern[str] | None]:
    """Options by what they are compared by, and what finds the first of several in a cell: every line asks."""
    offered = {each.casefold(): each for each in options}
    longest = "|".join(re.escape(each) for each in sorted(offered, key=len, reverse=True))
    return offered, re.compile(rf"\s*({longest})\s*(?:[;\n]|$)") if offered else None


def _ratings(cell: str, topics: tuple[str, ...]) -> dict[str, int] | Wrong:
    """ "Leadership: 4; Wellbeing: 3", or with the number in brackets. What is not named is not offered."""
    offered, found = _offered(topics)[0], dict[str, int]()
    for said in filter(None, (each.strip() for each in re.split(r"[;\n]", cell))):
        fits = _RATED.fullmatch(said)
        topic = offered.get(fits["topic"].strip().casefold()) if fits else None
        if fits is None or topic is None:
            return Wrong("no_rating", {"said": said, "highest": len(field_words.RATINGS) - 1})
        found[topic] = int(fits["number"] or fits["other"])
    return found


_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
"""ISO 8601, and what British and continental spreadsheets make of it: the day first."""


def day(cell: str) -> date | None:
    """The day that a cell means."""
    for written_ in _DAYS:
        try:
            return datetime.strptime(cell.split("T")[0].removesuffix(" 00:00:00"), written_).date()  # noqa: DTZ007 – a day
        except ValueError:
            continue
    return None
