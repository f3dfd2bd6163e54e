"""The verification before Bolt: who is not Slack, or does not speak as Slack speaks, gets no further than here.

Bolt reads a body before it checks its signature and answers what it cannot read with a 500. So everything that can be
said without knowing what a delivery means is said here.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bot.handlers import bodies
from bot.handlers.bodies import Answer, Door, Rejected
from bot.handlers.slack.payloads import Unreadable

LARGEST: Final = 512 * 1024
"""Bytes of a body. The largest view is 250 kB; a submission carries it with its state."""
_STAMP: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")

Take = Callable[[dict[str, Any]], Awaitable[Answer]]
"""What stands behind it: it takes a payload that is from Slack and answers it."""


def verifier(signing_secret: str, take: Take) -> Door:
    """An ASGI application that lets through what Slack has signed."""
    signatures = SignatureVerifier(signing_secret)

    async def knock(headers: Mapping[str, str], body: bytes) -> Answer:
        _verify(signatures, headers, body)
        try:
            return await take(parsed(headers, body))
        except Unreadable:
            raise Rejected(400, "This is not a delivery that Slack documents.") from None

    return Door(knock, LARGEST, once="x-slack-", whose="Slack")


def _verify(signatures: SignatureVerifier, headers: Mapping[str, str], body: bytes) -> None:
    """Reject what Slack has not signed, or not just now: the time is real, however a demo turns its clock."""
    at, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    # Numbers of any length, signatures of any letters and bodies that are no text would break the check itself.
    if not (_STAMP.fullmatch(at) and _SIGNATURE.fullmatch(signature)):
        raise Rejected(401, "This is not signed by Slack.")
    try:
        good = signatures.is_valid(body, at, signature)
    except UnicodeDecodeError:
        raise Rejected(400, "This cannot be read.") from None
    if not good:
        raise Rejected(401, "This is not signed by Slack, or was signed too long ago.")


def parsed(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The payload of a body of JSON or of a form; raises Rejected for anything else."""
    match bodies.kind_of(headers):
        case "application/json":
            return bodies.read(body)
        case "application/x-www-form-urlencoded":
            return bodies.read(body, _form)
        case _:
            raise Rejected(415, "Slack sends JSON or a form.")


def _form(text: str) -> Any:
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100, errors="strict"))
    # A slash command is the form itself; a click is JSON in one of its fields.
    return json.loads(fields["payload"]) if "payload" in fields else fields
