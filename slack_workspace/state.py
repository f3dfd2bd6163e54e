"""What the workspace holds right now: its people, conversations, messages, views and files, and how they change."""

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_workspace.changes import Changes
from slack_workspace.model import Channel, File, Json, Message, Person, Values, View

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_id(prefix: str) -> str:
    """An id as Slack makes them: a letter for the kind, then ten at random."""
    return prefix + "".join(_LETTERS[each % len(_LETTERS)] for each in secrets.token_bytes(10))


class State:
    """The records, by id. Every change rings `changes`. Knows nothing of HTTP, tokens or limits."""

    def __init__(self, now: Callable[[], datetime], changes: Changes) -> None:
        self.now = now
        self.changes = changes
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self._dms: dict[str, str] = {}
        self.messages: dict[str, list[Message]] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.files: dict[str, File] = {}
        self.read: dict[tuple[str, str], str] = {}
        self.home_seen: dict[str, str] = {}
        self._last_ts = (0, 0)

    # --- time -------------------------------------------------------------------------------------------------
    def seconds(self) -> int:
        return int(self.now().timestamp())

    def timestamp(self) -> str:
        """A ts: the workspace's time to the microsecond, never the same twice and never backwards."""
        now = self.now().astimezone(UTC)
        moment = (int(now.timestamp()), now.microsecond)
        if moment <= self._last_ts:
            seconds, micros = self._last_ts
            later = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros + 1)
            moment = (int(later.timestamp()), later.microsecond)
        self._last_ts = moment
        return f"{moment[0]}.{moment[1]:06d}"

    # --- people and conversations -----------------------------------------------------------------------------
    def put_person(self, person: Person) -> None:
        self.people[person.id] = replace(person, updated=self.seconds())
        self.changes.touch()

    def put_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        if channel.user:
            self._dms[channel.user] = channel.id
        self.messages.setdefault(channel.id, [])
        self.changes.touch()

    def dm_of(self, user: str) -> Channel | None:
        return self.channels.get(self._dms.get(user, ""))

    def group_of(self, members: Collection[str]) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind == "group" and set(c.members) == set(members)), None)

    def channel_named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind == "channel" and c.name == name), None)

    def conversations_of(self, user: str) -> list[Channel]:
        """The person's conversations as their sidebar lists them: the DM with the app, then channels by name."""
        own = [c for c in self.channels.values() if user in c.members and not c.archived]
        return sorted(own, key=lambda c: (c.kind != "dm", c.name))

    # --- messages ---------------------------------------------------------------------------------------------
    def post(self, message: Message) -> Message:
        self.messages[message.channel].append(message)
        self.changes.touch()
        return message

    def find_message(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.messages.get(channel, ()) if m.ts == ts), None)

    def replies(self, said: Message) -> list[Message]:
        """The answers in the thread under it, oldest first."""
        return [m for m in self.messages[said.channel] if m.thread_ts == said.ts != m.ts and not m.ephemeral_to]

    def put_message(self, message: Message) -> None:
        """Puts the changed message in the place of the one with its ts."""
        line = self.messages[message.channel]
        self.messages[message.channel] = [message if m.ts == message.ts else m for m in line]
        self.changes.touch()

    def remove_message(self, channel: str, ts: str) -> None:
        self.messages[channel] = [m for m in self.messages[channel] if m.ts != ts]
        self.changes.touch()

    def visible(self, channel: str, user: str) -> list[Message]:
        """What `user` sees there, ephemerals to them included, newest last."""
        return [m for m in self.messages.get(channel, ()) if m.ephemeral_to in (None, user)]

    def unread(self, channel: str, user: str) -> int:
        since = self.read.get((user, channel), "")
        return sum(1 for m in self.visible(channel, user) if m.ts > since and m.user != user)

    def mark_read(self, channel: str, user: str) -> None:
        seen = self.visible(channel, user)
        if seen and self.read.get((user, channel)) != seen[-1].ts:
            self.read[user, channel] = seen[-1].ts
            self.changes.touch()

    # --- views ------------------------------------------------------------------------------------------------
    def new_hash(self) -> str:
        return f"{self.seconds()}.{secrets.token_hex(4)}"

    def modals(self, user: str) -> list[View]:
        return list(self.stacks.get(user, ()))

    def find_view(self, view_id: str) -> View | None:
        return next((v for v in self.all_views() if v.id == view_id), None)

    def find_external(self, external_id: str) -> View | None:
        return next((v for v in self.all_views() if v.external_id == external_id), None) if external_id else None

    def all_views(self) -> Iterable[View]:
        yield from self.homes.values()
        for stack in self.stacks.values():
            yield from stack

    def put_view(self, view: View) -> None:
        """Puts the changed view in the place of the one with its id."""
        if view.kind == "home":
            self.homes[view.user] = view
        else:
            stack = self.stacks.get(view.user, [])
            self.stacks[view.user] = [view if v.id == view.id else v for v in stack]
        self.changes.touch()

    def set_stack(self, user: str, views: Iterable[View]) -> None:
        self.stacks[user] = list(views)
        self.changes.touch()

    def set_values(self, where: View | Message, user: str, values: Values) -> None:
        """Keeps what the person has typed or chosen there."""
        if isinstance(where, View):
            current = self.find_view(where.id)
            if current:
                self.put_view(replace(current, values=values))
            return
        message = self.find_message(where.channel, where.ts)
        if message:
            self.put_message(replace(message, values={**message.values, user: values}))

    # --- files ------------------------------------------------------------------------------------------------
    def put_file(self, file: File) -> None:
        self.files[file.id] = file
        self.changes.touch()


def channel_kind(channel: Channel) -> str:
    """dm, group, private or public: what decides the scope a method needs."""
    return channel.kind if channel.kind != "channel" else "private" if channel.private else "public"


def without_nothing(values: dict[str, Any]) -> Json:
    """The same without the keys that hold None."""
    return {key: value for key, value in values.items() if value is not None}
