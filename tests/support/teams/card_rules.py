"""What Teams refuses of a message: cards beyond its version or size, and cards that the 1.5 schema does not know.

The schema lies beside the project; where it is not at hand, its part is left out.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft6Validator

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
    return _of_schema(json.dumps(plain(card)))


def elements(part: Any) -> Iterator[Json]:
    """Every typed part of a card, from top to bottom; what buttons carry is none."""
    if isinstance(part, dict):
        if "type" in part:
            yield part
        for key, value in part.items():
            if key not in ("data", "msteams", "choices.data"):
                yield from elements(value)
    elif isinstance(part, list):
        for each in part:
            yield from elements(each)


def plain(part: Any) -> Any:
    """The card without what Teams alone knows, which the public schema does not: `msteams`, and people as choices."""
    if isinstance(part, dict):
        return {k: v if k == "data" else plain(v) for k, v in part.items() if k not in ("msteams", "choices.data")}
    return [plain(each) for each in part] if isinstance(part, list) else part


@cache
def _validator() -> Draft6Validator | None:
    return Draft6Validator(json.loads(SCHEMA.read_text("utf-8"))) if SCHEMA.is_file() else None


@lru_cache(4096)
def _of_schema(card: str) -> str:
    validator = _validator()
    error = next(iter(validator.iter_errors(json.loads(card))), None) if validator else None
    if error is None:
        return ""
    deepest = _deepest(error)
    where = "/".join(str(step) for step in deepest.absolute_path)
    return f"BadSyntax the card does not fit the schema at {where}: {deepest.message[:200]}"


def _deepest(error: Any) -> Any:
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return error
