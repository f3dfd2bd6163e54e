"""What the page is told and what it may do, over HTTP."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from slack_workspace import Workspace
from slack_workspace.errors import Refusal
from slack_workspace.page import duration

from .conftest import World
from .listener import Listener, say
from .shapes import actions, button, field, home, modal, select

Json = dict[str, Any]


async def state(world: World, user: str | None = None) -> Json:
    async with world.session.get(f"{world.workspace.url}/page/state", params={"as": user or world.katherine}) as answer:
        assert answer.status == 200
        return dict(await answer.json())


async def do(world: World, action: str, **body: Any) -> Json:
    body = {"as": world.katherine} | body
    async with world.session.post(f"{world.workspace.url}/page/{action}", json=body) as answer:
        return dict(await answer.json())


async def test_people(world: World) -> None:
    world.workspace.commands = ["/mentoring"]
    async with world.session.get(f"{world.workspace.url}/page/people") as answer:
        people = await answer.json()
    katherine = {"id": world.katherine, "name": "Katherine Bell", "title": "Mentee", "initials": "KB"}
    assert people["people"][0] == katherine
    assert (people["you"], people["commands"], people["clock"]["can_turn"]) == (None, ["/mentoring"], False)


async def test_nobody_sees_nothing(world: World) -> None:
    async with world.session.get(f"{world.workspace.url}/page/state", params={"as": "U0NOBODY"}) as answer:
        assert answer.status == 404
        assert "cannot sign in" in (await answer.json())["message"]


async def test_a_message_pressed(world: World, app: Listener) -> None:
    posted = await world.client.chat_postMessage(channel=world.dm, text="<@U1> asks", blocks=[actions(button())])
    (dm,) = (await state(world))["conversations"]
    (message,) = dm["messages"]
    assert (dm["kind"], dm["unread"], message["text"], message["from"]["bot"]) == ("dm", 1, "<@U1> asks", True)
    assert message["time"].endswith("+00:00")
    where = {"channel": dm["id"], "ts": posted["ts"]}
    block = message["blocks"][0]
    assert await do(world, "press", where=where, block_id=block["block_id"], action_id="accept") == {"ok": True}
    assert app.last["actions"][0]["value"] == "1"
    await do(world, "read", channel=dm["id"])
    assert (await state(world))["conversations"][0]["unread"] == 0


async def test_a_window_filled_in_and_submitted(world: World, app: Listener) -> None:
    view = modal(field(), field("Topic", select(), block_id="topic"))
    await world.client.views_open(trigger_id=world.trigger(), view=view)
    (shown,) = (await state(world))["modals"]
    assert shown["title"]["text"] == "A request"
    assert shown["state"]["values"]["why"]["words"] == {"type": "plain_text_input", "value": None}
    typed = {
        "why": {"words": {"type": "plain_text_input", "value": "To grow"}},
        "topic": {"topic": {"type": "static_select", "selected_option": {"value": "leadership"}}},
        "nowhere": {"x": {"type": "plain_text_input", "value": "?"}},
    }
    app.answer = say({"response_action": "errors", "errors": {"why": "Please say more."}})
    assert await do(world, "submit", view=shown["id"], state=typed) == {
        "ok": True,
        "errors": {"why": "Please say more."},
    }
    chosen = app.last["view"]["state"]["values"]["topic"]["topic"]["selected_option"]
    assert chosen["text"]["text"] == "Leadership", "the whole option, as Slack sends it"
    (again,) = (await state(world))["modals"]
    assert again["errors"] == {"why": "Please say more."}
    assert again["state"]["values"]["why"]["words"]["value"] == "To grow"
    assert await do(world, "close", view=shown["id"]) == {"ok": True}
    assert (await state(world))["modals"] == []


async def test_a_file_put_into_a_form(world: World, app: Listener) -> None:
    element = {"type": "file_input", "action_id": "files"}
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field("Certificate", element)))
    file = {"name": "c.pdf", "mimetype": "application/pdf", "content": base64.b64encode(b"pdf").decode()}
    typed = {"why": {"files": {"type": "file_input", "files": [file]}}}
    assert await do(world, "submit", view=world.test_user().modals[0].id, state=typed) == {"ok": True, "errors": {}}
    (sent,) = app.last["view"]["state"]["values"]["why"]["files"]["files"]
    headers = {"Authorization": f"Bearer {world.workspace.bot_token}"}
    async with world.session.get(sent["url_private_download"], headers=headers) as content:
        assert await content.read() == b"pdf"


async def test_home_is_news_until_it_is_opened(world: World, app: Listener) -> None:
    await world.client.views_publish(user_id=world.katherine, view=home())
    assert (await state(world))["home_changed"]
    await do(world, "home")
    shown = await state(world)
    assert (shown["home_changed"], shown["home"]["type"]) == (False, "home")


async def test_words_and_commands(world: World, app: Listener) -> None:
    assert await do(world, "say", channel=world.dm, text="hello") == {"ok": True}
    assert await do(world, "command", channel=world.dm, text="/mentoring help") == {"ok": True}
    assert (app.last["command"], app.last["text"]) == ("/mentoring", "help")


async def test_what_goes_wrong_is_said_to_a_person(world: World, app: Listener) -> None:
    gone = await do(world, "press", where={"view": "V0GONE"}, block_id="a", action_id="b")
    assert gone == {"ok": False, "message": "That is no longer there."}
    app.gate.clear()
    late = await do(world, "command", channel=world.dm, text="/mentoring")
    assert late == {"ok": False, "message": "The app did not answer within 1.5 seconds."}
    assert (await do(world, "turn", by="PT1H"))["message"] == "The clock cannot be turned here."


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 200), (b'{"as": 7}', 200)])
async def test_nonsense_is_refused(world: World, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    async with world.session.post(f"{world.workspace.url}/page/press", data=body, headers=headers) as answer:
        assert answer.status == status
        assert (await answer.json())["ok"] is False


async def test_a_form_from_elsewhere_does_nothing(world: World) -> None:
    """A web page elsewhere can send forms here, but no JSON: browsers ask first, and nobody answers them."""
    async with world.session.post(f"{world.workspace.url}/page/say", data=b'{"as": "U"}') as answer:
        assert answer.status == 415


async def test_the_clock_is_turned(session: aiohttp.ClientSession) -> None:
    now = datetime(2031, 1, 1, tzinfo=UTC)

    async def turn(span: timedelta) -> None:
        nonlocal now
        now += span

    workspace = Workspace(now=lambda: now, turn=turn)
    await workspace.start()
    async with session.post(f"{workspace.url}/page/turn", json={"by": "P1DT2H"}) as answer:
        assert await answer.json() == {"ok": True}
    async with session.get(f"{workspace.url}/page/people") as answer:
        assert (await answer.json())["clock"] == {"now": "2031-01-02T02:00:00+00:00", "can_turn": True}
    await workspace.stop()


@pytest.mark.parametrize("words", ["", "P", "tomorrow", "PT", "-P1D"])
def test_durations_that_are_none(words: str) -> None:
    with pytest.raises(Refusal):
        duration(words)


async def test_the_line_of_news_ends_with_the_workspace(world: World) -> None:
    async with world.session.get(f"{world.workspace.url}/page/events", params={"as": world.katherine}) as line:
        assert line.content_type == "text/event-stream"
        first = await line.content.readuntil(b"\n\n")
        assert first.startswith(b"event: changed\ndata: ")
        await world.client.chat_postMessage(channel=world.dm, text="news")
        assert (await line.content.readuntil(b"\n\n")).startswith(b"event: changed")
        async with asyncio.timeout(1):
            await world.workspace.stop()
            await line.content.read()
