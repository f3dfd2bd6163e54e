"""What can be typed or chosen: the elements of blocks, the state each has in Slack's own shape, and its checks."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, Final

from slack_workspace.model import Json, Values

_SINGLE: Final = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
}
_MANY: Final = {
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
_INITIAL: Final = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
}
EXTERNAL: Final = ("external_select", "multi_external_select")
"""Selects whose options the app gives when somebody types into them."""
PRESSED: Final = ("button", "overflow", "workflow_button")
"""Elements that are pressed: they keep no state."""

MISSING: Final = "Please complete this required field."


def state_key(element_type: str) -> str | None:
    """The key under which the state of such an element keeps its value; None if it keeps none."""
    return _SINGLE.get(element_type) or _MANY.get(element_type)


def all_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Every block from top to bottom, those inside of containers and carousels too."""
    for block in blocks:
        yield block
        match block["type"]:
            case "container":
                yield from all_blocks(block["child_blocks"])
            case "carousel":
                yield from block["elements"]


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block, from top to bottom."""
    for block in all_blocks(blocks):
        match block["type"]:
            case "actions":
                for element in block["elements"]:
                    yield block, element
            case "card":
                for element in block.get("actions", ()):
                    yield block, element
            case "section" if "accessory" in block and block["accessory"]["type"] != "image":
                yield block, block["accessory"]
            case "input":
                yield block, block["element"]


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The element with these ids and its block."""
    return next(
        ((b, e) for b, e in elements(blocks) if b["block_id"] == block_id and e["action_id"] == action_id), None
    )


def initial_state(element: Json) -> Json | None:
    """The state of an element nobody has touched; None for what keeps no state."""
    kind = element["type"]
    key = state_key(kind)
    if key is None:
        return None
    empty: Any = [] if kind in _MANY else None
    return {"type": kind, key: element.get(_INITIAL.get(key, ""), empty)}


def initial_values(blocks: list[Json], kept: Values | None = None) -> Values:
    """The state of every element. What was there before under the same ids and of the same type is kept."""
    values: Values = {}
    for block, element in elements(blocks):
        state = initial_state(element)
        if state is None:
            continue
        before = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        if before and before.get("type") == state["type"] and _still_offered(element, before):
            state = before
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def options_of(element: Json) -> list[Json]:
    """All options of a select, its groups flattened."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    return options


def clean_state(element: Json, given: Json) -> Json | None:
    """The state as Slack would send it, or None if this element could not have such a state."""
    key = state_key(element["type"])
    if key is None or given.get("type", element["type"]) != element["type"]:
        return None
    value = given.get(key)
    if element["type"] in _MANY:
        value = [] if value is None else value
        if not isinstance(value, list):
            return None
    elif value in ("", {}):
        value = None
    state = {"type": element["type"], key: value}
    if not _possible(key, value):
        return None
    if not _still_offered(element, state):
        return None
    return {"type": element["type"], key: _whole(element, value)} if "option" in key else state


_WORDS: Final = ("value", "selected_user", "selected_conversation", "selected_channel")
_WRITTEN: Final = {"selected_date": date.fromisoformat, "selected_time": time.fromisoformat}


def _possible(key: str, value: Any) -> bool:
    """Whether Slack's own element could hold this: no 30th of February, no object in the place of a text."""
    if value is None:
        return True
    if key in _WRITTEN:
        try:
            return isinstance(value, str) and _WRITTEN[key](value) is not None
        except ValueError:
            return False
    if key == "selected_date_time":
        return isinstance(value, int)
    return isinstance(value, str) if key in _WORDS else True


def _whole(element: Json, chosen: Any) -> Any:
    """The options as the app gave them, whatever came back besides their values."""
    offered = {option["value"]: option for option in options_of(element)}
    if isinstance(chosen, list):
        return [offered[option["value"]] for option in chosen]
    return offered[chosen["value"]] if chosen else None


def _still_offered(element: Json, state: Json) -> bool:
    key = state_key(element["type"])
    if key not in ("selected_option", "selected_options"):
        return True
    if element["type"] in EXTERNAL and "options" not in element:
        return True  # what the app offered is not written in the element
    offered = {option["value"] for option in options_of(element)}
    chosen = state.get(key) or []
    several = chosen if isinstance(chosen, list) else [chosen]
    return all(isinstance(option, dict) and option.get("value") in offered for option in several)


def complaint(block: Json, element: Json, state: Json) -> str | None:
    """What Slack's own form would say before sending anything to the app; None if nothing is wrong."""
    value = state.get(state_key(element["type"]) or "")
    if value in (None, "", []):
        return None if block.get("optional") else MISSING
    return _form_complaint(element, value)


def _form_complaint(element: Json, value: Any) -> str | None:
    match element["type"]:
        case "plain_text_input":
            longest, shortest = element.get("max_length", 3000), element.get("min_length", 0)
            if len(value) > longest:
                return f"Please use {longest} characters or fewer."
            if len(value) < shortest:
                return f"Please use at least {shortest} characters."
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            return "Please enter a valid email address."
        case "url_text_input" if not re.match(r"[a-z][a-z0-9+.-]*://\S+$", value):
            return "Please enter a valid URL."
        case "number_input":
            return _number_complaint(element, str(value))
        case kind if kind.startswith("multi_"):
            most = element.get("max_selected_items")
            if most is not None and len(value) > most:
                return f"You can choose up to {most}."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
