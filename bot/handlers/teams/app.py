"""Teams' deliveries as clicks: one application of Microsoft's kit behind the door. It translates and decides nothing.

Whatever matters is committed by the dispatcher before an answer leaves; messages of their own follow as calls.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from cachetools import TTLCache
from sqlalchemy import Connection as Db

from bot.actions.context import Caller, Click
from bot.actions.dispatcher import Again, Dispatcher
from bot.dialogs.parts import Errors, FileInput, Form, Reply
from bot.dialogs.wording import chat, trouble
from bot.handlers.background import BackgroundTasks
from bot.handlers.bodies import Answer
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams import activities, dialogs, render
from bot.handlers.teams.activities import Arrived, Consent, Left, Other, Press, Sender, Typed
from bot.handlers.teams.bringing import Bringing
from bot.handlers.teams.files import Files
from bot.handlers.teams.presses import CLOSE, Opened, Pressed, Surface
from bot.handlers.teams.replies import Body, Origin, Replies, card, words
from bot.handlers.teams.users import Known, Rejected, Users
from bot.lifecycle.files import GivenFile
from bot.lifecycle.vocabulary import Verb
from bot.storage import outbox, people

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

log = logging.getLogger(__name__)

COMMANDS: Final[Mapping[str, Verb]] = {"mentoring": Verb.COMMAND, "admin": Verb.ADMIN_COMMAND}
"""First word → verb: the slash commands of other platforms, without the slash."""
HOME: Final = frozenset({"menu", "home"})
"""What is typed for Home to be posted anew."""
_LOOKING: Final = frozenset(str(verb) for verb in Verb if not verb.writes)
"""By these alone a form is opened again: they do no more than look."""
_KEPT: Final = 5_000
_KEPT_FOR: Final = 10 * 60
"""Seconds for which an answer is given again when Teams delivers the same thing again."""
_ARRIVAL: Final = 60
"""Seconds within which the several deliveries that say that somebody has the app now are taken for one."""


class TeamsApp:
    """Takes what Teams delivers. `timer` gives real seconds."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        kit: "Kit",
        tenant: str,
        rate_limiter: RateLimiter,
        files: Files,
        dialogs: bool = False,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dispatcher = dispatcher
        self._kit = kit
        self._tenant = tenant.casefold()
        self.background = BackgroundTasks()
        self._users = Users(dispatcher, kit, tenant, self.background, timer)
        self._files = files
        self._dialogs = dialogs
        self._replies = Replies(dispatcher, kit, self.background, rate_limiter)
        self._bringing = Bringing(dispatcher, kit, self._users, self.background, rate_limiter, files.hosts, timer)
        self._answers: TTLCache[str, asyncio.Future[Body]] = TTLCache(_KEPT, _KEPT_FOR, timer)
        self._arrived: TTLCache[str, bool] = TTLCache(_KEPT, _ARRIVAL, timer)

    async def take(self, payload: Mapping[str, Any], token: str) -> Answer:
        """Answer one delivery, whose token has been checked. Raises Unreadable for a shape that Teams never sends."""
        delivery = activities.read(payload)
        if delivery.sender.tenants != {self._tenant}:
            return Answer(403, "This bot serves another organisation.")
        if isinstance(delivery, Other):
            # Without an answer a client would say that the bot is not reached, and send it again.
            return _answer(words(chat.DONE.text) if delivery.invoke else None)
        if isinstance(delivery, Left):
            await self._left(delivery.sender)
            return _answer(None)
        if isinstance(delivery, Consent):
            self._bringing.take(delivery)
            return _answer(None)
        return _answer(await self._kit.take(delivery, token))

    async def pressed(self, press: Press) -> Body | None:
        """A button pressed, or a form sent off; of one that was answered already, the same answer again. What has been
        acted on is known by the dispatcher, in the database: this memory only gives Teams the same card twice."""
        kept = self._answers.get(press.id)
        if kept is None:
            kept = self._answers[press.id] = asyncio.ensure_future(self._press(press))
        body = await asyncio.shield(kept)
        if press.by_dialog:
            return dialogs.answer(body) if press.pressed.verb != CLOSE else None
        return dialogs.in_chat(body) if self._dialogs else body

    async def _press(self, press: Press) -> Body:
        pressed = press.pressed
        try:
            known = await self._users.identify(press.sender)
            if isinstance(known, Rejected):
                return words(known.notice.text)
            if pressed.verb == CLOSE:
                return card(render.notice(chat.CLOSED, known.zone))
            for chosen in pressed.people:
                await self._users.make_known(chosen, press.sender.address)
            reply = await self._dispatched(self._click(press), partial(self._users.again, press.sender))
            origin = _origin(press, known, self._users.caller(press.sender.object_id))
            if isinstance(reply, Errors):
                return await self._mended(reply, origin, pressed)
            if pressed.file_keys:
                self._files.done(press.sender.object_id)
            if press.by_dialog and isinstance(reply, Form) and any(isinstance(each, FileInput) for each in reply.parts):
                # A file is sent in the chat, which a dialog stands before: this form stands there too.
                self._replies.to_typed(reply, origin)
                return words(chat.BELOW)
            return await self._replies.to_press(reply, origin)
        except Exception:
            log.exception("a press could not be answered (%s)", pressed.verb)
            self._answers.pop(press.id, None)
            return words(trouble.trouble().text)

    def _click(self, press: Press) -> Click:
        pressed = press.pressed
        values: dict[str, Any] = dict(pressed.answers)
        values |= {key: self._files.given(press.sender.object_id) for key in pressed.file_keys}
        return Click(
            self._users.caller(press.sender.object_id), pressed.verb, pressed.subject, pressed.carried,
            values if pressed.fields else None, press.id, pressed.surface in ("message", "home"), pressed.entered,
            pressed.scheme,
        )  # fmt: skip

    async def _dispatched(self, click: Click, again: Again | None = None) -> Reply:
        """The reply; of a form that waits for somebody's calendar, what it is then: drawn anew later, it would take
        what has been typed meanwhile."""
        reply = await self._dispatcher.answer(click, again)
        if isinstance(reply, Form) and reply.waits_for:
            return await self._dispatcher.filled(click, reply)
        return reply

    async def _mended(self, errors: Errors, origin: Origin, pressed: Pressed) -> Body:
        """The form that was sent off, opened in the way in which it was, with what was typed and what is wrong."""
        if pressed.opened is None or pressed.opened.verb not in _LOOKING:
            return await self._replies.to_press(errors, origin)
        click = self._again(pressed.opened, origin)
        form = await self._dispatched(click)
        if not isinstance(form, Form):
            return await self._replies.to_press(form, origin)
        opening = replace(origin, opening=pressed.opened.data)
        held = self._files.given(origin.caller.user)
        return self._replies.form(form, opening, errors.fields, held.name if isinstance(held, GivenFile) else "")

    def _again(self, opened: Opened, origin: Origin) -> Click:
        return Click(
            origin.caller, opened.verb, opened.subject, opened.carried, opened.answers, entered=opened.answers_entered,
            scheme=opened.scheme,
        )  # fmt: skip

    async def typed(self, typed: Typed) -> None:
        """Something written to the bot, or a file sent to it."""
        known = await self._users.identify(typed.sender)
        origin = _beside(typed.sender, known, self._users.caller(typed.sender.object_id))
        if isinstance(known, Rejected):
            self._replies.to_typed(known.notice, origin)
            return
        for given in typed.files if typed.sender.personal else ():
            self._replies.to_typed(await self._files.take(typed.sender.object_id, given), origin)
        if typed.text or not typed.files:
            await self._understood(typed, origin)

    async def _understood(self, typed: Typed, origin: Origin) -> None:
        first, _, rest = typed.text.partition(" ")
        caller = self._users.caller(typed.sender.object_id)
        if typed.text.casefold() in HOME:
            await self._open_home(typed.sender, typed.id)
            return
        verb = COMMANDS.get(first.casefold(), Verb.HELLO)
        subject = typed.text if verb is Verb.HELLO else rest.strip()
        click, again = Click(caller, verb, subject, idempotency_key=typed.id), partial(self._users.again, typed.sender)
        reply = await self._dispatcher.answer(click, again)
        self._replies.to_typed(reply, replace(origin, opening={"do": str(verb), "about": subject}))

    async def arrived(self, arrived: Arrived) -> None:
        """Somebody has the app now: their Home is the first that they see of it."""
        sender = arrived.sender
        if not sender.personal or sender.object_id in self._arrived:
            return
        self._arrived[sender.object_id] = True
        known = await self._users.identify(sender)
        if isinstance(known, Known):
            await self._open_home(sender, arrived.id)

    async def _left(self, sender: Sender) -> None:
        """Somebody has removed the app; a channel that has is found when the office is written to."""
        if sender.personal and sender.object_id:
            self._arrived.pop(sender.object_id, None)
            await self._users.lost(sender.object_id)

    async def _open_home(self, sender: Sender, key: str) -> None:
        """Post Home anew, below all that was written since."""
        caller = self._users.caller(sender.object_id)

        def forget(db: Db) -> None:
            me = people.find(db, caller.platform, caller.team, caller.user)
            if me is not None:
                outbox.forget_home(db, me.id)

        await self._dispatcher.database.write(forget)
        again = partial(self._users.again, sender)
        await self._dispatcher.answer(Click(caller, Verb.OPEN_HOME, idempotency_key=key), again)


def _answer(body: Body | None) -> Answer:
    """What goes back over HTTP."""
    if body is None:
        return Answer(200)
    return Answer(200, json.dumps(body, ensure_ascii=False, separators=(",", ":")), "application/json; charset=utf-8")


def _origin(press: Press, known: Known, caller: Caller) -> Origin:
    """Where a press comes from, and what of it can be answered to."""
    pressed = press.pressed
    shared = "" if press.sender.personal else press.sender.address.room
    beside = _beside(press.sender, known, caller)
    surface: Surface = "form" if press.by_dialog else pressed.surface
    return replace(
        beside, surface=surface, letter=pressed.letter, shared=shared, opening=pressed.opening,
        opened=pressed.opened, typed=pressed.typed,
    )  # fmt: skip


def _beside(sender: Sender, known: Known | Rejected, caller: Caller) -> Origin:
    """Where something is answered: in the writer's own chat, which is not known of everybody who writes elsewhere."""
    own = sender.address if sender.personal else None
    if isinstance(known, Rejected):
        return Origin("message", caller, None, own)
    return Origin("message", caller, known.zone, own or known.address)
