"""conversations.open, info, list, members, history and replies."""

import re
from collections.abc import Sequence
from typing import Final

from slack_workspace import serializers
from slack_workspace.arguments import Arguments
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.methods.paging import page
from slack_workspace.model import Channel, Json, Message
from slack_workspace.scopes import BY_KIND, GROUPS
from slack_workspace.state import channel_kind
from slack_workspace.web_api import method

UNDER_1000: Final = 999
_MOMENT: Final = re.compile(r"\d{1,12}(\.\d{0,9})?", re.ASCII)
_TYPES: Final = {"public_channel": "public", "private_channel": "private", "im": "dm", "mpim": "group"}


@method("conversations.open")
def conversations_open(core: Core, arguments: Arguments) -> Json:
    if arguments.text("channel"):
        channel = core.channel(arguments.text("channel"))
        if channel.kind == "channel":
            raise SlackError("method_not_supported_for_channel_type")
    else:
        channel = _opened(core, _users(core, arguments), create=not arguments.flag("prevent_creation"))
    short: Json = {"id": channel.id}
    answer = {"channel": serializers.channel(core, channel) if arguments.flag("return_im") else short}
    return answer | {"no_op": True, "already_open": True}


def _opened(core: Core, users: list[str], *, create: bool) -> Channel:
    if len(users) > 1:
        core.need_scope(GROUPS)
        return core.group(users, create=create)
    (user,) = users
    if not create and core.state.dm_of(user) is None:
        raise SlackError("channel_not_found")
    return core.dm(user)


def _users(core: Core, arguments: Arguments) -> list[str]:
    given = arguments.given("users")
    users = [str(user) for user in given] if isinstance(given, list) else arguments.text("users").split(",")
    users = [user.strip() for user in users if user.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    for user in users:
        person = core.person(user)
        if person.deactivated:
            raise SlackError("user_disabled")
        if person.bot:
            raise SlackError("cannot_dm_bot")
    return list(dict.fromkeys(users))


def _readable(core: Core, arguments: Arguments, name: str) -> Channel:
    channel = core.channel(arguments.text("channel"))
    core.need_scope_for(channel, BY_KIND[name])
    return channel


@method("conversations.info")
def conversations_info(core: Core, arguments: Arguments) -> Json:
    channel = _readable(core, arguments, "conversations.info")
    locale, counted = arguments.flag("include_locale"), arguments.flag("include_num_members")
    return {"channel": serializers.channel(core, channel, locale=locale, counted=counted)}


@method("conversations.members")
def conversations_members(core: Core, arguments: Arguments) -> Json:
    channel = _readable(core, arguments, "conversations.members")
    members, cursor = page(channel.members, arguments)
    return {"members": list(members), "response_metadata": {"next_cursor": cursor}}


@method("conversations.list")
def conversations_list(core: Core, arguments: Arguments) -> Json:
    core.own_team(arguments.text("team_id"))
    wanted = [word.strip() for word in (arguments.text("types") or "public_channel").split(",")]
    if any(word not in _TYPES for word in wanted):
        raise SlackError("invalid_types")
    kinds = {_TYPES[word] for word in wanted}
    for kind in sorted(kinds):
        core.need_scope(BY_KIND["conversations.list"][kind])
    seen = [
        c for c in core.state.channels.values() if channel_kind(c) in kinds and (not c.private or core.is_member(c))
    ]
    if arguments.flag("exclude_archived"):
        seen = [c for c in seen if not c.archived]
    shown, cursor = page(seen, arguments, most=UNDER_1000)
    return {
        "channels": [serializers.channel(core, c, counted=True) for c in shown],
        "response_metadata": {"next_cursor": cursor},
    }


@method("conversations.history")
def conversations_history(core: Core, arguments: Arguments) -> Json:
    channel = _readable(core, arguments, "conversations.history")
    _must_be_member(core, channel)
    kept = [m for m in core.state.messages[channel.id] if not m.ephemeral_to and not m.in_thread_only]
    newest_first = list(reversed(_between(kept, arguments)))
    return _messages(core, newest_first, arguments, default=100, most=UNDER_1000)


@method("conversations.replies")
def conversations_replies(core: Core, arguments: Arguments) -> Json:
    channel = _readable(core, arguments, "conversations.replies")
    _must_be_member(core, channel)
    ts = arguments.text("ts")
    if core.state.find_message(channel.id, ts) is None:
        raise SlackError("thread_not_found")
    kept = [m for m in core.state.messages[channel.id] if not m.ephemeral_to and ts in (m.ts, m.thread_ts)]
    return _messages(core, _between(kept, arguments), arguments, default=1000, most=1000)


def _must_be_member(core: Core, channel: Channel) -> None:
    if not core.is_member(channel):
        raise SlackError("not_in_channel")


def _between(messages: list[Message], arguments: Arguments) -> list[Message]:
    oldest = _moment(arguments, "oldest", 0.0)
    latest = _moment(arguments, "latest", float("inf"))
    if arguments.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _moment(arguments: Arguments, name: str, default: float) -> float:
    """Raises SlackError(invalid_ts_…) for anything but seconds since 1970."""
    words = arguments.text(name)
    if not words or (name, words) == ("latest", "now"):
        return default
    if not _MOMENT.fullmatch(words):
        raise SlackError(f"invalid_ts_{name}")
    return float(words)


def _messages(core: Core, messages: Sequence[Message], arguments: Arguments, *, default: int, most: int) -> Json:
    shown, cursor = page(messages, arguments, default=default, most=most)
    metadata = arguments.flag("include_all_metadata")
    answer: Json = {
        "messages": [serializers.message(core, m, metadata=metadata, thread=True) for m in shown],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})
