"""The verification before Bolt: who is not Slack, or does not speak as Slack speaks, gets no further than here.

Bolt reads a body before it checks its signature and answers what it cannot read with a 500. So everything that can be
said without knowing what a delivery means is said here, in plain ASGI.
"""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bot.handlers.slack.payloads import Unreadable

log = logging.getLogger(__name__)

LARGEST: Final = 512 * 1024
"""Bytes of a body. The largest view is 250 kB; a submission carries it with its state."""
_STAMP: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")

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


Take = Callable[[dict[str, Any]], Awaitable[Answer]]
"""What stands behind it: it takes a payload that is from Slack and answers it."""


class _Rejected(Exception):  # noqa: N818 – an answer
    def __init__(self, status: int, body: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.answer = Answer(status, body, headers=headers)


class Verifier:
    """An ASGI application that lets through what Slack has signed."""

    def __init__(self, signing_secret: str, take: Take) -> None:
        self._signatures = SignatureVerifier(signing_secret)
        self._take = take

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            answer = await self._answer(scope, receive)
        except _Rejected as rejected:
            answer = rejected.answer
        except Exception:
            # Slack delivers an event again after a 503; a click is answered with a word of regret by Slack itself.
            log.exception("a delivery could not be taken")
            answer = Answer(503, "Please try again.")
        await _reply(answer, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            raise _Rejected(405, "Only POST is taken here.", (("allow", "POST"),))
        headers = _headers(scope["headers"])
        body = await _body(headers, receive)
        self._verify(headers, body)
        try:
            return await self._take(parsed(headers.get("content-type", ""), body))
        except Unreadable:
            raise _Rejected(400, "This is not a delivery that Slack documents.") from None

    def _verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Reject what Slack has not signed, or not just now: the time is real, however a demo turns its clock."""
        at, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        # Numbers of any length, signatures of any letters and bodies that are no text would break the check itself.
        if not (_STAMP.fullmatch(at) and _SIGNATURE.fullmatch(signature)):
            raise _Rejected(401, "This is not signed by Slack.")
        try:
            good = self._signatures.is_valid(body, at, signature)
        except UnicodeDecodeError:
            raise _Rejected(400, "This cannot be read.") from None
        if not good:
            raise _Rejected(401, "This is not signed by Slack, or was signed too long ago.")


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        key = name.decode("latin-1").lower()
        if key in found and key.startswith("x-slack-"):
            raise _Rejected(400, "A header is there twice.")
        found[key] = value.decode("latin-1")
    return found


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes:
    announced = headers.get("content-length", "0")
    if not announced.isdecimal():
        raise _Rejected(400, "The length cannot be read.")
    if int(announced[:12]) > LARGEST:
        raise _Rejected(413, "This is larger than anything Slack sends.")
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Rejected(400, "The body did not arrive.")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST:
            raise _Rejected(413, "This is larger than anything Slack sends.")
        if not message.get("more_body"):
            return b"".join(pieces)


def parsed(content_type: str, body: bytes) -> dict[str, Any]:
    """The payload of a body of JSON or of a form; raises an answer of 4xx for anything else."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/x-www-form-urlencoded"):
        raise _Rejected(415, "Slack sends JSON or a form.")
    try:
        text = body.decode("utf-8")
        payload = json.loads(text) if kind == "application/json" else _form(text)
    except (ValueError, RecursionError):
        raise _Rejected(400, "This cannot be read.") from None
    if not isinstance(payload, dict):
        raise _Rejected(400, "This cannot be read.")
    if (b"\\u" in body or b"%" in body) and not _is_text(payload):
        raise _Rejected(400, "This holds what is not text.")
    return payload


def _form(text: str) -> Any:
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100, errors="strict"))
    # A slash command is the form itself; a click is JSON in one of its fields.
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _is_text(payload: Any) -> bool:
    """Whether every string can be kept: half a surrogate pair and the zero character pass JSON, and no database."""
    waiting = [payload]
    while waiting:
        match waiting.pop():
            case str() as text:
                if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
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
