"""What Slack's errors mean for a letter and for whoever installed the bot: one table, in Slack's own names.

Source: the errors listed at https://docs.slack.dev/reference/methods/chat.postMessage (chat.update, views.publish,
conversations.open, conversations.history), and https://docs.slack.dev/apis/web-api/rate-limits
"""

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.delivery.sender import Later, Never, NotNeeded

IN_DOUBT: Final = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Something broke at Slack's end: the message may have arrived all the same."""

PASSING: Final = frozenset(
    {
        "accesslimited",
        "update_failed",  # "Internal update failed."
        "external_channel_migrating",  # "Channel is in the process of being migrated."
        "team_added_to_org",  # "The workspace is currently undergoing migration to an Enterprise organization."
    }
)  # fmt: skip
"""It passes by itself."""

_TOKEN: Final = "install the app again, and give the bot its new token in SLACK_BOT_TOKEN"  # noqa: S105 – words
MENDABLE: Final[Mapping[str, str]] = {
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "account_inactive": _TOKEN,
    "missing_scope": "compare the app's scopes with manifest/slack.yaml, and install it again",
    # "Your message couldn't be sent because the Messages tab is disabled."
    "messages_tab_disabled": "turn on the Messages tab of the app, under App Home",
    # "A workspace preference prevents the authenticated user from posting."
    "restricted_action": "let the app post, in the workspace's settings under Permissions",
    # "Members on this team are sending too many messages." (free plans)
    "message_limit_exceeded": "make room in the workspace's message limit, or change its plan",
    # "The bot is not enabled" / the method is switched off for this workspace.
    "not_enabled": "have a workspace administrator allow the app",
    # "Two factor setup is required."
    "two_factor_setup_required": "set up two-factor authentication for the account that installed the app",
    # "The token used is not granted the specific workspace access required."
    "team_access_not_granted": "have the organisation's administrator grant the app access to this workspace",
    # "The bot isn't in the channel."
    "not_in_channel": "invite the bot to the office's channel",
    # "The workspace requires single sign-on" / Enterprise Key Management suspends access.
    "org_login_required": "wait until the workspace's migration is over, or ask its administrator",
    "ekm_access_denied": "have the organisation's administrator restore access (Enterprise Key Management)",
}
"""What an administrator of the workspace can mend, and how: the letters wait for it, and the office hears of it."""

_NO_PICTURE: Final = "downloading image failed"
"""How Slack words it that it could not fetch a picture, for which it refuses all that stands around it."""

_RATE_LIMITED: Final = frozenset({"ratelimited", "rate_limited"})
"""It passes when Slack says."""
_GONE: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "hash_conflict"})
"""The message to be edited is no longer there, or can no longer be edited."""


_NO_CHANNEL: Final = frozenset({"channel_not_found", "not_in_channel"})
"""Of a channel that was there at the start, it says that the bot is not in it any more: it sees no private one else."""
NOBODY: Final = frozenset({"user_not_found", "users_not_found", "user_disabled", "user_not_visible"})
"""Whoever is written to is not there any more."""


def outcome(error: SlackApiError, *, doubtful: bool, edits: bool, shared: bool = False) -> Later | Never | NotNeeded:
    """What becomes of a letter after this error. `doubtful`: an earlier try may have arrived; `edits`: it edits a
    message that stands already; `shared`: it goes to an office's channel."""
    response, name = error.response, error_of(error)
    status = getattr(response, "status_code", getattr(response, "status", 200))
    if status == 429 or name in _RATE_LIMITED:
        headers = {key.lower(): value for key, value in dict(getattr(response, "headers", {})).items()}
        return Later("ratelimited", doubtful=doubtful, seconds=_seconds(headers.get("retry-after")))
    if status >= 500 or name in IN_DOUBT:
        return Later(name, doubtful=True)
    if status == 404 and not _named(response):
        return Later(name, doubtful=doubtful)  # not Slack's own "not found", which has a name: something in between
    if name in PASSING:
        return Later(name, doubtful=doubtful)
    if shared and name in _NO_CHANNEL:
        return Later(name, doubtful=doubtful, mend=f"{MENDABLE['not_in_channel']} (Slack says “{name}”)")
    if name in MENDABLE:
        return Later(name, doubtful=doubtful, mend=f"{MENDABLE[name]} (Slack says “{name}”)")
    return NotNeeded() if edits and name in _GONE else Never(name, nobody=name in NOBODY)


def error_of(error: Exception) -> str:
    """The name of what went wrong, without anything else of the answer: Slack's own, or that of the exception; a
    refusal without a name is told by its status."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    status = getattr(error.response, "status_code", None)
    return _named(error.response) or (f"status {status}" if status else "no answer that could be read")


def no_picture(error: SlackApiError) -> bool:
    """Whether Slack refuses something for a picture that it could not fetch."""
    data = getattr(error.response, "data", error.response)
    said = (data.get("response_metadata") or {}).get("messages") if isinstance(data, dict) else None
    return any(_NO_PICTURE in str(each) for each in said or ())


def _named(response: Any) -> str | None:
    data = getattr(response, "data", response)
    name = data.get("error") if isinstance(data, dict) else None
    return name if isinstance(name, str) and name.isascii() and name else None


def _seconds(header: str | None) -> float:
    try:
        return min(max(float(header or 1), 0.1), 3600.0)
    except ValueError:
        return 1.0
