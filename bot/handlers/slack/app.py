"""Slack's deliveries as clicks: one Bolt application behind HTTP and Socket Mode. It translates and decides nothing.

Whatever matters is committed by the dispatcher before the ack leaves; windows and notices follow as calls of their own.
"""

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.context import Click, Place
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Nothing, PartError
from bot.handlers.background import BackgroundTasks
from bot.handlers.slack import payloads
from bot.handlers.slack import render as drawn
from bot.handlers.slack.payloads import Command, Delivery, Event, Press, Submission, Unreadable
from bot.handlers.slack.replies import Ack, Origin, Replies
from bot.handlers.slack.users import Callers, Rejected
from bot.handlers.slack.verification import Answer

log = logging.getLogger(__name__)

COMMANDS: Final[Mapping[str, str]] = {"/mentoring": "command", "/mentoring-admin": "admin_command"}
"""Slash command → verb."""
EVENTS: Final = ("app_home_opened", "message.im")
"""What the bot subscribes to."""
SCOPES: Final[Mapping[str, str]] = {
    "chat:write": "send messages and edit them",
    "commands": "answer /mentoring and /mentoring-admin",
    "groups:read": "find the office’s private channel",
    "im:history": "hear what is typed to it, and find a message whose arrival is in doubt",
    "im:write": "begin a conversation with a member",
    "users:read": "know members’ names and time zones",
    "users:read.email": "find administrators by their address, and send e-mail copies",
}
"""What the bot's token must be granted, and why."""
_ANY: Final = re.compile(r".*", re.DOTALL)
_PLACES: Final[Mapping[str, Place]] = {
    "message": "message",
    "home": "home",
    "modal": "form",
    "submission": "form",
    "command": "command",
    "event": "command",
}
_ANSWERS_KEPT: Final = 5_000
_ANSWERS_FOR: Final = 10 * 60
"""Seconds for which an answer is given again when Slack delivers the same thing again."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, from `auth.test`."""

    team: str
    user: str
    bot: str


