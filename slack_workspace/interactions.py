"""What a person does with their hands, brought to the app, and what the app's answer does to what they see.

Test users and the page (visitors) both type here, so that neither can do what a person could not.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from slack_workspace import elements, payloads
from slack_workspace.arguments import Arguments
from slack_workspace.blocks import checked_view
from slack_workspace.content import add_ephemeral, app_message, read_content
from slack_workspace.core import Core
from slack_workspace.deliveries import Deliverer, Delivery
from slack_workspace.errors import Refusal, SlackError
from slack_workspace.methods.views import changed_view, pushed
from slack_workspace.model import Channel, Json, Message, Person, Values, View
from slack_workspace.suggestions import Suggestions

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Submitted:
    """How a submission went: errors by block id ({} if it was accepted)."""

    delivery: Delivery | None
    errors: dict[str, str] = field(default_factory=dict)


class Interactions:
    """Raises Refusal wherever the person would be told that it did not work."""

    def __init__(self, core: Core, deliverer: Deliverer) -> None:
        self._core = core
        self._deliverer = deliverer
        self.commands: list[str] = []
        self._suggestions = Suggestions(core, deliverer)

    def person(self, user: str) -> Person:
        """Somebody who can sign in here."""
        found = self._core.state.people.get(user)
        if found is None or found.bot or found.deactivated:
            raise Refusal(f"{user} cannot sign in to this workspace.")
        return found

    def conversation(self, user: str, channel: str | None) -> Channel:
        """The conversation, by id or name; the DM with the app when none is named."""
        if channel is None:
            return self._core.dm(user)
        for found in self._core.state.conversations_of(user):
            if channel in (found.id, found.name, f"#{found.name}"):
                return found
        raise Refusal(f"There is no conversation {channel} for this person.")

    # --- Home, words, commands --------------------------------------------------------------------------------
    async def open_home(self, user: str, tab: str = "home") -> Delivery:
        who = self.person(user)
        payload = payloads.app_home_opened(self._core, who, self._core.dm(user), tab)
        if view := self._core.state.homes.get(user):
            self._core.state.home_seen[user] = view.hash
        return await self._deliverer.event(payload)

    async def say(self, user: str, channel: str | None, text: str) -> Delivery | None:
        """Posts the words; in the DM with the app they are brought to it as message.im."""
        who, room = self.person(user), self.conversation(user, channel)
        if not text.strip():
            raise Refusal("There is nothing to send.")
        stored = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        said = self._core.state.post(Message(room.id, self._core.state.timestamp(), user, stored))
        self._core.state.mark_read(room.id, user)
        if room.kind != "dm":
            return None
        return await self._deliverer.event(payloads.direct_message(self._core, who, said))

    async def command(self, user: str, channel: str | None, line: str) -> Delivery:
        """A slash command, as one line. What the acknowledgement says is shown to the person alone."""
        who, room = self.person(user), self.conversation(user, channel)
        name, _, text = line.strip().partition(" ")
        if self.commands and name not in self.commands:
            raise Refusal(f"{name} is not a valid command. Here there are: {', '.join(self.commands)}.")
        self._core.need_scope("commands")
        payload = payloads.slash_command(self._core, who, room, name, text.strip())
        delivery = self._sure(await self._deliverer.interact("slash_commands", payload))
        self._answer_command(room, user, delivery.answer)
        return delivery

    def _answer_command(self, room: Channel, user: str, answer: Any) -> None:
        if answer in (None, "", {}):
            return
        body = Arguments(answer if isinstance(answer, dict) else {"text": str(answer)})
        try:
            content = read_content(self._core, body)
        except SlackError as error:
            raise Refusal(f"The app's answer could not be shown: {error.code}.") from error
        if body.text("response_type") == "in_channel":
            self._core.state.post(app_message(self._core, room.id, content))
        else:
            add_ephemeral(self._core, room.id, user, content)

    # --- pressing and choosing --------------------------------------------------------------------------------
    def current(self, user: str, where: View | Message) -> View | Message:
        """What is there now in the place of a record that may be old. Raises Refusal if the person cannot see it."""
        state = self._core.state
        if isinstance(where, View):
            mine = [*state.modals(user), *([state.homes[user]] if user in state.homes else [])]
            found = next((view for view in mine if view.id == where.id), None)
            if found is None:
                raise Refusal("That window is no longer open.")
            return found
        said = next((m for m in state.visible(where.channel, user) if m.ts == where.ts), None)
        if said is None or user not in state.channels[where.channel].members:
            raise Refusal("That message is no longer there.")
        return said

    def values(self, user: str, where: View | Message) -> Values:
        """What has been typed and chosen there, empty fields included."""
        kept = where.values if isinstance(where, View) else where.values.get(user)
        return elements.initial_values(where.surface, kept)

    def keep(self, user: str, where: View | Message, state: Values) -> View | Message:
        """Keeps what was typed; elements or states that do not exist there are left out."""
        values = self.values(user, where)
        for block_id, states in state.items():
            for action_id, given in states.items():
                found = elements.find(where.surface, block_id, action_id)
                clean = (
                    elements.clean_state(self._suggestions.offering(user, block_id, found[1], values), given)
                    if found
                    else None
                )
                if clean is not None:
                    values[block_id][action_id] = clean
        self._core.state.set_values(where, user, values)
        return self.current(user, where)

    async def suggest(self, user: str, where: View | Message, block_id: str, action_id: str, typed: str) -> list[Json]:
        """What the app offers in a select with options of its own, when this is typed into it."""
        who, shown = self.person(user), self.current(user, where)
        return await self._suggestions.ask(who, shown, block_id, action_id, typed)

    async def press(
        self,
        user: str,
        where: View | Message,
        block_id: str,
        action_id: str,
        value: Json | None = None,
    ) -> Delivery:
        """Presses a button, or chooses `value` (an element's state) in an element that tells the app at once."""
        who, shown = self.person(user), self.current(user, where)
        found = elements.find(shown.surface, block_id, action_id)
        if found is None:
            raise Refusal("That button is no longer there.")
        block, element = found
        if element["type"] not in (*elements.PRESSED,):
            shown = self.keep(user, shown, {block_id: {action_id: value or {"type": element["type"]}}})
            value = self.values(user, shown)[block_id][action_id]
        done = payloads.action(block, element, value, self._core.state.timestamp())
        if isinstance(shown, View):
            payload = payloads.block_actions_in_view(self._core, who, shown, [done])
        else:
            payload = payloads.block_actions_in_message(self._core, who, shown, [done])
        return self._sure(await self._deliverer.interact("interactive", payload))

    # --- modals -----------------------------------------------------------------------------------------------
    def _top(self, user: str, view_id: str | None) -> View:
        stack = self._core.state.modals(user)
        if not stack or view_id not in (None, stack[-1].id):
            raise Refusal("That window is no longer open.")
        return stack[-1]

    async def submit(self, user: str, view_id: str | None = None, state: Values | None = None) -> Submitted:
        """Submits the top modal. What was typed stays when there are errors."""
        who, view = self.person(user), self._top(user, view_id)
        if not view.submit:
            raise Refusal("This window has nothing to submit.")
        if state:
            self.keep(user, view, state)
            view = self._top(user, view.id)
        errors = _complaints(view)
        self._core.state.put_view(replace(view, errors=errors))
        if errors:
            return Submitted(None, errors)
        payload = payloads.view_submission(self._core, who, view)
        delivery = self._sure(await self._deliverer.interact("interactive", payload))
        return Submitted(delivery, self._answer_submission(user, view.id, delivery.answer))

    def _answer_submission(self, user: str, view_id: str, answer: Any) -> dict[str, str]:
        state = self._core.state
        stack = state.modals(user)
        place = next((index for index, view in enumerate(stack) if view.id == view_id), None)
        if answer in (None, "", {}):
            if place is not None:
                state.set_stack(user, stack[:place])
            return {}
        if not isinstance(answer, dict) or place is None:
            raise Refusal(f"{TROUBLE} (The app answered with something else than a response_action.)")
        try:
            return self._response_action(user, stack[place], stack[:place], answer)
        except SlackError as error:
            details = "; ".join([error.code, *error.messages])
            raise Refusal(f"{TROUBLE} (The app's answer was refused: {details}.)") from error

    def _response_action(self, user: str, view: View, below: list[View], answer: Json) -> dict[str, str]:
        state = self._core.state
        match answer.get("response_action"):
            case "clear":
                state.set_stack(user, [])
            case "update":
                state.put_view(changed_view(self._core, view, checked_view(answer.get("view"), kind="modal")))
            case "push":
                pushed(self._core, user, checked_view(answer.get("view"), kind="modal"))
            case "errors":
                errors = _checked_errors(view, answer.get("errors"))
                state.put_view(replace(view, errors=errors))
                return errors
            case other:
                raise SlackError("invalid_arguments", f"unknown response_action: {other}")
        return {}

    async def close(self, user: str, view_id: str | None = None) -> Delivery | None:
        """Closes the top modal (all of them with clear_on_close); brings view_closed if the view asked for it."""
        who, view = self.person(user), self._top(user, view_id)
        cleared = bool(view.spec.get("clear_on_close"))
        stack = self._core.state.modals(user)
        self._core.state.set_stack(user, [] if cleared else stack[:-1])
        if not view.spec.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self._core, who, view, cleared=cleared)
        return await self._deliverer.interact("interactive", payload)

    def _sure(self, delivery: Delivery) -> Delivery:
        if not delivery.acked:
            raise Refusal(delivery.message)
        return delivery


def _complaints(view: View) -> dict[str, str]:
    """What Slack's form says itself before anything is sent: by block id."""
    errors: dict[str, str] = {}
    for block, element in elements.elements(view.blocks):
        if block["type"] == "input":
            words = elements.complaint(block, element, view.values[block["block_id"]][element["action_id"]])
            if words:
                errors[block["block_id"]] = words
    return errors


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    """Errors may only name input blocks of the view. Raises SlackError(invalid_arguments)."""
    inputs = {block["block_id"] for block in elements.all_blocks(view.blocks) if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_arguments", "errors must be an object with at least one block_id")
    for block_id, words in errors.items():
        if block_id not in inputs:
            raise SlackError("invalid_arguments", f"errors name a block that is no input here: {block_id}")
        if not isinstance(words, str) or not words:
            raise SlackError("invalid_arguments", f"the error of {block_id} must be a text")
    return dict(errors)
