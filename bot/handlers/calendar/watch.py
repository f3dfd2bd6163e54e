"""The way back from people's calendars: what was moved, declined or deleted there is looked for at every quarter of an
hour, whatever else tells of it.

All of it may be done twice and by several at once: a session follows only what differs from it, and a calendar is
read on from the same token until everything that it named has been dealt with.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from bot.actions import placing
from bot.actions.dispatcher import Dispatcher
from bot.calendars.calendar import Answer, Busy, Calendar, Changes, Gone, Impossible, Placed, Reporter, Unreached
from bot.handlers.calendar.looking import busy_if_known
from bot.handlers.calendar.reports import Reports
from bot.lifecycle.step import Refused
from bot.screens.events import LOOKED_FOR, whom
from bot.storage import calendar_watches as watches
from bot.storage.calendar_watches import Standing, Watch

log = logging.getLogger(__name__)

EVERY: Final = timedelta(minutes=15)
SOON: Final = timedelta(minutes=2)
"""When what could not be dealt with is looked at again: mostly a change of ours is still on its way."""
LONGEST: Final = timedelta(hours=6)
"""The longest rest of a calendar that cannot be read: after each failure it is twice as long."""
LEASE: Final = timedelta(minutes=10)
BACK: Final = timedelta(days=1)
"""For how long after its beginning a session is still looked for: it may be moved when it was to begin."""
AHEAD: Final = timedelta(days=60)
"""How far beyond the last session a calendar is watched."""
ANEW: Final = timedelta(days=7)
"""After so long a watch begins anew: then every event is looked at, whatever was not told."""
AT_ONCE: Final = 4


def utc_now() -> datetime:
    """Real time, by which calendars are read."""
    return datetime.now(UTC)


class CalendarWatch:
    """Reads the calendars in which sessions stand. `real_clock`: for turns and leases, in UTC. `reports`: what has
    changes reported besides, where their keeper does so."""

    reports: Reports | None

    def __init__(
        self, calendar: Calendar, dispatcher: Dispatcher, real_clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._calendar = calendar
        self._dispatcher = dispatcher
        self._database = dispatcher.database
        self._real_clock = real_clock
        self._name = secrets.token_hex(8)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self.reports = (
            Reports(calendar, dispatcher.database, lambda: dispatcher.channels.public_url, real_clock)
            if isinstance(calendar, Reporter)
            else None
        )

    async def look(self) -> None:
        """Read every calendar whose turn it is; one that fails costs the others nothing."""
        since, real_now = self._dispatcher.clock() - BACK, self._real_clock()
        due = await self._database.read(lambda db: watches.due(db, self._schemes, since, real_now))
        await asyncio.gather(*(self._turn(mailbox) for mailbox in due))

    @property
    def _schemes(self) -> tuple[str, ...]:
        return tuple(self._dispatcher.schemes)

    async def _turn(self, mailbox: str) -> None:
        """No line of the log names a mailbox: it is somebody's address."""
        async with self._at_once:
            real_now = self._real_clock()
            watch = await self._database.write(
                lambda db: watches.claim(db, mailbox, self._name, real_now, real_now + LEASE, real_now + EVERY)
            )
            if watch is None:
                return
            try:
                if self.reports is not None:
                    # First: what changes after the calendar was read is reported from then on.
                    await self.reports.see_to(watch, self._name)
                await self._read(watch)
            except Unreached as error:
                log.warning("a calendar could not be read: %s%s", error.reason, f"; {error.mend}" if error.mend else "")
                await self._failed(watch, error.seconds or 0)
            except Impossible as error:
                log.warning("a calendar cannot be read: %s", error.reason)
                await self._failed(watch)
            except Exception:
                log.exception("a calendar could not be read")
                await self._failed(watch)

    async def _failed(self, watch: Watch, seconds: float = 0) -> None:
        rest = min(EVERY * 2 ** min(watch.failures, 10), LONGEST)
        again_at = self._real_clock() + max(rest, timedelta(seconds=seconds))
        await self._database.write(partial(watches.failed, mailbox=watch.mailbox, by=self._name, again_at=again_at))

    async def _read(self, watch: Watch) -> None:
        """Read on, look at whatever of ours is named, and keep how far it went once all of it is dealt with."""
        real_now = self._real_clock()
        since = self._dispatcher.clock() - BACK
        last = max((each.starts_at for each in await self._standing(watch, since)), default=since)
        token = watch.token if _goes_on(watch, last, real_now) else None
        until = last + AHEAD
        changes = await self._calendar.changes(watch.mailbox, token, since, until)
        # Read after the changes: what was placed meanwhile is known too.
        named = _named(changes, await self._standing(watch, since))
        dealt_with = [await self._look_at(watch, each) for each in named]
        if named:
            self._dispatcher.committed()
        mine = {"mailbox": watch.mailbox, "by": self._name}
        if not all(dealt_with):
            await self._database.write(lambda db: watches.again(db, **mine, again_at=real_now + SOON))
            return
        began_at, covered = (real_now, until) if changes.anew else (watch.began_at, watch.covered_until)
        await self._database.write(
            lambda db: watches.read(
                db, **mine, token=changes.token, began_at=began_at or real_now, covered_until=covered or until
            )
        )

    async def _standing(self, watch: Watch, since: datetime) -> tuple[Standing, ...]:
        return await self._database.read(lambda db: watches.standing(db, self._schemes, watch.mailbox, since))

    async def _look_at(self, watch: Watch, one: Standing) -> bool:
        """Whether what the event is like now has been dealt with. Raises Unreached."""
        found: Placed | None = None
        try:
            found = await self._calendar.look(watch.mailbox, one.event)
        except Gone:
            pass
        except Impossible as error:
            log.warning("the event of session %s cannot be looked at: %s", one.id, error.reason)
            return True
        busy = await self._other_times(watch.mailbox, one) if _lost(found) else None
        try:
            return await self._dispatcher.by_clock(
                one.scheme,
                partial(placing.shown, session=one.id, revision=one.revision, event=one.event, found=found, busy=busy),
                3,
            )
        except Refused:
            return True  # there is no such session any more
        except Exception:
            log.exception("session %s could not follow its calendar", one.id)
            return False

    async def _other_times(self, mailbox: str, one: Standing) -> Mapping[str, Busy] | None:
        """When the two are busy in the weeks to come; None: that was not to be had just now."""
        scheme, now = self._dispatcher.schemes[one.scheme], self._dispatcher.clock()
        try:
            addresses = await self._database.read(lambda db: whom(db, scheme, one.id, now))
        except Refused:
            return None
        return await busy_if_known(self._calendar, addresses, now, now + LOOKED_FOR, mailbox)


def _lost(found: Placed | None) -> bool:
    """Whether the session may have to be set anew."""
    return found is None or found.cancelled or Answer.DECLINED in found.answers.values()


def _goes_on(watch: Watch, last: datetime, real_now: datetime) -> bool:
    """Whether the token is read on from: its watch is not too old, and reaches as far as the last session."""
    if watch.began_at is None or watch.covered_until is None:
        return False
    return real_now - watch.began_at < ANEW and last <= watch.covered_until


def _named(changes: Changes, standing: Sequence[Standing]) -> list[Standing]:
    """The sessions to be looked at: all of them, where nothing is known of what went before. What is gone may have been
    moved out of the time that is watched."""
    touched = changes.changed | changes.gone
    return [each for each in standing if changes.anew or each.event in touched]
