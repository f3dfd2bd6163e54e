"""The answer to a click, given where the click came from: in the ack if Slack allows it there, otherwise by a call of
its own that the ack does not wait for.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.dialogs.parts import Errors, Form, Nothing, Notice, Reply
from bot.dialogs.wording import trouble
from bot.handlers.background import BackgroundTasks
from bot.handlers.slack import render
from bot.handlers.slack.errors import error_of, no_picture
from bot.handlers.slack.views import View

log = logging.getLogger(__name__)

Answered: TypeAlias = Awaitable[AsyncSlackResponse]
Draw: TypeAlias = Callable[[dict[str, Any]], Answered]
"""Has Slack draw a view somewhere."""
Ack = dict[str, Any]
"""The body of an ack; empty: nothing but "received"."""

ACK_DRAWN: Final = 0.5
"""Seconds after which Slack has drawn what stands in an ack."""
_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
_CHANGED_SINCE: Final = frozenset({"hash_conflict", "not_found", "view_not_found"})
"""A view that was closed or drawn anew in the meantime: the newer one stands."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a click came from and what of it can be answered to."""

    kind: Literal["message", "home", "modal", "submission", "command", "event"]
    user: str
    trigger: str = ""
    channel: str = ""
    response_url: str = ""
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A window that stands open, as it was drawn last."""

    id: str
    hash: str


Later = Callable[[], Awaitable[Reply]]
"""What an answer becomes that was given at once, when what it waited for is known."""


class Replies:
    """Gives answers. What is not in the ack goes out as a tracked task."""

    def __init__(
        self, client: AsyncWebClient, session: ClientSession, background: BackgroundTasks, ack_drawn: float = ACK_DRAWN
    ) -> None:
        self._client = client
        self._session = session
        self._background = background
        self._ack_drawn = ack_drawn
        self._hosts = frozenset({urlsplit(client.base_url).hostname, "hooks.slack.com"})

    def give(self, reply: Reply, origin: Origin, zone: ZoneInfo | None, later: Later | None = None) -> Ack:
        """The ack's body; starts whatever else the answer takes. `later`: what a form becomes that is shown at once."""
        if origin.kind == "submission":
            return self._to_submission(reply, origin, zone, later)
        match reply:
            case Nothing():
                return {}
            case Notice():
                return self._notice(reply, origin, zone)
            case Form():
                self._form(reply, origin, zone, later)
                return {}
            case Errors():
                log.error("errors without a form to show them in (%s)", origin.kind)
                return {}

    def _to_submission(self, reply: Reply, origin: Origin, zone: ZoneInfo | None, later: Later | None = None) -> Ack:
        match reply:
            case Nothing():
                # Closing the top view alone would bring back what lay under it, as it was before.
                return {"response_action": "clear"}
            case Notice():
                return {"response_action": "update", "view": _last(render.notice(reply, zone))}
            case Form():
                if later and origin.view and reply.submit is None:
                    self._start(self._filled_after_ack(origin.view.id, later, zone), origin)
                return {"response_action": "update", "view": render.form(reply, zone)}
            case Errors():
                keys = origin.view.input_keys if origin.view else ()
                if keys:
                    return render.errors(reply, keys)
                told = Notice(" ".join(reply.fields.values()))
                return {"response_action": "update", "view": _last(render.notice(told, zone))}

    def trouble(self, origin: Origin, zone: ZoneInfo | None) -> Ack:
        """A fault of our own; a form keeps what was typed and says it at its first field."""
        notice = trouble.trouble()
        keys = origin.view.input_keys if origin.kind == "submission" and origin.view else ()
        return self.give(Errors({keys[0]: notice.text}) if keys else notice, origin, zone)

    def _notice(self, notice: Notice, origin: Origin, zone: ZoneInfo | None) -> Ack:
        match origin.kind:
            case "command":
                return {"response_type": "ephemeral", **render.ephemeral(notice, zone)}
            case "message":
                self._start(self._ephemeral(render.ephemeral(notice, zone), origin), origin)
            case "home":
                self._start(self._opened(render.notice(notice, zone), origin), origin)
            case "modal":
                self._start(self._told_in_modal(render.notice(notice, zone), origin), origin)
            case _:
                self._start(
                    self._client.chat_postMessage(channel=origin.user, **render.ephemeral(notice, zone)), origin
                )
        return {}

    def _form(self, form: Form, origin: Origin, zone: ZoneInfo | None, later: Later | None) -> None:
        if origin.kind == "event":
            log.error("a form cannot answer an event")
            return
        shown = self._drawn(render.form(form, zone), form, origin)
        self._start(self._filled(shown, later, zone) if later else shown, origin)

    def _drawn(self, view: Mapping[str, Any], form: Form, origin: Origin) -> Awaitable[Shown | None]:
        if origin.kind != "modal":
            return self._opened(view, origin)
        if origin.view and (origin.view.callback_id == form.verb or origin.view.clear_on_close):
            # The same form drawn anew, or a notice that has done its work: nothing is to come back from under it.
            return self._updated(view, Shown(origin.view.id, origin.view.hash))
        return self._pushed(view, origin)

    async def _filled(self, shown: Awaitable[Shown | None], later: Later, zone: ZoneInfo | None) -> None:
        """Draw the form anew with what it waited for, unless somebody has done something with it meanwhile."""
        window = await shown
        reply = await later() if window else None
        if window and isinstance(reply, Form):
            await self._updated(render.form(reply, zone), window)

    async def _filled_after_ack(self, view_id: str, later: Later, zone: ZoneInfo | None) -> None:
        """The same of a form that stands in an ack. Its hash is told to nobody, so it must be one that is only read:
        nothing that was typed is lost. An update that came before the ack would be drawn over by it."""
        reply, _ = await asyncio.gather(later(), asyncio.sleep(self._ack_drawn))
        if isinstance(reply, Form):
            await self._updated(render.form(reply, zone), Shown(view_id, ""))

    def _start(self, work: Awaitable[Any], origin: Origin) -> None:
        self._background.start(self._quietly(work), f"the answer to a {origin.kind}")

    async def _quietly(self, work: Awaitable[Any]) -> None:
        try:
            await work
        except (SlackClientError, ClientError, TimeoutError) as error:
            log.warning("an answer did not get through: %s", error_of(error))

    async def _opened(self, view: Mapping[str, Any], origin: Origin) -> Shown | None:
        def opened(drawn: dict[str, Any]) -> Answered:
            return self._client.views_open(trigger_id=origin.trigger, view=drawn)

        return await self._in_time(opened, view, origin)

    async def _pushed(self, view: Mapping[str, Any], origin: Origin) -> Shown | None:
        def pushed(drawn: dict[str, Any]) -> Answered:
            return self._client.views_push(trigger_id=origin.trigger, view=drawn)

        try:
            return await self._in_time(pushed, view, origin)
        except SlackApiError as error:
            # Three views lie on each other already: the one in front gives way.
            if error_of(error) != "push_limit_reached" or origin.view is None:
                raise
            return await self._updated(view, Shown(origin.view.id, origin.view.hash))

    async def _told_in_modal(self, view: dict[str, Any], origin: Origin) -> None:
        # Over a form with fields the notice is only laid, so that what was typed is there when it is closed. What is
        # only read has been overtaken by the press, and closes with the notice.
        fields_under = origin.view is not None and origin.view.submit is not None
        await self._pushed(view if fields_under else _last(view), origin)

    async def _updated(self, view: Mapping[str, Any], shown: Shown) -> Shown | None:
        """Draw a view anew, unless it has changed since it was pressed: then the newer one stands."""

        def updated(drawn: dict[str, Any]) -> Answered:
            return self._client.views_update(view_id=shown.id, hash=shown.hash or None, view=drawn)

        try:
            answer = await _with_pictures(updated, view)
        except SlackApiError as error:
            if error_of(error) not in _CHANGED_SINCE:
                raise
            return None
        return _shown(answer)

    async def _in_time(self, call: Draw, view: Mapping[str, Any], origin: Origin) -> Shown | None:
        try:
            return _shown(await _with_pictures(call, view))
        except SlackApiError as error:
            if error_of(error) not in _TOO_LATE:
                raise
            log.warning("a trigger ran out before it was used")
            if origin.channel or origin.response_url:
                await self._ephemeral(render.ephemeral(trouble.too_late(), None), origin)
            return None

    async def _ephemeral(self, message: Mapping[str, Any], origin: Origin) -> None:
        """Say something to the presser alone, beside the message they pressed."""
        if await self._by_response_url(message, origin.response_url):
            return
        if origin.channel:
            await self._client.chat_postEphemeral(channel=origin.channel, user=origin.user, **message)

    async def _by_response_url(self, message: Mapping[str, Any], url: str) -> bool:
        if not url or urlsplit(url).hostname not in self._hosts:
            return False
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        try:
            async with self._session.post(url, json=body, proxy=self._client.proxy) as response:
                return response.status == 200
        except (ClientError, TimeoutError):
            return False


async def _with_pictures(call: Draw, view: Mapping[str, Any]) -> AsyncSlackResponse:
    """Slack fetches every picture before it draws a view, and draws nothing where it cannot: then it goes without."""
    try:
        return await call(dict(view))
    except SlackApiError as error:
        if not no_picture(error):
            raise
        return await call(render.bare(view))


def _shown(answer: AsyncSlackResponse) -> Shown | None:
    view: Mapping[str, Any] = answer.get("view") or {}
    return Shown(str(view["id"]), str(view.get("hash") or "")) if "id" in view else None


def _last(view: dict[str, Any]) -> dict[str, Any]:
    """The view, made the last one: closing it closes whatever lies under it too, which is out of date."""
    return view | {"clear_on_close": True}
