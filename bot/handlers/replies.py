"""The answer to a click, given where the click came from: in the ack if Slack allows it there, otherwise by a call of
its own that the ack does not wait for.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dialogs import slack as drawn
from bot.dialogs.parts import Errors, Form, Nothing, Notice, Reply
from bot.dialogs.wording import door
from bot.handlers.tracked import Tracked

log = logging.getLogger(__name__)

Ack = dict[str, Any]
"""The body of an ack; empty: nothing but "received"."""

_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
_OVERTAKEN: Final = frozenset({"hash_conflict", "not_found", "view_not_found"})
"""A view that was closed or drawn anew in the meantime: the newer picture stands."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a click came from and what of it can be answered to."""

    kind: Literal["message", "home", "modal", "submission", "command", "event"]
    user: str
    trigger: str = ""
    channel: str = ""
    response_url: str = ""
    view: Mapping[str, Any] | None = None


class Replies:
    """Gives answers. What is not in the ack goes out as a tracked task."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, tracked: Tracked) -> None:
        self._client = client
        self._session = session
        self._tracked = tracked
        self._hosts = frozenset({urlsplit(client.base_url).hostname, "hooks.slack.com"})

    def give(self, reply: Reply, spot: Spot, zone: ZoneInfo | None) -> Ack:
        """The ack's body; starts whatever else the answer takes."""
        if spot.kind == "submission":
            return self._to_submission(reply, spot, zone)
        match reply:
            case Nothing():
                return {}
            case Notice():
                return self._notice(reply, spot, zone)
            case Form():
                self._form(reply, spot, zone)
                return {}
            case Errors():
                log.error("errors without a form to show them in (%s)", spot.kind)
                return {}

    def _to_submission(self, reply: Reply, spot: Spot, zone: ZoneInfo | None) -> Ack:
        view = spot.view or {}
        match reply:
            case Nothing():
                # Closing the top view alone would bring back what lay under it, as it was before.
                return {"response_action": "clear"}
            case Notice():
                return {"response_action": "update", "view": _last(drawn.notice(reply, zone))}
            case Form():
                return {"response_action": "update", "view": drawn.form(reply, zone)}
            case Errors():
                keys = drawn.input_keys(view)
                if keys:
                    return drawn.errors(reply, keys)
                told = Notice(" ".join(reply.fields.values()))
                return {"response_action": "update", "view": _last(drawn.notice(told, zone))}

    def trouble(self, spot: Spot, zone: ZoneInfo | None) -> Ack:
        """A fault of our own; a form keeps what was typed and says it at its first field."""
        notice = door.trouble()
        keys = drawn.input_keys(spot.view) if spot.kind == "submission" and spot.view else ()
        return self.give(Errors({keys[0]: notice.text}) if keys else notice, spot, zone)

    def _notice(self, notice: Notice, spot: Spot, zone: ZoneInfo | None) -> Ack:
        match spot.kind:
            case "command":
                return {"response_type": "ephemeral", **drawn.ephemeral(notice, zone)}
            case "message":
                self._start(self._ephemeral(drawn.ephemeral(notice, zone), spot), spot)
            case "home":
                self._start(self._opened(drawn.notice(notice, zone), spot), spot)
            case "modal":
                self._start(self._told_in_modal(drawn.notice(notice, zone), spot), spot)
            case _:
                self._start(self._client.chat_postMessage(channel=spot.user, **drawn.ephemeral(notice, zone)), spot)
        return {}

    def _form(self, form: Form, spot: Spot, zone: ZoneInfo | None) -> None:
        view = drawn.form(form, zone)
        if spot.kind == "event":
            log.error("a form cannot answer an event")
        elif spot.kind != "modal":
            self._start(self._opened(view, spot), spot)
        elif spot.view and (spot.view.get("callback_id") == form.verb or spot.view.get("clear_on_close")):
            # The same form drawn anew, or a notice that has done its work: nothing is to come back from under it.
            self._start(self._updated(view, spot.view), spot)
        else:
            self._start(self._pushed(view, spot), spot)

    def _start(self, work: Awaitable[Any], spot: Spot) -> None:
        self._tracked.start(self._quietly(work), f"the answer to a {spot.kind}")

    async def _quietly(self, work: Awaitable[Any]) -> None:
        try:
            await work
        except SlackApiError as error:
            log.warning("an answer was refused: %s", error_of(error))
        except (SlackClientError, ClientError, TimeoutError) as error:
            log.warning("an answer did not get through: %s", type(error).__name__)

    async def _opened(self, view: Mapping[str, Any], spot: Spot) -> None:
        await self._in_time(lambda: self._client.views_open(trigger_id=spot.trigger, view=dict(view)), spot)

    async def _pushed(self, view: Mapping[str, Any], spot: Spot) -> None:
        try:
            await self._in_time(lambda: self._client.views_push(trigger_id=spot.trigger, view=dict(view)), spot)
        except SlackApiError as error:
            # Three views lie on each other already: the one in front gives way.
            if error_of(error) != "push_limit_reached" or spot.view is None:
                raise
            await self._updated(view, spot.view)

    async def _told_in_modal(self, view: dict[str, Any], spot: Spot) -> None:
        # Over a form with fields the notice is only laid, so that what was typed is there when it is closed. What is
        # only read has been overtaken by the press, and closes with the notice.
        under = spot.view or {}
        await self._pushed(view if under.get("submit") else _last(view), spot)

    async def _updated(self, view: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
        """Draw a view anew, unless it has changed since it was pressed: then the newer picture stands."""
        try:
            await self._client.views_update(view_id=shown["id"], hash=shown.get("hash") or None, view=dict(view))
        except SlackApiError as error:
            if error_of(error) not in _OVERTAKEN:
                raise

    async def _in_time(self, call: Callable[[], Awaitable[Any]], spot: Spot) -> None:
        try:
            await call()
        except SlackApiError as error:
            if error_of(error) not in _TOO_LATE:
                raise
            log.warning("a trigger ran out before it was used")
            if spot.channel or spot.response_url:
                await self._ephemeral(drawn.ephemeral(door.too_late(), None), spot)

    async def _ephemeral(self, message: Mapping[str, Any], spot: Spot) -> None:
        """Say something to the presser alone, beside the message they pressed."""
        if await self._by_response_url(message, spot.response_url):
            return
        if spot.channel:
            await self._client.chat_postEphemeral(channel=spot.channel, user=spot.user, **message)

    async def _by_response_url(self, message: Mapping[str, Any], url: str) -> bool:
        if not url or urlsplit(url).hostname not in self._hosts:
            return False
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        try:
            async with self._session.post(url, json=body, proxy=self._client.proxy) as response:
                return response.status == 200
        except (ClientError, TimeoutError):
            return False


def _last(view: dict[str, Any]) -> dict[str, Any]:
    """The view, made the last one: closing it closes whatever lies under it too, which is out of date."""
    return view | {"clear_on_close": True}


def error_of(error: SlackApiError) -> str:
    """Slack's name for what went wrong, without anything else of the answer."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    name = data.get("error") if isinstance(data, dict) else None
    return name if isinstance(name, str) and name.isascii() else "unknown"
