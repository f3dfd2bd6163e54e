"""The baseline of a card action: the library with one listener that answers with a card, in a process of its own,
behind the same web server. It checks the same tokens."""

import json
import sys
import warnings
from typing import Any

from opentelemetry import metrics
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.children import orders, run, say
from bot.handlers.teams.platform import PATH
from bot.handlers.web import HttpServer
from bot.serving import once_started

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
    from microsoft_teams.apps import ActivityContext, App
    from microsoft_teams.apps.http.adapter import HttpMethod, HttpRouteHandler


class _Handler:
    """Where the library would have a server listen: it is asked by ours."""

    def __init__(self) -> None:
        self.handlers: list[HttpRouteHandler] = []

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None:
        self.handlers.append(handler)

    def serve_static(self, path: str, directory: str) -> None: ...

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


async def main(keys: str, app_id: str, tenant: str) -> None:
    """Serve until the parent has had enough."""
    metrics.set_meter_provider(metrics.NoOpMeterProvider())
    adapter = _Handler()
    cloud = with_overrides(PUBLIC, openid_metadata_url=keys.removesuffix("/keys") + "/openidconfiguration")
    app = App(client_id=app_id, client_secret="none", tenant_id=tenant, http_server_adapter=adapter, cloud=cloud)
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Closed."}]}
    answer = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}

    async def pressed(_: ActivityContext[Any]) -> Any:
        return answer

    app.router.add_handler(lambda activity: activity.type == "invoke", pressed)
    await app.initialize()

    async def take(request: Request) -> Response:
        body = json.loads(await request.body())
        done = await adapter.handlers[0]({"body": body, "headers": dict(request.headers)})
        return JSONResponse(done["body"], done["status"])

    server = HttpServer(Starlette(routes=[Route(PATH, take, methods=["POST"])]), "127.0.0.1", 0)
    url = await server.start()
    once_started()
    say({"url": url})
    await orders({})
    await server.stop()


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
