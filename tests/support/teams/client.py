"""What a Teams client does by itself: keeps what is typed in a card, sends presses, and obeys what answers them."""

from typing import TYPE_CHECKING, Final

from tests.support.teams import card_rules, dialogs, reading
from tests.support.teams.model import CARD, Delivery, Json, Message, Person, Refusal

if TYPE_CHECKING:
    from tests.support.teams.place import TeamsPlace

SOMETHING_WENT_WRONG: Final = "Something went wrong."
TOAST: Final = "application/vnd.microsoft.activity.message"


class Client:
    """One person's client."""

    def __init__(self, place: "TeamsPlace", person: Person) -> None:
        self._place = place
        self._state = place.state
        self._person = person

    def typed(self, on: Message) -> dict[str, str]:
        """What they have entered since the card was last drawn anew."""
        return self._place.typed.setdefault((self._person.id, on.id, on.changed), {})

    def values(self, on: Message) -> dict[str, str]:
        """What stands in its fields."""
        return reading.initial(on.card(self._person.id)) | self.typed(on)

    def pressed(self, where: Message, found: reading.Pressable) -> Json:
        """The activity of a press: what the button carries, and what stands in the fields; empty ones are missing."""
        action, given = found.action, dict[str, str]()
        if action.get("associatedInputs") != "none":
            given = {key: value for key, value in self.values(where).items() if value}
        sender = self._place.sender(self._person, self._state.conversation(where.conversation))
        if action["type"] == "Action.Submit":
            return dialogs.submitted(self._place, sender, where, found.data | given)
        if dialogs.is_one(where):
            raise Refusal("A dialog sends nothing off but by Action.Submit.")
        sent = {key: action[key] for key in ("type", "id", "title", "verb") if key in action}
        return sender.press(where.id, sent | {"data": found.data | given})

    async def execute(self, where: Message, activity: Json) -> Delivery:
        """Bring a press to the bot, and do what the answer says."""
        done = await self._place.deliver(activity)
        self._obey(where, done)
        return done

    def understands(self, done: Delivery) -> bool:
        """Whether it is an answer to a press; a client shows that something went wrong at any other."""
        return not self._wrong(done)

    def _obey(self, where: Message, done: Delivery) -> None:
        if done.activity["type"] == "message":
            return  # nobody waits for an answer to that
        if wrong := self._wrong(done):
            pressed = (done.activity["value"].get("action") or {}).get("title", "")
            self._state.trouble(f"{self._person.name} pressed {pressed!r}: {wrong}")
        elif dialogs.is_of_one(done):
            dialogs.obey(self._place, self._person, done)
        elif done.body["type"] == CARD:
            self._state.answer(where, self._person.id, done.body["value"])
        else:
            self._place.toasts.setdefault(self._person.id, []).append(done.body["value"])
            self._state.changes.touch()

    @staticmethod
    def _wrong(done: Delivery) -> str:
        if dialogs.is_of_one(done):
            return dialogs.wrong(done)
        body = done.body
        if done.status != 200 or not isinstance(body, dict) or body.get("statusCode") != 200:
            return f"{done.status} {str(body)[:500]}"
        if body.get("type") == CARD:
            return card_rules.of_card(body.get("value"))
        is_toast = body.get("type") == TOAST and isinstance(body.get("value"), str)
        return "" if is_toast else f"an answer of the type {body.get('type')!r}"
