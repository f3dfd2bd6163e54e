"""A workspace with a few people, and an app beside it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_workspace import TestUser, Workspace
from slack_workspace.reference import REFERENCE

from .listener import Listener, listening

Json = dict[str, Any]


@dataclass
class World:
    """A started workspace, two members, and the app's ways into it."""

    workspace: Workspace
    client: AsyncWebClient
    session: aiohttp.ClientSession
    katherine: str
    mary: str

    async def call(self, method: str, arguments: Json | None = None, token: str | None = None) -> Json:
        """A Web API call over HTTP, as JSON where the method takes it; the answer's body, whatever it says."""
        headers = {"Authorization": f"Bearer {self.workspace.bot_token if token is None else token}"}
        headers = headers if token != "" else {}
        body: str | dict[str, str] = form(arguments or {})
        if method not in REFERENCE or REFERENCE[method].json:
            body = json.dumps(arguments or {})
            headers["Content-Type"] = "application/json; charset=utf-8"
        async with self.session.post(self.workspace.api_url + method, data=body, headers=headers) as answer:
            return dict(await answer.json())

    def test_user(self) -> TestUser:
        return self.workspace.test_user(self.katherine)

    @property
    def dm(self) -> str:
        channel = self.workspace.state.dm_of(self.katherine)
        assert channel
        return channel.id

    def trigger(self, view_id: str | None = None) -> str:
        """A fresh trigger id, as if Katherine had just done something."""
        return self.workspace._core.triggers.issue(self.katherine, view_id)


def form(arguments: Json) -> dict[str, str]:
    """The arguments as fields of a form: text as it is, everything else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def _pause(seconds: float) -> None:
    """Redeliveries come without the minutes between them."""


@pytest.fixture
async def world(session: aiohttp.ClientSession) -> AsyncIterator[World]:
    workspace = Workspace(rate_limits=False, ack_seconds=1.5, pause=_pause)
    katherine = workspace.add_person("Katherine Bell", email="katherine@example.org", title="Mentee")
    mary = workspace.add_person("Mary Osei", email="mary@example.org", tz="Africa/Accra")
    await workspace.start()
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, session=session)
    yield World(workspace, client, session, katherine, mary)
    await workspace.stop()


@pytest.fixture
async def app(world: World) -> AsyncIterator[Listener]:
    async with listening(world.workspace) as listener:
        yield listener
