"""What Teams delivers, read once into typed values. Nothing behind this module sees a raw activity.

The activities are signed by Microsoft, but what stands in them was chosen by a client: nothing is taken for granted,
and whatever is not of the shape that Microsoft documents is `Unreadable`.
Sources: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference,
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-basics
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bot.handlers.teams import presses
from bot.handlers.teams.places import Address
from bot.handlers.teams.presses import Pressed, Unreadable

Id: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=512, pattern=r"^[\x21-\x7e]+$")]
Guid: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
_AT: Final = re.compile(r"<at[^>]{0,200}>.{0,200}?</at>", re.DOTALL)
_LONGEST: Final = 4_000
"""Characters of what was typed that are looked at."""


class Model(BaseModel):
    """Something read from an activity; what we have no use for is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


def _or_empty(value: object) -> object:
    return {} if value is None else value


def _or_none(value: object) -> object:
    return value if isinstance(value, str) and value else None


class _Account(Model):
    id: Id
    object_id: Annotated[Guid | None, BeforeValidator(_or_none)] = Field(None, alias="aadObjectId")


class _Conversation(Model):
    id: Id
    kind: str | None = Field(None, alias="conversationType")
    tenant: Annotated[Guid | None, BeforeValidator(_or_none)] = Field(None, alias="tenantId")


class _Tenant(Model):
    id: Annotated[Guid | None, BeforeValidator(_or_none)] = None


class _ChannelData(Model):
    tenant: Annotated[_Tenant, BeforeValidator(_or_empty)] = _Tenant()


class _Entity(Model):
    timezone: Annotated[str | None, BeforeValidator(_or_none)] = None


class _Envelope(Model):
    """What every activity has."""

    type: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    id: Id
    service: Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[\x21-\x7e]+$")] = Field(
        alias="serviceUrl"
    )
    by: _Account = Field(alias="from")
    to: _Account = Field(alias="recipient")
    conversation: _Conversation
    channel_data: Annotated[_ChannelData, BeforeValidator(_or_empty)] = Field(_ChannelData(), alias="channelData")
    zone: Annotated[str | None, BeforeValidator(_or_none)] = Field(None, alias="localTimezone")
    entities: Any = None
    name: Annotated[str | None, BeforeValidator(_or_none)] = None
    action: Annotated[str | None, BeforeValidator(_or_none)] = None
    reply_to: Annotated[Id | None, BeforeValidator(_or_none)] = Field(None, alias="replyToId")
    text: Any = None
    value: Any = None
    attachments: Any = None
    members_added: Any = Field(None, alias="membersAdded")
    members_removed: Any = Field(None, alias="membersRemoved")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it, and where. `object_id`: "" for somebody who is in no directory; `account`: their id in the bot's own
    conversations; `personal`: in the conversation that they have with the bot alone."""

    object_id: str
    account: str
    tenants: frozenset[str]
    address: Address
    personal: bool
    zone: str | None
    bot: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, or a form sent off. `message`: on which."""

    id: str
    sender: Sender
    pressed: Pressed
    message: str
    by_dialog: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came with a message: where it can be fetched for a while."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Something written to the bot, without the bot's name where it was called by it."""

    id: str
    sender: Sender
    text: str
    files: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody has the app now, or a channel has."""

    id: str
    sender: Sender


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody has the app no longer, or a channel has not."""

    id: str
    sender: Sender


@dataclass(frozen=True, slots=True)
class Other:
    """What the bot has no use for. `invoke`: its name, where somebody waits for an answer to it."""

    id: str
    sender: Sender
    invoke: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a file may be put, and how it is found there."""

    url: str
    content_url: str
    name: str
    unique_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody has said to a file that was offered to them. `letter`: the one that brings it; `message`: in which
    it was offered; `upload`: None where they do not want it."""

    id: str
    sender: Sender
    letter: str
    message: str
    upload: Upload | None


Delivery: TypeAlias = Press | Typed | Arrived | Left | Consent | Other


def service_of(payload: Mapping[str, Any]) -> str:
    """Where a delivery says that it comes from, before anything else of it is read."""
    service = payload.get("serviceUrl")
    return service if isinstance(service, str) else ""


def read(payload: Mapping[str, Any]) -> Delivery:
    """The delivery. Raises Unreadable for a shape that Teams never sends."""
    try:
        envelope = _Envelope.model_validate(payload)
        return _read(envelope)
    except (ValidationError, RecursionError):
        raise Unreadable from None


