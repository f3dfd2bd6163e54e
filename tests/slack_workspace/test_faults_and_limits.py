"""Bad days on request, and Slack's rates."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from slack_workspace import Workspace
from slack_workspace.limits import METHOD_TIERS, Limits
from slack_workspace.web_api import known_methods

from .conftest import World


async def test_rate_limited_says_when_to_come_again(world: World) -> None:
    world.workspace.faults.add("chat.postMessage", kind="rate_limited", seconds=7)
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(channel=world.dm, text="hello")
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert world.test_user().messages() == []
    await world.client.chat_postMessage(channel=world.dm, text="hello")


async def test_a_server_error_does_nothing(world: World) -> None:
    world.workspace.faults.add("chat.postMessage", kind="server_error", times=2)
    url = world.workspace.api_url + "chat.postMessage"
    headers = {"Authorization": f"Bearer {world.workspace.bot_token}"}
    for _ in range(2):
        async with world.session.post(url, json={"channel": world.dm, "text": "hello"}, headers=headers) as answer:
            assert answer.status == 500
    assert world.test_user().messages() == []
    assert [c.status for c in world.workspace.calls] == [500, 500]


async def test_a_lost_answer_was_done(world: World) -> None:
    world.workspace.faults.add("chat.postMessage", kind="lost_answer")
    with pytest.raises(aiohttp.ClientConnectionError):
        await world.call("chat.postMessage", {"channel": world.dm, "text": "hello"})
    assert [m.text for m in world.test_user().messages()] == ["hello"]
    assert world.workspace.calls[-1].error == "", "done, whatever the app knows of it"


async def test_a_client_that_sends_again_after_a_lost_answer_posts_twice(world: World) -> None:
    """What slack_sdk's default retry handler does, and why a courier must not leave it on."""
    world.workspace.faults.add("chat.postMessage", kind="lost_answer")
    await world.client.chat_postMessage(channel=world.dm, text="hello")
    assert [m.text for m in world.test_user().messages()] == ["hello", "hello"]


async def test_slow_is_done_and_answered(world: World) -> None:
    world.workspace.faults.add("*", kind="slow", seconds=0.05)
    assert (await world.client.auth_test())["ok"]


async def test_faults_over_http(world: World) -> None:
    url = f"{world.workspace.url}/control/faults"
    fault = {"method": "auth.test", "kind": "server_error"}
    async with world.session.post(url, json=fault) as answer:
        (waits,) = (await answer.json())["faults"]
        assert waits.items() >= (fault | {"times": 1, "seconds": 1.0}).items()
    async with world.session.post(url, json=fault | {"kind": "earthquake"}) as answer:
        assert answer.status == 400
    async with world.session.delete(url) as answer:
        assert (await answer.json())["faults"] == []


async def test_people_over_http(world: World) -> None:
    url = f"{world.workspace.url}/control/people"
    async with world.session.post(url, json={"name": "New Person", "email": "new@example.org"}) as answer:
        user = (await answer.json())["user"]
    async with world.session.post(url, json={"user": user, "deactivated": True}) as answer:
        assert answer.status == 200
    assert (await world.client.users_info(user=user))["user"]["deleted"] is True
    async with world.session.post(url, json={"user": user, "shoe_size": 44}) as answer:
        assert answer.status == 400


def test_a_message_a_second_a_channel() -> None:
    now = 0.0
    limits = Limits(clock=lambda: now)
    assert [limits.wait("chat.postMessage", "C1") for _ in range(5)] == [0, 0, 0, 1, 1]
    assert limits.wait("chat.postMessage", "C2") == 0
    now += 1.0
    assert [limits.wait("chat.postMessage", "C1") for _ in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("method", "a_minute"), [("users.list", 20), ("chat.update", 50), ("views.open", 100), ("api.test", 100)]
)
def test_tiers(method: str, a_minute: int) -> None:
    now = 0.0
    limits = Limits(clock=lambda: now)
    assert [limits.wait(method) for _ in range(a_minute)] == [0] * a_minute
    assert limits.wait(method) >= 1
    now += 60
    assert limits.wait(method) == 0


def test_the_lowest_tier_lets_a_small_burst_pass() -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits: tier 1 is one a minute, small bursts are tolerated."""
    now = 0.0
    limits = Limits(clock=lambda: now)
    assert [limits.wait("apps.connections.open") for _ in range(6)] == [0, 0, 0, 0, 0, 60]
    now += 60
    assert [limits.wait("apps.connections.open") for _ in range(2)] == [0, 60]


def test_every_limited_method_exists() -> None:
    assert set(METHOD_TIERS) <= known_methods()


async def test_the_limit_over_http(session: aiohttp.ClientSession) -> None:
    workspace = Workspace()
    user = workspace.add_person("Katherine Bell")
    await workspace.start()
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    room = workspace.state.dm_of(user)
    assert room
    statuses = []
    for channel in (user, room.id, user, room.id):
        body = {"channel": channel, "text": "hello"}
        async with session.post(workspace.api_url + "chat.postMessage", json=body, headers=headers) as answer:
            statuses.append((answer.status, answer.headers.get("Retry-After")))
    await workspace.stop()
    assert statuses == [(200, None)] * 3 + [(429, "1")], "a person's id and their DM are the same channel"


async def test_sockets_over_http(world: World) -> None:
    url = f"{world.workspace.url}/control/socket"
    line = await world.session.ws_connect(
        (await world.call("apps.connections.open", token=world.workspace.app_token))["url"]
    )
    await line.receive_json()
    async with world.session.post(url, json={"do": "warn"}) as answer:
        assert answer.status == 200
    assert (await line.receive_json())["reason"] == "warning"
    async with world.session.post(url, json={"do": "drop"}) as answer:
        assert answer.status == 200
    assert (await line.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert world.workspace.sockets == 0
    async with world.session.post(url, json={"do": "dance"}) as answer:
        assert answer.status == 400
