"""What Slack's reference says of each method served here: its arguments, and whether it takes JSON.

Every argument named here is served or refused, none is passed over in silence; the tests call each method with all of
them. Arguments that the reference does not name are ignored, as Slack ignores them.

Source: the page of each method under https://docs.slack.dev/reference/methods/; JSON is for methods that write.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Method:
    """The arguments besides the token, and whether they may come as JSON."""

    arguments: frozenset[str]
    json: bool = False


def _reads(*arguments: str) -> Method:
    return Method(frozenset(arguments))


def _writes(*arguments: str) -> Method:
    return Method(frozenset(arguments), json=True)


_CONTENT: Final = ("channel", "text", "blocks", "attachments", "markdown_text", "as_user", "link_names", "parse")
_LOOKS: Final = ("username", "icon_emoji", "icon_url")
_PAGES: Final = ("cursor", "limit")
_TIMES: Final = ("oldest", "latest", "inclusive", "include_all_metadata")
_UNFURLS: Final = ("unfurl_links", "unfurl_media")

REFERENCE: Final[dict[str, Method]] = {
    "api.test": _writes("error", "foo"),
    "auth.test": _writes(),
    "apps.connections.open": _writes(),
    "bots.info": _reads("bot", "team_id"),
    "team.info": _reads("team", "domain"),
    "users.info": _reads("user", "include_locale"),
    "users.list": _reads("include_locale", "team_id", *_PAGES),
    "users.lookupByEmail": _reads("email"),
    "users.profile.get": _reads("user", "include_labels"),
    "conversations.open": _writes("channel", "users", "return_im", "prevent_creation"),
    "conversations.info": _reads("channel", "include_locale", "include_num_members"),
    "conversations.history": _reads("channel", *_TIMES, *_PAGES),
    "conversations.replies": _reads("channel", "ts", *_TIMES, *_PAGES),
    "conversations.members": _reads("channel", *_PAGES),
    "conversations.list": _reads("types", "exclude_archived", "team_id", *_PAGES),
    "chat.postMessage": _writes(*_CONTENT, *_LOOKS, *_UNFURLS, "thread_ts", "reply_broadcast", "metadata", "mrkdwn"),
    "chat.update": _writes(*_CONTENT, "ts", "metadata", "file_ids", "reply_broadcast"),
    "chat.delete": _writes("channel", "ts", "as_user"),
    "chat.postEphemeral": _writes(*_CONTENT, *_LOOKS, "user", "thread_ts"),
    "chat.getPermalink": _reads("channel", "message_ts"),
    "views.open": _writes("view", "trigger_id", "interactivity_pointer"),
    "views.push": _writes("view", "trigger_id", "interactivity_pointer"),
    "views.update": _writes("view", "view_id", "external_id", "hash"),
    "views.publish": _writes("view", "user_id", "hash"),
    "files.getUploadURLExternal": _reads("filename", "length", "alt_txt", "snippet_type"),
    "files.completeUploadExternal": _writes(
        "files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"
    ),
    "files.info": _reads("file", "count", "page", *_PAGES),
}
