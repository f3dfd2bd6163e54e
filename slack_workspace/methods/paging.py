"""Slack's cursors: opaque to the app, here the place where the next page begins."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final, TypeVar

from slack_workspace.arguments import Arguments
from slack_workspace.errors import SlackError

T = TypeVar("T")
_LONGEST: Final = 9
"""Digits of the largest place: more is no cursor of ours."""


def page(
    everything: Sequence[T], arguments: Arguments, *, default: int = 100, most: int = 1000
) -> tuple[Sequence[T], str]:
    """One page and the cursor of the next ("" at the end). Raises SlackError: invalid_cursor, invalid_limit."""
    limit = arguments.number("limit", default, 1, most, "invalid_limit")
    start = _start(arguments.text("cursor"))
    after = start + limit
    following = base64.b64encode(f"next:{after}".encode()).decode() if after < len(everything) else ""
    return everything[start:after], following


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode("ascii").partition(":")
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None
    if word != "next" or not number.isdecimal() or len(number) > _LONGEST:
        raise SlackError("invalid_cursor")
    return int(number)
