"""Slack's deliveries as clicks: one Bolt application behind HTTP and Socket Mode. It translates and decides nothing.

Whatever matters is committed by the dispatcher before the ack leaves; windows and notices follow as calls of their own.
"""

import asyncio
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal, assert_never

from aiohttp import ClientSession
from cachetools import TTLCache
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.context import Click
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Form, Nothing
from bot.handlers.background import BackgroundTasks
from bot.handlers.bodies import Answer
from bot.handlers.slack import payloads
from bot.handlers.slack.files import Files
from bot.handlers.slack.missing import Missing
from bot.handlers.slack.payloads import BUTTON, Command, Delivery, Event, Press, Submission
from bot.handlers.slack.replies import Ack, Origin, Replies
from bot.handlers.slack.users import Rejected, Users
from bot.lifecycle.vocabulary import Verb

log = logging.getLogger(__name__)

COMMANDS: Final[Mapping[str, Verb]] = {"/mentoring": Verb.COMMAND, "/mentoring-admin": Verb.ADMIN_COMMAND}
"""Slash command → verb."""
EVENTS: Final = (
    "app_home_opened", "app_uninstalled", "group_left", "message.im", "team_join", "tokens_revoked", "user_change",
)  # fmt: skip
"""What the bot subscribes to. Of a bot that is taken out of a private channel Slack says `group_left`, and never
`member_left_channel`; `user_change` says all that `user_profile_changed` would."""
SCOPES: Final[Mapping[str, str]] = {
    "chat:write": "send messages and edit them",
    "commands": "answer /mentoring and /mentoring-admin",
    "files:read": "fetch a file that somebody chooses in a form",
    "files:write": "bring a file to somebody who may read it",
    "groups:read": "find the office’s private channel",
    "im:history": "hear what is typed to it, and find a message whose arrival is in doubt",
    "im:write": "begin a conversation with a member",
    "mpim:history": "find a message to two people whose arrival is in doubt",
    "mpim:write": "bring two people together in one conversation",
    "users:read": "know members’ names and time zones",
    "users:read.email": "find administrators by their address, and send e-mail copies",
}
"""What the bot's token must be granted, and why."""
_FORM: Final = re.compile(r".+", re.DOTALL)
_ACKS_KEPT: Final = 5_000
_ACKS_FOR: Final = 10 * 60
"""Seconds for which an ack is given again when Slack delivers the same thing again."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, from `auth.test`."""

    team: str
    user: str
    bot: str


class DeliveryFailed(Exception):  # noqa: N818 – an outcome
    """A delivery that was understood and could not be done: it may come again. Why, its cause says."""


