"""What Slack delivers, read once into typed values. Nothing behind this module sees a raw payload.

The payloads are signed by Slack, but what stands in them was chosen by a client: nothing is taken for granted, and
whatever is not of the shape that Slack documents is `Unreadable`.
Sources: https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api
"""

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from bot.handlers.slack.render_text import clean

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,80}$")]
Token: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
Words: TypeAlias = Annotated[str, StringConstraints(max_length=4000)]
Kept: TypeAlias = Annotated[str, StringConstraints(max_length=3000, pattern=r"^[^\x00]*$")]
"""What we gave a button or a form to carry; the zero character passes JSON, and no database."""
Answer: TypeAlias = str | int | tuple[str, ...] | date | time | None
"""What was given in one field; None where nothing was. A number field keeps what is no whole number as text."""

_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
BUTTON: Final = re.compile(r"(?P<verb>.+):(?P<number>[0-9]+)", re.DOTALL)
"""The action_id of one of our buttons: the verb, made unique on its surface by a number."""


class Unreadable(Exception):  # noqa: N818 – it is an answer to whoever sent it
    """A delivery that is not of the shape that Slack documents."""


def _date(value: object) -> date | None:
    # pydantic would also take numbers and moments for a date; Slack sends "2026-11-23" and nothing else.
    return date.fromisoformat(text) if (text := _text(value)) else None


def _time(value: object) -> time | None:
    return time.fromisoformat(text).replace(tzinfo=None) if (text := _text(value)) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str | None):
        raise ValueError("not text")
    return value


def _metadata(value: object) -> object:
    try:
        return json.loads(_text(value) or "{}")
    except RecursionError:
        raise ValueError("too deep") from None


def _or_empty(value: object) -> object:
    return {} if value is None else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class _Named(_Model):
    id: Id


class _User(_Model):
    id: Id
    team_id: Id | None = None


class _Container(_Model):
    type: str = ""
    channel_id: Id | None = None


class _Option(_Model):
    value: str


_DRAWN: Final = frozenset(
    {
        "plain_text_input", "number_input", "radio_buttons", "static_select", "checkboxes", "multi_static_select",
        "datepicker", "timepicker",
    }
)  # fmt: skip
"""The elements that our forms have; the state of any other is passed over."""


class _ElementState(_Model):
    """The state of one element of a form; which of these it carries goes by its type."""

    type: str
    value: str | None = None
    selected_option: _Option | None = None
    selected_options: tuple[_Option, ...] | None = None
    selected_date: Annotated[date | None, BeforeValidator(_date)] = None
    selected_time: Annotated[time | None, BeforeValidator(_time)] = None

    @model_validator(mode="before")
    @classmethod
    def _drawn(cls, state: object) -> object:
        known = not isinstance(state, dict) or not isinstance(state.get("type"), str) or state["type"] in _DRAWN
        return state if known else {"type": ""}

    @property
    def answer(self) -> Answer:
        """The answer it holds."""
        match self.type:
            case "plain_text_input":
                return clean(self.value or "").strip() or None
            case "number_input":
                text = (self.value or "").strip()
                return int(text) if _WHOLE_NUMBER.fullmatch(text) else text or None
            case "checkboxes" | "multi_static_select":
                return tuple(option.value for option in self.selected_options or ())
            case "datepicker":
                return self.selected_date
            case "timepicker":
                return self.selected_time
            case _:
                return self.selected_option.value if self.selected_option else None


class _State(_Model):
    values: Annotated[dict[str, dict[str, _ElementState]], BeforeValidator(_or_empty)] = {}


class _Metadata(_Model):
    subject: Kept = ""
    carried: dict[str, Kept] = {}


class _Block(_Model):
    type: str = ""
    block_id: str = ""


