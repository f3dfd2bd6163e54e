"""Response URLs: five uses, thirty minutes, where the person acted."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slack_workspace.responses import SECONDS, Responses

from .conftest import World
from .listener import Listener
from .shapes import actions, button, section


async def pressed(world: World, app: Listener) -> AsyncWebhookClient:
    await world.client.chat_postMessage(channel=world.katherine, text="?", blocks=[actions(button())])
    await world.test_user().press("Accept")
    return AsyncWebhookClient(app.last["response_url"], session=world.session)


async def test_five_uses(world: World, app: Listener) -> None:
    url = await pressed(world, app)
    answers = [await url.send(text=f"answer {index}") for index in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert answers[0].body == "ok"


async def test_thirty_minutes(world: World, app: Listener) -> None:
    now = 0.0
    world.workspace._core.responses = Responses(clock=lambda: now)
    url = await pressed(world, app)
    now = SECONDS + 1
    late = await url.send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_an_answer_is_for_the_person_alone_unless_said(world: World, app: Listener) -> None:
    url = await pressed(world, app)
    await url.send(text="for you")
    await url.send(text="for all", response_type="in_channel")
    assert [(m.text, m.ephemeral_to) for m in world.test_user().messages()[1:]] == [
        ("for you", world.katherine),
        ("for all", None),
    ]


async def test_replacing_and_deleting_the_original(world: World, app: Listener) -> None:
    url = await pressed(world, app)
    await url.send(text="Accepted", blocks=[section("Accepted")], replace_original=True)
    (message,) = world.test_user().messages()
    assert world.test_user().text(message) == "Accepted"
    await url.send(delete_original=True)
    assert world.test_user().messages() == []


async def test_an_ephemeral_can_be_replaced_only_here(world: World, app: Listener) -> None:
    await world.client.chat_postEphemeral(channel=world.dm, user=world.katherine, text="?", blocks=[actions(button())])
    await world.test_user().press("Accept")
    assert app.last["container"]["is_ephemeral"]
    assert "message" not in app.last, "Slack does not tell the app what an ephemeral said"
    url = AsyncWebhookClient(app.last["response_url"], session=world.session)
    await url.send(text="Done", replace_original=True)
    assert [m.text for m in world.test_user().messages()] == ["Done"]


@pytest.mark.parametrize("body", [{"text": ""}, {"blocks": [{"type": "carousel"}]}])
async def test_an_invalid_answer_is_refused(world: World, app: Listener, body: dict[str, object]) -> None:
    url = await pressed(world, app)
    answer = await url.send_dict(body)
    assert answer.status_code == 400
    assert len(world.test_user().messages()) == 1


async def test_a_fault_can_meet_it_too(world: World, app: Listener) -> None:
    url = await pressed(world, app)
    world.workspace.faults.add("response_url", kind="server_error")
    assert (await url.send(text="lost")).status_code == 500
    assert (await url.send(text="found")).status_code == 200
    assert [m.text for m in world.test_user().messages()[1:]] == ["found"]
