"""What members' answers say of when they meet: windows of wall time, as a scheme's file writes them ("18:00-21:00")."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from bot.schemes.fields import Frozen, Key, Misfit, Short

Window = tuple[time, time]
"""From and to on one day's wall clock; midnight at the end is the end of the day."""


def _window(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    begins, dash, ends = value.partition("-")
    try:
        window = (time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
    except ValueError:
        window = (time(), time())
    if not dash or (window[1] != time() and window[0] >= window[1]) or window == (time(), time()):
        raise ValueError(f"{value!r} is no time of a day: write it like '18:00-21:00'")
    return window


def _written(window: Window) -> str:
    return "-".join(f"{each:%H:%M}" for each in window)


DayWindow = Annotated[Window, BeforeValidator(_window), PlainSerializer(_written, return_type=str)]


class HoursAnswer(Frozen):
    """What one answer to one field of the members' forms says of when they meet. Where nothing is said, people meet in
    their working hours."""

    field: Key
    """A field of the profile or the preferences of a role: choice, choices or yes_no."""
    answer: Short
    """One of its options; "Yes" or "No"."""
    rather: tuple[DayWindow, ...] = ()
    """When they would rather meet, of the hours that are open."""
    also: tuple[DayWindow, ...] = ()
    """Hours that are open besides their working hours, on their working days."""
    days_off: tuple[DayWindow, ...] = ()
    """Hours that are open on the days on which they do not work."""
    working_hours: bool = True
    """false: they do not meet in their working hours."""

    def misfits(self) -> Iterator[Misfit]:
        """An answer that says nothing is a slip."""
        if self.working_hours and not (self.rather or self.also or self.days_off):
            yield Misfit(("answer",), "says nothing: write rather, also, days_off or working_hours = false")
