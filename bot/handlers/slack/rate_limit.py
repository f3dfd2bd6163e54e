"""How fast one recipient is written to: a few messages at once, then one a second. Always by real time."""

import asyncio
import time
from typing import Final

from cachetools import LRUCache

_BURST: Final = 3
_A_SECOND: Final = 1.0
_REMEMBERED: Final = 50_000


class RateLimiter:
    """One bucket a recipient. Slack takes about a message a second in a channel and lets short bursts pass.

    Source: https://docs.slack.dev/apis/web-api/rate-limits
    """

    def __init__(self, burst: int = _BURST, a_second: float = _A_SECOND) -> None:
        self._ahead = burst / a_second
        self._step = 1 / a_second
        self._booked: LRUCache[str, float] = LRUCache(_REMEMBERED)

    async def turn(self, lane: str) -> None:
        """Wait until this lane may have its next message."""
        now = time.monotonic()
        booked = self._booked[lane] = max(self._booked.get(lane, 0.0), now) + self._step
        wait = booked - now - self._ahead
        if wait > 0:
            await asyncio.sleep(wait)
