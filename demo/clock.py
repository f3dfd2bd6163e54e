"""The time of the demo: the real one, moved. It runs on by itself and is only ever turned onwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.app import utc_now


class TurnedClock:
    """Called, it gives an aware datetime: the real time moved by what it has been turned.

    `real` is the time underneath; tests give one that stands still.
    """

    def __init__(self, offset: timedelta = timedelta(), real: Callable[[], datetime] = utc_now) -> None:
        self._offset = offset
        self._real = real

    def __call__(self) -> datetime:
        return self._real() + self._offset

    @property
    def offset(self) -> timedelta:
        """How far ahead of the real time it is; negative while it is behind."""
        return self._offset

    def turn(self, by: timedelta) -> None:
        """Move on. Raises ValueError for a step back: what has happened has happened."""
        if by < timedelta():
            raise ValueError("the clock is turned onwards only")
        self._offset += by

    def turn_to(self, moment: datetime) -> None:
        """Move on to this moment; one that has passed already changes nothing."""
        self.turn(max(moment - self(), timedelta()))
