"""Reading what a request carries: query, form, multipart, plain text or JSON, and the token where Slack takes one.

Source: https://docs.slack.dev/apis/web-api#basics: tokens come in the Authorization header or in a form; not in JSON,
and since 2021 not in the query. Plain text is one of the valid types of every POST; it is read as a form.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from slack_workspace.arguments import Arguments, strict_json
from slack_workspace.errors import SlackError
from slack_workspace.model import Json
from slack_workspace.multipart import parts

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Received:
    """The arguments of a call, the token it brought ("" for none), and what Slack would warn of ("" for nothing)."""

    arguments: Arguments
    token: str
    warning: str = ""


async def receive(request: Request, *, json: bool = True) -> Received:
    """Query and body together; the body wins. `json`: whether JSON is taken here.

    Raises SlackError: missing_post_type, invalid_post_type, invalid_charset, invalid_json, json_not_object,
    invalid_form_data.
    """
    query = {name: value for name, value in request.query_params.items() if name != "token"}
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    fields, token = _body(body, content_type, json=json) if body else ({}, "")
    return Received(Arguments(query | fields), _bearer(request) or token, _warning(content_type) if body else "")


def _warning(content_type: str) -> str:
    """JSON should name its charset, a form should not: https://docs.slack.dev/apis/web-api#posting_json."""
    kind, _, more = content_type.lower().partition(";")
    if kind.strip() == JSON and "charset=" not in more:
        return "missing_charset"
    return "superfluous_charset" if kind.strip() == FORM and "charset=" in more else ""


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _body(body: bytes, content_type: str, *, json: bool) -> tuple[Json, str]:
    """The fields, and the token among them where it may be."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON and json:
        fields = _object(_decoded(body))
        fields.pop("token", None)
        return fields, ""
    if kind == MULTIPART:
        fields = _multipart(body, content_type)
    elif kind in (FORM, TEXT):
        fields = dict(parse_qsl(_decoded(body), keep_blank_values=True))
    else:
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    return fields, str(fields.pop("token", ""))


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise SlackError("invalid_charset") from None


def _object(words: str) -> Json:
    try:
        given = strict_json(words)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


def _multipart(body: bytes, content_type: str) -> Json:
    try:
        return {part.name: part.content.decode() for part in parts(body, content_type)}
    except UnicodeDecodeError:
        raise SlackError("invalid_charset") from None
    except ValueError:
        raise SlackError("invalid_form_data") from None
