"""Signed requests, three seconds, and events that come again."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from slack_workspace import Refusal, Workspace
from slack_workspace.deliveries import RETRIES, signature

from .conftest import World
from .listener import Listener, listening, say
from .shapes import actions, button


def test_the_signature_is_slacks() -> None:
    """The worked example of https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    secret, stamp = "8f742231b10e8888abcd99yyyzzz85a5", "1531420618"
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
        b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack"
        b".com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0"
        b"bc887a14d10d2c447fce8b6703c"
    )
    assert signature(secret, stamp, body) == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


async def test_every_delivery_is_signed(world: World, app: Listener) -> None:
    test_user = world.test_user()
    await world.client.chat_postMessage(channel=world.katherine, text="?", blocks=[actions(button())])
    await test_user.open_home()
    await test_user.say("hello")
    await test_user.command("/mentoring", "help")
    await test_user.press("Accept")
    assert app.valid == [True] * 4
    assert [heard.get("type") or heard["command"] for heard in app.heard] == [
        "event_callback",
        "event_callback",
        "/mentoring",
        "block_actions",
    ]


async def test_another_secret_does_not_fit(world: World, app: Listener) -> None:
    app.secret = "another"
    await world.test_user().open_home()
    assert app.valid == [False]


async def test_what_a_person_says_is_stored_as_slack_stores_it(world: World, app: Listener) -> None:
    await world.test_user().say("<@U1> & <!channel>")
    assert app.last["event"]["text"] == "&lt;@U1&gt; &amp; &lt;!channel&gt;"
    assert app.last["event"]["channel_type"] == "im"


@pytest.mark.parametrize(("status", "problem"), [(500, "http_error"), (302, "http_error"), (404, "http_error")])
async def test_an_event_comes_again_three_times(world: World, app: Listener, status: int, problem: str) -> None:
    app.answer = lambda _: web.Response(status=status)
    await world.test_user().open_home()
    await world.workspace.redelivered()
    assert [h.get("X-Slack-Retry-Num") for h in app.headers] == [None, "1", "2", "3"]
    assert {h.get("X-Slack-Retry-Reason") for h in app.headers[1:]} == {problem}
    assert len({heard["event_id"] for heard in app.heard}) == 1


async def test_a_late_answer_counts_as_none(world: World, app: Listener) -> None:
    app.gate.clear()
    first = await world.test_user().open_home()
    app.gate.set()
    await world.workspace.redelivered()
    assert (first.problem, first.acked) == ("http_timeout", False)
    assert [h.get("X-Slack-Retry-Reason") for h in app.headers] == [None, "http_timeout"]
    assert world.workspace.deliveries[-1].acked


async def test_an_app_can_ask_for_no_more(world: World, app: Listener) -> None:
    app.answer = lambda _: web.Response(status=503, headers={"X-Slack-No-Retry": "1"})
    await world.test_user().open_home()
    await world.workspace.redelivered()
    assert len(app.heard) == 1


async def test_the_waits_between_redeliveries(session: aiohttp.ClientSession) -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    workspace = Workspace(pause=pause)
    test_user = workspace.test_user(workspace.add_person("Katherine Bell"))
    async with listening(workspace) as app:
        app.answer = lambda _: web.Response(status=500)
        await test_user.open_home()
        await workspace.redelivered()
    await workspace.stop()
    assert [timedelta(seconds=seconds) for seconds in waited] == [timedelta(minutes=1), timedelta(minutes=5)]
    assert RETRIES[0] == 0, "the first one comes at once"


async def test_a_press_that_fails_is_shown_and_not_repeated(world: World, app: Listener) -> None:
    await world.client.chat_postMessage(channel=world.katherine, text="?", blocks=[actions(button())])
    app.answer = lambda _: web.Response(status=500)
    with pytest.raises(Refusal, match="answered with an error"):
        await world.test_user().press("Accept")
    world.workspace.request_url = "http://127.0.0.1:9/"
    with pytest.raises(Refusal, match="could not be reached"):
        await world.test_user().press("Accept")
    world.workspace.request_url = None
    with pytest.raises(Refusal, match="not connected"):
        await world.test_user().press("Accept")
    assert len(app.heard) == 1


async def test_what_a_command_answers_is_shown_to_its_author(world: World, app: Listener) -> None:
    app.answer = lambda _: web.Response(text="Here is help.")
    await world.test_user().command("/mentoring", "help")
    app.answer = say({"response_type": "in_channel", "text": "For all."})
    await world.test_user().command("/mentoring")
    whispered, loud = world.test_user().messages()
    assert (whispered.text, whispered.ephemeral_to) == ("Here is help.", world.katherine)
    assert (loud.text, loud.ephemeral_to) == ("For all.", None)
    assert app.last["text"] == ""
    assert app.last["channel_name"] == "directmessage"


async def test_only_the_apps_commands_exist(world: World, app: Listener) -> None:
    world.workspace.commands = ["/mentoring"]
    with pytest.raises(Refusal, match="not a valid command"):
        await world.test_user().command("/mentorring")


async def test_home_carries_its_view_once_there_is_one(world: World, app: Listener) -> None:
    await world.test_user().open_home()
    assert "view" not in app.last["event"]
    answer = await world.client.views_publish(user_id=world.katherine, view={"type": "home", "blocks": []})
    await world.test_user().open_home()
    assert app.last["event"]["view"]["hash"] == answer["view"]["hash"]


async def test_an_apps_own_message_comes_back_where_asked_for(session: aiohttp.ClientSession) -> None:
    workspace = Workspace(own_messages=True)
    katherine = workspace.add_person("Katherine Bell")
    await workspace.start()
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, session=session)
    async with listening(workspace) as app:
        await client.chat_postMessage(channel=katherine, text="hello")
        await workspace.redelivered()
        event = app.last["event"]
    await workspace.stop()
    assert (event["type"], event["channel_type"], event["bot_id"]) == ("message", "im", workspace.identity.bot_id)


async def test_any_other_event(world: World, app: Listener) -> None:
    await world.workspace.announce({"type": "team_join", "user": {"id": world.mary}})
    assert app.last["event"]["type"] == "team_join"
    assert app.valid == [True]
