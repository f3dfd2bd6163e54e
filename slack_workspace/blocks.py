"""Checking the blocks of views and messages in Slack's own words, and filling in what Slack fills in.

Source: https://docs.slack.dev/reference/views and the errors of each method's page.
"""

import json
import secrets
from collections.abc import Iterator
from typing import Any, Final

from slack_workspace.attachment_rules import check_attachments
from slack_workspace.block_rules import IN_HOME, IN_MESSAGE, IN_MODAL
from slack_workspace.checks import (
    Path,
    Problems,
    also,
    boolean,
    may,
    must,
    one_of,
    plain_text,
    shape,
    string,
    tagged,
    without_nulls,
    wrong,
)
from slack_workspace.elements import all_blocks, elements
from slack_workspace.errors import SlackError
from slack_workspace.model import Json

VIEW_BYTES: Final = 250_000
MESSAGE_CHARACTERS: Final = 13_000
"""Not in the documentation: about this many characters in all the blocks of one message pass."""
_READABLE: Final = ("text", "alt_text", "caption", "label", "name")
"""Keys whose value somebody reads, where it is a string: of text objects, images, tables and charts."""


def _submit_with_inputs(value: Any, path: Path, problems: Problems) -> None:
    if any(block["type"] == "input" for block in all_blocks(value["blocks"])) and not value.get("submit"):
        wrong(problems, path, "missing required field: submit (a modal with input blocks needs it)")


_COMMON: Final = {
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
                    "blocks": must(IN_MODAL),
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
        "home": shape({"type": must(one_of("home")), "blocks": must(IN_HOME)} | _COMMON),
    }
)


def checked_view(view: Any, *, kind: str | None = None) -> Json:
    """The view with its missing ids filled in.

    Raises SlackError: view_too_large over 250 kB, else invalid_arguments with a line for every mistake.
    """
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "must be an object [json-pointer:/view]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    view = without_nulls(view)
    problems: Problems = []
    _VIEW(view, "/view", problems)
    if not problems and kind and view["type"] != kind:
        wrong(problems, "/view/type", f"must be one of: {kind}")
    if problems:
        raise SlackError("invalid_arguments", *problems)
    _filled_in(view["blocks"])
    _with_emoji(view)
    return dict(view)


def checked_blocks(blocks: Any) -> tuple[Json, ...]:
    """The blocks of a message with their missing ids filled in.

    Raises SlackError: invalid_blocks_format if it is no list of objects, msg_blocks_too_long over about 13 000
    characters, invalid_attachments for a second table, else invalid_blocks with a line for every mistake.
    """
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    blocks = without_nulls(blocks)
    problems: Problems = []
    IN_MESSAGE(blocks, "/blocks", problems)
    if problems:
        raise SlackError("invalid_blocks", *problems)
    if sum(block["type"] == "table" for block in all_blocks(blocks)) > 1:
        raise SlackError("invalid_attachments", "only_one_table_allowed")
    if sum(map(len, texts(blocks))) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    _with_emoji(blocks)
    return tuple(_filled_in(blocks))


def checked_attachments(attachments: Any) -> tuple[Json, ...]:
    """The attachments of a message, numbered, their blocks checked like those of the message.

    Raises SlackError: those of `check_attachments` and of `checked_blocks`.
    """
    kept = []
    for number, attachment in enumerate(check_attachments(without_nulls(attachments)), start=1):
        blocks = {"blocks": list(checked_blocks(attachment["blocks"]))} if "blocks" in attachment else {}
        kept.append({"id": number, "fallback": "[no preview available]"} | attachment | blocks)
    return tuple(kept)


def texts(value: Any) -> Iterator[str]:
    """Every text in blocks: of text objects, labels, options, hints, cells and charts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _READABLE and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def _filled_in(blocks: list[Json]) -> list[Json]:
    """Gives every block a block_id and every element an action_id, new ones at random as in Slack; in place."""
    for block in all_blocks(blocks):
        if "block_id" not in block:
            block["block_id"] = secrets.token_urlsafe(4)
    for _, element in elements(blocks):
        if "action_id" not in element:
            element["action_id"] = secrets.token_urlsafe(4)
    return blocks


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
