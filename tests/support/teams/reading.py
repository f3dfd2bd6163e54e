"""What a person can read on a card, and where on it the thing with a given label is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.support.teams.card_rules import elements, is_person
from tests.support.teams.model import Json

_TOLD: Final = ("Action.Execute", "Action.Submit")
_ERROR: Final = "error:"
_SPOKEN: Final = "Error: "


@dataclass(frozen=True, slots=True)
class Pressable:
    """Something that can be pressed and is told to the bot."""

    action: Json

    @property
    def label(self) -> str:
        """What stands on it."""
        return str(self.action.get("title", ""))

    @property
    def data(self) -> Json:
        """What it carries."""
        data = self.action.get("data")
        return data if isinstance(data, dict) else {}

    def answers_to(self, name: str) -> bool:
        """Whether somebody means this one."""
        return name in (self.label, self.action.get("tooltip"), self.action.get("verb"), self.data.get("do"))


def pressables(card: Json | None) -> list[Pressable]:
    """Everything that can be pressed, from top to bottom."""
    return [Pressable(part) for part in elements(card or {}) if part["type"] in _TOLD]


def inputs(card: Json | None) -> list[Json]:
    """Its fields, from top to bottom."""
    return [part for part in elements(card or {}) if part["type"].startswith("Input.")]


def field(card: Json | None, name: str) -> Json | None:
    """The field with this label, id or key (what stands behind its kind in the id)."""
    return next((each for each in inputs(card) if name in _names(each)), None)


def label(element: Json) -> str:
    """What a field is called on the card."""
    return str(element.get("label") or element.get("placeholder") or element["id"])


def _names(element: Json) -> tuple[str, ...]:
    key = str(element["id"]).partition(":")[2]
    return tuple(each for each in (element.get("label"), element.get("placeholder"), element["id"], key) if each)


def initial(card: Json | None) -> dict[str, str]:
    """What stands in its fields as it comes."""
    values = {}
    for each in inputs(card):
        value = each.get("value", "false" if each["type"] == "Input.Toggle" else "")
        values[each["id"]] = str(value)
    return values


def is_form(card: Json | None) -> bool:
    """Whether it is a form in which something can still be pressed."""
    return _begins(card) == "form" and any(each.data.get("in") == "form" for each in pressables(card))


def is_home(card: Json | None) -> bool:
    """Whether it is somebody's Home."""
    return _begins(card) == "home" or any(each.data.get("in") == "home" for each in pressables(card))


def _begins(card: Json | None) -> str:
    body = (card or {}).get("body") or [{}]
    return str(body[0].get("id", ""))


WAYS_OUT: Final = ("Cancel", "Close", "Back")


def submit(card: Json | None) -> Pressable | None:
    """What sends a form off: it stands beside the button that leaves it; None where a form is only read."""
    for actions in (part["actions"] for part in elements(card or {}) if part["type"] == "ActionSet"):
        row = [Pressable(action) for action in actions]
        if len(row) > 1 and row[-1].label in WAYS_OUT:
            return row[0]
    return None


def way_out(card: Json | None) -> Pressable | None:
    """What leaves a form, back to the one in which it was opened if there is one."""
    found = [each for each in pressables(card) if each.label in WAYS_OUT]
    return found[-1] if found else None


def title(card: Json | None) -> str:
    """What stands at its head."""
    body = (card or {}).get("body") or []
    return next(_words(body[0]), "") if body else ""


def errors(card: Json | None) -> dict[str, str]:
    """What is said to be wrong, by the label of the field."""
    labels = {each["id"]: label(each) for each in inputs(card)}
    found = {}
    for part in elements(card or {}):
        if str(part.get("id", "")).startswith(_ERROR):
            about = part["id"].removeprefix(_ERROR)
            found[labels.get(about, about)] = "".join(_words(part)).removeprefix(_SPOKEN)
    return found


def text(card: Json, typed: Mapping[str, str]) -> str:
    """Everything readable, one text a line: words, labels, choices, what was typed, what can be pressed."""
    lines = list[str]()
    for part in elements(card):
        lines += _words(part)
        if part["type"].startswith("Input."):
            lines.append(typed.get(part.get("id", ""), ""))
    return "\n".join(line for line in lines if line)


def pictures(card: Json | None) -> list[str]:
    """Whose pictures stand on it: those of Teams' own people."""
    return [str(part["properties"]["displayName"]) for part in elements(card) if is_person(part)]


def _words(part: Json) -> Iterator[str]:
    match part.get("type"):
        case "RichTextBlock":
            yield "".join(_run(run) for run in part.get("inlines", ()))
        case "TextBlock":
            yield str(part.get("text", ""))
        case "FactSet":
            yield from (f"{fact.get('title', '')} {fact.get('value', '')}" for fact in part.get("facts", ()))
        case "Input.ChoiceSet":
            yield str(part.get("label", ""))
            yield from (str(choice.get("title", "")) for choice in part.get("choices", ()))
        case str(kind) if kind.startswith("Input."):
            yield from (str(part.get(key, "")) for key in ("label", "title", "placeholder"))
        case str(kind) if kind.startswith("Action."):
            yield str(part.get("title", ""))


def _run(run: Any) -> str:
    return run if isinstance(run, str) else str(run.get("text", ""))
