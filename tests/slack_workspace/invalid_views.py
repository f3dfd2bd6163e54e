"""Invalid calls about modals and Home."""

from .invalid import BLOCKS, ELEMENTS, VIEWS, api, many, view
from .shapes import (
    button,
    field,
    home,
    modal,
    mrkdwn,
    plain,
    section,
    text_input,
    without,
)

MODALS = [
    api("trigger unknown", "views.open", "invalid_trigger_id", lambda p: p.open(modal()) | {"trigger_id": "12.34.ab"}),
    api("trigger malformed", "views.open", "invalid_trigger_id", lambda p: p.open(modal()) | {"trigger_id": "now"}),
    api("trigger missing", "views.open", "invalid_arguments", lambda p: {"view": modal()}),
    api("view missing", "views.open", "invalid_arguments", lambda p: {"trigger_id": p.world.trigger()}),
    api(
        "view too large",
        "views.open",
        "view_too_large",
        lambda p: p.open(modal(*many(lambda _: section("x" * 2990), 90))),
    ),
    api("push without a modal", "views.push", "invalid_arguments", lambda p: p.open(modal())),
    api(
        "push on a closed modal",
        "views.push",
        "not_found",
        lambda p: p.open(modal()) | {"trigger_id": p.world.trigger("V0GONE")},
    ),
    api("update of no view", "views.update", "not_found", lambda p: {"view_id": "V0NONE", "view": modal()}),
    api("update by unknown name", "views.update", "not_found", lambda p: {"external_id": "none", "view": modal()}),
    api(
        "publish to nobody", "views.publish", "invalid_arguments", lambda p: p.publish(home()) | {"user_id": "U0NOBODY"}
    ),
    api("publish a modal", "views.publish", "invalid_arguments", lambda p: p.publish(modal())),
    api("open a home", "views.open", "invalid_arguments", lambda p: p.open(home())),
    view("no title", VIEWS + "modal-views", "missing required field: title", without(modal(), "title")),
    view("long title", VIEWS + "modal-views", "less than 25 characters", modal(title=plain("x" * 25))),
    view("mrkdwn title", VIEWS + "modal-views", "/view/title", modal(title=mrkdwn("Hello"))),
    view("long submit", VIEWS + "modal-views", "less than 25 characters", modal(submit=plain("x" * 25))),
    view("long close", VIEWS + "modal-views", "less than 25 characters", modal(close=plain("x" * 25))),
    view("input without submit", VIEWS + "modal-views", "submit", without(modal(), "submit")),
    view("101 blocks", VIEWS + "modal-views", "no more than 100", modal(*many(lambda _: {"type": "divider"}, 101))),
    view("long private_metadata", VIEWS + "modal-views", "private_metadata", modal(private_metadata="x" * 3001)),
    view("long callback_id", VIEWS + "modal-views", "callback_id", modal(callback_id="x" * 256)),
    view("key made up", VIEWS + "modal-views", "additional property: colour", modal(colour="red")),
    view("no blocks", VIEWS + "modal-views", "missing required field: blocks", without(modal(), "blocks")),
    view("unknown type", VIEWS + "modal-views", "unsupported type", modal(type="window")),
    view("long label", BLOCKS + "input-block", "less than 2001", modal(field("x" * 2001))),
    view("long hint", BLOCKS + "input-block", "less than 2001", modal(field(hint=plain("x" * 2001)))),
    view("button as an input", BLOCKS + "input-block", "unsupported type: button", modal(field(element=button()))),
    view(
        "long placeholder",
        ELEMENTS + "plain-text-input-element",
        "less than 151",
        modal(field(element=text_input(placeholder=plain("x" * 151)))),
    ),
    view(
        "max_length over 3000",
        ELEMENTS + "plain-text-input-element",
        "max_length",
        modal(field(element=text_input(max_length=3001))),
    ),
    view(
        "number without is_decimal_allowed",
        ELEMENTS + "number-input-element",
        "is_decimal_allowed",
        modal(field(element={"type": "number_input", "action_id": "n"})),
    ),
    view(
        "two focuses",
        ELEMENTS + "plain-text-input-element",
        "focus_on_load",
        modal(
            field(element=text_input(focus_on_load=True)), field(block_id="b", element=text_input(focus_on_load=True))
        ),
    ),
]
