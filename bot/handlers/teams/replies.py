"""Answers to what people do: in the place of what was pressed, or as a message of their own in the chat.

A form stands in the chat as a message, so that nothing which changes meanwhile is drawn over what somebody types. All
that follows in it takes its place, by the answer to the press itself.
Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, assert_never
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Errors, Form, Home, Message, Nothing, Notice, Reply
from bot.dialogs.plain import plain
from bot.dialogs.wording import chat
from bot.handlers.background import BackgroundTasks
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams import render
from bot.handlers.teams.places import Address
from bot.handlers.teams.presses import Opened, Surface
from bot.handlers.teams.trying import tried
from bot.screens.render import as_it_stands, home_of
from bot.storage import people

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

Body = dict[str, Any]
"""What an invoke is answered by."""
_CARD: Final = render.CARD_TYPE
_MESSAGE: Final = "application/vnd.microsoft.activity.message"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was done, and how what it opens is opened again. `caller`: by whom; `chat`: where they are
    written to alone; `letter`: the message it was done on; `shared`: in which channel, "" in their own chat; `typed`:
    what stood in the fields."""

    surface: Surface
    caller: Caller
    zone: ZoneInfo | None
    chat: Address | None
    letter: str = ""
    shared: str = ""
    opening: Mapping[str, Any] | None = None
    opened: Opened | None = None
    """How the form was opened that it was done in."""
    typed: Mapping[str, str] | None = None


def card(content: Mapping[str, Any]) -> Body:
    """This card in the place of what was pressed."""
    return {"statusCode": 200, "type": _CARD, "value": dict(content)}


def words(text: str) -> Body:
    """What was pressed stays as it is; the presser reads this."""
    return {"statusCode": 200, "type": _MESSAGE, "value": text}


def _inside(origin: Origin, form: Form) -> Mapping[str, Any] | None:
    """How a form is opened in another: it leads back there, unless it is the same one drawn anew."""
    here = origin.opened
    if here is None or not origin.opening or here.values:
        return origin.opening
    back = here.back if here.form == form.verb else here.model_copy(update={"back": None})
    return {**origin.opening, "back": back.data} if back else origin.opening


class Replies:
    """Gives answers. What does not take the place of what was pressed goes out as a tracked task."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        kit: "Kit",
        background: BackgroundTasks,
        rate_limiter: RateLimiter,
    ) -> None:
        self._dispatcher = dispatcher
        self._kit = kit
        self._background = background
        self._rate_limiter = rate_limiter

    async def to_press(self, reply: Reply, origin: Origin) -> Body:
        """The answer to a press on a message, on Home or in a form."""
        if origin.surface in ("form", "notice"):
            return self._in_place(reply, origin)
        posted = self._posted(reply, origin)
        if posted:
            if origin.chat is None:
                return words(chat.OPEN_OURS_FIRST)
            self._start(origin.chat, *posted)
        return await self._as_it_stands(origin, bool(posted))

    def to_typed(self, reply: Reply, origin: Origin) -> None:
        """The answer to something written to the bot: a message, in the writer's own chat."""
        posted = self._posted(reply, origin)
        if posted and origin.chat is not None:
            self._start(origin.chat, *posted)

    def form(self, form: Form, origin: Origin, errors: Mapping[str, str], at_hand: str = "") -> Body:
        """The form that was sent off, once more, with what was typed and what is wrong with it; `at_hand`: the file
        that has been sent for it."""
        return card(render.form(form, origin.zone, origin.opening, origin.typed or {}, errors, at_hand))

    def _in_place(self, reply: Reply, origin: Origin) -> Body:
        zone = origin.zone
        match reply:
            case Nothing():
                return card(render.notice(chat.DONE, zone))
            case Notice():
                return card(render.notice(reply, zone))
            case Form():
                return card(render.form(reply, zone, _inside(origin, reply)))
            case Errors():
                return words(" ".join(reply.fields.values()))
            case _:
                assert_never(reply)

    def _posted(self, reply: Reply, origin: Origin) -> tuple[Body, str] | None:
        """What is posted as a message: its card, and its words."""
        zone = origin.zone
        match reply:
            case Notice():
                return render.notice(reply, zone, "answer"), reply.text or plain(reply.parts, zone)
            case Form():
                return render.form(reply, zone, origin.opening), reply.title
            case Errors():
                said = Notice(" ".join(reply.fields.values()))
                return render.notice(said, zone), said.text
            case Nothing():
                return None

    async def _as_it_stands(self, origin: Origin, posted: bool) -> Body:
        """What was pressed, drawn as things are now."""
        match await self._dispatcher.database.read(lambda db: self._drawn(db, origin)):
            case Message() as message:
                zone = None if origin.shared else origin.zone
                return card(render.message(message, zone, origin.letter))
            case Home() as home:
                return card(render.home(home, origin.zone))
            case _ if posted:
                return words(chat.IN_OUR_CHAT if origin.shared else chat.BELOW)
            case _:
                return words(chat.DONE.text)

    def _drawn(self, db: Db, origin: Origin) -> object:
        schemes, caller, now = self._dispatcher.schemes, origin.caller, self._dispatcher.clock()
        # Looked for anew: by what they pressed, somebody new may have become who they were before.
        me = people.find(db, caller.platform, caller.team, caller.user)
        if me is None:
            return None
        if origin.surface == "home":
            return home_of(db, schemes, me, now)[0]
        drawn = as_it_stands(db, schemes, origin.letter, me.id, origin.shared, now)
        return drawn.content if drawn else None

    def _start(self, address: Address, content: Body, text: str) -> None:
        self._background.start(self._post(address, content, text), "an answer in the chat")

    async def _post(self, address: Address, content: Body, text: str) -> None:
        activity = render.activity(content, text)
        await tried(self._rate_limiter, address, lambda: self._kit.post(address, activity))
