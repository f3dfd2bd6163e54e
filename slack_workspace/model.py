"""The records a workspace keeps: people, conversations, messages, views and files. Frozen: a change is a new record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]
"""What has been typed or chosen: block id → action id → the element's state in Slack's own shape."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace; the app's own bot user is one of them."""

    id: str
    name: str
    handle: str
    email: str | None
    tz: str
    title: str = ""
    guest: bool = False
    deactivated: bool = False
    pictured: bool = True
    """Whether they have set a picture of themselves."""
    bot: bool = False
    updated: int = 0

    @property
    def initials(self) -> str:
        words = [word for word in self.name.replace("(", " ").split() if word[:1].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation: a channel, the direct messages between the bot and one person (`user`), or those of the bot with
    several people, a group."""

    id: str
    name: str
    kind: Literal["channel", "dm", "group"]
    members: tuple[str, ...]
    created: int
    private: bool = True
    archived: bool = False
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `ephemeral_to` names the only person who sees it; such a message is in no history."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    bot: bool = False
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    files: tuple[str, ...] = ()
    values: Mapping[str, Values] = field(default_factory=dict)
    """What each person has chosen in this message, by user id."""
    attachments: tuple[Json, ...] = ()
    """Slack's older way to add to a message; each may hold blocks."""
    broadcast: bool = False
    """A reply that is shown in the conversation too."""
    mrkdwn: bool = True
    """Whether marks in the text are drawn as formatting."""
    username: str = ""
    icons: Json = field(default_factory=dict)
    """What the app calls itself in this message, and its picture there, if not by its own name."""

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)

    @property
    def surface(self) -> list[Json]:
        """All blocks that can be seen and pressed: the message's own and those of its attachments."""
        return [*self.blocks, *(block for attachment in self.attachments for block in attachment.get("blocks", ()))]

    @property
    def in_thread_only(self) -> bool:
        return self.thread_ts not in (None, self.ts) and not self.broadcast


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home, as the app gave it (`spec`, ids filled in), with what the person has typed into it."""

    id: str
    user: str
    spec: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    """Messages under the fields after a refused submission, by block id."""

    @property
    def kind(self) -> str:
        return str(self.spec["type"])

    @property
    def title(self) -> str:
        return self._text("title")

    @property
    def submit(self) -> str:
        return self._text("submit")

    @property
    def close(self) -> str:
        return self._text("close")

    @property
    def blocks(self) -> list[Json]:
        return list(self.spec["blocks"])

    @property
    def surface(self) -> list[Json]:
        """All blocks that can be seen and pressed, as of a message."""
        return self.blocks

    @property
    def callback_id(self) -> str:
        return str(self.spec.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        return str(self.spec.get("external_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.spec.get("private_metadata") or "")

    def _text(self, name: str) -> str:
        words = self.spec.get(name)
        return str(words["text"]) if words else ""


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file; `done` once the upload was completed and it may be shown."""

    id: str
    name: str
    title: str
    length: int
    content: bytes | None = None
    mimetype: str = "application/octet-stream"
    user: str = ""
    created: int = 0
    channels: tuple[str, ...] = ()
    done: bool = False
    alt_txt: str = ""
    """What somebody who cannot see the picture is told."""
    snippet_type: str = ""
    """The language of a code snippet; "" for any other file."""
