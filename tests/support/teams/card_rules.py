"""What Teams refuses of a message: cards beyond its version or size, and cards that the 1.5 schema does not know.

The schema lies beside the project; where it is not at hand, its part is left out.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft6Validator

from tests.support.teams import offers
from tests.support.teams.model import CARD, Json

LARGEST: Final = 28_000
"""Bytes of a card, as compact JSON in UTF-8."""
SCHEMA: Final = Path(__file__).parents[4] / "shared" / "specs" / "teams" / "adaptive-card-1.5.schema.json"
_NEWEST: Final = (1, 5)
_OTHERS: Final = frozenset(
    {
        "application/vnd.microsoft.teams.card.file.consent",
        "application/vnd.microsoft.teams.card.file.info",
        "application/vnd.microsoft.card.hero",
        "application/vnd.microsoft.card.thumbnail",
        "image/png",
        "image/jpeg",
        "image/gif",
    }
)
"""Other attachments that a bot can send in Teams; anything else is no attachment there."""


_TEAMS_ALONE: Final = frozenset({"msteams", "choices.data"})
_WORDS: Final = frozenset(
    {"text", "title", "label", "placeholder", "value", "id", "tooltip", "errorMessage", "fallbackText", "speak", "verb"}
)
"""Where the schema takes any words at all: which they are makes no difference to it."""


def size(card: Json) -> int:
    """How much a card weighs, in bytes."""
    return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def of_message(activity: Json) -> str:
    """Why Teams would refuse this message, as the code of its error; "" where it takes it. What follows a blank
    says more."""
    attachments = activity.get("attachments") or []
    if not isinstance(attachments, list):
        return "BadSyntax attachments are a list"
    if not attachments and not str(activity.get("text") or "").strip():
        return "BadSyntax Activity must have at least text or attachments"
    for attachment in attachments:
        if not isinstance(attachment, dict):
            return "BadSyntax an attachment is an object"
        kind = attachment.get("contentType")
        if kind != CARD and kind not in _OTHERS:
            return f"BadSyntax Unknown attachment type {kind}"
        if kind == CARD and (wrong := of_card(attachment.get("content"))):
            return wrong
        if wrong := offers.wrong(attachment):
            return wrong
    return ""


def of_card(card: Any) -> str:
    """The same of a card alone."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return "BadSyntax no Adaptive Card"
    version = str(card.get("version", ""))
    try:
        known = tuple(int(part) for part in version.split(".")) <= _NEWEST
    except ValueError:
        known = False
    if not known:
        return f"BadSyntax version {version!r} is not supported"
    if (bytes_ := size(card)) > LARGEST:
        return f"MessageSizeTooBig the card has {bytes_} bytes"
    ids = [part["id"] for part in elements(card) if str(part.get("type", "")).startswith("Input.") and "id" in part]
    if len(set(ids)) != len(ids):
        return "BadSyntax two inputs have the same id"
    return _of_schema(plain(card))


def elements(part: Any) -> Iterator[Json]:
    """Every typed part of a card, from top to bottom; what buttons carry is none."""
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "type" in each:
                yield each
            inner = [value for key, value in each.items() if key != "data" and key not in _TEAMS_ALONE]
        else:
            inner = each
        waiting += [value for value in reversed(inner) if isinstance(value, dict | list)]


def plain(part: Any) -> Any:
    """The card without what Teams alone knows, which the public schema does not: `msteams`, people as choices, and
    choices that are looked for by typing."""
    if isinstance(part, dict):
        kept = {k: v for k, v in part.items() if k not in _TEAMS_ALONE and (k, v) != ("style", "filtered")}
        return {k: v if k == "data" else plain(v) for k, v in kept.items()}
    if isinstance(part, list):
        return [plain(each) for each in part if not is_of_teams(each)]
    return part


def _shape(part: Any) -> Any:
    """The same whatever people are called and have written, so that a card is judged once for all of them."""
    if isinstance(part, dict):
        return {key: _shape_of(key, value) for key, value in part.items()}
    if isinstance(part, list):
        return ["…" if isinstance(each, str) else _shape(each) for each in part]
    return part


def _shape_of(key: str, value: Any) -> Any:
    if key == "data" and isinstance(value, dict):
        return {}  # whatever a button carries
    return "…" if key in _WORDS and isinstance(value, str) else _shape(value)


def is_of_teams(element: Any) -> bool:
    """Whether it is an element that Teams alone knows, and a client that does not know it leaves out."""
    return isinstance(element, dict) and (is_chart(element) or is_person(element))


def is_chart(element: Json) -> bool:
    """Whether it is one of Teams' own charts, as documented; anything else that calls itself one is no element."""
    if element.get("type") != "Chart.VerticalBar.Grouped" or element.get("fallback") != "drop":
        return False
    return bool(element["data"]) and all(
        set(series) == {"legend", "values"} and all(set(value) == {"x", "y"} for value in series["values"])
        for series in element["data"]
    )


def is_person(element: Json) -> bool:
    """Whether it is one of Teams' own people, as documented."""
    if element.get("type") != "Component" or element.get("name") != "graph.microsoft.com/user":
        return False
    named = set(element["properties"]) == {"id", "displayName", "userPrincipalName"}
    return named and element["view"] == "compact" and element.get("fallback") == "drop"


@cache
def _validators() -> dict[str, Draft6Validator]:
    """A validator for each kind of part. It looks at the part itself and at which kinds stand in it, which are looked
    at one by one, since the schema tries a part as each of its twenty kinds, which takes a third of a second a card."""
    if not SCHEMA.is_file():
        return {}
    schema = json.loads(SCHEMA.read_text("utf-8"))
    definitions = schema["definitions"]
    for name, definition in definitions.items():
        if name.startswith("ImplementationsOf."):
            kinds = [each["allOf"][0]["$ref"].rpartition("/")[2] for each in definition["anyOf"]]
            definitions[name] = {"required": ["type"], "properties": {"type": {"enum": kinds}}}
    del schema["anyOf"]
    kinds = [name for name, definition in definitions.items() if "type" in definition.get("properties", {})]
    return {kind: Draft6Validator(schema | {"$ref": f"#/definitions/{kind}"}) for kind in [*kinds, "TextRun"]}


def _of_schema(card: Json) -> str:
    if not _validators():
        return ""
    return _of_shape(json.dumps(_shape(card)))


@lru_cache(8192)
def _of_shape(card: str) -> str:
    return next((wrong for part in elements(json.loads(card)) if (wrong := _of_part(json.dumps(part)))), "")


@lru_cache(8192)
def _of_part(part: str) -> str:
    element = json.loads(part)
    validator = _validators().get(str(element["type"]))
    if validator is None:
        return f"BadSyntax the schema knows no {element['type']}"
    error = next(iter(validator.iter_errors(element)), None)
    if error is None:
        return ""
    where = "/".join(str(step) for step in error.absolute_path)
    return f"BadSyntax the {element['type']} does not fit the schema at {where!r}: {error.message[:200]}"
