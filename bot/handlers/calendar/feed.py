"""The address at which a person's calendar fetches their sessions. Whoever has it reads it: there is no other key."""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.calendars.ics import MEDIA_TYPE

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""What every secret part looks like; nothing else is looked up."""
_HEADERS: Final = {"cache-control": "private, no-cache", "x-content-type-options": "nosniff"}
"""Kept by the calendar that asked alone, which asks each time whether it has changed."""

Read = Callable[[str], Awaitable[bytes | None]]
"""The file at the address with this secret part; None: there is no such address."""


def route(read: Read) -> Route:
    """`GET` and `HEAD /calendar/<secret part>.ics`."""

    async def calendar(request: Request) -> Response:
        token = request.path_params["token"]
        content = await read(token) if _TOKEN.fullmatch(token) else None
        if content is None:
            return PlainTextResponse("Not Found", 404)
        tag = f'"{sha256(content).hexdigest()}"'
        headers = {**_HEADERS, "etag": tag}
        if _has_it(request.headers.getlist("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=f"{MEDIA_TYPE}; charset=utf-8")

    return Route("/calendar/{token}.ics", calendar, methods=["GET"])


def _has_it(said: list[str], tag: str) -> bool:
    """RFC 9110, 13.1.2: compared weakly, since a proxy that packs a file marks its tag as weak."""
    tags = [each.strip().removeprefix("W/") for line in said for each in line.split(",")]
    return tag in tags or "*" in tags
