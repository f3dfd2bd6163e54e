"""The baseline of an ack: a Bolt application with one listener that does nothing, in a process of its own."""

import asyncio
import sys

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.children import orders, run, say
from bench.slack import TEAM
from bot.handlers.slack.platform import PATH
from bot.handlers.web import HttpServer


async def main(secret: str) -> None:
    """Serve until the parent has had enough."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_user_id="U0LOCALBOT1", bot_id="B0LOCALBOT1", bot_token="xoxb-local"
    )

    async def authorize() -> AuthorizeResult:
        return known

    bolt = AsyncApp(signing_secret=secret, authorize=authorize, process_before_response=True)

    @bolt.event("message")
    async def nothing() -> None:
        await asyncio.sleep(0)

    handler = AsyncSlackRequestHandler(bolt)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    server = HttpServer(Starlette(routes=[Route(PATH, take, methods=["POST"])]), "127.0.0.1", 0)
    say({"url": await server.start()})
    await orders({})
    await server.stop()


if __name__ == "__main__":
    run(main(sys.argv[1]))
