"""How fast one recipient is written to: a few messages at once, then so many a second. Always by real time."""

import asyncio
import time
from typing import Final

from cachetools import LRUCache

_REMEMBERED: Final = 50_000


class RateLimiter:
    """One bucket a recipient: `burst` messages at once, then `a_second`."""

    def __init__(self, burst: int, a_second: float = 1.0) -> None:
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
