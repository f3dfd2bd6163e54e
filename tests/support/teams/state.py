"""The records of a tenant, and how they change. Whoever waits for a change is woken by each."""

import uuid
from itertools import count
from typing import Final

from slack_workspace.changes import Changes
from tests.support.teams.model import Call, Conversation, Delivery, Json, Message, Person, Refusal

_NAMES: Final = uuid.UUID("5f3759df-0000-4000-8000-000000000000")


class State:
    """One tenant with one bot in it."""

    def __init__(self, tenant: str, app_id: str) -> None:
        self.tenant = tenant
        self.app_id = app_id
        self.people: dict[str, Person] = {}
        self.conversations: dict[str, Conversation] = {}
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.troubles: list[str] = []
        """What a person was told "Something went wrong" about."""
        self.changes = Changes()
        self._count = count(1)
        self._ids = count(1_764_000_000_000)

    @property
    def bot_id(self) -> str:
        """How the channel names the bot."""
        return f"28:{self.app_id}"

    # --- who and where ----------------------------------------------------------------------------------------
    def add_person(self, name: str, email: str, zone: str, guest: bool = False) -> Person:
        """Somebody new."""
        object_id = str(uuid.uuid5(_NAMES, f"{self.tenant}/{email}"))
        person = Person(f"29:1{uuid.uuid5(_NAMES, object_id).hex}", object_id, name, email, zone, guest=guest)
        self.people[person.id] = person
        return person

    def person(self, known_by: str) -> Person:
        """Somebody by channel id, object id, e-mail address or name. Raises Refusal."""
        for person in self.people.values():
            if known_by in (person.id, person.object_id, person.name) or known_by.lower() == person.email.lower():
                return person
        raise Refusal(f"There is nobody called {known_by}.")

    def personal(self, person: Person) -> Conversation:
        """Their chat with the bot; the same one however often the bot is installed."""
        chat_id = f"a:1{uuid.uuid5(_NAMES, person.id + self.app_id).hex}"
        if chat_id not in self.conversations:
            self.conversations[chat_id] = Conversation(chat_id, "personal", "", [person.id], bot_in=False)
        return self.conversations[chat_id]

    def add_channel(self, name: str, members: list[str]) -> Conversation:
        """A channel of a team that the bot belongs to."""
        channel = Conversation(f"19:{uuid.uuid5(_NAMES, name).hex}@thread.tacv2", "channel", name, list(members))
        self.conversations[channel.id] = channel
        return channel

    def conversation(self, known_by: str) -> Conversation:
        """A conversation by its id, a post of it by "…;messageid=…", or a channel by name. Raises Refusal."""
        wanted = known_by.partition(";")[0]
        for each in self.conversations.values():
            if each.id == wanted or (each.name and each.name == known_by):
                return each
        raise Refusal(f"There is no conversation {known_by}.")

    def of(self, person: Person) -> list[Conversation]:
        """Where somebody reads."""
        return [each for each in self.conversations.values() if person.id in each.members]

    # --- messages ---------------------------------------------------------------------------------------------
    def now(self) -> int:
        """The count of what has happened so far."""
        return next(self._count)

    def post(self, conversation: Conversation, activity: Json, by: str = "") -> Message:
        """A new message."""
        at = self.now()
        message = Message(str(next(self._ids)), conversation.id, by, [activity], at, at)
        conversation.messages.append(message)
        self.changes.touch()
        return message

    def edit(self, message: Message, activity: Json) -> None:
        """The bot's new version of a message: everybody sees it now."""
        message.versions.append(activity)
        message.answered.clear()
        message.changed = self.now()
        self.changes.touch()

    def answer(self, message: Message, user: str, card: Json) -> None:
        """A card that answers somebody's press takes the message's place for them."""
        message.answered[user] = card
        message.changed = self.now()
        self.changes.touch()

    def delete(self, message: Message) -> None:
        """The bot takes a message away."""
        message.deleted = True
        message.changed = self.now()
        self.changes.touch()

    def message(self, conversation: Conversation, message_id: str) -> Message | None:
        """The message of this id that still stands."""
        return next((m for m in conversation.messages if m.id == message_id and not m.deleted), None)

    def trouble(self, what: str) -> None:
        """Somebody reads "Something went wrong"."""
        self.troubles.append(what)
        self.changes.touch()
