"""Messages, edits and home pages to Slack. A message whose arrival is in doubt is looked for before a second try."""

import json
import logging
from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientConnectorError, ClientError
from cachetools import LRUCache
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.sender import Later, Never, NotNeeded, Ref
from bot.dialogs.parts import Attachment, Chart, Home, Message
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.slack import render
from bot.handlers.slack.errors import error_of, outcome
from bot.handlers.slack.missing import Missing
from bot.screens.render import Rendered
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

EVENT: Final = "mentorbot_letter"
"""The kind of our metadata on a message: it carries the letter's key, by which the message is known again."""
_LOOK_BACK: Final = 200
"""Messages of a conversation that are looked through for one in doubt; it is minutes old at most."""
_REMEMBERED: Final = 50_000
_BURST: Final = 3
"""Slack takes about a message a second in a channel and lets short bursts pass.
Source: https://docs.slack.dev/apis/web-api/rate-limits"""


class SlackSender:
    """Writes to the people of one workspace, and to the offices' channels, which it knows by the letters' names."""

    def __init__(
        self,
        client: AsyncWebClient,
        channels: Mapping[str, str],
        rate_limiter: RateLimiter | None = None,
        missing: Missing | None = None,
    ) -> None:
        self._missing = missing or Missing(())
        self._client = client
        self._channels = channels
        self._conversations: LRUCache[str, str] = LRUCache(_REMEMBERED)
        self._rate_limiter = rate_limiter or RateLimiter(_BURST)

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Publish, edit or post. Raises Later, Never or NotNeeded."""
        try:
            return await self._send(letter, drawn)
        except SlackApiError as error:
            shared = letter.person is None and letter.channel in self._channels
            raise outcome(error, doubtful=letter.doubtful, edits=bool(letter.edits), shared=shared) from None
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
                self._missing.sent()
                return Ref()
            case Message() as message:
                return await self._message(letter, drawn, message)
            case _:
                raise Never("not for a chat")

    async def _message(self, letter: Letter, drawn: Rendered, message: Message) -> Ref:
        """Where Slack does not know a chart yet, the same in numbers."""
        try:
            return await self._content(letter, drawn, message, render.message(message, drawn.zone))
        except SlackApiError as error:
            if error_of(error) != "invalid_blocks" or not any(isinstance(part, Chart) for part in message.parts):
                raise
            in_numbers = render.message(message, drawn.zone, charts=False)
            return await self._content(letter, drawn, message, in_numbers)

    async def _content(self, letter: Letter, drawn: Rendered, message: Message, content: dict[str, Any]) -> Ref:
        if message.attachment is not None:
            return await self._bring(letter, drawn, content, message.attachment)
        return await (self._edit(letter, content) if letter.edits else self._post(letter, drawn, content))

    async def _edit(self, letter: Letter, content: dict[str, Any]) -> Ref:
        """An edit is harmless to repeat, so it is never in doubt."""
        if letter.ref_channel is None or letter.ref_message is None:
            raise NotNeeded
        await self._client.chat_update(channel=letter.ref_channel, ts=letter.ref_message, **content)
        return Ref()

    async def _post(self, letter: Letter, drawn: Rendered, content: dict[str, Any]) -> Ref:
        channel = await self._conversation(letter, drawn)
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
        self._missing.sent(str(answer["channel"]))
        return Ref(str(answer["channel"]), str(answer["ts"]))

    async def _bring(self, letter: Letter, drawn: Rendered, content: dict[str, Any], file: Attachment) -> Ref:
        """A message with a file. Slack names no message for it, so it is neither edited nor looked for: in doubt it
        comes twice, to the one who asked for it."""
        channel = await self._conversation(letter, drawn)
        await self._rate_limiter.turn(channel)
        await self._client.files_upload_v2(
            channel=channel, filename=file.name, title=file.name, content=file.content,
            blocks=json.dumps(content["blocks"]),
        )  # fmt: skip
        return Ref()

    async def _conversation(self, letter: Letter, drawn: Rendered) -> str:
        users = ",".join(drawn.together) or drawn.user
        if users is None:
            shared = self._channels.get(letter.channel or "")
            if shared is None:
                raise Never("no office channel")
            return shared
        if users not in self._conversations:
            answer = await self._client.conversations_open(users=users)
            self._conversations[users] = str(answer["channel"]["id"])
        return self._conversations[users]

    async def _found(self, channel: str, letter: Letter) -> str | None:
        """The message of this letter, if it has arrived after all."""
        try:
            answer = await self._client.conversations_history(
                channel=channel, limit=_LOOK_BACK, include_all_metadata=True
            )
        except SlackApiError as error:
            # Reading the office's private channel would take a scope that shows the bot all that people write there.
            # A rare message twice is the smaller evil.
            if error_of(error) != "missing_scope" or channel not in self._channels.values():
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
