"""Attachments: messages made of them alone, their blocks on the page, and presses in them."""

from typing import Any

import pytest

from .conftest import World
from .listener import Listener
from .shapes import actions, section

Json = dict[str, Any]
ROWS = [{"title": "Topic", "value": "Research"}]
OLD: Json = {"fallback": "A request", "title": "A request", "text": "From *Katherine*", "fields": ROWS}


async def test_a_message_of_attachments_alone(world: World) -> None:
    answer = await world.client.chat_postMessage(channel=world.dm, attachments=[OLD])
    (attachment,) = answer["message"]["attachments"]
    assert (attachment["id"], attachment["title"]) == (1, "A request")
    (message,) = world.test_user().messages()
    assert world.test_user().text(message).split("\n") == ["", "A request", "From *Katherine*", "Topic Research"]


async def test_a_press_in_an_attachment(world: World, app: Listener) -> None:
    attachments = [OLD, {"blocks": [section("Accept?"), actions()]}]
    await world.client.chat_postMessage(channel=world.dm, text="New", attachments=attachments)
    await world.test_user().press("Accept")
    container = app.last["container"]
    assert (container["type"], container["attachment_id"]) == ("message_attachment", 2)
    assert app.last["message"]["attachments"][1]["fallback"] == "[no preview available]"


async def test_an_update_keeps_attachments_unless_new_ones_come(world: World) -> None:
    posted = await world.client.chat_postMessage(channel=world.dm, attachments=[OLD])
    kept = await world.client.chat_update(channel=world.dm, ts=posted["ts"], text="again")
    assert len(kept["message"]["attachments"]) == 1
    gone = await world.client.chat_update(channel=world.dm, ts=posted["ts"], text="again", attachments=[])
    assert "attachments" not in gone["message"]


async def test_the_page_shows_them(world: World) -> None:
    await world.client.chat_postMessage(
        channel=world.dm, text="New", attachments=[OLD, {"blocks": [section("Accept?")]}]
    )
    url = f"{world.workspace.url}/page/state"
    async with world.session.get(url, params={"as": world.katherine}) as answer:
        (message,) = (await answer.json())["conversations"][0]["messages"]
    assert [block["type"] for block in message["blocks"]] == ["divider", "section", "divider", "section"]
    assert "A request\nFrom *Katherine*\nTopic Research" in message["blocks"][1]["text"]["text"]


@pytest.mark.parametrize(
    ("attachments", "error"),
    [
        ([OLD] * 101, "too_many_attachments"),
        ({"text": "a"}, "invalid_attachments"),
        ("[{", "invalid_attachments"),
        ([{"text": "a", "colour": "red"}], "invalid_attachments"),
        ([{"text": "a", "actions": [{"type": "button", "text": "Old"}]}], "invalid_attachments"),
        ([{"blocks": [{"type": "poster"}]}], "invalid_blocks"),
        ([{"color": "good"}], "no_text"),
        ([], "no_text"),
    ],
)
async def test_what_slack_refuses(world: World, attachments: Any, error: str) -> None:
    assert (await world.call("chat.postMessage", {"channel": world.dm, "attachments": attachments}))["error"] == error
