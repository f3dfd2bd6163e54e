"""Socket Mode with slack_sdk's own client: connecting, acknowledging, losing the line, being asked to come anew."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from slack_workspace import Refusal, Workspace

from .conftest import World
from .shapes import actions, button, modal
from .shapes import field as asked

Json = dict[str, Any]


@dataclass
class Dialled:
    """The app at its end of the line. `ack` False: it hears and does not answer."""

    client: SocketModeClient
    heard: list[SocketModeRequest] = field(default_factory=list)
    payload: Json | None = None
    ack: bool = True
    changed: Callable[[], None] = lambda: None

    async def hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.ack:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))
        self.changed()


@asynccontextmanager
async def dialled(workspace: Workspace, *, connect: bool = True) -> AsyncIterator[Dialled]:
    async with aiohttp.ClientSession() as session:
        web = AsyncWebClient(base_url=workspace.api_url, session=session)
        client = SocketModeClient(workspace.app_token, web_client=web, ping_interval=0.05)
        app = Dialled(client, changed=workspace._core.changes.touch)
        client.socket_mode_request_listeners.append(app.hear)
        before = workspace.sockets
        try:
            if connect:
                await client.connect()  # type: ignore[no-untyped-call]
                await workspace.settled(lambda: workspace.sockets == before + 1)
            yield app
        finally:
            await client.close()  # type: ignore[no-untyped-call]


async def offered(world: World) -> None:
    await world.client.chat_postMessage(channel=world.katherine, text="?", blocks=[actions(button())])


async def test_everything_arrives_in_envelopes(world: World) -> None:
    async with dialled(world.workspace) as app:
        await offered(world)
        test_user = world.test_user()
        await test_user.open_home()
        await test_user.command("/mentoring", "help")
        await test_user.press("Accept")
        assert [r.type for r in app.heard] == ["events_api", "slash_commands", "interactive"]
        assert [r.accepts_response_payload for r in app.heard] == [False, True, True]
        assert app.heard[0].payload["event"]["type"] == "app_home_opened"
        assert app.heard[0].retry_attempt == 0
        assert {d.transport for d in world.workspace.deliveries} == {"socket"}


async def test_an_acknowledgement_carries_the_answer(world: World) -> None:
    async with dialled(world.workspace) as app:
        await world.client.views_open(trigger_id=world.trigger(), view=modal(asked()))
        await world.test_user().fill({"Why": "no"})
        app.payload = {"response_action": "errors", "errors": {"why": "Please say more."}}
        assert await world.test_user().submit() == {"Why": "Please say more."}


async def test_a_lost_line_is_dialled_again(world: World) -> None:
    async with dialled(world.workspace) as app:
        world.workspace.drop_sockets()
        assert world.workspace.sockets == 0
        await world.workspace.settled(lambda: world.workspace.sockets == 1)
        await offered(world)
        await world.test_user().press("Accept")
        assert len(app.heard) == 1


async def test_what_was_not_acknowledged_comes_again_on_the_next_line(world: World) -> None:
    world.workspace._deliverer._ack_seconds = 5
    async with dialled(world.workspace) as app:
        app.ack = False
        opening = asyncio.create_task(world.test_user().open_home())
        await world.workspace.settled(lambda: len(app.heard) == 1)
        app.ack = True
        world.workspace.drop_sockets()
        assert (await opening).acked
        first, second = app.heard
        assert first.envelope_id == second.envelope_id


async def test_an_event_without_an_acknowledgement_is_redelivered(world: World) -> None:
    async with dialled(world.workspace) as app:
        app.ack = False
        await world.test_user().open_home()
        app.ack = True
        await world.workspace.redelivered()
        assert [r.retry_attempt for r in app.heard] == [0, 1]
        assert app.heard[1].retry_reason == "http_timeout"


async def test_a_refresh_asks_and_then_closes(world: World) -> None:
    async with dialled(world.workspace) as app:
        said: list[Json] = []

        async def listen(message: aiohttp.WSMessage) -> None:
            if message.type == aiohttp.WSMsgType.TEXT:
                said.append(json.loads(message.data))

        app.client.on_message_listeners.append(listen)
        old = world.workspace._sockets.connections[0]
        await world.workspace.warn_sockets()
        await world.workspace.refresh_sockets()
        await world.workspace.settled(lambda: world.workspace.sockets == 1)
        assert world.workspace._sockets.connections[0] is not old
        await offered(world)
        await world.test_user().press("Accept")
        assert [(m["type"], m["reason"]) for m in said if m.get("type") == "disconnect"] == [
            ("disconnect", "warning"),
            ("disconnect", "refresh_requested"),
        ]


async def test_two_lines_share_the_work(world: World) -> None:
    async with dialled(world.workspace) as one, dialled(world.workspace) as two:
        for _ in range(4):
            await world.test_user().open_home()
        assert (len(one.heard), len(two.heard)) == (2, 2)


async def test_nobody_there_is_shown_as_a_failure(world: World) -> None:
    with pytest.raises(Refusal, match="not connected"):
        await world.test_user().command("/mentoring")


async def test_events_wait_for_the_app_to_dial_in(world: World) -> None:
    world.workspace._deliverer._ack_seconds = 5
    opening = asyncio.create_task(world.test_user().open_home())
    async with dialled(world.workspace) as app:
        assert (await opening).acked
        assert len(app.heard) == 1


async def test_a_ticket_is_good_for_one_line(world: World) -> None:
    answer = await world.call("apps.connections.open", token=world.workspace.app_token)
    async with world.session.ws_connect(answer["url"]) as line:
        hello = await line.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"]["app_id"] == world.workspace.identity.app_id
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await world.session.ws_connect(answer["url"])


async def test_nonsense_on_the_line_is_passed_over(world: World) -> None:
    answer = await world.call("apps.connections.open", token=world.workspace.app_token)
    async with world.session.ws_connect(answer["url"]) as line:
        await line.receive_json()
        for words in ("{", "[]", '{"envelope_id": "unknown"}', "7"):
            await line.send_str(words)
        opening = asyncio.create_task(world.test_user().open_home())
        envelope = await line.receive_json()
        await line.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await opening).acked


async def test_stopping_does_not_wait_for_the_app() -> None:
    workspace = Workspace()
    await workspace.start()
    async with dialled(workspace) as app:
        app.client.auto_reconnect_enabled = False
        stop: Callable[[], Awaitable[None]] = workspace.stop
        async with asyncio.timeout(1):
            await stop()
        with contextlib.suppress(Exception):
            await app.client.disconnect()  # type: ignore[no-untyped-call]
