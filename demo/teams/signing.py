"""What Microsoft's servers do between a client and a bot: they sign what is delivered. The playground does not, and the
bot takes nothing unsigned; so this stands between them, with keys of its own."""

import time
from collections.abc import Mapping
from typing import Any, Final

import jwt
from aiohttp import ClientSession
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.handlers.teams.places import ISSUER
from bot.handlers.web import HttpServer

_KEY: Final = "demo"
_LASTS: Final = 3600


class Signing:
    """Takes deliveries for the bot of that app id, signs them and hands them on to `bot_url` once it is known."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = HttpServer(
            Starlette(routes=[Route("/keys", self._keys), Route("/messages", self._sign, methods=["POST"])]),
            "127.0.0.1", 0,
        )  # fmt: skip
        self._http: ClientSession | None = None
        self.bot_url = ""

    @property
    def keys_url(self) -> str:
        """Where the keys are."""
        return f"{self._server.url}/keys"

    @property
    def url(self) -> str:
        """Where the playground delivers to."""
        return f"{self._server.url}/messages"

    async def start(self) -> None:
        """Listen."""
        self._http = ClientSession(trust_env=False)
        await self._server.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._server.stop()
        if self._http is not None:
            await self._http.close()

    async def token(self) -> str:
        """The bot's own token; the playground asks for none."""
        return self._signed({"aud": ISSUER})

    async def _keys(self, _: Request) -> Response:
        key = jwt.get_algorithm_by_name("RS256").to_jwk(self._key.public_key(), as_dict=True)
        return JSONResponse({"keys": [key | {"kid": _KEY, "use": "sig"}]})

    async def _sign(self, request: Request) -> Response:
        if self._http is None:
            return Response(status_code=503)
        service = (await request.json()).get("serviceUrl")
        token = self._signed({"aud": self._app_id, "serviceurl": service})
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        async with self._http.post(self.bot_url, data=await request.body(), headers=headers) as answer:
            return Response(await answer.read(), answer.status, media_type=answer.content_type)

    def _signed(self, claims: Mapping[str, Any]) -> str:
        until = int(time.time()) + _LASTS
        return jwt.encode({"iss": ISSUER, "exp": until, **claims}, self._key, "RS256", {"kid": _KEY})
