"""Response URLs: a few answers to what a person did, where they did it. Five uses in thirty minutes.

Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from slack_workspace.bounded import trim
from slack_workspace.errors import SlackError

USES: Final = 5
SECONDS: Final = 30 * 60.0


@dataclass(frozen=True, slots=True)
class Response:
    """Where answers go: the conversation and person, and the message they acted on (`ts`), if it was a message."""

    user: str
    channel: str
    ts: str | None
    at: float
    uses: int = 0


class Responses:
    """Issues response ids and counts their uses. `clock` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._issued: dict[str, Response] = {}

    def issue(self, user: str, channel: str, ts: str | None = None) -> str:
        """A new response id for what `user` did in `channel`."""
        response_id = secrets.token_urlsafe(18)
        self._issued[response_id] = Response(user, channel, ts, self._clock())
        trim(self._issued)
        return response_id

    def use(self, response_id: str) -> Response:
        """Counts one use. Raises SlackError: used_url after five, expired_url after thirty minutes or if unknown."""
        response = self._issued.get(response_id)
        if response is None or self._clock() - response.at > SECONDS:
            raise SlackError("expired_url")
        if response.uses >= USES:
            raise SlackError("used_url")
        self._issued[response_id] = replace(response, uses=response.uses + 1)
        return response
