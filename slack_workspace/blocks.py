"""What Slack allows in blocks, views and messages, with its own error names and limits.

Source: https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/views and the errors of
each method's page. Stricter in one way: blocks and elements the project has no use for are unknown here.
"""

import copy
import json
import secrets
from collections.abc import Iterator
from typing import Any, Final

from slack_workspace.checks import (
    Check,
    Field,
    Path,
    Problems,
    also,
    any_text,
    array,
    boolean,
    may,
    must,
    one_of,
    plain_text,
    shape,
    string,
    tagged,
    wrong,
)
from slack_workspace.element_rules import AS_ACCESSORY, ID, IMAGE, IN_ACTIONS, IN_INPUT
from slack_workspace.elements import elements
from slack_workspace.errors import SlackError
from slack_workspace.model import Json

VIEW_BLOCKS: Final = 100
VIEW_BYTES: Final = 250_000
MESSAGE_BLOCKS: Final = 50
MESSAGE_CHARACTERS: Final = 13_000
"""Not in the documentation: about this many characters in all the blocks of one message pass."""


def _block(kind: str, fields: dict[str, Field], *more: Check) -> Check:
    return also(shape({"type": must(one_of(kind)), "block_id": may(ID)} | fields), *more)


def _text_or_fields(value: Any, path: Path, problems: Problems) -> None:
    if not value.get("text") and not value.get("fields"):
        wrong(problems, path, "must have text or fields")


def _anything(value: Any, path: Path, problems: Problems) -> None:
    if not isinstance(value, dict):
        wrong(problems, path, "must be an object")


_CONTEXT: Final = tagged({"image": IMAGE, "plain_text": any_text(3000), "mrkdwn": any_text(3000)})

BLOCKS: Final[dict[str, Check]] = {
    "actions": _block("actions", {"elements": must(array(IN_ACTIONS, 25))}),
    "context": _block("context", {"elements": must(array(_CONTEXT, 10))}),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": must(plain_text(150))}),
    "image": _block(
        "image",
        {"image_url": must(string(3000)), "alt_text": must(string(2000)), "title": may(plain_text(2000))},
    ),
    "input": _block(
        "input",
        {
            "label": must(plain_text(2000)),
            "element": must(IN_INPUT),
            "hint": may(plain_text(2000)),
            "optional": may(boolean),
            "dispatch_action": may(boolean),
        },
    ),
    "rich_text": _block("rich_text", {"elements": must(array(_anything, 100))}),
    "section": _block(
        "section",
        {
            "text": may(any_text(3000)),
            "fields": may(array(any_text(2000), 10)),
            "accessory": may(AS_ACCESSORY),
            "expand": may(boolean),
        },
        _text_or_fields,
    ),
}
_ANY_BLOCK: Final = tagged(BLOCKS)


def _unique_ids(value: Any, path: Path, problems: Problems) -> None:
    """Block ids are unique in a surface, action ids within their block."""
    seen: set[str] = set()
    for index, block in enumerate(value):
        block_id = block.get("block_id")
        if block_id in seen:
            wrong(problems, f"{path}/{index}/block_id", f"block_id already exists: {block_id}")
        seen.update({block_id} if block_id else ())
        inside = [e.get("action_id") for e in block.get("elements", ()) if isinstance(e, dict) and e.get("action_id")]
        if len(inside) != len(set(inside)):
            wrong(problems, f"{path}/{index}/elements", "action_id already exists")


def _one_focus(value: Any, path: Path, problems: Problems) -> None:
    if sum(1 for _, element in elements(value) if element.get("focus_on_load")) > 1:
        wrong(problems, path, "focus_on_load can only be true for one element")


def _submit_with_inputs(value: Any, path: Path, problems: Problems) -> None:
    if any(block["type"] == "input" for block in value["blocks"]) and not value.get("submit"):
        wrong(problems, path, "missing required field: submit (a modal with input blocks needs it)")


def _blocks(most: int) -> Check:
    return also(array(_ANY_BLOCK, most, least=0), _unique_ids, _one_focus)


_COMMON: Final = {
    "blocks": must(_blocks(VIEW_BLOCKS)),
    "private_metadata": may(string(3000, least=0)),
    "callback_id": may(string(255, least=0)),
    "external_id": may(string(255, least=0)),
}
_VIEW: Final = tagged(
    {
        "modal": also(
            shape(
                {
                    "type": must(one_of("modal")),
                    "title": must(plain_text(24)),
                    "submit": may(plain_text(24)),
                    "close": may(plain_text(24)),
                    "clear_on_close": may(boolean),
                    "notify_on_close": may(boolean),
                    "submit_disabled": may(boolean),
                }
                | _COMMON
            ),
            _submit_with_inputs,
        ),
        "home": shape({"type": must(one_of("home"))} | _COMMON),
    }
)
_MESSAGE: Final = _blocks(MESSAGE_BLOCKS)
_NOT_IN_MESSAGES: Final = ("file_input",)


def checked_view(view: Any, *, kind: str | None = None) -> Json:
    """The view with its missing ids filled in.

    Raises SlackError: view_too_large over 250 kB, else invalid_arguments with a line for every mistake.
    """
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "must be an object [json-pointer:/view]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    problems: Problems = []
    _VIEW(view, "/view", problems)
    if not problems and kind and view["type"] != kind:
        wrong(problems, "/view/type", f"must be one of: {kind}")
    if problems:
        raise SlackError("invalid_arguments", *problems)
    return with_ids(view)


def checked_blocks(blocks: Any) -> tuple[Json, ...]:
    """The blocks of a message with their missing ids filled in.

    Raises SlackError: invalid_blocks_format if it is no list of objects, msg_blocks_too_long over about 13 000
    characters, else invalid_blocks with a line for every mistake.
    """
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    problems: Problems = []
    _MESSAGE(blocks, "/blocks", problems)
    if not problems:
        for block, element in elements(blocks):
            if element["type"] in _NOT_IN_MESSAGES:
                wrong(
                    problems, f"/blocks/{blocks.index(block)}", f"unsupported element in a message: {element['type']}"
                )
    if problems:
        raise SlackError("invalid_blocks", *problems)
    if sum(map(len, texts(blocks))) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return tuple(with_ids({"blocks": blocks})["blocks"])


def texts(value: Any) -> Iterator[str]:
    """Every text in blocks: of text objects, labels, options, hints."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "alt_text") and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def with_ids(surface: Json) -> Json:
    """A copy in which every block has a block_id and every element an action_id, new ones at random as in Slack."""
    surface = copy.deepcopy(surface)
    for block in surface["blocks"]:
        if "block_id" not in block:
            block["block_id"] = secrets.token_urlsafe(4)
    for _, element in elements(surface["blocks"]):
        if "action_id" not in element:
            element["action_id"] = secrets.token_urlsafe(4)
    _with_emoji(surface)
    return surface


def _with_emoji(value: Any) -> None:
    """Slack answers plain_text with `emoji` and mrkdwn with `verbatim` filled in."""
    if isinstance(value, dict):
        match value.get("type"):
            case "plain_text":
                value.setdefault("emoji", True)
            case "mrkdwn":
                value.setdefault("verbatim", False)
        for inner in value.values():
            _with_emoji(inner)
    elif isinstance(value, list):
        for inner in value:
            _with_emoji(inner)


def checked_attachments(attachments: Any) -> tuple[Json, ...]:
    return tuple(attachments)
