"""One person at their keyboard in Teams: sees what they would see, does what they could do, obeys answers as the client
does. The same public interface as the person of the Slack workspace, so that one story is told with either."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tests.support.teams import activities, entering, reading
from tests.support.teams.client import SOMETHING_WENT_WRONG, Client
from tests.support.teams.model import Conversation, Delivery, Json, Message, Person, Refusal
from tests.support.teams.offers import Offers

if TYPE_CHECKING:
    from tests.support.teams.place import TeamsPlace

T = TypeVar("T")
WAIT: Final = 5.0
"""Seconds that `expect_…` waits unless told otherwise."""
_COMMANDS: Final = {"/mentoring": "mentoring", "/mentoring-admin": "admin"}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of theirs, to hand in where a form asks for one: it is sent in the chat."""

    name: str
    token: str
    mimetype: str


class TeamsUser:
    """What somebody sees and does. Everything raises Refusal where the client would not let them."""

    def __init__(self, place: "TeamsPlace", person: Person) -> None:
        self._place = place
        self._state = place.state
        self._client = Client(place, person)
        self.person = person

    @property
    def user(self) -> str:
        """How the directory names them."""
        return self.person.object_id

    @property
    def chat(self) -> Conversation:
        """Their chat with the bot."""
        return self._state.personal(self.person)

    @property
    def offers(self) -> Offers:
        """The files that the bot offers to them."""
        return Offers(self._place, self.person)

    # --- seeing -----------------------------------------------------------------------------------------------
    @property
    def home(self) -> Message | None:
        """The newest Home in the chat."""
        return next((m for m in reversed(self._standing(self.chat)) if self._is_home(m)), None)

    @property
    def modals(self) -> list[Message]:
        """The forms that stand open in the chat, the newest last."""
        before = self._place.dialogs.get(self.person.id)
        forms = [m for m in self._standing(self.chat) if reading.is_form(self.card(m))]
        return [*forms, *([before] if before else [])]

    @property
    def modal(self) -> Message | None:
        """The newest open form."""
        return self.modals[-1] if self.modals else None

    def messages(self, channel: str | None = None) -> list[Message]:
        """What was said in the chat with the bot, or in a channel (id or name), newest last: no Homes, no forms."""
        where = self._conversation(channel)
        return [m for m in self._standing(where) if not self._is_home(m) and not self._was_form(m)]

    def card(self, on: Message) -> Json | None:
        """The card of a message, as this person sees it."""
        return on.card(self.person.id)

    def text(self, on: Message) -> str:
        """Everything that can be read on it."""
        card = self.card(on)
        return reading.text(card, self._client.values(on)) if card else on.text

    def pictures(self, on: Message) -> list[str]:
        """Whose pictures stand on it."""
        return reading.pictures(self.card(on))

    def buttons(self, on: Message | None = None) -> list[str]:
        """The labels of what can be pressed, top to bottom; in the open form alone, where there is one."""
        window = [self.modal] if on is None and self.modal else None
        return [p.label for where in window or self._places(on) for p in reading.pressables(self.card(where))]

    def heard(self) -> str:
        """All that has come or changed in the chat since they last did something."""
        since = self._place.acted.get(self.person.id, 0)
        cards = [self.text(m) for m in self._standing(self.chat) if m.changed > since and m.by != self.person.id]
        if before := self._place.dialogs.get(self.person.id):
            cards.append(self.text(before))
        return "\n".join([*cards, *self._place.toasts.get(self.person.id, ())])

    # --- doing ------------------------------------------------------------------------------------------------
    async def open_home(self) -> Delivery:
        """Ask for Home."""
        return await self.say("menu")

    async def command(self, command: str, text: str = "", channel: str | None = None) -> Delivery:
        """A command, as it is typed here: without the slash."""
        return await self.say(f"{_COMMANDS[command]} {text}".strip(), channel)

    async def say(self, text: str, channel: str | None = None, attachments: list[Json] | None = None) -> Delivery:
        """Type something; in a channel, to the bot."""
        where = self._conversation(channel)
        activity = self._place.sender(self.person, where).message(text, attachments)
        self._acts()
        self._state.post(where, activity, self.person.id)
        return await self._place.deliver(activity)

    async def press(self, label: str, on: Message | None = None, nth: int = 0) -> Delivery:
        """Press what has this label, verb or tooltip, and wait for the answer.

        Without `on`: in the open form, else in the newest message that has it, else on Home. `nth` counts from the top
        where several have it.
        """
        where, found = self._find(label, on, nth)
        activity = self._client.pressed(where, found)
        self._acts()
        return await self._client.execute(where, activity)

    async def press_twice(self, label: str, on: Message | None = None, nth: int = 0) -> list[Delivery]:
        """A double click: two deliveries at once, with ids of their own."""
        where, found = self._find(label, on, nth)
        both = [self._client.pressed(where, found) for _ in range(2)]
        self._acts()
        return list(await asyncio.gather(*(self._client.execute(where, activity) for activity in both)))

    async def fill(self, meant: Mapping[str, Any]) -> None:
        """Type and choose in the open form: field (label, key or id) → what is meant. Files are sent in the chat."""
        for name, value in meant.items():
            if self.modal is None:
                raise Refusal("No form is open.")
            if isinstance(value, SentFile):
                await self.send_file(value)
            else:
                self._enter(self.modal, name, value)

    async def choose(self, name: str, value: Any, on: Message | None = None) -> None:
        """Choose in a field of a message, of Home or of the open form."""
        for where in self._places(on):
            if reading.field(self.card(where), name):
                self._enter(where, name, value)
                return
        raise Refusal(f"There is no field {name!r} to be seen.")

    async def submit(self) -> dict[str, str]:
        """Send the open form off; {} if it was accepted, else what is said to be wrong, by label."""
        form = self.modal
        if form is None:
            raise Refusal("No form is open.")
        send = reading.submit(self.card(form))
        if send is None:
            raise Refusal(f"This form is only read. Buttons: {', '.join(self.buttons(form))}.")
        wrong = entering.wrong(self.card(form), self._client.values(form))
        if wrong:
            return wrong
        activity, before = self._client.pressed(form, send), form.changed
        self._acts()
        done = await self._client.execute(form, activity)
        if not self._client.understands(done):
            return {"": SOMETHING_WENT_WRONG}
        return reading.errors(self.card(form)) if form.changed != before else {}

    async def close_modal(self) -> None:
        """Close the open form by its own button."""
        if self.modal is None:
            raise Refusal("No form is open.")
        if self._place.dialogs.pop(self.person.id, None):
            return  # every dialog has a way out of the client's own
        before, way = self.modal, reading.way_out(self.card(self.modal))
        if way is None:
            raise Refusal(f"The form has no way out. Buttons: {', '.join(self.buttons(before))}.")
        as_it_was = self.card(before)
        await self._client.execute(before, self._client.pressed(before, way))
        if self.modal is before and self.card(before) == as_it_was:
            raise Refusal(f"The form stays open: {self.text(before)}")

    def file(self, name: str, content: bytes, mimetype: str = "application/pdf") -> SentFile:
        """A file to hand in."""
        token = secrets.token_hex(8)
        self._place.service.files[token] = (name, content)
        return SentFile(name, token, mimetype)

    # --- waiting ----------------------------------------------------------------------------------------------
    async def expect_modal(self, title: str | None = None, seconds: float = WAIT) -> Message:
        """The open form, once it is there (and has this title). Raises TimeoutError with what there was."""

        def look() -> Message | None:
            form = self.modal
            return form if form and title in (None, reading.title(self.card(form))) else None

        return await self._expect(look, f"a form {title!r}" if title else "a form", seconds)

    async def expect_message(self, containing: str, channel: str | None = None, seconds: float = WAIT) -> Message:
        """The newest message with these words, once it is there."""

        def look() -> Message | None:
            return next((m for m in reversed(self.messages(channel)) if containing in self._all_text(m)), None)

        return await self._expect(look, f"a message with {containing!r}", seconds)

    async def expect_home(self, containing: str, seconds: float = WAIT) -> Message:
        """Home, once it shows these words."""

        def look() -> Message | None:
            return self.home if self.home and containing in self.text(self.home) else None

        return await self._expect(look, f"a Home with {containing!r}", seconds)

    async def _expect(self, look: Callable[[], T | None], wanted: str, seconds: float) -> T:
        if not await self._state.changes.until(lambda: look() is not None, seconds):
            raise TimeoutError(f"{self.person.name} waited {seconds:g} s for {wanted} and sees:\n{self.sees()}")
        found = look()
        assert found is not None
        return found

    def sees(self) -> str:
        """A readable picture of everything in front of this person."""
        parts = [f"form: {self.text(form)}" for form in self.modals]
        parts += [f"home: {self.text(self.home)}"] if self.home else ["no Home yet"]
        parts += [f"toast: {words}" for words in self._place.toasts.get(self.person.id, ())]
        for room in self._state.of(self.person):
            parts += [f"{room.name or 'chat'}: {self._all_text(m)}" for m in self._standing(room)[-5:]]
        return "\n".join(f"  {part!r}" for part in parts)

    # --- how the client does it -------------------------------------------------------------------------------
    def _conversation(self, known_by: str | None) -> Conversation:
        where = self.chat if known_by is None else self._state.conversation(known_by)
        if self.person.id not in where.members:
            raise Refusal(f"{self.person.name} does not belong to {where.name or where.id}.")
        return where

    def _standing(self, where: Conversation) -> list[Message]:
        return [m for m in where.messages if not m.deleted]

    @staticmethod
    def _is_home(message: Message) -> bool:
        return not message.by and reading.is_home(message.card())

    @staticmethod
    def _was_form(message: Message) -> bool:
        first = message.versions[0].get("attachments") or [{}]
        return not message.by and reading.is_form(first[0].get("content"))

    def _all_text(self, message: Message) -> str:
        return f"{message.text}\n{self.text(message)}"

    def _acts(self) -> None:
        self._place.acted[self.person.id] = self._state.now()
        self._place.toasts[self.person.id] = []

    def _places(self, on: Message | None) -> Sequence[Message]:
        if on is not None:
            return [on]
        said = [m for room in self._state.of(self.person) for m in self._standing(room) if not self._is_home(m)]
        newest_first = sorted(said, key=lambda m: m.at, reverse=True)
        first = [self.modal] if self.modal else []
        return [*first, *newest_first, *([self.home] if self.home else [])]

    def _find(self, label: str, on: Message | None, nth: int) -> tuple[Message, reading.Pressable]:
        for where in self._places(on):
            here = [p for p in reading.pressables(self.card(where)) if p.answers_to(label)]
            if len(here) > nth:
                return where, here[nth]
        there = ", ".join(dict.fromkeys(self.buttons(on))) or "none"
        raise Refusal(f"There is no button {label!r} to be seen. Buttons in view: {there}.")

    def _enter(self, where: Message, name: str, value: Any) -> None:
        found = reading.field(self.card(where), name)
        if found is None:
            there = ", ".join(reading.label(each) for each in reading.inputs(self.card(where)))
            raise Refusal(f"There is no field {name!r}. Fields: {there}.")
        self._client.typed(where)[found["id"]] = entering.entered(found, value, self._state.people.values())

    async def send_file(self, sent: SentFile) -> None:
        """Send it in the chat with the bot."""
        url = f"{self._place.service.url}/files/{sent.token}"
        await self.say("", attachments=[activities.file(sent.name, url, url)])
