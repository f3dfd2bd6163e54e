"""`slack_sdk.models` as a second judge: what it refuses, the workspace refuses too."""

from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from slack_workspace.blocks import checked_blocks, checked_view
from slack_workspace.errors import SlackError

from .shapes import actions, button, field, modal, option, plain, section, select, text_input

Json = dict[str, Any]


def judged_invalid(block: Json) -> bool:
    """Whether the SDK would refuse to send this block."""
    try:
        parsed = Block.parse(block)
        if parsed is not None:
            parsed.validate_json()
            for element in getattr(parsed, "elements", None) or []:
                element.validate_json()
    except SlackObjectFormationError:
        return True
    return False


def refused(block: Json) -> bool:
    try:
        checked_blocks([block])
    except SlackError:
        return True
    return False


SPOILT = [
    {"type": "header", "text": plain("x" * 151)},
    section("x" * 3001),
    {"type": "section"},
    {"type": "section", "fields": [plain("a")] * 11},
    actions(*[button(action_id=str(index)) for index in range(26)]),
    {"type": "context", "elements": [plain("a")] * 11},
    actions(button("x" * 76)),
    actions(button(value="x" * 2001)),
    actions(button(style="warning")),
    actions(select(*[option(str(index), str(index)) for index in range(101)])),
    field("x" * 2001),
    field(hint=plain("x" * 2001)),
    {"type": "image", "image_url": "https://example.org/" + "x" * 3000, "alt_text": "a"},
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "x" * 2001},
    section(block_id="x" * 256),
]


@pytest.mark.parametrize("block", SPOILT, ids=range(len(SPOILT)))
def test_what_the_sdk_refuses_the_workspace_refuses(block: Json) -> None:
    assert judged_invalid(block)
    assert refused(block)


@pytest.mark.parametrize(
    "view",
    [modal(title=plain("x" * 25)), modal(private_metadata="x" * 3001), modal(callback_id="x" * 256)],
    ids=["title", "private_metadata", "callback_id"],
)
def test_views_too(view: Json) -> None:
    with pytest.raises(SlackObjectFormationError):
        View(**view).validate_json()
    with pytest.raises(SlackError):
        checked_view(view)


GOOD = [
    section(),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    actions(button(style="primary", accessibility_label="Accept Katherine"), select()),
    field(element=text_input(multiline=True, max_length=3000)),
    {"type": "context", "elements": [plain("a")] * 10},
    {"type": "section", "fields": [plain("x" * 2000)] * 5},
    section(accessory={"type": "overflow", "options": [option()], "action_id": "more"}),
]


@pytest.mark.parametrize("block", GOOD, ids=range(len(GOOD)))
def test_what_is_right_passes_both(block: Json) -> None:
    assert not judged_invalid(block)
    assert not refused(block)


MISSED = {
    "empty text": section(""),
    "mrkdwn in a header": {"type": "header", "text": {"type": "mrkdwn", "text": "Hello"}},
    "unknown key": section(colour="red"),
    "long option text": actions(select(option("x" * 76))),
    "no options": actions(select(options=[])),
}


@pytest.mark.parametrize("block", MISSED.values(), ids=MISSED)
def test_what_the_sdk_misses_the_workspace_refuses(block: Json) -> None:
    assert refused(block)
