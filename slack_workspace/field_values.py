"""Turning what a person means ("1 December", "Leadership") into the state that an element of Slack would have."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from slack_workspace.elements import options_of, state_key
from slack_workspace.errors import Refusal
from slack_workspace.model import Json, Person


def state_for(element: Json, meant: Any, people: Iterable[Person]) -> Json:
    """The state of the element when `meant` was typed or chosen; None clears it. Raises Refusal if it is not offered.

    Texts are typed, options named by their label or value (several as a list), people by name or id, dates and times
    given as such or as Slack writes them, files as `TestUser.file` gives them.
    """
    kind = element["type"]
    key = state_key(kind)
    if key is None:
        raise Refusal(f"Nothing can be typed into a {kind}.")
    return {"type": kind, key: _value(kind, key, element, meant, list(people))}


def _value(kind: str, key: str, element: Json, meant: Any, people: list[Person]) -> Any:
    many = key.endswith("s")
    if meant is None:
        return [] if many else None
    several = [meant] if isinstance(meant, str | dict) or not isinstance(meant, Iterable) else list(meant)
    chosen: list[Any]
    match key:
        case "selected_option" | "selected_options":
            chosen = [_option(element, str(word)) for word in several]
        case "selected_user" | "selected_users":
            chosen = [_person(people, str(word)) for word in several]
        case "selected_date_time":
            return int(meant.timestamp()) if isinstance(meant, datetime) else int(meant)
        case "selected_date":
            return meant.isoformat() if isinstance(meant, date) else str(meant)
        case "selected_time":
            return meant.strftime("%H:%M") if isinstance(meant, time) else str(meant)
        case "files":
            return several
        case _:
            return str(meant)
    if many:
        return chosen
    if len(chosen) != 1:
        raise Refusal(f"A {kind} takes one choice.")
    return chosen[0]


def _option(element: Json, word: str) -> Json:
    options = options_of(element)
    for option in options:
        if word == option["text"]["text"]:
            return option
    for option in options:
        if word == option["value"]:
            return option
    raise Refusal(f"There is no choice {word!r}. There are: {', '.join(o['text']['text'] for o in options)}.")


def _person(people: list[Person], word: str) -> str:
    for person in people:
        if word in (person.id, person.name):
            return person.id
    raise Refusal(f"There is nobody called {word}.")
