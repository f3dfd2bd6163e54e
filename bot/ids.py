"""The one source of ids: unique, unguessable, and sorting in the order in which they were made."""

import secrets
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_LENGTH = 26
_CHANCE_BITS = 80


class Ids:
    """Makes ids of 26 letters and digits: 48 bits of real time in milliseconds, then 80 bits of chance.

    Within one process they always rise, also when the computer's clock is set back. Safe from several threads.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def __call__(self) -> str:
        fresh = (time.time_ns() // 1_000_000) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
        with self._lock:
            # In the same millisecond, or after the clock was set back, count on from the last one.
            if fresh >> _CHANCE_BITS <= self._last >> _CHANCE_BITS:
                fresh = self._last + 1 + secrets.randbits(32)
            self._last = fresh
        return "".join([_PAIRS[fresh >> shift & 1023] for shift in range((_LENGTH - 2) * 5, -1, -10)])


new_id = Ids()
"""The process's ids."""
