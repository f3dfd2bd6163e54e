"""One person at their keyboard, for tests and scripts: sees what they would see, does what they could do."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from slack_workspace import elements, field_values, file_contents, reading
from slack_workspace.core import Core
from slack_workspace.deliveries import Delivery
from slack_workspace.errors import Refusal
from slack_workspace.interactions import Interactions
from slack_workspace.model import Json, Message, View

T = TypeVar("T")
WAIT = 5.0
"""Seconds that `expect_…` waits unless told otherwise."""


class TestUser:
    """What `user` sees and does. Everything raises Refusal where the person would be told that it did not work."""

    __test__ = False  # a person to test with, not a class of tests

    def __init__(self, core: Core, interactions: Interactions, user: str) -> None:
        interactions.person(user)
        self._core = core
        self._interactions = interactions
        self.user = user

    # --- seeing -----------------------------------------------------------------------------------------------
    @property
    def home(self) -> View | None:
        return self._core.state.homes.get(self.user)

    @property
    def modals(self) -> list[View]:
        """The stack of open windows, the top one last."""
        return self._core.state.modals(self.user)

    @property
    def modal(self) -> View | None:
        """The window on top."""
        return self.modals[-1] if self.modals else None

    def messages(self, channel: str | None = None) -> list[Message]:
        """The DM with the app, or a channel (id or name); ephemerals to this person included, newest last."""
        return self._core.state.visible(self._interactions.conversation(self.user, channel).id, self.user)

    def text(self, on: Message | View) -> str:
        """Everything that can be read on it."""
        return reading.text(on)

    def pictures(self, on: Message | View) -> list[str]:
        """Whose pictures stand beside what can be read on it."""
        return reading.pictures(on)

    def buttons(self, on: Message | View | None = None) -> list[str]:
        """The labels of what can be pressed, top to bottom."""
        return [p.label for where in self._places(on) for p in reading.pressables(where.surface)]

    # --- doing ------------------------------------------------------------------------------------------------
    async def open_home(self, tab: str = "home") -> Delivery:
        return await self._interactions.open_home(self.user, tab)

    async def command(self, command: str, text: str = "", channel: str | None = None) -> Delivery:
        return await self._interactions.command(self.user, channel, f"{command} {text}")

    async def say(self, text: str, channel: str | None = None) -> Delivery | None:
        return await self._interactions.say(self.user, channel, text)

    async def press(
        self, label: str, on: Message | View | None = None, nth: int = 0, block: str | None = None
    ) -> Delivery:
        """Presses what has this label, action id or accessibility label, and waits for the acknowledgement.

        Without `on`: in the top window, else in the newest message that has it, else on Home. `nth` counts from the
        top where several have it; `block` narrows to a block id.
        """
        where, found = self._find(label, on, nth, block)
        ids = found.block["block_id"], found.element["action_id"]
        return await self._interactions.press(self.user, where, *ids, found.value)

    async def press_twice(
        self, label: str, on: Message | View | None = None, nth: int = 0, block: str | None = None
    ) -> list[Delivery]:
        """A double click: two deliveries at once, each with a trigger of its own."""
        where, found = self._find(label, on, nth, block)
        ids = found.block["block_id"], found.element["action_id"]
        return list(
            await asyncio.gather(*(self._interactions.press(self.user, where, *ids, found.value) for _ in range(2)))
        )

    async def fill(self, meant: Mapping[str, Any]) -> None:
        """Types and chooses in the top window: field (label, action id or block id) → what is meant.

        Fields that tell the app at once do so, one after the other, each acknowledged before the next.
        """
        for name, value in meant.items():
            if self.modal is None:
                raise Refusal("No window is open.")
            await self._enter(self.modal, name, value)

    async def choose(self, name: str, value: Any, on: Message | View | None = None) -> None:
        """Chooses in a field of a message, of Home or of the top window."""
        for where in self._places(on):
            if reading.field(where.surface, name):
                await self._enter(where, name, value)
                return
        raise Refusal(f"There is no field {name!r} to be seen.")

    async def submit(self) -> dict[str, str]:
        """Submits the top window; {} if it was accepted, else the errors by label. What was typed stays."""
        view = self.modal
        done = await self._interactions.submit(self.user)
        return reading.labelled(view, done.errors) if view else done.errors

    async def close_modal(self) -> None:
        await self._interactions.close(self.user)

    def file(self, name: str, content: bytes, mimetype: str = "application/pdf") -> Json:
        """A file to choose in a form."""
        return file_contents.chosen(self._core, self.user, name, content, mimetype)

    # --- waiting ----------------------------------------------------------------------------------------------
    async def expect_modal(self, title: str | None = None, seconds: float = WAIT) -> View:
        """The top window, once it is there (and has this title). Raises TimeoutError with what there was."""
        wanted = f"a window {title!r}" if title else "a window"
        return await self._expect(
            lambda: self.modal if self.modal and title in (None, self.modal.title) else None, wanted, seconds
        )

    async def expect_message(self, containing: str, channel: str | None = None, seconds: float = WAIT) -> Message:
        """The newest message with these words, once it is there."""

        def look() -> Message | None:
            return next((m for m in reversed(self.messages(channel)) if containing in _all_text(m)), None)

        return await self._expect(look, f"a message with {containing!r}", seconds)

    async def expect_home(self, containing: str, seconds: float = WAIT) -> View:
        """Home, once it shows these words."""
        return await self._expect(
            lambda: self.home if self.home and containing in self.text(self.home) else None,
            f"a Home with {containing!r}",
            seconds,
        )

    async def _expect(self, look: Callable[[], T | None], wanted: str, seconds: float) -> T:
        if not await self._core.changes.until(lambda: look() is not None, seconds):
            raise TimeoutError(f"{self.user} waited {seconds:g} s for {wanted} and sees:\n{self.sees()}")
        found = look()
        assert found is not None
        return found

    def sees(self) -> str:
        """A readable picture of everything in front of this person."""
        parts = [f"window: {self.text(view)}" for view in self.modals]
        parts += [f"home: {self.text(self.home)}"] if self.home else ["no Home yet"]
        for room in self._core.state.conversations_of(self.user):
            parts += [f"{room.name}: {_all_text(m)}" for m in self.messages(room.id)[-5:]]
        return "\n".join(f"  {part!r}" for part in parts)

    # --- finding ----------------------------------------------------------------------------------------------
    def _places(self, on: Message | View | None) -> Sequence[Message | View]:
        if on is not None:
            return [self._interactions.current(self.user, on)]
        if self.modal:
            return [self.modal]
        rooms = self._core.state.conversations_of(self.user)
        messages = [m for room in rooms for m in self.messages(room.id)]
        newest_first = sorted(messages, key=lambda m: m.ts, reverse=True)
        return [*newest_first, *([self.home] if self.home else [])]

    def _find(
        self, label: str, on: Message | View | None, nth: int, block: str | None
    ) -> tuple[Message | View, reading.Pressable]:
        for where in self._places(on):
            here = [p for p in reading.pressables(where.surface) if p.answers_to(label)]
            here = [p for p in here if block in (None, p.block["block_id"])]
            if len(here) > nth:
                return where, here[nth]
        there = ", ".join(dict.fromkeys(self.buttons(on))) or "none"
        raise Refusal(f"There is no button {label!r} to be seen. Buttons in view: {there}.")

    async def _enter(self, where: Message | View, name: str, value: Any) -> None:
        found = reading.field(where.surface, name)
        if found is None:
            raise Refusal(f"There is no field {name!r}. Fields: {', '.join(reading.fields(where.surface))}.")
        block, element = found
        if element["type"] in elements.EXTERNAL:
            element = element | {"options": await self._suggested(where, block, element, value)}
        state: Json = field_values.state_for(element, value, self._core.state.people.values())
        if elements.clean_state(element, state) is None:
            raise Refusal(f"{value!r} cannot be entered in {name!r}.")
        ids = block["block_id"], element["action_id"]
        if block["type"] != "input" or block.get("dispatch_action"):
            await self._interactions.press(self.user, where, *ids, state)
        else:
            self._interactions.keep(self.user, where, {ids[0]: {ids[1]: state}})

    async def _suggested(self, where: Message | View, block: Json, element: Json, value: Any) -> list[Json]:
        """What the app offers when each of the choices is typed."""
        words = [value] if isinstance(value, str) else list(value or [])
        ids = block["block_id"], element["action_id"]
        offered = [await self._interactions.suggest(self.user, where, *ids, str(word)) for word in words]
        return [option for options in offered for option in options]


def _all_text(message: Message) -> str:
    return f"{message.text}\n{reading.text(message)}"
