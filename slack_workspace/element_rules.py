"""Which interactive elements exist and what Slack allows in each.

Source: https://docs.slack.dev/reference/block-kit/block-elements and .../composition-objects
"""

from typing import Any, Final

from slack_workspace.checks import (
    Check,
    Field,
    Path,
    Problems,
    also,
    any_text,
    array,
    boolean,
    integer,
    may,
    must,
    one_of,
    plain_text,
    shape,
    string,
    tagged,
    wrong,
)
from slack_workspace.elements import options_of

ID: Final = string(255)
_USER: Final = string(50)

CONFIRM: Final = shape(
    {
        "title": must(plain_text(100)),
        "text": must(any_text(300)),
        "confirm": must(plain_text(30)),
        "deny": must(plain_text(30)),
        "style": may(one_of("primary", "danger")),
    }
)


def _option(text: Check, extra: dict[str, Field] | None = None) -> Check:
    fields = {"text": must(text), "value": must(string(150)), "description": may(any_text(75))}
    return shape(fields | (extra or {}))


_PLAIN_OPTION: Final = _option(plain_text(75))
_RICH_OPTION: Final = _option(any_text(75))
_OVERFLOW_OPTION: Final = _option(plain_text(75), {"url": may(string(3000))})
_GROUP: Final = shape({"label": must(plain_text(75)), "options": must(array(_PLAIN_OPTION, 100))})

_DISPATCH: Final = shape(
    {"trigger_actions_on": may(array(one_of("on_enter_pressed", "on_character_entered"), 2))},
)


def _element(kind: str, fields: dict[str, Field], *more: Check) -> Check:
    base = {"type": must(one_of(kind)), "action_id": may(ID)}
    return also(shape(base | fields), *more)


_FOCUS: Final = {"focus_on_load": may(boolean)}
_ASKING: Final = {"confirm": may(CONFIRM)}
_HINT: Final = {"placeholder": may(plain_text(150))}


def _has_options(value: Any, path: Path, problems: Problems) -> None:
    if ("options" in value) == ("option_groups" in value):
        wrong(problems, path, "must have either options or option_groups")


def _initial_is_offered(value: Any, path: Path, problems: Problems) -> None:
    """An initial option must be one of the options, to the letter."""
    offered = options_of(value)
    given = list(value.get("initial_options") or [])
    if value.get("initial_option"):
        given.append(value["initial_option"])
    if any(option not in offered for option in given):
        wrong(problems, path, "initial option(s) must match one of the options exactly")


def _lengths(value: Any, path: Path, problems: Problems) -> None:
    longest, shortest = value.get("max_length", 3000), value.get("min_length", 0)
    if shortest > longest:
        wrong(problems, path, "min_length must be less than max_length")
    if len(value.get("initial_value") or "") > longest:
        wrong(problems, f"{path}/initial_value", f"must be less than {longest + 1} characters")


def _select(kind: str, fields: dict[str, Field], *more: Check) -> Check:
    many = {"max_selected_items": may(integer(1, 100))} if kind.startswith("multi_") else {}
    return _element(kind, _FOCUS | _ASKING | _HINT | many | fields, *more)


_CHOICES: Final = {"options": may(array(_PLAIN_OPTION, 100)), "option_groups": may(array(_GROUP, 100))}
_QUERY: Final = {"min_query_length": may(integer(0, 300))}
_TEXTUAL: Final = _FOCUS | _HINT | {"dispatch_action_config": may(_DISPATCH)}
_DATE: Final = string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME: Final = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
_NUMBER: Final = string(20, pattern=r"-?\d+(\.\d+)?")
_TICKS: Final = {"options": must(array(_RICH_OPTION, 10))}

IMAGE: Final = shape(
    {
        "type": must(one_of("image")),
        "image_url": must(string(3000)),
        "alt_text": must(string(2000)),
    }
)

