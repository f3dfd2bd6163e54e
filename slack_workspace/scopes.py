"""Which scope each Web API method asks for, so that a manifest can be held against what the code calls.

Source: the "Scopes" line of each page under https://docs.slack.dev/reference/methods/
"""

from typing import Final

SCOPES: Final[dict[str, str | None]] = {
    "api.test": None,
    "auth.test": None,
    "apps.connections.open": "connections:write",  # of the app-level token, not of the bot
    "bots.info": "users:read",
    "team.info": "team:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "users.profile.get": "users.profile:read",
    "conversations.open": "im:write",
    "conversations.info": "im:read",
    "conversations.history": "im:history",
    "conversations.replies": "im:history",
    "conversations.members": "im:read",
    "conversations.list": "im:read",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.getPermalink": None,
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "views.publish": None,
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
}
"""Method → scope of the bot's token. For methods whose scope depends on the conversation: the one for DMs."""

GROUPS: Final = "mpim:write"
"""The scope that conversations.open needs for several people."""

COMMANDS: Final = "commands"
"""The scope that slash commands need."""

BY_KIND: Final[dict[str, dict[str, str]]] = {
    **{
        method: {"dm": "im:history", "group": "mpim:history", "private": "groups:history", "public": "channels:history"}
        for method in ("conversations.history", "conversations.replies")
    },
    **{
        method: {"dm": "im:read", "group": "mpim:read", "private": "groups:read", "public": "channels:read"}
        for method in ("conversations.info", "conversations.members", "conversations.list")
    },
}
"""Methods that ask for another scope in each kind of conversation."""

EVERYTHING: Final[frozenset[str]] = frozenset(
    {scope for scope in SCOPES.values() if scope}
    | {scope for kinds in BY_KIND.values() for scope in kinds.values()}
    | {COMMANDS, GROUPS}
)
"""What a workspace grants when it is not told otherwise. Not chat:write.public: a bot is invited to where it writes."""
