"""What Slack delivers, read once into typed values. Nothing behind this module sees a raw payload.

The payloads are signed by Slack, but what stands in them was chosen by a client: nothing is taken for granted, and
whatever is not of the shape that Slack documents is `Unreadable`.
Sources: https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, ValidationError, model_validator

from bot.handlers.slack.views import Id, Kept, Model, Submitted, View

Token: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
Words: TypeAlias = Annotated[str, StringConstraints(max_length=4000)]
BUTTON: Final = re.compile(r"(?P<verb>.+):(?P<number>[0-9]+)", re.DOTALL)
"""The action_id of one of our buttons: the verb, made unique on its surface by a number."""


class Unreadable(Exception):  # noqa: N818 – it is an answer to whoever sent it
    """A delivery that is not of the shape that Slack documents."""


class _Named(Model):
    id: Id


class _User(Model):
    id: Id
    team_id: Id | None = None


class _Container(Model):
    type: str = ""
    channel_id: Id | None = None


class _Action(Model):
    type: str
    action_id: Annotated[str, Field(min_length=1, max_length=255)]
    block_id: str = ""
    value: Kept | None = None

    @model_validator(mode="after")
    def _ours(self) -> Self:
        if self.type == "button" and not BUTTON.fullmatch(self.action_id):
            raise ValueError("this button is none of ours")
        return self


class Press(Model):
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
    def button(self) -> tuple[str, str, str]:
        """The pressed button's verb and subject, and its scheme where it says one."""
        verb, _, scheme = self.actions[0].action_id.rpartition(":")[0].partition("@")
        return verb, self.actions[0].value or "", scheme

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        action = self.actions[0]
        return {
            "type": self.type,
            "user": {"id": self.user.id},
            "actions": [{"type": action.type, "action_id": action.action_id, "block_id": action.block_id}],
        }


class Submission(Model):
    """A form sent off."""

    type: Literal["view_submission"]
    team: _Named | None = None
    user: _User
    trigger_id: Token
    view: Submitted

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        view = {"type": self.view.type, "callback_id": self.view.callback_id}
        return {"type": self.type, "user": {"id": self.user.id}, "view": view}


class Command(Model):
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


class _Happened(Model):
    type: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    subtype: str | None = None
    user: Any = None
    channel: Any = None
    tokens: Any = None
    channel_type: str | None = None
    tab: str | None = None
    bot_id: str | None = None
    text: Any = None


class Event(Model):
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
    def changed(self) -> Mapping[str, Any] | None:
        """Of whom the workspace says something new, as `users.info` would; None: it is about nobody."""
        of_people = self.event.type in ("user_change", "team_join") and isinstance(self.event.user, dict)
        return self.event.user if of_people and isinstance(self.event.user.get("id"), str) else None

    @property
    def takes_away(self) -> Literal["", "app", "token", "channel"]:
        """What the bot has no longer: the app is uninstalled, its token is revoked, or it is out of a channel."""
        match self.event.type:
            case "app_uninstalled":
                return "app"
            case "tokens_revoked" if isinstance(self.event.tokens, dict) and self.event.tokens.get("bot"):
                return "token"
            case "group_left" if isinstance(self.event.channel, str):
                return "channel"
            case _:
                return ""

    @property
    def typed(self) -> str:
        """What was written to the bot; of a long text, enough to see that it is none of the words it knows."""
        return self.event.text[:4000] if isinstance(self.event.text, str) else ""

    @property
    def body(self) -> dict[str, Any]:
        """What Bolt needs of it to find its listener."""
        event = {"type": self.event.type, "user": self.by}
        if self.event.subtype is not None:
            event["subtype"] = self.event.subtype
        return {"type": self.type, "event_id": self.event_id, "event": event}


class UrlVerification(Model):
    """Slack makes sure that this address answers; Bolt does."""

    type: Literal["url_verification"]
    challenge: Annotated[str, StringConstraints(max_length=255)]

    @property
    def body(self) -> dict[str, Any]:
        """The whole of it."""
        return {"type": self.type, "challenge": self.challenge}


class SslCheck(Model):
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
