"""What `mentorbot check` looks at in people's own calendars: mailbox by mailbox, each finding with its mend."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.calendars.calendar import Calendar, Forbidden, Impossible, Unreached
from bot.handlers.platform import Finding

_AT_ONCE: Final = 10
_AHEAD: Final = timedelta(days=1)


async def look(calendar: Calendar, mailboxes: Sequence[str], now: datetime) -> AsyncIterator[Finding]:
    """Whether each of these calendars can be read, and who is busy known. Nothing is written. What is wrong with all of
    them alike is said once."""
    well = 0
    for at in range(0, len(mailboxes), _AT_ONCE):
        some = (_looked_at(calendar, each, now) for each in mailboxes[at : at + _AT_ONCE])
        for found in await asyncio.gather(*some, return_exceptions=True):
            match found:
                case Finding(well=True):
                    well += 1
                case Finding():
                    yield found
                case Unreached():
                    mend = found.mend or "try again later"
                    yield Finding(False, f"Microsoft 365 is not reached ({found.reason}): {mend}.")
                    return
                case _:
                    raise found
    if well:
        yield Finding(True, f"{well} of {len(mailboxes)} calendars in Microsoft 365 let the bot in.")


async def _looked_at(calendar: Calendar, mailbox: str, now: datetime) -> Finding:
    """One mailbox. Raises Unreached for what is not its own fault."""
    try:
        await calendar.changes(mailbox, None, now, now + _AHEAD)
        busy = (await calendar.busy([mailbox], now, now + _AHEAD))[mailbox]
    except Forbidden as error:
        return Finding(False, f"The calendar of {mailbox} does not let the bot in ({error.reason}): {error.mend}.")
    except Impossible as error:
        mend = "the address must be that of a mailbox of your organisation"
        return Finding(False, f"There is no calendar of {mailbox} ({error.reason}): {mend}.")
    if busy.why is not None:
        return Finding(False, f"When {mailbox} is busy cannot be known ({busy.why}): look at its sharing in Outlook.")
    return Finding(True, "")
