"""Dialogs, as a client shows them: what asks for one, what is sent off in it, and what an answer does to it.

Source: https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from typing import TYPE_CHECKING, Any, Final

from tests.support.teams import card_rules
from tests.support.teams.activities import Sender
from tests.support.teams.model import CARD, Delivery, Json, Message, Person

if TYPE_CHECKING:
    from tests.support.teams.place import TeamsPlace

_IN_ONE: Final = "dialog:"
_INVOKES: Final = ("task/fetch", "task/submit")


def is_one(where: Message) -> bool:
    """Whether that is a dialog, and no message."""
    return where.id.startswith(_IN_ONE)


def is_of_one(done: Delivery) -> bool:
    """Whether a client that shows a dialog waits for that answer."""
    return done.activity.get("name") in _INVOKES


def submitted(place: "TeamsPlace", sender: Sender, where: Message, data: Json) -> Json:
    """The activity of an Action.Submit: in a dialog it is sent off; on a message it asks for a dialog, or is a message
    of its own."""
    value = {"data": data, "context": {"theme": "default"}}
    if is_one(where):
        return sender.invoke("task/submit", value)
    asks = (data.get("msteams") or {}).get("type") == "task/fetch"
    if asks and place.has_dialogs:
        return sender.invoke("task/fetch", value, where.id)
    activity = sender.message("")
    return activity | {"value": data, "replyToId": where.id}


def wrong(done: Delivery) -> str:
    """Why a client shows that something went wrong; "" where it does not."""
    if done.status != 200:
        return f"{done.status} {str(done.body)[:500]}"
    if done.body is None:
        return "" if done.activity["name"] == "task/submit" else "nothing to show"
    task: Any = done.body.get("task") if isinstance(done.body, dict) else None
    if not isinstance(task, dict):
        return f"no task: {str(done.body)[:500]}"
    if task.get("type") == "message":
        return "" if isinstance(task.get("value"), str) else "words that are none"
    value = task.get("value")
    if task.get("type") != "continue" or not isinstance(value, dict) or not value.get("title"):
        return f"no dialog: {str(task)[:500]}"
    shown = value.get("card") or {}
    if shown.get("contentType") != CARD:
        return "no card"
    dead = [part for part in card_rules.elements(shown["content"]) if part["type"] == "Action.Execute"]
    return "a button that does nothing in a dialog" if dead else card_rules.of_card(shown["content"])


def obey(place: "TeamsPlace", person: Person, done: Delivery) -> None:
    """Show what the answer says in the place of what stands there; words, or nothing, close it."""
    task = (done.body or {}).get("task") or {}
    if task.get("type") == "continue":
        card = task["value"]["card"]["content"]
        before, chat = place.dialogs.get(person.id), place.state.personal(person)
        if before is None:
            at = place.state.now()
            before = place.dialogs[person.id] = Message(f"{_IN_ONE}{at}", chat.id, "", [{}], at, at)
        place.state.answer(before, person.id, card)
        return
    place.dialogs.pop(person.id, None)
    if task:
        place.toasts.setdefault(person.id, []).append(task["value"])
    place.state.changes.touch()
