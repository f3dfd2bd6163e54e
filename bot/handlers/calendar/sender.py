"""The way out into people's calendars: events are made, moved and called off there.

What came of it goes back through an action before the letter is marked: whatever ends this process in between, the same
event is found again.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Protocol

from bot.actions import placing
from bot.actions.context import Context
from bot.calendars.calendar import Appointment, Busy, Calendar, Gone, Impossible, Placed, Unreached
from bot.delivery.sender import Later, Never, Ref
from bot.handlers.calendar.looking import busy_if_known
from bot.screens.events import Wanted
from bot.screens.render import Rendered
from bot.storage.outbox import Letter


class Report(Protocol):
    """An action in a transaction of its own, in the scheme of that key."""

    def __call__(self, scheme_key: str, work: Callable[[Context], None], tries: int = 1) -> Awaitable[None]: ...


class CalendarSender:
    """Does in one calendar what its letters ask for. `report`: where what came of it goes."""

    def __init__(self, calendar: Calendar, report: Report) -> None:
        self._calendar = calendar
        self._report = report

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Bring one session's event up to date. Raises Later and Never."""
        if not isinstance(drawn.content, Wanted):
            raise Never("not for a calendar")
        try:
            come_of_it = await self._done(drawn.content, doubtful=letter.doubtful)
        except Unreached as error:
            raise Later(error.reason, doubtful=error.doubtful, seconds=error.seconds, mend=error.mend) from error
        except Impossible as error:
            raise Never(error.reason) from error
        await self._report(letter.scheme, come_of_it, 3)
        return Ref()

    async def _done(self, wanted: Wanted, *, doubtful: bool) -> Callable[[Context], None]:
        """Do it, and give the action that keeps what came of it."""
        if wanted.appointment is None:
            if wanted.event is None:
                return _nothing
            await self._calendar.cancel(wanted.mailbox, wanted.event, wanted.comment)
            return partial(placing.taken_out, session=wanted.session, event=wanted.event)
        if not wanted.known:
            await self._find_and_cancel(wanted, wanted.appointment)
            return partial(placing.never_made, session=wanted.session)
        # What may have been made already makes people busy itself: then it is only asked for again.
        if not doubtful and await self._taken(wanted, wanted.appointment):
            busy = await self._other_times(wanted)
            return partial(placing.time_taken, session=wanted.session, revision=wanted.revision, busy=busy)
        try:
            event = await self._placed(wanted, wanted.appointment)
        except Gone:
            if wanted.event is None:
                raise
            # Deleted there before it was set anew here: it is made anew, by a letter of its own.
            return partial(placing.taken_out, session=wanted.session, event=wanted.event)
        return partial(placing.placed, session=wanted.session, revision=wanted.revision, event=event)

    async def _find_and_cancel(self, wanted: Wanted, appointment: Appointment) -> None:
        made = await self._calendar.made(wanted.mailbox, appointment)
        if made is not None and not made.cancelled:
            await self._calendar.cancel(wanted.mailbox, made.event, wanted.comment)

    async def _placed(self, wanted: Wanted, appointment: Appointment) -> Placed:
        if wanted.event is not None:
            return await self._calendar.move(wanted.mailbox, wanted.event, appointment)
        event = await self._calendar.place(wanted.mailbox, appointment)
        if (event.starts_at, event.minutes) == (appointment.starts_at, appointment.minutes):
            return event
        # It was made before without anybody hearing of it, and the session has been moved since.
        return await self._calendar.move(wanted.mailbox, event.event, appointment)

    async def _other_times(self, wanted: Wanted) -> Mapping[str, Busy] | None:
        """When they are busy in the weeks to come; None: that was not to be had just now."""
        if wanted.other_times is None:
            return None
        return await busy_if_known(self._calendar, wanted.looked_at, *wanted.other_times, wanted.mailbox)

    async def _taken(self, wanted: Wanted, appointment: Appointment) -> bool:
        """Whether one of the two is known to be busy then."""
        if not wanted.looked_at:
            return False
        begins = appointment.starts_at
        ends = begins + timedelta(minutes=appointment.minutes)
        known = await self._calendar.busy(wanted.looked_at, begins, ends, by=wanted.mailbox)
        spans = (span for each in known.values() for span in each.spans if span[0] != wanted.stands_at)
        return any(since < ends and begins < until for since, until in spans)


def _nothing(_: Context) -> None:
    """Nothing has come of it."""
