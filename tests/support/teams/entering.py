"""Turning what a person means ("1 December", "Leadership") into the string that a client keeps of a field, and what a
client says of fields before it sends them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, Final
from urllib.parse import unquote

from tests.support.teams.model import Json, Person, Refusal
from tests.support.teams.reading import inputs, label

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_UNSAID: Final = "This field is wrong."
"""What a client shows where a card has no words of its own."""


def entered(element: Json, meant: Any, people: Iterable[Person]) -> str:
    """What stands in the field when `meant` was typed or chosen; "" when it is cleared. Raises Refusal."""
    if meant is None or meant == "" or meant == []:
        return ""
    match element["type"]:
        case "Input.ChoiceSet":
            return _chosen(element, meant, people)
        case "Input.Toggle":
            return str(element.get("valueOn", "true") if meant else element.get("valueOff", "false"))
        case "Input.Date":
            return _date(meant, element)
        case "Input.Time":
            value = meant.strftime("%H:%M") if isinstance(meant, time) else str(meant)
            return _if(bool(_TIME.fullmatch(value)), value, element)
        case "Input.Number":
            return _if(bool(_NUMBER.fullmatch(str(meant))), str(meant), element)
        case _:
            longest = element.get("maxLength")
            return _if(longest is None or len(str(meant)) <= longest, str(meant), element)


def _if(possible: bool, value: str, element: Json) -> str:
    if not possible:
        raise Refusal(f"{value!r} cannot be entered in {label(element)!r}.")
    return value


def _date(meant: Any, element: Json) -> str:
    try:
        value = date.fromisoformat(meant.isoformat() if isinstance(meant, date) else str(meant)).isoformat()
    except ValueError:
        return _if(False, str(meant), element)
    return _if(element.get("min", value) <= value <= element.get("max", value), value, element)


def _chosen(element: Json, meant: Any, people: Iterable[Person]) -> str:
    several = [meant] if isinstance(meant, str) or not isinstance(meant, Iterable) else list(meant)
    several_fit = element.get("isMultiSelect") or len(several) == 1
    if not several_fit:
        raise Refusal(f"{label(element)!r} takes one choice.")
    return ",".join(_option(element, str(word), people) for word in several)


def _option(element: Json, word: str, people: Iterable[Person]) -> str:
    choices = element.get("choices") or []
    for key in ("title", "value"):
        for choice in choices:
            if word in (choice.get(key), unquote(str(choice.get(key)))):
                return str(choice["value"])
    if "choices.data" in element:
        for person in people:
            if word in (person.name, person.object_id, person.email):
                return person.object_id
        raise Refusal(f"There is nobody called {word}.")
    there = ", ".join(str(choice.get("title")) for choice in choices)
    raise Refusal(f"There is no choice {word!r} in {label(element)!r}. There are: {there}.")


def wrong(card: Json | None, values: Mapping[str, str]) -> dict[str, str]:
    """What the client itself says of the fields when the card is sent off, by label."""
    found = {}
    for each in inputs(card):
        value = values.get(each["id"], "")
        missing = bool(each.get("isRequired")) and not value
        if missing or (value and each["type"] == "Input.Number" and not _within(each, float(value))):
            found[label(each)] = str(each.get("errorMessage") or _UNSAID)
    return found


def _within(element: Json, value: float) -> bool:
    return float(element.get("min", value)) <= value <= float(element.get("max", value))
