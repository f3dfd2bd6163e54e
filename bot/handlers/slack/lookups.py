"""What the settings name, found in the workspace: who the bot is, who administers, where the office meets."""

import logging
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.dispatcher import Introduction
from bot.handlers.platform import NotFound
from bot.handlers.slack.app import Identity
from bot.handlers.slack.errors import error_of
from bot.handlers.slack.users import introduction

log = logging.getLogger(__name__)

_CHANNEL_ID: Final = re.compile(r"[CG][A-Z0-9_]{2,40}")
_PAGES: Final = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """Who the bot is, and the scopes that its token was granted."""

    identity: Identity
    scopes: frozenset[str]


async def standing(client: AsyncWebClient) -> Standing:
    """Ask Slack who we are. Raises SlackApiError for a token it does not take."""
    answer = await client.auth_test()
    headers = {key.lower(): value for key, value in dict(answer.headers).items()}
    scopes = frozenset(scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",") if scope.strip())
    return Standing(Identity(answer["team_id"], answer["user_id"], answer.get("bot_id") or ""), scopes)


async def link(client: AsyncWebClient, identity: Identity) -> str:
    """The address that opens the app wherever somebody uses Slack; "" where Slack does not say which app we are.
    Source: https://docs.slack.dev/interactivity/deep-linking"""
    try:
        app = (await client.bots_info(bot=identity.bot))["bot"].get("app_id")
    except SlackApiError as error:
        log.warning("e-mails go without a link: Slack does not say which app this is (%s)", error_of(error))
        return ""
    return f"https://slack.com/app_redirect?{urlencode({'app': app, 'team': identity.team})}" if app else ""


async def person(client: AsyncWebClient, wanted: str) -> tuple[str, Introduction]:
    """The user id and introduction of somebody named by e-mail address or member id. Raises NotFound."""
    try:
        by_email = "@" in wanted
        answer = await (client.users_lookupByEmail(email=wanted) if by_email else client.users_info(user=wanted))
    except SlackApiError as error:
        if error_of(error) in ("users_not_found", "user_not_found", "user_not_visible"):
            raise NotFound("names somebody who is not in the workspace") from None
        raise
    info: dict[str, Any] = answer["user"]
    if info.get("deleted") or info.get("is_bot"):
        raise NotFound("names a deactivated account or a bot")
    return str(info["id"]), introduction(info)


async def office_channel(client: AsyncWebClient, wanted: str) -> str:
    """The id of the private channel of that id or #name, which the bot is in. Raises NotFound."""
    name = wanted.removeprefix("#")
    if _CHANNEL_ID.fullmatch(wanted):
        found = await _by_id(client, wanted)
    else:
        found = await _by_name(client, name)
    if found is None:
        raise NotFound("names no private channel that the bot has been invited to")
    if found.get("is_archived"):
        raise NotFound("names an archived channel")
    if not found.get("is_private"):
        raise NotFound("names a public channel, where applications do not belong")
    if found.get("is_member") is False:
        raise NotFound("names a channel that the bot has not been invited to")
    return str(found["id"])


async def _by_id(client: AsyncWebClient, channel: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        # Private channels are all that the bot's scopes let it see: a public one gives "missing_scope".
        if error_of(error) in ("channel_not_found", "missing_scope"):
            return None
        raise
    return found


async def _by_name(client: AsyncWebClient, name: str) -> dict[str, Any] | None:
    cursor: str | None = None
    for _ in range(_PAGES):
        answer = await client.conversations_list(
            types="private_channel", exclude_archived=True, limit=200, cursor=cursor
        )
        for channel in answer["channels"]:
            if channel.get("name") == name:
                return dict(channel)
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    return None