class SlackApp:
    """Takes what Slack delivers, over whichever way it came."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        client: AsyncWebClient,
        session: ClientSession,
        identity: Identity,
        missing: Missing,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dispatcher = dispatcher
        self._identity = identity
        self._missing = missing
        self.background = BackgroundTasks()
        self._users = Users(dispatcher, client, identity.team, self.background, timer)
        self._files = Files(client, session)
        self._replies = Replies(client, session, self.background)
        self._acks: TTLCache[str, asyncio.Future[Ack]] = TTLCache(_ACKS_KEPT, _ACKS_FOR, timer)
        self._bolt = _bolt(client, identity)
        self._listen()

    def _listen(self) -> None:
        """Everything that the bot answers, by name. What is none of it is acked and forgotten."""
        bolt = self._bolt
        bolt.action(BUTTON)(self._pressed)
        bolt.view(_FORM)(self._submitted)
        for name in COMMANDS:
            bolt.command(name)(self._commanded)
        bolt.event("app_home_opened")(self._home_opened)
        bolt.event({"type": "message", "subtype": None})(self._written)
        bolt.error(self._failed)

    async def take(self, payload: dict[str, Any]) -> Answer:
        """Answer one delivery. Raises Unreadable for a shape that Slack never sends, DeliveryFailed for what can be
        delivered again."""
        delivery = payloads.read(payload)
        if isinstance(delivery, Event) and (delivery.changed is not None or delivery.takes_away):
            return await self._told(delivery)
        # Most of what happens in a workspace is none of the bot's business, and need not go further.
        if delivery is None or (isinstance(delivery, Event) and not delivery.is_for_us):
            return Answer(200)
        if isinstance(delivery, Delivery) and payloads.team_of(delivery) != self._identity.team:
            return Answer(403, "This bot serves another workspace.")
        # Bolt is shown what has been read, and of that what it needs: nothing of an odd shape is left to stumble over.
        request = AsyncBoltRequest(body=delivery.body, context={"delivery": delivery}, mode="socket_mode")
        try:
            response = await self._bolt.async_dispatch(request)
        except Exception as error:
            raise DeliveryFailed from error
        kind = response.first_headers().get("content-type", "text/plain")
        return Answer(response.status, response.body, kind)

    async def _told(self, event: Event) -> Answer:
        """What Slack itself says of people, or of the bot: nobody waits for an answer, and it comes again."""
        if event.team_id != self._identity.team:
            return Answer(403, "This bot serves another workspace.")
        try:
            if event.changed is not None:
                await self._users.changed(event.changed)
            else:
                self._missing.taken_away(event.takes_away, event.event.channel)
        except Exception as error:
            raise DeliveryFailed from error
        return Answer(200)

    async def _pressed(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        delivery: Press = context["delivery"]
        verb, subject, scheme = delivery.button
        carried = delivery.view.metadata.carried if delivery.view else {}
        entered = delivery.view.answers if delivery.view else {}
        answered = (
            self._answered(delivery, verb, subject, carried, entered=entered, scheme=scheme)
            if delivery.is_button
            else None
        )
        await ack(await answered if answered else "")

    async def _submitted(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        delivery: Submission = context["delivery"]
        view = delivery.view
        kept = view.metadata
        verb, scheme = view.callback_id, kept.scheme
        await ack(await self._answered(delivery, verb, kept.subject, kept.carried, view.answers, scheme=scheme))

    async def _commanded(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        delivery: Command = context["delivery"]
        await ack(await self._answered(delivery, COMMANDS[delivery.command], delivery.text.strip()))

    async def _home_opened(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        delivery: Event = context["delivery"]
        await ack(await self._answered(delivery, Verb.OPEN_HOME))

    async def _written(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        delivery: Event = context["delivery"]
        await ack(await self._answered(delivery, Verb.HELLO, delivery.typed))

    async def _failed(self, error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        raise error

    async def _answered(
        self,
        delivery: Delivery,
        verb: str,
        subject: str = "",
        carried: Mapping[str, str] | None = None,
        values: Mapping[str, Any] | None = None,
        entered: Mapping[str, Any] | None = None,
        scheme: str = "",
    ) -> Ack | str:
        """The ack of a delivery; of one that was answered already, the same ack again. What has been acted on is known
        by the dispatcher, in the database: this memory only gives Slack the same words twice."""
        origin = _origin(delivery)
        caller = self._users.caller(origin.user)
        key = payloads.key_of(delivery)
        shows_itself = origin.kind in ("message", "home")
        click = Click(caller, verb, subject, carried or {}, values, key, shows_itself, entered or {}, scheme)
        kept = self._acks.get(key)
        if kept is None:
            kept = self._acks[key] = asyncio.ensure_future(self._act(click, origin))
            kept.add_done_callback(lambda done: self._forget_failed(key, done))
        return await asyncio.shield(kept) or ""

    def _forget_failed(self, key: str, done: asyncio.Future[Ack]) -> None:
        if done.cancelled() or done.exception() is not None:
            self._acks.pop(key, None)

    async def _act(self, click: Click, origin: Origin) -> Ack:
        try:
            zone = await self._users.identify(origin.user) or await self._users.register(origin.user)
            if isinstance(zone, Rejected):
                return self._replies.give(zone.notice or Nothing(), origin, None)
            for chosen in origin.view.people if origin.view else ():
                # Whoever cannot be served stays unknown, and the verb says so at its field.
                await self._users.identify(chosen) or await self._users.register(chosen)
            whole = replace(click, values=await self._files.given(click.values, origin.user))
            reply = await self._dispatcher.answer(whole, partial(self._users.again, origin.user))
            later = (
                partial(self._dispatcher.filled, whole, reply) if isinstance(reply, Form) and reply.waits_for else None
            )
            return self._replies.give(reply, origin, zone, later)
        except Exception:
            if origin.kind == "event":
                raise  # Slack delivers it again
            log.exception("a click could not be answered (%s, %s)", click.verb, origin.kind)
            self._acks.pop(click.idempotency_key, None)
            return self._replies.trouble(origin, None)


class _AsOurselves(AsyncAuthorize):
    """Who the bot is has been asked at the start: Bolt's own way would ask once more, while somebody waits."""

    def __init__(self, identity: Identity, token: str) -> None:
        self._result = AuthorizeResult(
            enterprise_id=None, team_id=identity.team, bot_user_id=identity.user, bot_id=identity.bot, bot_token=token
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self._result


def _bolt(client: AsyncWebClient, identity: Identity) -> AsyncApp:
    """Bolt, with four departures from its defaults, each for a reason."""
    logger = logging.getLogger("slack_bolt.mentorbot")
    logger.setLevel(logging.ERROR)  # Bolt finds SLACK_BOT_TOKEN by itself, and warns that it will not use it
    bolt = AsyncApp(
        name="mentorbot",
        logger=logger,
        client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
        authorize=_AsOurselves(identity, client.token or ""),
        signing_secret="",
        # An ack is given when the work is in the database, and not before; it also spares a wait in steps of 10 ms.
        process_before_response=True,
        # The verifier stands in front, since Bolt would read a body before it knows who sent it.
        request_verification_enabled=False,
        # Two looks at each delivery for what the bot has no use for: workflow steps and assistants' threads.
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        # What nobody listens to is acked: a 404 would have Slack deliver it again.
        raise_error_for_unhandled_request=True,
    )
    logger.setLevel(logging.WARNING)
    return bolt


def _origin(delivery: Delivery) -> Origin:
    """Where a delivery comes from, and what of it can be answered to."""
    match delivery:
        case Event():
            return Origin("event", delivery.by)
        case Command(user_id=user, trigger_id=trigger):
            return Origin("command", user, trigger, delivery.channel_id, delivery.response_url)
        case Submission():
            return Origin("submission", delivery.user.id, delivery.trigger_id, view=delivery.view)
        case Press(view=None):
            channel = delivery.channel.id if delivery.channel else delivery.container.channel_id or ""
            return Origin("message", delivery.user.id, delivery.trigger_id, channel, delivery.response_url)
        case Press(view=view):
            kind: Literal["home", "modal"] = "home" if view is not None and view.type == "home" else "modal"
            return Origin(kind, delivery.user.id, delivery.trigger_id, view=view)
        case _:
            assert_never(delivery)
