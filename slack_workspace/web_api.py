"""The door of the Web API: tokens, scopes, rate limits and faults in front of the methods; every call is recorded."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from slack_workspace.arguments import Arguments
from slack_workspace.bodies import receive
from slack_workspace.core import Call, Core
from slack_workspace.errors import SlackError
from slack_workspace.faults import Fault
from slack_workspace.model import Json
from slack_workspace.reference import REFERENCE
from slack_workspace.scopes import BY_KIND, SCOPES

Handler = Callable[[Core, Arguments], Json]
_METHODS: Final[dict[str, Handler]] = {}
_SOCKET: Final = "apps.connections.open"


def method(name: str) -> Callable[[Handler], Handler]:
    """Registers the function as the Web API method of that name."""

    def register(handler: Handler) -> Handler:
        _METHODS[name] = handler
        return handler

    return register


def handler(name: str) -> Handler:
    """What serves the method. Raises SlackError(unknown_method)."""
    found = _METHODS.get(name)
    if found is None:
        raise SlackError("unknown_method")
    return found


def known_methods() -> frozenset[str]:
    return frozenset(_METHODS)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and, with a 429, when to come again (seconds)."""

    body: Json
    status: int = 200
    retry_after: int = 0

    def response(self, headers: dict[str, str] | None = None) -> Response:
        again = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        return JSONResponse(self.body, self.status, (headers or {}) | again)


class WebApi:
    """Answers `/api/<method>`. `drop` breaks the connection of a request off without an answer."""

    def __init__(self, core: Core, drop: Callable[[Request], None]) -> None:
        self._core = core
        self._drop = drop

    async def answer(self, request: Request) -> Response:
        name = request.path_params["method"]
        fault = self._core.faults.take(name)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        arguments, token = Arguments(), ""
        try:
            received = await receive(request, json=name not in REFERENCE or REFERENCE[name].json)
            arguments, token = received.arguments, received.token
            answer = faulty(fault) or _warned(self._answer(name, token, arguments), received.warning)
        except SlackError as error:
            answer = _refused(error)
        error_name = str(answer.body.get("error", ""))
        self._core.record(Call(name, arguments.values, answer.body, error_name, answer.status))
        if fault and fault.kind == "lost_answer":
            self._drop(request)
        return answer.response(self._scopes(name, token))

    def _scopes(self, name: str, token: str) -> dict[str, str]:
        """What the token may do and what the method asks for: with every answer to a token that is known."""
        identity = self._core.identity
        granted = {identity.bot_token: ",".join(sorted(self._core.scopes)), identity.app_token: SCOPES[_SOCKET] or ""}
        if token not in granted:
            return {}
        accepted = BY_KIND.get(name, {}).values() or [SCOPES.get(name) or ""]
        return {"X-OAuth-Scopes": granted[token], "X-Accepted-OAuth-Scopes": ",".join(accepted)}

    def _answer(self, name: str, token: str, arguments: Arguments) -> Answer:
        serve = handler(name)
        if name != "api.test":
            self._check_token(name, token)
        wait = self._core.limits.wait(name, self._channel_key(arguments))
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        return Answer({"ok": True} | serve(self._core, arguments))

    def _check_token(self, name: str, token: str) -> None:
        identity = self._core.identity
        if not token:
            raise SlackError("not_authed")
        if token not in (identity.bot_token, identity.app_token):
            raise SlackError("invalid_auth")
        if not self._core.installed and token == identity.bot_token:
            raise SlackError("token_revoked")
        wants_app_token = name == _SOCKET
        if wants_app_token != (token == identity.app_token) and name != "auth.test":
            raise SlackError("not_allowed_token_type")
        if not wants_app_token and name not in BY_KIND:  # those ask for the scope of the conversation they are about
            self._core.need_scope(SCOPES[name])

    def _channel_key(self, arguments: Arguments) -> str:
        """One bucket for a conversation, however the call names it."""
        channel = str(arguments.values.get("channel", ""))
        state = self._core.state
        found = state.dm_of(channel) or state.channel_named(channel.removeprefix("#"))
        return found.id if found else channel


def faulty(fault: Fault | None) -> Answer | None:
    """The answer of a fault that lets nothing be done; None for the others."""
    match fault.kind if fault else None:
        case "rate_limited":
            seconds = max(1, math.ceil(fault.seconds)) if fault else 1
            return Answer({"ok": False, "error": "ratelimited"}, 429, seconds)
        case "server_error":
            return Answer({"ok": False, "error": "internal_error"}, 500)
        case "refused" if fault:
            return Answer({"ok": False, "error": fault.error})
    return None


def _warned(answer: Answer, warning: str) -> Answer:
    """The answer with what was odd about the call, though it was served."""
    if not warning:
        return answer
    metadata = answer.body.get("response_metadata", {}) | {"warnings": [warning]}
    return Answer(answer.body | {"warning": warning, "response_metadata": metadata})


def _refused(error: SlackError) -> Answer:
    body: Json = dict(error.answer())
    return Answer(body, 429, error.retry_after) if error.retry_after else Answer(body)
