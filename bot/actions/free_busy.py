"""When people are busy by their own calendars: asked once, and known for a little while, so that a window opens at once
and is filled in when the answer is there."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cachetools import TTLCache

from bot.calendars.calendar import Busy, Calendar, Impossible, Unreached

log = logging.getLogger(__name__)

AHEAD: Final = timedelta(days=124)
"""How far ahead it is asked: as far as times are proposed, in most schemes."""
PATIENCE: Final = 4.0
"""Seconds that somebody waits before the window says that it is not known."""
_KNOWN_FOR: Final = 120
"""Seconds for which an answer holds. Just before an event is made, calendars are looked at again."""
_PEOPLE: Final = 10_000
_MORE: Final = timedelta(days=1)
"""So much further is asked, so that the answer is still far enough when the next day has begun meanwhile."""


class FreeBusy:
    """What `calendar` says of people, by their addresses. `clock` is the bot's, `timer` gives real seconds."""

    def __init__(
        self,
        calendar: Calendar,
        clock: Callable[[], datetime],
        timer: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._calendar = calendar
        self._clock = clock
        self._patience = patience
        self._known: TTLCache[str, tuple[Busy, datetime]] = TTLCache(_PEOPLE, _KNOWN_FOR, timer)
        """By address, with how far ahead it was asked."""

    def known(self, addresses: Sequence[str], until: datetime | None = None) -> Mapping[str, Busy] | None:
        """What is known of them up to that moment, or as far as times are proposed; None: somebody has still to be
        asked about."""
        found: dict[str, Busy] = {}
        for each in addresses:
            busy, asked_until = self._known.get(each, (None, None))
            if busy is None or (until and asked_until and asked_until < until):
                return None
            found[each] = busy
        return found

    async def look(self, addresses: Sequence[str], until: datetime | None = None, by: str | None = None) -> None:
        """Ask about them, up to that moment or as far as times are proposed. Afterwards it is known, or known not to
        be. `by`: as for `Calendar.busy`."""
        now = self._clock()
        until = max(until or now, now + AHEAD) + _MORE
        found: Mapping[str, Busy] = {}
        why = "no answer in time"
        try:
            async with asyncio.timeout(self._patience):
                found = await self._calendar.busy(addresses, now, until, by)
        except TimeoutError:
            log.warning("calendars could not be looked at: %s", why)
        except (Unreached, Impossible) as error:
            why = error.reason
            log.warning("calendars could not be looked at: %s", why)
        for each in addresses:
            self._known[each] = found.get(each, Busy(why=why)), until
