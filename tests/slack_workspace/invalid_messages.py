"""Messages whose blocks Slack refuses."""

from .invalid import BLOCKS, ELEMENTS, OBJECTS, many, message
from .shapes import (
    actions,
    button,
    field,
    mrkdwn,
    option,
    plain,
    section,
    select,
    without,
)

MESSAGES = [
    message("51 blocks", BLOCKS.rstrip("/"), "no more than 50", *many(lambda _: {"type": "divider"}, 51)),
    message("unknown block", BLOCKS.rstrip("/"), "unsupported type: poster", {"type": "poster"}),
    message("block without a type", BLOCKS.rstrip("/"), "missing required field: type", {"text": plain("a")}),
    message("same block_id twice", BLOCKS.rstrip("/"), "already exists", section(block_id="a"), section(block_id="a")),
    message("long block_id", BLOCKS + "section-block", "less than 256", section(block_id="x" * 256)),
    message("empty section text", BLOCKS + "section-block", "more than 0 characters", section("")),
    message("long section text", BLOCKS + "section-block", "less than 3001", section("x" * 3001)),
    message("section without anything", BLOCKS + "section-block", "text or fields", {"type": "section"}),
    message(
        "11 fields",
        BLOCKS + "section-block",
        "no more than 10",
        {"type": "section", "fields": many(lambda _: plain("a"), 11)},
    ),
    message(
        "long field", BLOCKS + "section-block", "less than 2001", {"type": "section", "fields": [plain("x" * 2001)]}
    ),
    message("mrkdwn header", BLOCKS + "header-block", "plain_text", {"type": "header", "text": mrkdwn("Hello")}),
    message("long header", BLOCKS + "header-block", "less than 151", {"type": "header", "text": plain("x" * 151)}),
    message(
        "26 buttons",
        BLOCKS + "actions-block",
        "no more than 25",
        actions(*many(lambda i: button(action_id=f"b{i}"), 26)),
    ),
    message("no buttons", BLOCKS + "actions-block", "at least 1", {"type": "actions", "elements": []}),
    message(
        "same action_id twice", ELEMENTS + "button-element", "action_id already exists", actions(button(), button())
    ),
    message(
        "11 in a context",
        BLOCKS + "context-block",
        "no more than 10",
        {"type": "context", "elements": many(lambda _: plain("a"), 11)},
    ),
    message("long button text", ELEMENTS + "button-element", "less than 76", actions(button("x" * 76))),
    message("mrkdwn button", ELEMENTS + "button-element", "plain_text", actions(button(text=mrkdwn("a")))),
    message("long button value", ELEMENTS + "button-element", "less than 2001", actions(button(value="x" * 2001))),
    message("long action_id", ELEMENTS + "button-element", "less than 256", actions(button(action_id="x" * 256))),
    message("unknown style", ELEMENTS + "button-element", "must be one of", actions(button(style="warning"))),
    message(
        "long accessibility label",
        ELEMENTS + "button-element",
        "less than 76",
        actions(button(accessibility_label="x" * 76)),
    ),
    message(
        "long confirm title",
        OBJECTS + "confirmation-dialog-object",
        "less than 101",
        actions(
            button(
                confirm={"title": plain("x" * 101), "text": plain("a"), "confirm": plain("Yes"), "deny": plain("No")}
            )
        ),
    ),
    message(
        "101 options",
        ELEMENTS + "select-menu-element",
        "no more than 100",
        actions(select(*many(lambda i: option(str(i), str(i)), 101))),
    ),
    message("no options", ELEMENTS + "select-menu-element", "at least 1", actions(select(options=[]))),
    message(
        "select without options",
        ELEMENTS + "select-menu-element",
        "options or option_groups",
        actions(without(select(), "options")),
    ),
    message(
        "initial option not offered",
        ELEMENTS + "select-menu-element",
        "must match",
        actions(select(initial_option=option("Other", "other"))),
    ),
    message("long option text", OBJECTS + "option-object", "less than 76", actions(select(option("x" * 76)))),
    message("long option value", OBJECTS + "option-object", "less than 151", actions(select(option(value="x" * 151)))),
    message(
        "6 in an overflow",
        ELEMENTS + "overflow-menu-element",
        "no more than 5",
        actions({"type": "overflow", "options": many(lambda i: option(str(i), str(i)), 6)}),
    ),
    message(
        "11 checkboxes",
        ELEMENTS + "checkboxes-element",
        "no more than 10",
        actions({"type": "checkboxes", "options": many(lambda i: option(str(i), str(i)), 11)}),
    ),
    message(
        "11 radio buttons",
        ELEMENTS + "radio-button-group-element",
        "no more than 10",
        actions({"type": "radio_buttons", "options": many(lambda i: option(str(i), str(i)), 11)}),
    ),
    message(
        "a day that is none",
        ELEMENTS + "date-picker-element",
        "format",
        actions({"type": "datepicker", "initial_date": "1 Dec"}),
    ),
    message(
        "an hour that is none",
        ELEMENTS + "time-picker-element",
        "format",
        actions({"type": "timepicker", "initial_time": "25:00"}),
    ),
    message(
        "multi-select among buttons",
        BLOCKS + "actions-block",
        "unsupported type: multi_static_select",
        actions(select(type="multi_static_select")),
    ),
    message(
        "file input in a message",
        ELEMENTS + "file-input-element",
        "unsupported element",
        field(element={"type": "file_input", "action_id": "f"}),
    ),
    message(
        "image without alt_text",
        BLOCKS + "image-block",
        "alt_text",
        {"type": "image", "image_url": "https://example.org/a.png"},
    ),
]
