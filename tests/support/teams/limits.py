"""How many messages one conversation takes, in real time.

Source: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Final

PER_CONVERSATION: Final = ((1.0, 7), (2.0, 8), (30.0, 60))
"""(seconds, messages): sent or edited, by one bot in one conversation."""
_ROSTER: Final = ((1.0, 14), (2.0, 16), (30.0, 120))


class Limits:
    """Says whether a call may pass now. `clock` is monotonic seconds."""

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._clock = clock
        self._done: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def wait(self, conversation: str, *, roster: bool = False) -> int:
        """Take a place for the call; 0 if there was one, else the whole seconds to wait (the Retry-After)."""
        if not self.enabled:
            return 0
        now = self._clock()
        done, windows = self._done[conversation, str(roster)], _ROSTER if roster else PER_CONVERSATION
        while done and done[0] <= now - windows[-1][0]:
            done.popleft()
        waits = [self._until_free(done, now, seconds, most) for seconds, most in windows]
        if any(waits):
            return max(1, math.ceil(max(waits)))
        done.append(now)
        return 0

    @staticmethod
    def _until_free(done: deque[float], now: float, seconds: float, most: int) -> float:
        within = [at for at in done if at > now - seconds]
        return within[-most] + seconds - now if len(within) >= most else 0.0
