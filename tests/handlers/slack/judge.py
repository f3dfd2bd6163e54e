"""What Slack would say to a drawing: its limits counted here, slack_sdk's own models, and the local workspace."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers.slack import payloads, views
from slack_workspace.blocks import checked_blocks, checked_view

LITERAL = {"plain_text", "text"}
"""Types of objects whose `text` Slack shows letter by letter."""


def objects(drawn: Any) -> Iterator[dict[str, Any]]:
    """Every object of a drawing, outermost first."""
    if isinstance(drawn, dict):
        yield drawn
        for value in drawn.values():
            yield from objects(value)
    elif isinstance(drawn, list):
        for value in drawn:
            yield from objects(value)


def literal_text(drawn: Any) -> str:
    """All that Slack would show letter by letter, in order."""
    return "".join(each["text"] for each in objects(drawn) if each.get("type") in LITERAL)


def judge_message(message: dict[str, Any]) -> None:
    assert set(message) == {"text", "blocks"}
    assert 0 < len(message["text"]) <= 4000
    assert len(message["blocks"]) <= 50
    assert len(json.dumps(message["blocks"], ensure_ascii=False)) <= 13_000
    _judge_blocks(message["blocks"])
    checked_blocks(message["blocks"])


def judge_view(view: dict[str, Any]) -> None:
    assert 0 < len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < 250_000
    if view["type"] == "modal":
        assert 0 < len(view["title"]["text"]) <= 24
        assert "submit" in view or all(block["type"] != "input" for block in view["blocks"])
    View(**{**view, "blocks": view["blocks"][:1]}).validate_json()  # the blocks one by one, below
    _judge_blocks(view["blocks"])
    checked_view(view)


def _judge_blocks(blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        _judge_block(json.dumps(block))
    for each in objects(blocks):
        assert each.get("type") not in {"mrkdwn", "markdown"}
        if each.get("type") in LITERAL:
            assert 0 < len(each["text"]) <= 3000
    ids = [each["action_id"] for each in objects(blocks) if "action_id" in each]
    assert len(set(ids)) == len(ids)
    keys = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(set(keys)) == len(keys)


@lru_cache(8192)
def _judge_block(written: str) -> None:
    """Many are the same, and Slack's own models take their time over each."""
    block = json.loads(written)
    if block["type"] == "data_visualization":
        checked_blocks([block])  # it is younger than Slack's own models
        return
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.validate_json()
    match block["type"]:
        case "context":
            assert 1 <= len(block["elements"]) <= 10
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
        case "header":
            assert len(block["text"]["text"]) <= 150
        case "rich_text":
            assert 0 < len(block["elements"]) <= 100
            assert all(part["elements"] for part in block["elements"])
        case "input":
            _judge_options(block["element"])
        case "section":
            assert block["text"]["type"] == "plain_text", "what people call themselves is no markup"
            assert block.get("accessory", {"type": "image"})["type"] == "image"
        case other:
            assert other == "divider"


def _judge_options(element: dict[str, Any]) -> None:
    options = element.get("options", [])
    most = 10 if element["type"] in {"checkboxes", "radio_buttons"} else 100
    assert len(options) <= most
    for option in options:
        assert 0 < len(option["text"]["text"]) <= 75
        assert 0 < len(option["value"]) <= 150
    started = (
        [element["initial_option"]] if "initial_option" in element else element.get("initial_options", options[:1])
    )
    assert all(option in options for option in started)


def sent_off(view: dict[str, Any]) -> views.View:
    """The view as the bot reads it once it has been sent off as it stands."""
    payload = {"type": "view_submission", "user": {"id": "U1"}, "trigger_id": "1.2"}
    delivery = payloads.read(payload | {"view": {"id": "V1", "type": "modal", **view}})
    assert isinstance(delivery, payloads.Submission)
    return delivery.view


def untouched(view: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it back when nothing was changed before pressing submit."""
    state = {
        block["block_id"]: {block["element"]["action_id"]: _state(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {**view, "id": "V1", "state": {"values": state}}


def _state(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input" | "number_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "radio_buttons" | "static_select":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user")}
        case "file_input":
            return {"type": kind, "files": []}
        case "timepicker":
            return {"type": kind, "selected_time": element.get("initial_time")}
        case _:
            raise AssertionError(f"an element that Slack does not know: {kind}")
