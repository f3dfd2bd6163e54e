"""A small app that hears what the workspace brings over HTTP, checks the signature and answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from slack_workspace import Workspace

Json = dict[str, Any]
Answer = Callable[[Json], web.Response]


def nothing(_: Json) -> web.Response:
    return web.Response()


def say(body: Json) -> Answer:
    """Always the same JSON."""
    return lambda _: web.json_response(body)


@dataclass
class Listener:
    """`heard` holds the payloads, `headers` theirs; `answer` makes the acknowledgement; a cleared `gate` holds it."""

    secret: str
    heard: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    valid: list[bool] = field(default_factory=list)
    answer: Answer = nothing
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.valid.append(SignatureVerifier(self.secret).is_valid_request(body, dict(request.headers)))
        payload = _payload(request.content_type, body)
        self.heard.append(payload)
        self.headers.append(dict(request.headers))
        await self.gate.wait()
        return self.answer(payload)

    @property
    def last(self) -> Json:
        return self.heard[-1]


def _payload(content_type: str, body: bytes) -> Json:
    if content_type == "application/json":
        return dict(json.loads(body))
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


@asynccontextmanager
async def listening(workspace: Workspace) -> AsyncIterator[Listener]:
    """The app, running, with the workspace's request_url pointing at it."""
    listener = Listener(workspace.signing_secret)
    listener.gate.set()
    application = web.Application()
    application.router.add_post("/slack/events", listener.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    workspace.request_url = f"http://127.0.0.1:{port}/slack/events"
    try:
        yield listener
    finally:
        listener.gate.set()
        workspace.request_url = None
        await runner.cleanup()
