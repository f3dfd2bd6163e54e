"""The door of the Web API: tokens, scopes, rate limits and faults in front of the methods; every call is recorded."""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from slack_workspace.core import Call, Core
from slack_workspace.errors import SlackError
from slack_workspace.faults import Fault
from slack_workspace.model import Json
from slack_workspace.scopes import BY_KIND, SCOPES

Handler = Callable[[Core, "Arguments"], Json]
_METHODS: Final[dict[str, Handler]] = {}

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"


class Arguments(dict[str, Any]):
    """What a method was called with. Form fields come as strings, JSON bodies with their types: both are read."""

    def text(self, name: str) -> str:
        value = self.get(name)
        return "" if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """Raises SlackError(error) where it is missing or empty."""
        value = self.text(name)
        if not value:
            messages = (f"missing required field: {name}",) if error == "invalid_arguments" else ()
            raise SlackError(error, *messages)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def data(self, name: str, error: str) -> Any:
        """JSON given as a string or as itself; None if absent. Raises SlackError(error) where it cannot be read."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def limit(self, default: int, most: int = 1000) -> int:
        """Raises SlackError(invalid_limit)."""
        try:
            number = int(self.get("limit") or default)
        except (TypeError, ValueError):
            raise SlackError("invalid_limit") from None
        if not 1 <= number <= most:
            raise SlackError("invalid_limit")
        return number


def method(name: str) -> Callable[[Handler], Handler]:
    """Registers the function as the Web API method of that name."""

    def register(handler: Handler) -> Handler:
        _METHODS[name] = handler
        return handler

    return register


def known_methods() -> frozenset[str]:
    return frozenset(_METHODS)


async def read_arguments(request: Request) -> Arguments:
    """Query and body together. Raises SlackError: invalid_post_type, invalid_json, invalid_charset, json_not_object."""
    arguments = Arguments(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if not body:
        return arguments
    try:
        words = body.decode()
    except UnicodeDecodeError:
        raise SlackError("invalid_charset") from None
    if kind == FORM:
        arguments.update(parse_qsl(words, keep_blank_values=True))
    elif kind == JSON:
        try:
            given = json.loads(words)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackError("json_not_object")
        arguments.update(given)
    else:
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    return arguments


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body, the scopes of the token where it was taken and, with a 429, when to come again (seconds)."""

    body: Json
    status: int = 200
    retry_after: int = 0

    def response(self, scopes: str = "") -> Response:
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        if scopes:
            headers["X-OAuth-Scopes"] = scopes
        return JSONResponse(self.body, self.status, headers)


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
        arguments = Arguments()
        try:
            arguments = await read_arguments(request)
            token = self._token(request, arguments)
            answer = faulty(fault) or self._answer(name, token, arguments)
        except SlackError as error:
            answer = _refused(error)
        error_name = str(answer.body.get("error", ""))
        self._core.record(Call(name, dict(arguments), answer.body, error_name, answer.status))
        if fault and fault.kind == "lost_answer":
            self._drop(request)
        return answer.response(",".join(sorted(self._core.scopes)) if answer.body.get("ok") else "")

    def _token(self, request: Request, arguments: Arguments) -> str:
        given = str(arguments.pop("token", "") or "")
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        return value.strip() if scheme.lower() == "bearer" and value.strip() else given

    def _answer(self, name: str, token: str, arguments: Arguments) -> Answer:
        handler = _METHODS.get(name)
        if handler is None:
            raise SlackError("unknown_method")
        if name != "api.test":
            self._check_token(name, token)
        wait = self._core.limits.wait(name, self._channel_key(arguments))
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        return Answer({"ok": True} | handler(self._core, arguments))

    def _check_token(self, name: str, token: str) -> None:
        identity = self._core.identity
        if not token:
            raise SlackError("not_authed")
        if token not in (identity.bot_token, identity.app_token):
            raise SlackError("invalid_auth")
        wants_app_token = name == "apps.connections.open"
        if wants_app_token != (token == identity.app_token) and name != "auth.test":
            raise SlackError("not_allowed_token_type")
        if not wants_app_token and name not in BY_KIND:  # those ask for the scope of the conversation they are about
            self._core.need_scope(SCOPES[name])

    def _channel_key(self, arguments: Arguments) -> str:
        channel = arguments.text("channel")
        found = self._core.state.dm_of(channel) if channel.startswith("U") else None
        return found.id if found else channel


def faulty(fault: Fault | None) -> Answer | None:
    """The answer of a fault that lets nothing be done; None for the others."""
    match fault.kind if fault else None:
        case "rate_limited":
            seconds = max(1, math.ceil(fault.seconds)) if fault else 1
            return Answer({"ok": False, "error": "ratelimited"}, 429, seconds)
        case "server_error":
            return Answer({"ok": False, "error": "internal_error"}, 500)
    return None


def _refused(error: SlackError) -> Answer:
    body: Json = dict(error.answer())
    return Answer(body, 429, error.retry_after) if error.retry_after else Answer(body)
