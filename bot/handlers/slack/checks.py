"""What `mentorbot check` looks at in Slack, each finding with its mend."""

from collections.abc import AsyncIterator, Callable, Iterator

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.platform import Finding, NotFound
from bot.handlers.slack import lookups
from bot.handlers.slack.app import SCOPES
from bot.handlers.slack.errors import MENDABLE, error_of
from bot.settings import SlackSettings, sentence


async def look(settings: SlackSettings, client: AsyncWebClient) -> AsyncIterator[Finding]:
    """The tokens, their scopes, the administrators and the office's channel, one after the other."""
    try:
        standing = await lookups.standing(client)
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        yield _refused("SLACK_BOT_TOKEN", error)
        return
    yield Finding(True, "Slack takes the bot’s token.")
    for finding in granted(standing.scopes):
        yield finding
    yield await _way_in(settings, client)
    for address in settings.administrators:
        yield await _found("MENTORBOT_ADMINISTRATORS", f"The administrator {address}", lookups.person, client, address)
    if not settings.admin_channels:
        yield Finding(True, "No channel for the office: each of its people gets the messages themselves.")
    for channel in settings.admin_channels.values():
        who = f"The office’s channel {channel}"
        yield await _found("MENTORBOT_ADMIN_CHANNEL", who, lookups.office_channel, client, channel)


def granted(scopes: frozenset[str]) -> Iterator[Finding]:
    """Whether these scopes of a token are enough; empty where Slack does not say."""
    if not scopes:
        yield Finding(True, "Slack did not say which scopes are granted, so they were not compared.")
        return
    for scope in sorted(set(SCOPES) - scopes):
        mend = "add it under “OAuth & Permissions” of your Slack app, and install the app again"
        yield Finding(False, f"The scope {scope} is not granted (to {SCOPES[scope]}): {mend}.")
    if scopes >= set(SCOPES):
        yield Finding(True, "Every scope that the bot needs is granted.")


def unreached(error: Exception) -> str:
    """One sentence where Slack gives no answer at all."""
    return f"Slack is not reached ({type(error).__name__}): check the network, or the proxy if any."


async def _way_in(settings: SlackSettings, client: AsyncWebClient) -> Finding:
    if settings.app_token is None:
        return Finding(True, "Slack reaches the bot over HTTP, signed with the signing secret.")
    try:
        await client.apps_connections_open(app_token=settings.app_token.get_secret_value())
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        return _refused("SLACK_APP_TOKEN", error)
    return Finding(True, "The app-level token opens a connection for Socket Mode.")


async def _found(setting: str, who: str, find: Callable[..., object], client: AsyncWebClient, wanted: str) -> Finding:
    try:
        await find(client, wanted)  # type: ignore[misc]
    except NotFound as error:
        return Finding(False, sentence(setting, f"({who[:1].lower()}{who[1:]}) {error}"))
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        return _refused(setting, error)
    return Finding(True, f"{who} is found.")


def _refused(setting: str, error: Exception) -> Finding:
    if not isinstance(error, SlackApiError):
        return Finding(False, unreached(error))
    name = error_of(error)
    if (mend := MENDABLE.get(name)) is not None:
        return Finding(False, f"{setting} is refused by Slack ({name}): {mend}.")
    return Finding(False, sentence(setting, f"is refused by Slack ({name})"))
