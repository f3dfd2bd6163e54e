"""What a wing's door can say of a delivery before it knows what that means, in plain ASGI: its size, its shape, whether
it is text that can be kept."""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

log = logging.getLogger(__name__)

_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
"""Half a surrogate pair and the zero character."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to whoever knocked."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Rejected(Exception):  # noqa: N818 – an answer
    """It gets no further than the door."""

    def __init__(self, status: int, body: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(body)
        self.answer = Answer(status, body, headers=headers)


Knock = Callable[[Mapping[str, str], bytes], Awaitable[Answer]]
"""What stands behind a door: headers (by their names in small letters) and body in, the answer out. Raises Rejected."""


class Door:
    """An ASGI application: one address to which others deliver. `largest`: bytes of a body; `once`: how the names of
    headers begin that must not be there twice; `whose`: who delivers here, for the words to whoever else does."""

    def __init__(self, knock: Knock, largest: int, once: str, whose: str) -> None:
        self._knock = knock
        self._largest = largest
        self._once = once
        self._whose = whose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            if scope["method"] != "POST":
                raise Rejected(405, "Only POST is taken here.", (("allow", "POST"),))
            headers = self._headers(scope["headers"])
            answer = await self._knock(headers, await self._body(headers, receive))
        except Rejected as rejected:
            answer = rejected.answer
        except Exception:
            # A platform delivers what happened again after a 503, and answers a click with a word of regret itself.
            log.exception("a delivery could not be taken")
            answer = Answer(503, "Please try again.")
        await _reply(answer, send)

    def _headers(self, pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in pairs:
            key = name.decode("latin-1").lower()
            if key in found and key.startswith(self._once):
                raise Rejected(400, "A header is there twice.")
            found[key] = value.decode("latin-1")
        return found

    async def _body(self, headers: Mapping[str, str], receive: Receive) -> bytes:
        announced = headers.get("content-length", "0")
        if not announced.isdecimal():
            raise Rejected(400, "The length cannot be read.")
        too_large = Rejected(413, f"This is larger than anything {self._whose} sends.")
        if int(announced[:12]) > self._largest:
            raise too_large
        pieces, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Rejected(400, "The body did not arrive.")
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > self._largest:
                raise too_large
            if not message.get("more_body"):
                return b"".join(pieces)


def kind_of(headers: Mapping[str, str]) -> str:
    """The media type of a body."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def read(body: bytes, parse: Callable[[str], Any] = json.loads) -> dict[str, Any]:
    """The payload of a body; raises Rejected where it cannot be read, or holds what is not text."""
    try:
        payload = parse(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Rejected(400, "This cannot be read.") from None
    if not isinstance(payload, dict):
        raise Rejected(400, "This cannot be read.")
    if (b"\\u" in body or b"%" in body) and not _is_text(payload):
        raise Rejected(400, "This holds what is not text.")
    return payload


def _is_text(payload: Any) -> bool:
    """Whether every string can be kept: what is no text passes JSON, and no database."""
    waiting = [payload]
    while waiting:
        match waiting.pop():
            case str() as text:
                if _NO_TEXT.search(text):
                    return False
            case dict() as mapping:
                waiting += [*mapping.keys(), *mapping.values()]
            case list() as items:
                waiting += items
    return True


async def _reply(answer: Answer, send: Send) -> None:
    body = answer.body.encode()
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        *((name.encode(), value.encode()) for name, value in answer.headers),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
