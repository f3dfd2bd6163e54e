"""Microsoft's side over HTTP, on the loopback address: signing keys, tokens for the bot, files that people send, and
the connector's REST API v3, as strict as the real one.

Source: https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
import json
import secrets
from functools import cached_property
from typing import Any, Final

import jwt
from aiohttp import web

from tests.support.teams import keys
from tests.support.teams.connector import Answer, Connector, Failed
from tests.support.teams.faults import REFUSED, Fault, Faults
from tests.support.teams.limits import Limits
from tests.support.teams.model import Call, Json
from tests.support.teams.state import State

_LARGEST: Final = 256 * 1024


class Service:
    """The servers that a bot of one tenant meets."""

    def __init__(self, state: State, *, app_password: str = "", rate_limits: bool = True) -> None:
        self.state = state
        self.faults = Faults()
        self.limits = Limits(enabled=rate_limits)
        self.bot_token = jwt.encode({"jti": secrets.token_hex(16)}, secrets.token_hex(16))
        self.app_password = app_password or secrets.token_hex(16)
        self.keys = [keys.OURS]
        self.key_fetches = 0
        self.keys_delay = 0.0
        """Seconds until the list of keys is given."""
        self.files: dict[str, tuple[str, bytes]] = {}
        self.uploads: dict[str, tuple[str, int]] = {}
        """Where a file may be put, once, by token: its name and its size."""
        self.url = ""
        self._connector = Connector(state)
        self._runner: web.AppRunner | None = None

    @property
    def service_url(self) -> str:
        """The base of the connector's API, as activities name it."""
        return f"{self.url}/emea/"

    @property
    def keys_url(self) -> str:
        """Where the signing keys are."""
        return f"{self.url}/v1/keys"

    @cached_property
    def usual_token(self) -> str:
        """The token that deliveries bear: Microsoft, too, uses one for an hour."""
        return self.token()

    def token(self, *, key: keys.SigningKey = keys.OURS, header: Json | None = None, **claims: Any) -> str:
        """A token such as every delivery bears; each claim, the key and the header can be made wrong."""
        return keys.token(self.state.app_id, self.service_url, key=key, header=header, **claims)

    async def start(self) -> None:
        """Listen on a port that the system gives."""
        app = web.Application(client_max_size=_LARGEST)
        app.add_routes(
            [
                web.get("/v1/keys", self._give_keys),
                web.get("/files/{token}", self._give_file),
                web.put("/files/{token}", self._take_file),
                web.post("/{tenant}/oauth2/v2.0/token", self._give_token),
                web.route("*", "/emea/v3/{tail:.*}", self._rest),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    # --- keys, tokens, files ----------------------------------------------------------------------------------
    async def _give_keys(self, _: web.Request) -> web.Response:
        self.key_fetches += 1
        if self.keys_delay:
            await asyncio.sleep(self.keys_delay)
        return web.json_response({"keys": [key.public() for key in self.keys]})

    async def _give_token(self, request: web.Request) -> web.Response:
        asked = await request.post()
        wanted = {
            "client_id": self.state.app_id,
            "client_secret": self.app_password,
            "grant_type": "client_credentials",
        }
        if request.match_info["tenant"] != self.state.tenant or any(asked.get(k) != v for k, v in wanted.items()):
            return web.json_response({"error": "invalid_client", "error_description": "AADSTS7000215"}, status=401)
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": self.bot_token})

    async def _give_file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["token"])
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found[1], content_type="application/octet-stream")

    async def _take_file(self, request: web.Request) -> web.Response:
        token, content = request.match_info["token"], await request.read()
        name, size = self.uploads.get(token, ("", -1))
        if size < 0:
            return web.Response(status=404)
        whole = f"bytes 0-{len(content) - 1}/{len(content)}"
        if request.headers.get("Content-Range") != whole or "Authorization" in request.headers or len(content) != size:
            return web.Response(status=416)
        del self.uploads[token]
        self.files[token] = (name, content)
        self.state.changes.touch()
        return web.json_response({"name": name}, status=201)

    # --- the connector ----------------------------------------------------------------------------------------
    async def _rest(self, request: web.Request) -> web.Response:
        parts = [part for part in request.match_info["tail"].split("/") if part]
        where = parts[1].partition(";")[0] if len(parts) > 1 and parts[0] == "conversations" else ""
        try:
            body = await self._body(request)
            fault = self.faults.take(request.method, where)
            answer = await self._met(request, parts, body, fault)
        except Failed as failed:
            body, answer = {}, failed.answer
        self.state.calls.append(Call(request.method, request.path, where, answer.status, answer.error, body))
        self.state.changes.touch()
        if answer.status == 0:
            if request.transport:
                request.transport.abort()
            return web.Response(status=503)
        headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after is not None else {}
        return web.json_response(answer.body, status=answer.status, headers=headers)

    async def _body(self, request: web.Request) -> Json:
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            raise Failed(401, "Unauthorized", "Authorization has been denied for this request.")
        raw = await request.read()
        if not raw:
            return {}
        if request.content_type != "application/json":
            raise Failed(415, "UnsupportedMediaType", "Unsupported media type.")
        try:
            body = json.loads(raw)
        except ValueError:
            raise Failed(400, "BadSyntax", "Invalid JSON.") from None
        if not isinstance(body, dict):
            raise Failed(400, "BadSyntax", "The body is an object.")
        return body

    async def _met(self, request: web.Request, parts: list[str], body: Json, fault: Fault | None) -> Answer:
        if fault and fault.kind == "lost_before":
            return Answer(0, {}, "lost")
        if fault and fault.kind in REFUSED:
            status, code = REFUSED[fault.kind]
            limited = status == 429 and fault.seconds is not None
            raise Failed(status, code, "Injected.", retry_after=int(fault.seconds or 0) if limited else None)
        self._paced(request.method, parts)
        answer = self._connector.take(request.method, parts, dict(request.query), body)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds or 0)
        return Answer(0, {}, "lost") if fault and fault.kind == "lost_after" else answer

    def _paced(self, method: str, parts: list[str]) -> None:
        if len(parts) < 3 or parts[0] != "conversations":
            return
        roster = "members" in parts[2].lower()
        wait = self.limits.wait(parts[1].partition(";")[0], roster=roster)
        if wait:
            raise Failed(429, "TooManyRequests", "Too many requests.", retry_after=wait)
