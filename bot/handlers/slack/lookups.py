"""What the settings name, found in the workspace: who the bot is, who administers, where the office meets."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.actions.dispatcher import Introduction
from bot.handlers.platform import NotFound
from bot.handlers.slack.app import Identity
from bot.handlers.slack.errors import NOBODY, error_of
from bot.handlers.slack.users import introduction, is_from
from bot.lifecycle.people import Gone

log = logging.getLogger(__name__)

_CHANNEL_ID: Final = re.compile(r"[CG][A-Z0-9_]{2,40}")
_PAGES: Final = 50
_ONE_BY_ONE: Final = 20
"""So many are asked for one by one; for more, the list of all is the shorter way."""
_A_PAGE: Final = 200
_MOST_PAGES: Final = 500
_PATIENCE: Final = 20
"""How often in a row it is waited as Slack says."""


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


async def people(client: AsyncWebClient, addresses: Collection[str]) -> dict[str, tuple[str, Introduction]]:
    """Those of the workspace who have these e-mail addresses, by the address in small letters: user id and
    introduction. A few are asked for one by one, many are picked out of the list of all."""
    wanted = {each.casefold() for each in addresses}
    found = [await _by_email(client, each) for each in sorted(wanted)] if len(wanted) <= _ONE_BY_ONE else None
    everybody = _listed(client) if found is None else None
    infos = [info async for info in everybody] if everybody else [info for info in found or () if info]
    return {
        said.email.casefold(): (str(info["id"]), said)
        for info in infos
        if not (info.get("deleted") or info.get("is_bot") or info.get("is_stranger"))
        for said in (introduction(info),)
        if said.email and not said.guest and said.email.casefold() in wanted
    }


async def _by_email(client: AsyncWebClient, address: str) -> dict[str, Any] | None:
    try:
        return dict((await _paced(lambda: client.users_lookupByEmail(email=address)))["user"])
    except SlackApiError as error:
        if error_of(error) in ("users_not_found", "user_not_found", "user_not_visible"):
            return None
        raise


async def _listed(client: AsyncWebClient) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    for _ in range(_MOST_PAGES):
        answer = await _paced(partial(client.users_list, limit=_A_PAGE, cursor=cursor))
        for info in answer["members"]:
            yield info
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


async def _paced(ask: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
    """Ask, and wait as long as Slack says where it is asked too often."""
    for _ in range(_PATIENCE):
        try:
            return await ask()
        except SlackApiError as error:
            if error.response.status_code != 429:
                raise
            await asyncio.sleep(float(error.response.headers.get("Retry-After", 1)))
    return await ask()


async def whereabouts(client: AsyncWebClient, team: str, user: str) -> Introduction | Gone | None:
    """Somebody as they are now, or that they are not there any more; None: Slack gives no answer."""
    try:
        info: dict[str, Any] = (await client.users_info(user=user))["user"]
    except SlackApiError as error:
        return "deactivated" if error_of(error) in NOBODY else None
    except (SlackClientError, ClientError, TimeoutError, OSError, KeyError):
        return None
    return "deactivated" if info.get("deleted") or not is_from(team, info) else introduction(info)


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