def _read(envelope: _Envelope) -> Delivery:
    sender = _sender(envelope)
    match envelope.type, envelope.name:
        case "invoke", "adaptiveCard/action":
            action = envelope.value.get("action") if isinstance(envelope.value, dict) else None
            return Press(envelope.id, sender, presses.read(action), envelope.reply_to or "")
        case "invoke", "task/fetch" | "task/submit" if (data := _ours(envelope.value, "data")) is not None:
            return Press(envelope.id, sender, presses.read({"data": data}), envelope.reply_to or "", by_dialog=True)
        case "message", _ if (data := _ours({"value": envelope.value}, "value")) is not None:
            # A client that has no dialogs takes a button that opens one for a message.
            return Press(envelope.id, sender, presses.read({"data": data}), envelope.reply_to or "")
        case "invoke", "fileConsent/invoke":
            return _consent(envelope, sender)
        case "invoke", name:
            return Other(envelope.id, sender, name or "unnamed")
        case "message", _:
            return Typed(envelope.id, sender, _typed(envelope.text), tuple(_files(envelope.attachments)))
        case "installationUpdate", _ if (envelope.action or "").startswith("add"):
            return Arrived(envelope.id, sender)
        case "conversationUpdate", _ if sender.bot in _ids(envelope.members_added):
            return Arrived(envelope.id, sender)
        case "installationUpdate", _ if (envelope.action or "") == "remove":
            return Left(envelope.id, sender)
        case "conversationUpdate", _ if sender.bot in _ids(envelope.members_removed):
            return Left(envelope.id, sender)
        case _:
            return Other(envelope.id, sender)


def _ours(value: object, key: str) -> object:
    """What one of our buttons carries there, by an Action.Submit; None where it is nothing of ours."""
    data = value.get(key) if isinstance(value, dict) else None
    return data if isinstance(data, dict) and "do" in data else None


def _sender(envelope: _Envelope) -> Sender:
    tenants = (envelope.channel_data.tenant.id, envelope.conversation.tenant)
    return Sender(
        envelope.by.object_id or "", envelope.by.id, frozenset(each.lower() for each in tenants if each),
        Address(envelope.service.rstrip("/"), envelope.conversation.id), envelope.conversation.kind == "personal",
        envelope.zone or _zone(envelope.entities), envelope.to.id,
    )  # fmt: skip


def _zone(entities: object) -> str | None:
    """The zone of the client's clock, among what it says of itself."""
    for each in entities if isinstance(entities, list) else ():
        if isinstance(each, dict) and each.get("type") == "clientInfo":
            return _Entity.model_validate(each).timezone
    return None


def _typed(text: object) -> str:
    called = text[: 2 * _LONGEST] if isinstance(text, str) else ""
    return _AT.sub(" ", called).replace("\xa0", " ").strip()[:_LONGEST]


def _ids(members: object) -> frozenset[object]:
    return frozenset(
        each["id"] for each in (members if isinstance(members, list) else ())
        if isinstance(each, dict) and isinstance(each.get("id"), str)
    )  # fmt: skip


class _Content(Model):
    url: Annotated[str, StringConstraints(max_length=4000)] = Field(alias="downloadUrl")


class _File(Model):
    kind: str | None = Field(None, alias="contentType")
    name: Annotated[str, StringConstraints(max_length=1000)] = "file"
    content: _Content


_DOWNLOAD: Final = "application/vnd.microsoft.teams.file.download.info"
_MOST_FILES: Final = 5


def _files(attachments: object) -> list[Given]:
    """The files; what else clients attach (their own text as HTML, say) is passed over."""
    every = attachments if isinstance(attachments, list) else []
    named = [each for each in every if isinstance(each, dict) and each.get("contentType") == _DOWNLOAD]
    found = [_File.model_validate(each) for each in named[:_MOST_FILES]]
    return [Given(each.name, each.content.url) for each in found]


class _UploadInfo(Model):
    url: Annotated[str, StringConstraints(max_length=8000)] = Field(alias="uploadUrl")
    content_url: Annotated[str, StringConstraints(max_length=8000)] = Field(alias="contentUrl")
    name: Annotated[str, StringConstraints(max_length=1000)] = ""
    unique_id: Annotated[str, StringConstraints(max_length=500)] = Field(alias="uniqueId")
    kind: Annotated[str, StringConstraints(max_length=100)] = Field("", alias="fileType")


class _Offered(Model):
    letter: Id


class _Answered(Model):
    """The value of what somebody has said to an offered file."""

    action: Literal["accept", "decline"]
    context: _Offered
    upload: _UploadInfo | None = Field(None, alias="uploadInfo")


def _consent(envelope: _Envelope, sender: Sender) -> Consent:
    said = _Answered.model_validate(envelope.value)
    upload = None
    if said.action == "accept":
        if said.upload is None:
            raise Unreadable
        found = said.upload
        upload = Upload(found.url, found.content_url, found.name, found.unique_id, found.kind)
    return Consent(envelope.id, sender, said.context.letter, envelope.reply_to or "", upload)
