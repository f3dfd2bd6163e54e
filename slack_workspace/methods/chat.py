"""chat.postMessage, update, delete, postEphemeral and getPermalink."""

from dataclasses import replace
from typing import Final

from slack_workspace import serializers
from slack_workspace.arguments import Arguments
from slack_workspace.content import add_ephemeral, app_message, read_attachments, read_content, read_metadata
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.model import Channel, Json, Message
from slack_workspace.web_api import method

POSTED_TEXT: Final = 40_000
"""Longer text is cut by chat.postMessage (https://docs.slack.dev/reference/methods/chat.postMessage#truncating)."""
UPDATED_TEXT: Final = 4_000
"""Longer text is refused by chat.update with msg_too_long."""
CUSTOMIZE: Final = "chat:write.customize"


@method("chat.postMessage")
def post_message(core: Core, arguments: Arguments) -> Json:
    channel = core.postable(arguments.need("channel", "channel_not_found"))
    _refuse_as_user(arguments)
    _no_unfurls(arguments)
    content = read_content(core, arguments)
    said = app_message(
        core,
        channel.id,
        replace(content, text=content.text[:POSTED_TEXT]),
        thread_ts=_thread(core, channel, arguments),
        broadcast=_broadcast(arguments),
        metadata=read_metadata(arguments),
        username=_username(core, arguments),
        icons=_icons(core, arguments),
    )
    core.state.post(said)
    core.posted(said)
    return {"channel": channel.id, "ts": said.ts, "message": serializers.message(core, said, metadata=True)}


@method("chat.update")
def update(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    _refuse_as_user(arguments)
    said = _own(core, channel, arguments.need("ts", "message_not_found"), "cant_update_message")
    if channel.archived:
        raise SlackError("is_inactive")
    said = _edited(core, said, arguments)
    picture = serializers.message(core, said, metadata=True)
    del picture["ts"]  # Slack gives it beside the message here, not in it
    return {"channel": channel.id, "ts": said.ts, "text": said.text, "message": picture}


def _edited(core: Core, said: Message, arguments: Arguments) -> Message:
    """The new content in the place of the old. Blocks go with a new text unless new ones come; attachments stay."""
    content = read_content(core, arguments)
    if len(content.text) > UPDATED_TEXT:
        raise SlackError("msg_too_long")
    attachments = read_attachments(arguments) if arguments.given("attachments") is not None else said.attachments
    metadata = read_metadata(arguments) if arguments.given("metadata") is not None else said.metadata
    files = _files(core, arguments) if arguments.given("file_ids") is not None else said.files
    new = replace(
        said,
        text=content.text,
        blocks=content.blocks,
        attachments=attachments,
        mrkdwn=content.mrkdwn,
        metadata=metadata,
        files=files,
        broadcast=said.broadcast or (said.thread_ts is not None and arguments.flag("reply_broadcast")),
        edited_ts=core.state.timestamp(),
        values={},
    )
    core.state.put_message(new)
    return new


def _files(core: Core, arguments: Arguments) -> tuple[str, ...]:
    """Raises SlackError(file_not_found)."""
    given = arguments.given("file_ids")
    if isinstance(given, str) and given.startswith("["):
        given = arguments.data("file_ids", "invalid_arguments")
    names = given if isinstance(given, list) else [word for word in str(given).split(",") if word]
    for name in names:
        file = core.state.files.get(name) if isinstance(name, str) else None
        if file is None or not file.done:
            raise SlackError("file_not_found")
    return tuple(names)


@method("chat.delete")
def delete(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    _refuse_as_user(arguments)
    said = _own(core, channel, arguments.need("ts", "message_not_found"), "cant_delete_message")
    core.state.remove_message(channel.id, said.ts)
    return {"channel": channel.id, "ts": said.ts}


@method("chat.postEphemeral")
def post_ephemeral(core: Core, arguments: Arguments) -> Json:
    channel = core.postable(arguments.need("channel", "channel_not_found"))
    _refuse_as_user(arguments)
    user = arguments.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = read_content(core, arguments)
    if len(content.text) > POSTED_TEXT:
        raise SlackError("msg_too_long")
    thread_ts = _thread(core, channel, arguments)
    username, icons = _username(core, arguments), _icons(core, arguments)
    said = add_ephemeral(core, channel.id, user, content, thread_ts=thread_ts, username=username, icons=icons)
    return {"message_ts": said.ts}


@method("chat.getPermalink")
def get_permalink(core: Core, arguments: Arguments) -> Json:
    channel = core.channel(arguments.need("channel", "channel_not_found"))
    ts = arguments.need("message_ts", "message_not_found")
    said = core.state.find_message(channel.id, ts)
    if said is None or said.ephemeral_to:
        raise SlackError("message_not_found")
    address = f"{core.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if said.thread_ts not in (None, ts):
        address += f"?thread_ts={said.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def _own(core: Core, channel: Channel, ts: str, error: str) -> Message:
    said = core.state.find_message(channel.id, ts)
    if said is None or said.ephemeral_to:
        raise SlackError("message_not_found")
    if said.user != core.identity.bot_user:
        raise SlackError(error)
    return said


def _thread(core: Core, channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts and core.state.find_message(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    return thread_ts


def _broadcast(arguments: Arguments) -> bool:
    return arguments.flag("reply_broadcast") and bool(arguments.text("thread_ts"))


def _refuse_as_user(arguments: Arguments) -> None:
    """The app has no user of its own to post as."""
    if arguments.flag("as_user"):
        raise SlackError("as_user_not_supported")


def _no_unfurls(arguments: Arguments) -> None:
    """Whether links should be unfurled: none ever is, since this workspace reads no other site."""
    arguments.flag("unfurl_links")
    arguments.flag("unfurl_media")


def _username(core: Core, arguments: Arguments) -> str:
    username = arguments.text("username")
    if username:
        core.need_scope(CUSTOMIZE)
    return username


def _icons(core: Core, arguments: Arguments) -> Json:
    emoji, url = arguments.text("icon_emoji"), arguments.text("icon_url")
    if not (emoji or url):
        return {}
    core.need_scope(CUSTOMIZE)
    return {"emoji": emoji} if emoji else {"image_48": url}
