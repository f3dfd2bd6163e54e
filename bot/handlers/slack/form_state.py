"""What comes back from Slack: pressed buttons and submitted forms, read into plain values.

The payloads are signed by Slack, but what stands in them was chosen by a client: nothing is taken for granted here,
and whatever is not as it should be raises `PartError`.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, TypeAlias

from bot.dialogs.parts import PartError
from bot.handlers.slack.render_text import clean

Answer: TypeAlias = str | int | tuple[str, ...] | date | time | None
"""What was given in one field; None where nothing was. A number field keeps what is no whole number as text."""

_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")


def read_button(action: Mapping[str, Any]) -> tuple[str, str]:
    """The verb and subject of a pressed button, from one of the payload's `actions`."""
    verb, colon, number = _string(action.get("action_id")).rpartition(":")
    if not (verb and colon and number.isdecimal()):
        raise PartError("this button is none of ours")
    return verb, _string(action.get("value") or "")


def read_form(view: Mapping[str, Any]) -> tuple[str, str, dict[str, str], dict[str, Answer]]:
    """Verb, subject, what was carried, and the answers by field key, from the payload's `view`."""
    verb = _string(view.get("callback_id"))
    if not verb:
        raise PartError("a form without a verb")
    subject, carried = read_metadata(view)
    values = _mapping(_mapping(view.get("state") or {}).get("values") or {})
    answers: dict[str, Answer] = {}
    for block in values.values():
        for key, state in _mapping(block).items():
            _answer(key, _mapping(state), answers)
    return verb, subject, carried, answers


def read_metadata(view: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Subject and carried of a form, for its submit and for presses inside it alike."""
    try:
        kept = _mapping(json.loads(_string(view.get("private_metadata") or "{}")))
    except (ValueError, RecursionError) as error:
        raise PartError("a form's metadata cannot be read") from error
    carried = _mapping(kept.get("carried", {}))
    return _string(kept.get("subject", "")), {key: _string(value) for key, value in carried.items()}


def input_keys(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of a view's fields, from top to bottom: where an error can be shown."""
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return ()
    inputs = [block for block in blocks if isinstance(block, dict) and block.get("type") == "input"]
    return tuple(_string(block.get("block_id")) for block in inputs)


def _answer(key: str, state: Mapping[str, Any], answers: dict[str, Answer]) -> None:
    """Read one element's state into `answers`; elements that no part draws are passed over."""
    match state.get("type"):
        case "plain_text_input":
            answers[key] = clean(_string(state.get("value") or "")).strip() or None
        case "number_input":
            answers[key] = _number(_string(state.get("value") or "").strip())
        case "radio_buttons" | "static_select":
            chosen = state.get("selected_option")
            answers[key] = _option(chosen) if chosen else None
        case "checkboxes" | "multi_static_select":
            chosen = state.get("selected_options") or []
            if not isinstance(chosen, list):
                raise PartError(f"a form's {key!r} cannot be read")
            answers[key] = tuple(map(_option, chosen))
        case "datepicker":
            answers[key] = _day(state.get("selected_date"))
        case "timepicker":
            answers[key] = _time(state.get("selected_time"))
        case _:
            pass


def _number(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def _option(option: object) -> str:
    return _string(_mapping(option).get("value"))


def _day(value: object) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(_string(value))
    except ValueError as error:
        raise PartError("a form's date cannot be read") from error


def _time(value: object) -> time | None:
    if not value:
        return None
    try:
        at = time.fromisoformat(_string(value))
    except ValueError as error:
        raise PartError("a form's time cannot be read") from error
    return at.replace(tzinfo=None)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise PartError("a payload of a shape that is not known")
    return value


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PartError("a payload of a shape that is not known")
    return value
