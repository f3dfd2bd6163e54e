"""Right blocks and views, to be spoilt one thing at a time."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(label: str = "Accept", action_id: str = "accept", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": "1"} | more


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements or (button(),))} | more


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text)} | more


def option(text: str = "Leadership", value: str = "leadership") -> Json:
    return {"text": plain(text), "value": value}


def select(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "topic", "options": list(options or (option(),))} | more


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "words"} | more


def field(label: str = "Why", element: Json | None = None, **more: Any) -> Json:
    return {"type": "input", "block_id": "why", "label": plain(label), "element": element or text_input()} | more


def modal(*blocks: Json, **more: Any) -> Json:
    base = {"type": "modal", "callback_id": "asked", "title": plain("A request"), "submit": plain("Send")}
    return base | {"blocks": list(blocks or (field(),))} | more


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks or (section(),))} | more


def without(shape: Json, key: str) -> Json:
    return {name: value for name, value in shape.items() if name != key}
