"""The blocks of 2025 and 2026: what Slack's reference allows in each, and on which surface."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from slack_workspace.blocks import checked_blocks, checked_view
from slack_workspace.errors import SlackError

from .conftest import World
from .listener import Listener
from .shapes import actions, button, field, home, modal, mrkdwn, plain, section

Json = dict[str, Any]
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}


def raw(text: str = "a") -> Json:
    return {"type": "raw_text", "text": text}


def count(value: float) -> Json:
    return {"type": "raw_number", "value": value, "text": f"{value:g}"}


def rich(text: str) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "table", "rows": list(rows or ([raw(), count(2)],))} | more


def data_table(*rows: list[Json], **more: Any) -> Json:
    shown = list(rows or ([raw("Name"), raw("Sessions")], [rich("Ada"), count(4)]))
    return {"type": "data_table", "caption": "Pairs", "rows": shown} | more


def chart(kind: str = "bar", **more: Any) -> Json:
    points = [{"label": "Jan", "value": 3}, {"label": "Feb", "value": -1.5}]
    base = {"type": kind, "series": [{"name": "Pairs", "data": points}], "axis_config": {"categories": ["Jan", "Feb"]}}
    return {"type": "data_visualization", "title": "Pairs a month", "chart": base | more}


def pie(*segments: Json) -> Json:
    whole = {"type": "pie", "segments": list(segments or ({"label": "Pairs", "value": 3},))}
    return {"type": "data_visualization", "title": "Shares", "chart": whole}


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("Ada"), "body": mrkdwn("Leadership"), "actions": [button()]} | more


def carousel(*cards: Json) -> Json:
    return {"type": "carousel", "elements": list(cards or (card(), card()))}


def container(*blocks: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Details"), "child_blocks": list(blocks or (section(),))} | more


def alert(**more: Any) -> Json:
    return {"type": "alert", "text": plain("This cannot be undone."), "level": "warning"} | more


IN_MESSAGES: dict[str, Json] = {
    "table": table(
        [raw(), count(1)], [rich("b"), count(2.5)], column_settings=[None, {"align": "right", "is_wrapped": True}]
    ),
    "data table": data_table(page_size=10, row_header_column_index=1, block_id="pairs"),
    "bars": chart(),
    "lines with axes": chart(
        "line", axis_config={"categories": ["Jan", "Feb"], "x_label": "Month", "y_label": "Pairs"}
    ),
    "area": chart("area"),
    "pie": pie(),
    "card": card(hero_image=PICTURE, icon=PICTURE, subtitle=plain("Mentor"), subtext=plain("2 places")),
    "card with an icon of Slack's": card(slack_icon={"type": "icon", "name": "star-filled"}),
    "card of a picture": {"type": "card", "hero_image": PICTURE},
    "carousel": carousel(),
    "container": container(section(), actions(), table(), width="wide", subtitle=mrkdwn("More"), icon=PICTURE),
    "collapsible": container(is_collapsible=True, default_collapsed=True),
    "container titled in rich text": {"type": "container", "rich_text_title": rich("a"), "child_blocks": [section()]},
    "markdown": {"type": "markdown", "text": "**bold**"},
}


@pytest.mark.parametrize("name", IN_MESSAGES)
def test_messages_take_them(name: str) -> None:
    (block,) = checked_blocks([IN_MESSAGES[name]])
    assert block["block_id"]
    parsed = Block.parse(IN_MESSAGES[name])
    if parsed is not None:
        parsed.validate_json()


def test_modals_take_alerts_and_containers() -> None:
    checked_view(modal(alert(), container(field())))
    checked_view(home(container()))


Check = Callable[[], object]


def message(*blocks: Json) -> Check:
    return lambda: checked_blocks(list(blocks))


def window(*blocks: Json) -> Check:
    return lambda: checked_view(modal(*blocks))


BAD: dict[str, tuple[Check, str]] = {
    "101 rows": (message(table(*[[raw()]] * 101)), "no more than 100"),
    "21 cells": (message(table([raw()] * 21)), "no more than 20"),
    "an empty row": (message(table([])), "at least 1"),
    "a row that is none": (message(table(*["a"])), "must be an array"),  # type: ignore[arg-type]
    "a cell of mrkdwn": (message(table([mrkdwn("a")])), "unsupported type: mrkdwn"),
    "an empty cell": (message(table([raw("")])), "more than 0"),
    "a number as text": (message(table([count(1) | {"value": "1"}])), "must be a number"),
    "an unknown alignment": (message(table(column_settings=[{"align": "middle"}])), "must be one of"),
    "a table in a window": (window(table()), "unsupported type: table"),
    "a table in a container in a window": (window(container(table())), "unsupported type: table"),
    "no caption": (message(data_table(caption="")), "more than 0"),
    "only a header": (message(data_table([raw()])), "at least 2"),
    "102 rows of data": (message(data_table(*[[raw()]] * 102)), "no more than 101"),
    "a header of rich text": (message(data_table([rich("a")], [raw()])), "header"),
    "uneven rows": (message(data_table([raw(), raw()], [raw()])), "must have 2 cells"),
    "pages of 101": (message(data_table(page_size=101)), "between 1 and 100"),
    "headed by no column": (message(data_table(row_header_column_index=2)), "index of a column"),
    "a data table in a window": (window(data_table()), "unsupported type: data_table"),
    "an unknown chart": (message(chart("radar")), "unsupported type: radar"),
    "a long title": (message(chart() | {"title": "x" * 51}), "less than 51"),
    "13 series": (message(chart(series=[{"name": str(n), "data": []} for n in range(13)])), "no more than 12"),
    "a point too few": (message(chart(axis_config={"categories": ["Jan", "Feb", "Mar"]})), "one point for each"),
    "two series of one name": (message(chart(series=chart()["chart"]["series"] * 2)), "unique"),
    "a long category": (message(chart(axis_config={"categories": ["x" * 21]})), "less than 21"),
    "a long axis": (message(chart(axis_config={"categories": ["Jan"], "x_label": "x" * 51})), "less than 51"),
    "nothing of a pie": (message(pie({"label": "a", "value": 0})), "more than 0"),
    "13 segments": (message(pie(*[{"label": str(n), "value": 1} for n in range(13)])), "no more than 12"),
    "three charts": (message(chart(), pie(), chart("line")), "no more than 2"),
    "a chart in a window": (window(chart()), "unsupported type: data_visualization"),
    "an alert in a message": (message(alert()), "unsupported type: alert"),
    "a long alert": (window(alert(text=plain("x" * 201))), "less than 201"),
    "a loud alert": (window(alert(level="panic")), "must be one of"),
    "an empty card": (message({"type": "card", "subtitle": plain("a")}), "must have hero_image"),
    "a long body": (message(card(body=mrkdwn("x" * 201))), "less than 201"),
    "four buttons": (message(card(actions=[button(action_id=str(n)) for n in range(4)])), "no more than 3"),
    "a menu on a card": (message(card(actions=[{"type": "overflow", "options": []}])), "unsupported type: overflow"),
    "two icons": (message(card(icon=PICTURE, slack_icon={"type": "icon", "name": "star"})), "either icon"),
    "an unknown icon": (message(card(slack_icon={"type": "icon", "name": "unicorn"})), "format"),
    "eleven cards": (message(carousel(*[card()] * 11)), "no more than 10"),
    "a section in a carousel": (message(carousel(section())), "unsupported type: section"),
    "a card in a window": (window(card()), "unsupported type: card"),
    "eleven in a container": (message(container(*[section()] * 11)), "no more than 10"),
    "a container in a container": (message(container(container())), "unsupported type: container"),
    "untitled": (message({"type": "container", "child_blocks": [section()]}), "title or rich_text_title"),
    "collapsed for ever": (message(container(default_collapsed=True)), "is_collapsible"),
    "collapsible with a line": (message(container(is_collapsible=True, has_header_divider=True)), "cannot be set"),
    "one id inside and outside": (message(section(block_id="a"), container(section(block_id="a"))), "already exists"),
    "an input without submit": (lambda: checked_view(modal(container(field()), submit=None)), "submit"),
    "a file in a container": (message(container(field(element={"type": "file_input"}))), "unsupported element"),
    "much markdown": (message(*[{"type": "markdown", "text": "x" * 6001}] * 2), "less than 12001"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_slack_refuses(name: str) -> None:
    check, words = BAD[name]
    with pytest.raises(SlackError) as refused:
        check()
    assert refused.value.code in ("invalid_blocks", "invalid_arguments")
    assert any(words in line for line in refused.value.messages), refused.value.messages


def test_a_message_has_one_table() -> None:
    with pytest.raises(SlackError, match="only_one_table_allowed") as refused:
        checked_blocks([table(), container(table())])
    assert refused.value.code == "invalid_attachments"


async def test_buttons_inside_are_pressed(world: World, app: Listener) -> None:
    shown = [
        carousel(card(block_id="ada"), card(actions=[button("Decline", "decline")])),
        container(actions(button("More", "more"))),
    ]
    await world.client.chat_postMessage(channel=world.dm, text="two mentors", blocks=shown)
    assert world.test_user().buttons() == ["Accept", "Decline", "More"]
    for label in ("Accept", "Decline", "More"):
        await world.test_user().press(label)
    pressed = [payload["actions"][0] for payload in app.heard]
    assert [action["action_id"] for action in pressed] == ["accept", "decline", "more"]
    assert pressed[0]["block_id"] == "ada"


async def test_fields_inside_are_filled_in(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(alert(), container(field())))
    assert await world.test_user().submit() == {"Why": "Please complete this required field."}
    await world.test_user().fill({"Why": "To grow"})
    assert await world.test_user().submit() == {}
    assert app.last["view"]["state"]["values"]["why"]["words"]["value"] == "To grow"