ELEMENTS: Final[dict[str, Check]] = {
    "button": _element(
        "button",
        _ASKING
        | {
            "text": must(plain_text(75)),
            "value": may(string(2000)),
            "url": may(string(3000)),
            "style": may(one_of("primary", "danger")),
            "accessibility_label": may(string(75)),
        },
    ),
    "overflow": _element("overflow", _ASKING | {"options": must(array(_OVERFLOW_OPTION, 5))}),
    "checkboxes": _element(
        "checkboxes",
        _FOCUS | _ASKING | _TICKS | {"initial_options": may(array(_RICH_OPTION, 10))},
        _initial_is_offered,
    ),
    "radio_buttons": _element(
        "radio_buttons", _FOCUS | _ASKING | _TICKS | {"initial_option": may(_RICH_OPTION)}, _initial_is_offered
    ),
    "static_select": _select(
        "static_select", _CHOICES | {"initial_option": may(_PLAIN_OPTION)}, _has_options, _initial_is_offered
    ),
    "multi_static_select": _select(
        "multi_static_select",
        _CHOICES | {"initial_options": may(array(_PLAIN_OPTION, 100))},
        _has_options,
        _initial_is_offered,
    ),
    "external_select": _select("external_select", {"initial_option": may(_PLAIN_OPTION)} | _QUERY),
    "multi_external_select": _select(
        "multi_external_select", {"initial_options": may(array(_PLAIN_OPTION, 100))} | _QUERY
    ),
    "users_select": _select("users_select", {"initial_user": may(_USER)}),
    "multi_users_select": _select("multi_users_select", {"initial_users": may(array(_USER, 100))}),
    "conversations_select": _select("conversations_select", {"initial_conversation": may(_USER)}),
    "multi_conversations_select": _select(
        "multi_conversations_select", {"initial_conversations": may(array(_USER, 100))}
    ),
    "channels_select": _select("channels_select", {"initial_channel": may(_USER)}),
    "multi_channels_select": _select("multi_channels_select", {"initial_channels": may(array(_USER, 100))}),
    "datepicker": _element("datepicker", _FOCUS | _ASKING | _HINT | {"initial_date": may(_DATE)}),
    "timepicker": _element(
        "timepicker", _FOCUS | _ASKING | _HINT | {"initial_time": may(_TIME), "timezone": may(string(100))}
    ),
    "datetimepicker": _element(
        "datetimepicker", _FOCUS | _ASKING | {"initial_date_time": may(integer(1_000_000_000, 9_999_999_999))}
    ),
    "plain_text_input": _element(
        "plain_text_input",
        _TEXTUAL
        | {
            "initial_value": may(string(3000, least=0)),
            "multiline": may(boolean),
            "min_length": may(integer(0, 3000)),
            "max_length": may(integer(1, 3000)),
        },
        _lengths,
    ),
    "email_text_input": _element("email_text_input", _TEXTUAL | {"initial_value": may(string(3000, least=0))}),
    "url_text_input": _element("url_text_input", _TEXTUAL | {"initial_value": may(string(3000, least=0))}),
    "number_input": _element(
        "number_input",
        _TEXTUAL
        | {
            "is_decimal_allowed": must(boolean),
            "initial_value": may(_NUMBER),
            "min_value": may(_NUMBER),
            "max_value": may(_NUMBER),
        },
    ),
    "file_input": _element("file_input", {"filetypes": may(array(string(20), 100)), "max_files": may(integer(1, 10))}),
    "image": IMAGE,
}

_SELECTS: Final = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI: Final = tuple(f"multi_{kind}" for kind in _SELECTS)
_PICKERS: Final = ("datepicker", "timepicker")
_LISTS: Final = ("checkboxes", "radio_buttons")

IN_ACTIONS: Final = tagged(ELEMENTS, ("button", "overflow", "datetimepicker", *_LISTS, *_SELECTS, *_PICKERS))
AS_ACCESSORY: Final = tagged(ELEMENTS, ("button", "overflow", "image", *_LISTS, *_SELECTS, *_MULTI, *_PICKERS))
IN_INPUT: Final = tagged(
    ELEMENTS,
    (
        *("plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input", "datetimepicker"),
        *(*_LISTS, *_SELECTS, *_MULTI, *_PICKERS),
    ),
)

SUGGESTED: Final = shape(_CHOICES)
"""What an app may answer when it is asked for options: https://docs.slack.dev/reference/interaction-payloads"""
