"""Messages, edits and home pages to Slack. A message whose arrival is in doubt is looked for before a second try."""

import logging
from collections import OrderedDict
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.sender import Later, Never, NotNeeded, Ref
from bot.dialogs.parts import Home, Message
from bot.handlers.slack import render as render
from bot.handlers.slack.rate_limit import RateLimiter
from bot.screens.render import Rendered
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

EVENT: Final = "mentorbot_letter"
"""The kind of our metadata on a message: it carries the letter's key, by which the message is known again."""
_LOOK_BACK: Final = 200
"""Messages of a conversation that are looked through for one in doubt; it is minutes old at most."""
_REMEMBERED: Final = 50_000

_IN_DOUBT: Final = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
_LATER: Final = frozenset(
    {
        "ratelimited", "rate_limited", "accesslimited", "team_added_to_org", "org_login_required", "ekm_access_denied",
        # What an administrator of the workspace can mend: the letters wait for it as long as they can.
        "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope",
        "messages_tab_disabled",
    }
)  # fmt: skip
_GONE: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "hash_conflict"})


class SlackSender:
    """Writes to the people of one workspace, and to the office's channel."""

    def __init__(
        self, client: AsyncWebClient, office_channel: str | None = None, rate_limiter: RateLimiter | None = None
    ) -> None:
        self._client = client
        self._office = office_channel
        self._conversations: OrderedDict[str, str] = OrderedDict()
        self._rate_limiter = rate_limiter or RateLimiter()

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Publish, edit or post. Raises Later, Never or NotNeeded."""
        try:
            return await self._send(letter, drawn)
        except SlackApiError as error:
            raise _outcome(error, letter) from None
        except ClientConnectorError as error:
            raise Later(type(error).__name__) from None  # no connection, so nothing can have arrived
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            raise Later(type(error).__name__, doubtful=True) from None

    async def _send(self, letter: Letter, drawn: Rendered) -> Ref:
        match drawn.content:
            case Home() as home:
                if drawn.user is None:
                    raise Never("a home page needs a person")
                view = render.home(home, drawn.zone or ZoneInfo("UTC"))
                await self._client.views_publish(user_id=drawn.user, view=view)
                return Ref()
            case Message() as message:
                content = render.message(message, drawn.zone)
                return await (self._edit(letter, content) if letter.edits else self._post(letter, drawn, content))

    async def _edit(self, letter: Letter, content: dict[str, Any]) -> Ref:
        """An edit is harmless to repeat, so it is never in doubt."""
        if letter.ref_channel is None or letter.ref_message is None:
            raise NotNeeded
        await self._client.chat_update(channel=letter.ref_channel, ts=letter.ref_message, **content)
        return Ref()

    async def _post(self, letter: Letter, drawn: Rendered, content: dict[str, Any]) -> Ref:
        channel = await self._conversation(drawn.user)
        if letter.doubtful:
            found = await self._found(channel, letter)
            if found is not None:
                return Ref(channel, found)
        await self._rate_limiter.turn(channel)
        answer = await self._client.chat_postMessage(
            channel=channel,
            metadata={"event_type": EVENT, "event_payload": {"scheme": letter.scheme, "key": letter.key}},
            mrkdwn=False, unfurl_links=False, unfurl_media=False, **content,
        )  # fmt: skip
        return Ref(str(answer["channel"]), str(answer["ts"]))

    async def _conversation(self, user: str | None) -> str:
        if user is None:
            if self._office is None:
                raise Never("no office channel")
            return self._office
        if user not in self._conversations:
            answer = await self._client.conversations_open(users=user)
            self._conversations[user] = str(answer["channel"]["id"])
            if len(self._conversations) > _REMEMBERED:
                self._conversations.popitem(last=False)
        return self._conversations[user]

    async def _found(self, channel: str, letter: Letter) -> str | None:
        """The message of this letter, if it has arrived after all."""
        try:
            answer = await self._client.conversations_history(
                channel=channel, limit=_LOOK_BACK, include_all_metadata=True
            )
        except SlackApiError as error:
            # Reading the office's private channel would take a scope that shows the bot all that people write there.
            # A rare message twice is the smaller evil.
            if _name(error) != "missing_scope" or channel != self._office:
                raise
            log.warning("a message to the office is sent again without looking for it: letter %s", letter.id)
            return None
        for message in answer.get("messages") or []:
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            ours = metadata.get("event_type") == EVENT and payload.get("scheme") == letter.scheme
            if ours and payload.get("key") == letter.key:
                return str(message["ts"])
        return None


def _outcome(error: SlackApiError, letter: Letter) -> Later | Never | NotNeeded:
    response, name = error.response, _name(error)
    status = getattr(response, "status_code", getattr(response, "status", 200))
    if status == 429 or name in ("ratelimited", "rate_limited"):
        headers = {key.lower(): value for key, value in dict(getattr(response, "headers", {})).items()}
        return Later("ratelimited", doubtful=letter.doubtful, seconds=_seconds(headers.get("retry-after")))
    if status >= 500 or name in _IN_DOUBT or name is None:
        return Later(name or f"status {status}", doubtful=True)
    if name in _LATER:
        return Later(name, doubtful=letter.doubtful)
    return NotNeeded() if letter.edits and name in _GONE else Never(name)


def _seconds(header: str | None) -> float:
    try:
        return min(max(float(header or 1), 0.1), 3600.0)
    except ValueError:
        return 1.0


def _name(error: SlackApiError) -> str | None:
    data = getattr(error.response, "data", None)
    name = data.get("error") if isinstance(data, dict) else None
    return name if isinstance(name, str) else None