class View(_Model):
    """A window or home page in which something was pressed or sent off."""

    id: Id
    type: Literal["modal", "home"]
    hash: str = ""
    callback_id: Annotated[str, StringConstraints(max_length=255)] = ""
    clear_on_close: bool = False
    submit: dict[str, Any] | None = None
    metadata: Annotated[_Metadata, BeforeValidator(_metadata)] = Field(_Metadata(), alias="private_metadata")
    state: Annotated[_State, BeforeValidator(_or_empty)] = _State()
    blocks: tuple[_Block, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """What was given, by the key of its field."""
        states = [each for block in self.state.values.values() for each in block.items()]
        return {key: state.answer for key, state in states if state.type}

    @property
    def input_keys(self) -> tuple[str, ...]:
        """The keys of its fields, from top to bottom: where an error can be shown."""
        return tuple(block.block_id for block in self.blocks if block.type == "input")


class _Submitted(View):
    callback_id: Annotated[str, Field(min_length=1, max_length=255)]


class _Action(_Model):
    type: str
    action_id: Annotated[str, Field(min_length=1, max_length=255)]
    block_id: str = ""
    value: Kept | None = None

    @model_validator(mode="after")
    def _ours(self) -> Self:
        if self.type == "button" and not BUTTON.fullmatch(self.action_id):
            raise ValueError("this button is none of ours")
        return self


class Press(_Model):
    """A button pressed in a message, a modal or on the home page."""

    type: Literal["block_actions"]
    team: _Named | None = None
    user: _User
    trigger_id: Token
    actions: Annotated[tuple[_Action, ...], Field(min_length=1, max_length=25)]
    container: _Container = _Container()
    channel: _Named | None = None
    view: View | None = None
    response_url: str = ""

    @property
    def is_button(self) -> bool:
        """Whether it is one of our buttons; nothing else that we draw is pressed at once."""
        return self.actions[0].type == "button"

    @property
    def button(self) -> tuple[str, str]:
        """The pressed button's verb and subject."""
        return self.actions[0].action_id.rpartition(":")[0], self.actions[0].value or ""

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        action = self.actions[0]
        return {
            "type": self.type,
            "user": {"id": self.user.id},
            "actions": [{"type": action.type, "action_id": action.action_id, "block_id": action.block_id}],
        }


class Submission(_Model):
    """A form sent off."""

    type: Literal["view_submission"]
    team: _Named | None = None
    user: _User
    trigger_id: Token
    view: _Submitted

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        view = {"type": self.view.type, "callback_id": self.view.callback_id}
        return {"type": self.type, "user": {"id": self.user.id}, "view": view}


class Command(_Model):
    """A slash command."""

    command: Annotated[str, StringConstraints(pattern=r"^/[^\s]{1,60}$")]
    text: Words = ""
    team_id: Id
    user_id: Id
    channel_id: Id
    trigger_id: Token
    response_url: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        return {"command": self.command, "user_id": self.user_id}


class _Happened(_Model):
    type: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    subtype: str | None = None
    user: Any = None
    channel_type: str | None = None
    tab: str | None = None
    bot_id: str | None = None


class Event(_Model):
    """Something that happened in the workspace."""

    type: Literal["event_callback"]
    team_id: Id
    event_id: Token
    event: _Happened

    @property
    def by(self) -> str:
        """The person who did it; "" where it was no person: some events name an object there."""
        return self.event.user if isinstance(self.event.user, str) and not self.event.bot_id else ""

    @property
    def is_for_us(self) -> bool:
        """Whether a person opened our Home, or wrote to the bot."""
        happened = self.event
        opened = happened.type == "app_home_opened" and happened.tab == "home"
        written = happened.type == "message" and happened.channel_type == "im" and happened.subtype is None
        return bool(self.by) and (opened or written)

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        event = {"type": self.event.type, "user": self.by}
        if self.event.subtype is not None:
            event["subtype"] = self.event.subtype
        return {"type": self.type, "event_id": self.event_id, "event": event}


class UrlVerification(_Model):
    """Slack makes sure that this address answers; Bolt does."""

    type: Literal["url_verification"]
    challenge: Annotated[str, StringConstraints(max_length=255)]

    @property
    def body(self) -> dict[str, Any]:
        """The whole of it."""
        return {"type": self.type, "challenge": self.challenge}


class SslCheck(_Model):
    """Slack makes sure of the certificate; Bolt answers."""

    ssl_check: Literal["1"]

    @property
    def body(self) -> dict[str, Any]:
        """The whole of it."""
        return {"ssl_check": self.ssl_check}


Delivery: TypeAlias = Press | Submission | Command | Event
Check: TypeAlias = UrlVerification | SslCheck

_KINDS: Final[Mapping[str, type[Delivery | Check]]] = {
    "block_actions": Press,
    "view_submission": Submission,
    "event_callback": Event,
    "url_verification": UrlVerification,
}


def read(payload: Mapping[str, Any]) -> Delivery | Check | None:
    """The delivery; None for a kind that the bot has no use for. Raises Unreadable for a shape Slack never sends."""
    kind = payload.get("type")
    if isinstance(kind, str):
        if kind not in _KINDS:
            return None
        model = _KINDS[kind]
    elif kind is None and "command" in payload:
        model = Command
    elif kind is None and "ssl_check" in payload:
        model = SslCheck
    else:
        raise Unreadable
    try:
        return model.model_validate(payload)
    except (ValidationError, RecursionError):
        raise Unreadable from None


def team_of(delivery: Delivery) -> str | None:
    """The workspace a delivery comes from: the installation's, or on an organisation's grid the person's own."""
    match delivery:
        case Command() | Event():
            return delivery.team_id
        case Press() | Submission():
            return delivery.team.id if delivery.team else delivery.user.team_id


def person_of(delivery: Delivery) -> str:
    """The user id of whoever did it."""
    match delivery:
        case Command():
            return delivery.user_id
        case Event():
            return delivery.by
        case Press() | Submission():
            return delivery.user.id


def key_of(delivery: Delivery) -> str:
    """What names a delivery, however often it is delivered."""
    return delivery.event_id if isinstance(delivery, Event) else delivery.trigger_id
