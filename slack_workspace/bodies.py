"""Reading what a request carries: query, form, multipart, plain text or JSON, and the token where Slack takes one.

Source: https://docs.slack.dev/apis/web-api#basics: tokens come in the Authorization header or in a form; not in JSON,
and since 2021 not in the query. Plain text is one of the valid types of every POST; it is read as a form.
"""

import re
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
CHARSETS: Final = ("utf-8", "iso-8859-1")
_NAME: Final = re.compile(r"\w{1,255}", re.ASCII)
_ARRAY: Final = re.compile(r"\[.*\]")


@dataclass(frozen=True, slots=True)
class Received:
    """The arguments of a call, the token it brought ("" for none), and what Slack would warn of ("" for nothing)."""

    arguments: Arguments
    token: str
    warning: str = ""


async def receive(request: Request, *, json: bool = True) -> Received:
    """Query and body together; the body wins. `json`: whether JSON is taken here.

    Raises SlackError: missing_post_type, invalid_post_type, invalid_charset, invalid_json, json_not_object,
    invalid_form_data, invalid_array_arg, invalid_arg_name.
    """
    query = {name: value for name, value in request.query_params.items() if name != "token"}
    body, kind = await request.body(), ContentType.of(request.headers.get("content-type", ""))
    fields, token = _body(body, kind, json=json) if body else ({}, "")
    arguments = query | fields
    _check_names(arguments)
    return Received(Arguments(arguments), _bearer(request) or token, _warning(kind) if body else "")


@dataclass(frozen=True, slots=True)
class ContentType:
    """The header as it came, the kind it names, and its charset ("" if it names none)."""

    header: str
    kind: str
    charset: str

    @staticmethod
    def of(header: str) -> "ContentType":
        kind, _, parameters = header.lower().partition(";")
        found = re.search(r"charset=[\"']?([\w.:-]+)", parameters)
        return ContentType(header, kind.strip(), found[1] if found else "")


def _check_names(arguments: Json) -> None:
    """Letters, digits and underscores alone; names like foo[7] are a mistake of their own."""
    for name in arguments:
        if _ARRAY.search(name):
            raise SlackError("invalid_array_arg")
        if not _NAME.fullmatch(name):
            raise SlackError("invalid_arg_name")


def _warning(kind: ContentType) -> str:
    """A charset is recommended for all but forms, and superfluous there: see the warnings of any method's page."""
    if kind.kind in (JSON, TEXT) and not kind.charset:
        return "missing_charset"
    return "superfluous_charset" if kind.kind in (FORM, MULTIPART) and kind.charset else ""


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _body(body: bytes, kind: ContentType, *, json: bool) -> tuple[Json, str]:
    """The fields, and the token among them where it may be."""
    if kind.kind == JSON and json:
        fields = _object(_decoded(body, kind.charset))
        fields.pop("token", None)
        return fields, ""
    if kind.kind == MULTIPART:
        fields = _multipart(body, kind)
    elif kind.kind in (FORM, TEXT):
        fields = dict(parse_qsl(_decoded(body, kind.charset), keep_blank_values=True))
    else:
        raise SlackError("invalid_post_type" if kind.kind else "missing_post_type")
    return fields, str(fields.pop("token", ""))


def _decoded(body: bytes, charset: str) -> str:
    if charset not in ("", *CHARSETS):
        raise SlackError("invalid_charset")
    try:
        return body.decode(charset or "utf-8")
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


def _multipart(body: bytes, kind: ContentType) -> Json:
    try:
        return {part.name: _decoded(part.content, kind.charset) for part in parts(body, kind.header)}
    except ValueError:
        raise SlackError("invalid_form_data") from None
