"""Logs that can be shown to anybody: ids, verbs and outcomes, and never a token, an address or what a person wrote."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

_SECRETS: Final = (
    # Tokens of chat platforms in every kind, also inside of longer words.
    (re.compile(r"x(?:ox[a-z]|app)(?:\.[a-z]+)*-[A-Za-z0-9%._-]+", re.IGNORECASE), "[token]"),
    # Single-use tickets and addresses that answer for somebody.
    (re.compile(r"(?i)\b(ticket|token|secret|password|signature)=[^\s&'\"]+"), r"\1=[hidden]"),
    (re.compile(r"(?i)https://hooks\.[\w.-]+/\S+"), "[answer address]"),
    (re.compile(r"\bv0=[0-9a-f]{16,}"), "[signature]"),
    # The private part of the address that somebody's calendar fetches.
    (re.compile(r"/calendar/[\w-]{20,}"), "/calendar/[hidden]"),
    # Passwords in addresses of databases and mail servers.
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@]+@"), r"\1[hidden]@"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
)
_NOISY: Final = (
    "aiohttp",
    "apscheduler",
    "uvicorn",
    "alembic",
    "sqlalchemy",
    "asyncio",
    "httpx",
    "httpcore",
    "azure",
    "msal",
)

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def redacted(text: str) -> str:
    """The text without anything that opens a door or names a person by their address."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Lines(logging.Formatter):
    """One line a record; of an exception its type and the places it passed, since its message may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = redacted(f"{at} {record.levelname.lower()} {record.name}: {record.getMessage()}").replace("\n", " ")
        return f"{line} [{_places(record.exc_info)}]" if record.exc_info else line


class Json(logging.Formatter):
    """The same as one JSON object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if record.exc_info:
            fields["raised"] = _places(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def _places(raised: Raised) -> str:
    kind, error, trace = raised
    if kind is None:
        return ""
    frames = traceback.extract_tb(trace)[-6:]
    passed = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    cause = error.__cause__ if error is not None else None
    named = kind.__name__ if cause is None else f"{kind.__name__} from {type(cause).__name__}"
    return f"{named} at {passed}" if passed else named


def set_up(as_json: bool = False, level: str = "info") -> None:
    """Send the process's logs to standard error in this shape; the kits' own chatter only where it warns."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if as_json else Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
