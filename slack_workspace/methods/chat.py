"""chat.postMessage, update, delete, postEphemeral and getPermalink."""

import json
from dataclasses import replace
from typing import Final

from slack_workspace import pictures
from slack_workspace.blocks import checked_blocks
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.model import Channel, Json, Message
from slack_workspace.web_api import Arguments, method

POSTED_TEXT: Final = 40_000
"""Longer text is cut by chat.postMessage (https://docs.slack.dev/reference/methods/chat.postMessage#truncating)."""
UPDATED_TEXT: Final = 4_000
"""Longer text is refused by chat.update with msg_too_long."""
METADATA_BYTES: Final = 16_000


def read_blocks(arguments: Arguments) -> tuple[Json, ...]:
    blocks = arguments.data("blocks", "invalid_blocks_format")
    return checked_blocks(blocks) if blocks is not None else ()


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


def read_content(arguments: Arguments) -> tuple[str, tuple[Json, ...]]:
    """Text and blocks; one of them must be there. Raises SlackError: no_text and the errors of blocks."""
    text, blocks = arguments.text("text"), read_blocks(arguments)
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    return text, blocks


@method("chat.postMessage")
def post_message(core: Core, arguments: Arguments) -> Json:
    channel = core.postable(arguments.need("channel", "channel_not_found"))
    text, blocks = read_content(arguments)
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts and core.state.find_message(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    said = core.state.post(
        Message(
            channel=channel.id,
            ts=core.state.timestamp(),
            user=core.identity.bot_user,
            text=text[:POSTED_TEXT],
            blocks=blocks,
            bot=True,
            thread_ts=thread_ts,
            metadata=read_metadata(arguments),
        )
    )
    core.posted(said)
    return {"channel": channel.id, "ts": said.ts, "message": pictures.message(core, said, metadata=True)}


def _own(core: Core, channel: Channel, ts: str, error: str) -> Message:
    said = core.state.find_message(channel.id, ts)
    if said is None or said.ephemeral_to:
        raise SlackError("message_not_found")
    if said.user != core.identity.bot_user:
        raise SlackError(error)
    return said


@method("chat.update")
def update(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    said = _own(core, channel, arguments.need("ts", "message_not_found"), "cant_update_message")
    if channel.archived:
        raise SlackError("is_inactive")
    said = edited(core, said, arguments, with_metadata=True)
    picture = pictures.message(core, said, metadata=True)
    del picture["ts"]  # Slack gives it beside the message here, not in it
    return {"channel": channel.id, "ts": said.ts, "text": said.text, "message": picture}


def edited(core: Core, said: Message, arguments: Arguments, *, with_metadata: bool = False) -> Message:
    """Puts the new content in the place of the old. Without blocks in the call, the old ones go with a new text."""
    if arguments.get("blocks") is None and arguments.get("text") is None:
        raise SlackError("no_text")
    text, blocks = read_content(arguments)
    if len(text) > UPDATED_TEXT:
        raise SlackError("msg_too_long")
    metadata = read_metadata(arguments) if with_metadata and "metadata" in arguments else said.metadata
    new = replace(said, text=text, blocks=blocks, metadata=metadata, edited_ts=core.state.timestamp(), values={})
    core.state.put_message(new)
    return new


@method("chat.delete")
def delete(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    said = _own(core, channel, arguments.need("ts", "message_not_found"), "cant_delete_message")
    core.state.remove_message(channel.id, said.ts)
    return {"channel": channel.id, "ts": said.ts}


@method("chat.postEphemeral")
def post_ephemeral(core: Core, arguments: Arguments) -> Json:
    channel = core.postable(arguments.need("channel", "channel_not_found"))
    user = arguments.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = read_content(arguments)
    if len(text) > POSTED_TEXT:
        raise SlackError("msg_too_long")
    return {"message_ts": whisper(core, channel.id, user, text, blocks).ts}


def whisper(core: Core, channel: str, user: str, text: str, blocks: tuple[Json, ...]) -> Message:
    """An ephemeral message of the app: for `user` alone, in no history."""
    state = core.state
    bot_user = core.identity.bot_user
    return state.post(Message(channel, state.timestamp(), bot_user, text, blocks, bot=True, ephemeral_to=user))


@method("chat.getPermalink")
def get_permalink(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    ts = arguments.need("message_ts", "message_not_found")
    if core.state.find_message(channel.id, ts) is None:
        raise SlackError("message_not_found")
    address = f"{core.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}
