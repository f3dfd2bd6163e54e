"""What there is in a tenant: people, conversations, and messages with every version of them."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Json: TypeAlias = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"


class Refusal(Exception):  # noqa: N818 – an answer
    """What a person tried cannot be done in the client; `str` says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the tenant. `id` is how the bot's channel names them (29:…), `object_id` how the directory does."""

    id: str
    object_id: str
    name: str
    email: str
    zone: str
    locale: str = "en-GB"
    guest: bool = False

    def entry(self, tenant: str) -> Json:
        """How a roster lists them."""
        given, _, surname = self.name.partition(" ")
        return {
            "id": self.id,
            "name": self.name,
            "aadObjectId": self.object_id,
            "objectId": self.object_id,
            "givenName": given,
            "surname": surname,
            "email": self.email,
            "userPrincipalName": self.email,
            "tenantId": tenant,
            "userRole": "guest" if self.guest else "user",
        }


@dataclass(slots=True)
class Message:
    """One message in a conversation, from the bot or from a person (`by`: their id; "" for the bot).

    `versions` are the activities as they came, the newest last. `answered` holds, by person, the card that an answer to
    a press has put in its place for them; an edit by the bot ends that. `at` counts everything that happens in the
    tenant; `changed` is the count of its last change.
    """

    id: str
    conversation: str
    by: str
    versions: list[Json]
    at: int
    changed: int
    deleted: bool = False
    answered: dict[str, Json] = field(default_factory=dict)

    @property
    def activity(self) -> Json:
        """The newest version."""
        return self.versions[-1]

    @property
    def text(self) -> str:
        """What it says in plain words, as a notification does."""
        return str(self.activity.get("text") or self.activity.get("summary") or "")

    @property
    def edits(self) -> int:
        """How often the bot has edited it."""
        return len(self.versions) - 1

    def card(self, user: str = "") -> Json | None:
        """The card, as this person sees it."""
        if user in self.answered:
            return self.answered[user]
        for attachment in self.activity.get("attachments") or ():
            if attachment.get("contentType") == CARD:
                content: Json = attachment["content"]
                return content
        return None


Kind: TypeAlias = Literal["personal", "channel"]


@dataclass(slots=True)
class Conversation:
    """A personal chat with the bot, or a channel. `members` are person ids."""

    id: str
    kind: Kind
    name: str
    members: list[str]
    bot_in: bool = True
    messages: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the connector's API. `error` is its code; "" where it was done."""

    method: str
    path: str
    conversation: str
    status: int
    error: str
    body: Json


@dataclass(frozen=True, slots=True)
class Delivery:
    """One activity that was brought to the bot, and what it answered. `status` 0: no answer came."""

    activity: Json
    status: int
    body: Any
