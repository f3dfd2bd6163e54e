"""Forms as dialogs: a second drawing of the same cards, where the settings say that people's clients have them.

A button that opens a form asks for a dialog then, and what stands in a dialog is sent off by Action.Submit, with the
same data. A client without dialogs sends the same data as a message, and gets the form in the chat.
Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.dialogs.wording.help import TITLE
from bot.handlers.teams.render import BYTES, CARD_TYPE
from bot.handlers.teams.render_text import clean
from bot.lifecycle.vocabulary import Verb

_OPENING: Final = frozenset(verb.value for verb in Verb if verb.opens_form)
_INSIDE: Final = frozenset({"form", "notice"})
"""Where a press has its answer in place: nothing is opened from there."""
_FETCH: Final = {"msteams": {"type": "task/fetch"}}
_TITLE_LONGEST: Final = 60
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Redraw = Callable[[Mapping[str, Any]], dict[str, Any] | None]


def opening(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card of a message, of which those buttons open dialogs that open forms; as it is, where it would be too
    large."""

    def redrawn(action: Mapping[str, Any]) -> dict[str, Any] | None:
        data = action["data"]
        opens = data.get("do") in _OPENING and data.get("in") not in _INSIDE
        return _submit(action, _FETCH) if opens else None

    drawn = _each(card, redrawn)
    return drawn if len(_COMPACT.encode(drawn).encode()) <= BYTES else dict(card)


def outgoing(activity: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a message that is on its way."""
    attachments = [
        {**each, "content": opening(each["content"])} if each["contentType"] == CARD_TYPE else each
        for each in activity["attachments"]
    ]
    return {**activity, "attachments": attachments}


def in_chat(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same for an answer to a press in the chat."""
    return {**body, "value": opening(body["value"])} if body["type"] == CARD_TYPE else dict(body)


def inside(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card as it stands in a dialog, where nothing but Action.Submit is sent off."""
    return _each(card, lambda action: _submit(action, {}))


def answer(body: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to a press, for a client that shows a dialog: the card in it, or words in the place of it."""
    if body["type"] != CARD_TYPE:
        return {"task": {"type": "message", "value": body["value"]}}
    card = body["value"]
    shown = {"contentType": CARD_TYPE, "content": inside(card)}
    value = {"title": _title(card), "height": "large", "width": "medium", "card": shown}
    return {"task": {"type": "continue", "value": value}}


def _submit(action: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in action.items() if key != "verb"}
    return {**kept, "type": "Action.Submit", "data": {**action["data"], **more}}


def _each(drawn: Mapping[str, Any], redrawn: Redraw) -> dict[str, Any]:
    """The same, with every button redrawn for which there is another drawing; what it carries is not looked at."""
    if drawn.get("type") == "Action.Execute":
        return redrawn(drawn) or dict(drawn)
    return {key: _below(value, redrawn) for key, value in drawn.items()}


def _below(value: Any, redrawn: Redraw) -> Any:
    if isinstance(value, list):
        return [_below(each, redrawn) for each in value]
    return _each(value, redrawn) if isinstance(value, Mapping) else value


def _title(card: Mapping[str, Any]) -> str:
    """What the dialog is headed by: the title of the form, where it has one."""
    first = card["body"][0] if card.get("body") else {}
    text = first.get("text") or "".join(each.get("text", "") for each in first.get("inlines", ()))
    return clean(text)[:_TITLE_LONGEST] if first.get("id") == "form" and text.strip() else TITLE
