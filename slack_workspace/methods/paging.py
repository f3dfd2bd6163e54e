"""Slack's cursors: opaque to the app, here the place where the next page begins."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from slack_workspace.errors import SlackError
from slack_workspace.web_api import Arguments

T = TypeVar("T")


def page(everything: Sequence[T], arguments: Arguments, *, default: int = 100) -> tuple[Sequence[T], str]:
    """One page and the cursor of the next ("" at the end). Raises SlackError: invalid_cursor, invalid_limit."""
    limit = arguments.limit(default)
    start = _start(arguments.text("cursor"))
    after = start + limit
    following = base64.b64encode(f"next:{after}".encode()).decode() if after < len(everything) else ""
    return everything[start:after], following


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise ValueError
        return int(number)
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None
