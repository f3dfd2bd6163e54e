"""A place with one person in it, and a tiny bot whose every answer a test writes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.support.teams import TeamsPlace, TeamsUser
from tests.support.teams.model import CARD, Json


def card(*body: Json, **more: Any) -> Json:
    """A card of these elements."""
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body)} | more


def line(text: str, **more: Any) -> Json:
    """A line of literal text."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]} | more


def button(title: str, verb: str, where: str = "message", associated: str = "none", **data: Any) -> Json:
    """One button in a row of its own."""
    kept = {"do": verb, "in": where} | data
    action = {"type": "Action.Execute", "title": title, "verb": verb, "data": kept, "associatedInputs": associated}
    return {"type": "ActionSet", "actions": [action]}


def row(*buttons: Json) -> Json:
    """Buttons side by side."""
    return {"type": "ActionSet", "actions": [action for each in buttons for action in each["actions"]]}


def message(content: Json, summary: str = "A card") -> Json:
    """The activity that carries a card alone."""
    return {"type": "message", "summary": summary, "attachments": [{"contentType": CARD, "content": content}]}


def instead(content: Json) -> Json:
    """The answer to a press that puts a card in the place of the pressed one."""
    return {"statusCode": 200, "type": CARD, "value": content}


@dataclass
class ScriptedBot:
    """Takes everything, and answers invokes as the test has written: a (status, body) each, in order."""

    place: TeamsPlace
    http: aiohttp.ClientSession
    heard: list[Json] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """One activity."""
        activity = await request.json()
        self.heard.append(activity)
        self.tokens.append(request.headers.get("Authorization", ""))
        if activity["type"] != "invoke":
            return web.Response(status=200)
        status, body = self.answers.pop(0)
        return web.Response(status=status) if body is None else web.json_response(body, status=status)

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, Any]:
        """One call of the connector: the status, the body and the headers of its answer."""
        url = f"{self.place.service.service_url}v3/{path}"
        given = {"Authorization": f"Bearer {self.place.service.bot_token}"} | headers
        async with self.http.request(method, url, json=body, headers=given) as answer:
            return answer.status, await answer.json(), answer.headers

    async def post(self, conversation: str, content: Json, summary: str = "A card") -> str:
        """Post a card; gives its id."""
        status, body, _ = await self.call("POST", f"conversations/{conversation}/activities", message(content, summary))
        assert status == 201, body
        return str(body["id"])


@pytest.fixture
async def place() -> AsyncIterator[TeamsPlace]:
    """A started place."""
    made = TeamsPlace(rate_limits=False)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def bot(place: TeamsPlace) -> AsyncIterator[ScriptedBot]:
    """The tiny bot, where the place finds it."""
    async with aiohttp.ClientSession() as http:
        made = ScriptedBot(place, http)
        app = web.Application()
        app.router.add_post("/api/messages", made.take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        place.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        yield made
        await runner.cleanup()


@pytest.fixture
async def ada(place: TeamsPlace, bot: ScriptedBot) -> TeamsUser:
    """Ada, who has installed the app."""
    await place.install(place.add_person("Ada Lovelace"))
    return place.test_user("Ada Lovelace")