class _AsOurselves(AsyncAuthorize):
    """Asked on every request: Bolt's own way would call auth.test each time."""

    def __init__(self, identity: Identity, token: str) -> None:
        self._result = AuthorizeResult(
            enterprise_id=None, team_id=identity.team, bot_user_id=identity.user, bot_id=identity.bot, bot_token=token
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self._result


class _DeliveryFailed(Exception):  # noqa: N818 – it says what became of a delivery; why, its cause says
    """A delivery that was understood and could not be done: it may come again."""


class SlackApp:
    """Takes what Slack delivers, over whichever way it came."""

    def __init__(
        self, dispatcher: Dispatcher, client: AsyncWebClient, session: ClientSession, identity: Identity
    ) -> None:
        self._dispatcher = dispatcher
        self._identity = identity
        self.background = BackgroundTasks()
        self._callers = Callers(dispatcher, client, identity.team, self.background)
        self._replies = Replies(client, session, self.background)
        self._answers: OrderedDict[str, tuple[float, asyncio.Future[Ack]]] = OrderedDict()
        self.bolt = self._bolt(client)

    def _bolt(self, client: AsyncWebClient) -> AsyncApp:
        app = AsyncApp(
            name="mentorbot",
            client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
            authorize=_AsOurselves(self._identity, client.token or ""),
            signing_secret="",
            process_before_response=True,
            request_verification_enabled=False,  # the verifier stands in front, and Socket Mode signs nothing
            ssl_check_enabled=False,
            url_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            raise_error_for_unhandled_request=True,
        )
        for register in (app.action, app.view_submission, app.command, app.event):
            register(_ANY)(self._listen)
        app.error(self._failed)
        return app

    async def _listen(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        try:
            answer = await self._answer(context["delivery"], context["payload"])
        except Unreadable:
            raise
        except Exception as error:
            raise _DeliveryFailed from error
        await ack(answer or "")

    async def _failed(self, error: Exception) -> None:
        raise error

    async def take(self, payload: dict[str, Any]) -> Answer:
        """Answer one delivery. Raises Unreadable for a shape that Slack never sends, or whatever kept it undone."""
        delivery = payloads.read(payload)
        if delivery is None:
            return Answer(200)
        if payloads.team_of(delivery) != self._identity.team:
            return Answer(403, "This bot serves another workspace.")
        if not self._is_for_us(delivery):
            return Answer(200)
        context = {"delivery": delivery, "payload": payload}
        try:
            request = AsyncBoltRequest(body=payload, context=context, mode="socket_mode")
            response = await self.bolt.async_dispatch(request)
        except (Unreadable, _DeliveryFailed):
            raise
        except Exception as error:
            # Bolt looks into more of a payload than we do, and stumbles over what has not the shape that it expects.
            log.warning("a delivery was of an odd shape (%s)", type(error).__name__)
            raise Unreadable from error
        kind = response.first_headers().get("content-type", "text/plain")
        return Answer(response.status, response.body, kind)

    def _is_for_us(self, delivery: Delivery) -> bool:
        """Whether there is anything to do: most of what happens in a workspace is none of the bot's business."""
        match delivery:
            case Event(event=event):
                if not isinstance(event.user, str) or event.bot_id or event.user == self._identity.user:
                    return False
                opened = event.type == "app_home_opened" and event.tab == "home"
                said = event.type == "message" and event.channel_type == "im" and event.subtype is None
                return opened or said
            case Press():
                return delivery.actions[0].type == "button"
            case Command():
                return delivery.command in COMMANDS
            case _:
                return isinstance(delivery, Submission)

    async def _answer(self, delivery: Delivery, payload: Mapping[str, Any]) -> Ack:
        """The ack of a delivery; of one that was answered already, the same ack again."""
        key = _key(delivery)
        kept = self._answers.get(key)
        if kept is not None:
            return await asyncio.shield(kept[1])
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._keep(key, answer)
        try:
            ack = await self._act(delivery, payload)
        except BaseException as error:
            self._answers.pop(key, None)
            if isinstance(error, asyncio.CancelledError):
                answer.cancel()
            else:
                answer.set_exception(error)
                answer.exception()  # whoever waits for it gets it too; nobody waiting is no fault
            raise
        answer.set_result(ack)
        return ack

    def _keep(self, key: str, answer: asyncio.Future[Ack]) -> None:
        now = time.monotonic()
        self._answers[key] = (now, answer)
        while len(self._answers) > _ANSWERS_KEPT or next(iter(self._answers.values()))[0] < now - _ANSWERS_FOR:
            self._answers.popitem(last=False)

    async def _act(self, delivery: Delivery, payload: Mapping[str, Any]) -> Ack:
        origin = _origin(delivery, payload)
        try:
            click = replace(self._click(delivery, payload, origin.user), place=_PLACES[origin.kind])
        except PartError as error:
            raise Unreadable from error
        try:
            known = await self._callers.zone_of(origin.user)
            if isinstance(known, Rejected):
                return self._replies.give(known.notice or Nothing(), origin, None)
            return self._replies.give(await self._dispatcher.answer(click), origin, known)
        except Exception:
            if origin.kind == "event":
                raise  # Slack delivers it again
            log.exception("a click could not be answered (%s, %s)", click.verb, origin.kind)
            self._answers.pop(click.delivery, None)
            return self._replies.trouble(origin, None)

    def _click(self, delivery: Delivery, payload: Mapping[str, Any], user: str) -> Click:
        caller = self._callers.caller(user)
        match delivery:
            case Press():
                verb, subject = drawn.read_button(payload["actions"][0])
                carried = drawn.read_metadata(payload["view"])[1] if delivery.view else {}
                return Click(caller, verb, subject, carried, delivery=_key(delivery))
            case Submission():
                verb, subject, carried, values = drawn.read_form(payload["view"])
                return Click(caller, verb, subject, carried, values, _key(delivery))
            case Command():
                return Click(caller, COMMANDS[delivery.command], delivery.text.strip(), delivery=_key(delivery))
            case Event():
                verb = "open_home" if delivery.event.type == "app_home_opened" else "hello"
                return Click(caller, verb, delivery=_key(delivery))
            case _:
                raise Unreadable


def _key(delivery: Delivery) -> str:
    """What names a delivery, however often it is delivered."""
    match delivery:
        case Event():
            return delivery.event_id
        case Press() | Submission() | Command():
            return delivery.trigger_id
        case _:
            return delivery.view.id


def _origin(delivery: Delivery, payload: Mapping[str, Any]) -> Origin:
    match delivery:
        case Event(event=event):
            return Origin("event", str(event.user))
        case Command(user_id=user, trigger_id=trigger):
            return Origin("command", user, trigger, delivery.channel_id, delivery.response_url)
        case Submission():
            return Origin("submission", delivery.user.id, delivery.trigger_id, view=payload["view"])
        case Press(view=None):
            channel = delivery.channel.id if delivery.channel else delivery.container.channel_id or ""
            return Origin("message", delivery.user.id, delivery.trigger_id, channel, delivery.response_url)
        case Press(view=view):
            kind: Literal["home", "modal"] = "home" if view is not None and view.type == "home" else "modal"
            return Origin(kind, delivery.user.id, delivery.trigger_id, view=payload["view"])
        case _:
            raise Unreadable
