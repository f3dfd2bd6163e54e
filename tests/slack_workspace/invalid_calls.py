"""Invalid calls about tokens, messages, people, conversations and files."""

from .invalid import METHODS, Invalid, api, many
from .shapes import section

TOKENS = [
    api("no token", "chat.postMessage", "not_authed", lambda p: p.post(), token=""),
    api("invalid token", "chat.postMessage", "invalid_auth", lambda p: p.post(), token="xoxb-local-wrong"),
    api("app token for a bot's method", "chat.postMessage", "not_allowed_token_type", lambda p: p.post(), token="app"),
    api("bot token for a socket", "apps.connections.open", "not_allowed_token_type", lambda p: {}),
    Invalid("unknown method", "chat.shout", lambda p: {}, "unknown_method", METHODS + "api.test"),
    Invalid("asked for an error", "api.test", lambda p: {"error": "my_error"}, "my_error", METHODS + "api.test"),
]
CHAT = [
    api("channel unknown", "chat.postMessage", "channel_not_found", lambda p: p.post(channel="C0NOWHERE")),
    api("channel missing", "chat.postMessage", "channel_not_found", lambda p: {"text": "hello"}),
    api(
        "private channel without the bot",
        "chat.postMessage",
        "channel_not_found",
        lambda p: p.post(channel=p.foreign_private),
    ),
    api(
        "public channel without the bot", "chat.postMessage", "not_in_channel", lambda p: p.post(channel=p.foreign_open)
    ),
    api("archived channel", "chat.postMessage", "is_archived", lambda p: p.post(channel=p.archived)),
    api("to itself", "chat.postMessage", "cannot_dm_bot", lambda p: p.post(channel=p.world.workspace.bot_user)),
    api("no text", "chat.postMessage", "no_text", lambda p: {"channel": p.dm}),
    api("blank text", "chat.postMessage", "no_text", lambda p: p.post(text="   ")),
    api("blocks that are no JSON", "chat.postMessage", "invalid_blocks_format", lambda p: p.post(blocks="[{")),
    api(
        "blocks that are an object",
        "chat.postMessage",
        "invalid_blocks_format",
        lambda p: p.post(blocks={"type": "divider"}),
    ),
    api(
        "blocks too long in all",
        "chat.postMessage",
        "msg_blocks_too_long",
        lambda p: p.blocks(*many(lambda _: section("x" * 2900), 5)),
    ),
    api(
        "metadata without a payload",
        "chat.postMessage",
        "invalid_metadata_format",
        lambda p: p.post(metadata={"event_type": "a"}),
    ),
    api("metadata that is no JSON", "chat.postMessage", "invalid_metadata_format", lambda p: p.post(metadata="{")),
    api(
        "metadata too large",
        "chat.postMessage",
        "metadata_too_large",
        lambda p: p.post(metadata={"event_type": "a", "event_payload": {"a": "x" * 17_000}}),
    ),
    api("update of nothing", "chat.update", "message_not_found", lambda p: p.post(ts="1.000001")),
    api("update of somebody else's", "chat.update", "cant_update_message", lambda p: p.post(ts=p.her_ts)),
    api(
        "update of an ephemeral",
        "chat.update",
        "message_not_found",
        lambda p: p.post(channel=p.open_channel, ts=p.ephemeral_ts),
    ),
    api("update elsewhere", "chat.update", "channel_not_found", lambda p: p.post(channel="C0NOWHERE", ts=p.own_ts)),
    api("update in an archive", "chat.update", "is_inactive", lambda p: p.post(channel=p.archived, ts=p.archived_ts)),
    api("update too long", "chat.update", "msg_too_long", lambda p: p.post(ts=p.own_ts, text="x" * 4001)),
    api("update without content", "chat.update", "no_text", lambda p: {"channel": p.dm, "ts": p.own_ts}),
    api("delete somebody else's", "chat.delete", "cant_delete_message", lambda p: {"channel": p.dm, "ts": p.her_ts}),
    api("delete nothing", "chat.delete", "message_not_found", lambda p: {"channel": p.dm, "ts": "1.000001"}),
    api(
        "whisper to an absentee",
        "chat.postEphemeral",
        "user_not_in_channel",
        lambda p: p.post(channel=p.open_channel, user=p.world.mary),
    ),
    api("whisper nothing", "chat.postEphemeral", "no_text", lambda p: {"channel": p.dm, "user": p.world.katherine}),
    api(
        "whisper too long",
        "chat.postEphemeral",
        "msg_too_long",
        lambda p: p.post(user=p.world.katherine, text="x" * 40_001),
    ),
    api("link to nothing", "chat.getPermalink", "message_not_found", lambda p: {"channel": p.dm, "message_ts": "1.1"}),
]
READING = [
    api("nobody", "users.info", "user_not_found", lambda p: {"user": "U0NOBODY"}),
    api("no such address", "users.lookupByEmail", "users_not_found", lambda p: {"email": "nobody@example.org"}),
    api("profile of nobody", "users.profile.get", "user_not_found", lambda p: {"user": "U0NOBODY"}),
    api("cursor made up", "users.list", "invalid_cursor", lambda p: {"cursor": "three"}),
    api("open with nobody", "conversations.open", "users_list_not_supplied", lambda p: {}),
    api("open with an unknown", "conversations.open", "user_not_found", lambda p: {"users": "U0NOBODY"}),
    api("open with a leaver", "conversations.open", "user_disabled", lambda p: {"users": p.leaver}),
    api("open with nine", "conversations.open", "too_many_users", lambda p: {"users": ",".join(["U1"] * 9)}),
    api(
        "open a channel",
        "conversations.open",
        "method_not_supported_for_channel_type",
        lambda p: {"channel": p.open_channel},
    ),
    api("info on nothing", "conversations.info", "channel_not_found", lambda p: {"channel": "C0NOWHERE"}),
    api(
        "history of a private channel without the bot",
        "conversations.history",
        "channel_not_found",
        lambda p: {"channel": p.foreign_private},
    ),
    api("history without the bot", "conversations.history", "not_in_channel", lambda p: {"channel": p.foreign_open}),
    api(
        "history since nonsense",
        "conversations.history",
        "invalid_ts_oldest",
        lambda p: {"channel": p.dm, "oldest": "noon"},
    ),
    api(
        "history until nonsense",
        "conversations.history",
        "invalid_ts_latest",
        lambda p: {"channel": p.dm, "latest": "noon"},
    ),
    api("replies to nothing", "conversations.replies", "thread_not_found", lambda p: {"channel": p.dm, "ts": "1.1"}),
    api("members by nonsense", "conversations.members", "invalid_limit", lambda p: {"channel": p.dm, "limit": "all"}),
    api("list of clubs", "conversations.list", "invalid_types", lambda p: {"types": "club"}),
    api("another bot", "bots.info", "bot_not_found", lambda p: {"bot": "B0OTHER"}),
    api("another team", "team.info", "team_not_found", lambda p: {"team": "T0OTHER"}),
    api(
        "file of nothing",
        "files.getUploadURLExternal",
        "missing_argument",
        lambda p: {"filename": "a.pdf", "length": 0},
    ),
    api(
        "file never uploaded", "files.completeUploadExternal", "file_not_found", lambda p: {"files": [{"id": "F0NONE"}]}
    ),
    api("info on no file", "files.info", "file_not_found", lambda p: {"file": "F0NONE"}),
]
