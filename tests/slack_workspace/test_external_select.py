"""Selects whose options the app gives while somebody types: block_suggestion, and what may answer it."""

from typing import Any

import pytest
from aiohttp import web

from slack_workspace import Refusal

from .conftest import World
from .listener import Listener, say
from .shapes import field, modal, option, plain, section

Json = dict[str, Any]
OFFERED = {"options": [option("Leadership", "leadership"), option("Research", "research")]}


def external(kind: str = "external_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "topic", "min_query_length": 1} | more


async def test_the_app_is_asked_and_its_options_can_be_chosen(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field("Topic", external())))
    app.answer = say(OFFERED)
    await world.test_user().fill({"Topic": "Research"})
    asked = app.last
    assert (asked["type"], asked["value"], asked["action_id"]) == ("block_suggestion", "Research", "topic")
    assert asked["container"]["type"] == "view"
    app.answer = lambda _: web.Response()
    assert await world.test_user().submit() == {}
    state = app.last["view"]["state"]["values"]["why"]["topic"]
    assert (state["type"], state["selected_option"]["value"]) == ("external_select", "research")


async def test_several_from_groups_in_a_message(world: World, app: Listener) -> None:
    blocks = [section("Topics", block_id="topics", accessory=external("multi_external_select"))]
    await world.client.chat_postMessage(channel=world.dm, text="?", blocks=blocks)
    group = {"label": plain("All"), "options": OFFERED["options"]}

    def answer(payload: Json) -> web.Response:
        return (
            web.json_response({"option_groups": [group]}) if payload["type"] == "block_suggestion" else web.Response()
        )

    app.answer = answer
    await world.test_user().choose("Topics", ["Leadership", "Research"])
    chosen = app.last["actions"][0]["selected_options"]
    assert [picked["value"] for picked in chosen] == ["leadership", "research"]
    assert app.heard[0]["container"]["type"] == "message"


async def test_what_was_never_offered_cannot_be_chosen(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field("Topic", external())))
    app.answer = say({"options": []})
    with pytest.raises(Refusal):
        await world.test_user().fill({"Topic": "Research"})
    app.answer = say({"options": [{"text": plain("x" * 76), "value": "x"}]})
    with pytest.raises(Refusal, match="options could not be shown"):
        await world.test_user().fill({"Topic": "Research"})


async def test_the_page_asks_in_the_same_way(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field("Topic", external(min_query_length=3))))
    app.answer = say(OFFERED)
    ids = {"block_id": "why", "action_id": "topic"}
    where = {"view": world.test_user().modals[0].id}
    url = world.workspace.url + "/page/suggest"
    body = {"as": world.katherine, "where": where, **ids}
    async with world.session.post(url, json=body | {"value": "Re"}) as short:
        assert await short.json() == {"ok": True, "options": []}
    async with world.session.post(url, json=body | {"value": "Res"}) as found:
        assert len((await found.json())["options"]) == 2
    assert len(app.heard) == 1
    state = {"why": {"topic": {"type": "external_select", "selected_option": {"value": "research"}}}}
    app.answer = lambda _: web.Response()
    submit = {"as": world.katherine, "view": where["view"], "state": state}
    async with world.session.post(world.workspace.url + "/page/submit", json=submit) as done:
        assert await done.json() == {"ok": True, "errors": {}}
    assert app.last["view"]["state"]["values"]["why"]["topic"]["selected_option"]["text"]["text"] == "Research"
