"""A look at people's calendars that may fail: what it is for goes on without it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.calendars.calendar import Busy, Calendar, Impossible, Unreached


async def busy_if_known(
    calendar: Calendar, addresses: Sequence[str], since: datetime, until: datetime, by: str
) -> Mapping[str, Busy] | None:
    """When they are busy between the two moments, asked in that mailbox's name; None: it is not to be had just now."""
    try:
        return await calendar.busy(addresses, since, until, by)
    except (Unreached, Impossible):
        return None
