"""What a message says: text, blocks, attachments and metadata, read from the arguments of whatever posts it.

Source: https://docs.slack.dev/reference/methods/chat.postMessage
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from slack_workspace.arguments import Arguments
from slack_workspace.blocks import checked_attachments, checked_blocks
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.model import Json, Message

MARKDOWN_TEXT: Final = 12_000
METADATA_BYTES: Final = 16_000
_PARSE: Final = ("", "none", "client", "full")
_NAMES: Final = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")


@dataclass(frozen=True, slots=True)
class Content:
    """One of text, blocks and attachments is there. `mrkdwn`: whether marks in the text are formatting."""

    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    mrkdwn: bool = True


def read_content(core: Core, arguments: Arguments) -> Content:
    """Raises SlackError: no_text, markdown_text_conflict, msg_too_long, and the errors of blocks and attachments."""
    text, blocks, markdown = arguments.text("text"), read_blocks(arguments), arguments.text("markdown_text")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    attachments = read_attachments(arguments)
    if not (text.strip() or markdown.strip() or blocks or attachments):
        raise SlackError("no_text")
    text = _linked(core, arguments, text) if text else markdown
    return Content(text, blocks, attachments, arguments.flag("mrkdwn", default=True))


def read_blocks(arguments: Arguments) -> tuple[Json, ...]:
    blocks = arguments.data("blocks", "invalid_blocks_format")
    return checked_blocks(blocks) if blocks is not None else ()


def read_attachments(arguments: Arguments) -> tuple[Json, ...]:
    attachments = arguments.data("attachments", "invalid_attachments")
    return checked_attachments(attachments) if attachments is not None else ()


def read_metadata(arguments: Arguments) -> Json | None:
    """Raises SlackError: invalid_metadata_format, metadata_too_large."""
    metadata = arguments.data("metadata", "invalid_metadata_format")
    if metadata in (None, {}):
        return None
    right = isinstance(metadata, dict) and set(metadata) == {"event_type", "event_payload"}
    if not right or not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return dict(metadata)


def add_ephemeral(core: Core, channel: str, user: str, content: Content, **more: Any) -> Message:
    """An ephemeral message of the app: for `user` alone, in no history."""
    return core.state.post(app_message(core, channel, content, ephemeral_to=user, **more))


def app_message(core: Core, channel: str, content: Content, **more: Any) -> Message:
    """A new message of the app, not yet posted."""
    return Message(
        channel=channel,
        ts=core.state.timestamp(),
        user=core.identity.bot_user,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        mrkdwn=content.mrkdwn,
        bot=True,
        **more,
    )


def _linked(core: Core, arguments: Arguments, text: str) -> str:
    """Names that were typed become mentions where the app asks for it (`link_names`, or `parse` = full)."""
    parse = arguments.text("parse")
    if parse not in _PARSE:
        raise SlackError("invalid_arguments", f"must be one of: {', '.join(_PARSE[1:])} [json-pointer:/parse]")
    return (
        _NAMES.sub(lambda found: _mention(core, found), text)
        if arguments.flag("link_names") or parse == "full"
        else text
    )


def _mention(core: Core, found: re.Match[str]) -> str:
    mark, name = found.groups()
    if mark == "@":
        user = next((person.id for person in core.state.people.values() if person.handle == name), None)
        return f"<@{user}>" if user else found[0]
    channel = core.state.channel_named(name)
    return f"<#{channel.id}|{channel.name}>" if channel else found[0]
