"""Slack's rate limits, in real time: buckets per method tier, and one message a second a channel.

Source: https://docs.slack.dev/apis/web-api/rate-limits
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TIERS: Final[dict[int, int]] = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute."""
MESSAGES_A_SECOND: Final = 1.0
MESSAGE_BURST: Final = 3
"""Slack lets short bursts pass and says no number; three keeps an app honest."""

BURST: Final = 5
"""What a tier lets through at once at least: small bursts are tolerated, and an app may have to dial again."""

METHOD_TIERS: Final[dict[str, int]] = {
    "api.test": 4,
    "apps.connections.open": 1,
    "bots.info": 3,
    "team.info": 3,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "users.profile.get": 4,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.members": 4,
    "conversations.list": 2,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "files.info": 4,
}
"""The tier printed on each method's page; those with a limit of their own (chat.postMessage, chat.getPermalink,
auth.test) are not here."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limits:
    """Says whether a call may pass now. `clock` is monotonic seconds, always real outside of this class's own tests."""

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def wait(self, method: str, channel: str = "") -> int:
        """Takes a place for the call; 0 if there was one, else the whole seconds to wait (the Retry-After)."""
        if not self.enabled:
            return 0
        if method == "chat.postMessage":
            return self._take((method, channel), MESSAGE_BURST, MESSAGES_A_SECOND)
        tier = METHOD_TIERS.get(method)
        if tier is None:
            return 0
        return self._take((method, ""), max(TIERS[tier], BURST), TIERS[tier] / 60)

    def _take(self, key: tuple[str, str], size: int, per_second: float) -> int:
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(size, now))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
