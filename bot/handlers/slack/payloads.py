"""What Slack delivers, checked for its shape before anything reads it. The wrong shape never gets further.

Source: https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,80}$")]
Token: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
Words: TypeAlias = Annotated[str, StringConstraints(max_length=4000)]


class Unreadable(Exception):  # noqa: N818 – it is an answer to whoever sent it
    """A delivery that is not of the shape that Slack documents."""


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class _Named(_Read):
    id: Id


class _User(_Read):
    id: Id
    team_id: Id | None = None


class _Container(_Read):
    type: str = ""
    channel_id: Id | None = None
    message_ts: Token | None = None


class _View(_Read):
    id: Id
    type: Literal["modal", "home"]
    hash: str = ""
    callback_id: str = ""


class _SentOff(_View):
    callback_id: Annotated[str, Field(min_length=1, max_length=255)]


class _Action(_Read):
    type: str
    action_id: Annotated[str, Field(min_length=1, max_length=255)]
    block_id: str = ""


class Press(_Read):
    """A button pressed in a message, a modal or on the home page."""

    type: Literal["block_actions"]
    team: _Named | None = None
    user: _User
    trigger_id: Token
    actions: Annotated[tuple[_Action, ...], Field(min_length=1, max_length=25)]
    container: _Container = _Container()
    channel: _Named | None = None
    view: _View | None = None
    response_url: str = ""


class Submission(_Read):
    """A form sent off."""

    type: Literal["view_submission"]
    team: _Named | None = None
    user: _User
    trigger_id: Token
    view: _SentOff


class Command(_Read):
    """A slash command."""

    command: Annotated[str, StringConstraints(pattern=r"^/[^\s]{1,60}$")]
    text: Words = ""
    team_id: Id
    user_id: Id
    channel_id: Id
    trigger_id: Token
    response_url: str = ""


class _Happened(_Read):
    type: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    subtype: str | None = None
    user: Any = None
    channel: Any = None
    channel_type: str | None = None
    tab: str | None = None
    bot_id: str | None = None


class Event(_Read):
    """Something that happened in the workspace."""

    type: Literal["event_callback"]
    team_id: Id
    event_id: Token
    event: _Happened


class Closed(_Read):
    """A modal closed by hand; the bot asks for none of these."""

    type: Literal["view_closed"]
    team: _Named | None = None
    user: _User
    view: _View


Delivery: TypeAlias = Press | Submission | Command | Event | Closed

_KINDS: Mapping[str, type[Press] | type[Submission] | type[Event] | type[Closed]] = {
    "block_actions": Press,
    "view_submission": Submission,
    "event_callback": Event,
    "view_closed": Closed,
}


def read(payload: Mapping[str, Any]) -> Delivery | None:
    """The delivery; None for a kind that the bot has no use for. Raises Unreadable for a shape Slack never sends."""
    kind = payload.get("type")
    if kind is None and "command" in payload:
        model: type[Delivery] = Command
    elif isinstance(kind, str):
        if kind not in _KINDS:
            return None
        model = _KINDS[kind]
    else:
        raise Unreadable
    try:
        return model.model_validate(payload)
    except ValidationError:
        raise Unreadable from None


def team_of(delivery: Delivery) -> str | None:
    """The workspace a delivery comes from: the installation's, or on an organisation's grid the person's own."""
    match delivery:
        case Command() | Event():
            return delivery.team_id
        case _:
            return delivery.team.id if delivery.team else delivery.user.team_id
