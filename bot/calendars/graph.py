"""Microsoft 365's calendars, by Microsoft Graph.

What is done here is done once: an event is made under its `transactionId`, for which Graph makes no second one; all
else says how an event shall be, and not how it shall change. Nothing is tried again by itself but the reading of who is
busy, person by person where one of them breaks the whole. Sources: learn.microsoft.com/graph/api/resources/event,
/user-post-events, /calendar-getschedule, /event-delta.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from bot.calendars.calendar import (
    Appointment,
    Busy,
    Changes,
    Forbidden,
    Gone,
    Impossible,
    Placed,
    Report,
    Subscription,
    Unreached,
)
from bot.calendars.graph_access import INSTALL, Broken, Conflicting, Expired
from bot.calendars.graph_models import Answered, Delta, Event, Manager, Names, Notifications, Schedules, Subscribed
from bot.servers import MicrosoftApplication

if TYPE_CHECKING:  # when the bot runs, it is imported with the first call
    from bot.calendars.graph_kit import Kit

_AT_ONCE: Final = 4
"""Requests that Outlook serves at a time for one application and mailbox."""
_PEOPLE: Final = 20
"""How many are asked about at a time: documented now as 20, now as 100."""
_PERIOD: Final = timedelta(days=60)
"""How long a time is asked about: at most 62 days are allowed."""
_AROUND: Final = timedelta(days=31)
"""How far from its time an event is looked for that was made and never heard of."""


class Graph:
    """The calendars of one organisation (a `Calendar` and a `Reporter`), as far as the application is let in. It
    belongs to the event loop of its first call. `credential`: what gets the tokens, instead of the application's secret
    or certificate."""

    def __init__(self, who: MicrosoftApplication, credential: Any = None) -> None:
        self._who = who
        self._credential = credential
        self._opening: asyncio.Task[Kit] | None = None
        self._limits = WeakValueDictionary[str, asyncio.Semaphore]()

    async def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, by: str | None = None
    ) -> Mapping[str, Busy]:
        """By getSchedule, in as many parts as it takes."""
        everybody = list(dict.fromkeys(mailboxes))
        groups = [everybody[at : at + _PEOPLE] for at in range(0, len(everybody), _PEOPLE)]
        parts = [self._busy(group, by, *period) for group in groups for period in _periods(since, until)]
        found: dict[str, list[Busy]] = {each: [] for each in everybody}
        for part in await asyncio.gather(*parts):
            for mailbox, busy in part.items():
                found[mailbox].append(busy)
        return {mailbox: _joined(part) for mailbox, part in found.items()}

    async def place(self, mailbox: str, appointment: Appointment) -> Placed:
        """Made anew by the same transaction, it is answered with the event that there is, or refused as a conflict:
        then it is looked for."""
        kit = await self._ready()
        try:
            return (await self._ask(mailbox, kit.create(mailbox, appointment), Event)).placed()
        except Gone as error:  # there is no event yet that could be gone
            raise Impossible(error.reason) from error
        except Conflicting:
            made = await self._made(kit, mailbox, appointment)
            if made is None:
                raise
            return made

    async def made(self, mailbox: str, appointment: Appointment) -> Placed | None:
        """As many requests as its calendar has pages in the weeks around."""
        return await self._made(await self._ready(), mailbox, appointment)

    async def move(self, mailbox: str, event: str, appointment: Appointment) -> Placed:
        """Everybody who was invited hears of it from Outlook."""
        kit = await self._ready()
        return (await self._ask(mailbox, kit.change(mailbox, event, appointment), Event)).placed()

    async def cancel(self, mailbox: str, event: str, comment: str) -> None:
        """Everybody who was invited hears of it from Outlook, with the comment."""
        kit = await self._ready()
        try:
            async with self._limit(mailbox):
                await kit.send(kit.cancel(mailbox, event, comment))
        except Gone:
            return

    async def manager(self, mailbox: str) -> str | None:
        """The e-mail address of whom the directory has as somebody's manager; None: nobody. Raises Unreached, and
        Impossible where it does not let the bot look."""
        kit = await self._ready()
        try:
            return (await self._ask(mailbox, kit.manager(mailbox), Manager)).address or None
        except Forbidden:
            raise
        except (Gone, Impossible):
            return None

    async def look(self, mailbox: str, event: str) -> Placed:
        """One request."""
        kit = await self._ready()
        return (await self._ask(mailbox, kit.read(mailbox, event), Event)).placed()

    async def changes(self, mailbox: str, token: str | None, since: datetime, until: datetime) -> Changes:
        """By calendarView/delta, whose link is the token."""
        kit = await self._ready()
        try:
            if token is not None:
                return await self._changes(kit, mailbox, kit.further(mailbox, token), anew=False)
        except Expired:
            pass
        return await self._changes(kit, mailbox, kit.delta(mailbox, since, until), anew=True)

    async def watch(self, mailbox: str, url: str, secret: str, until: datetime) -> Subscription:
        """A subscription may last for less than seven days. Asked for again after an answer was lost there are two of
        them, of which nobody knows the first: it ends by itself."""
        kit = await self._ready()
        request = kit.subscribe(mailbox, url, secret, until)
        return (await self._ask(mailbox, request, Subscribed)).subscription()

    async def renew(self, subscription: str, until: datetime) -> Subscription:
        """Renewed, it is authorised anew as well."""
        kit = await self._ready()
        return (await kit.ask(kit.resubscribe(subscription, until), Subscribed)).subscription()

    async def unwatch(self, subscription: str) -> None:
        """One request."""
        kit = await self._ready()
        with suppress(Impossible):
            await kit.send(kit.unsubscribe(subscription))

    def reports(self, body: bytes) -> Sequence[Report]:
        """Read with nothing of the kit."""
        return Notifications.model_validate_json(body).reports()

    async def close(self) -> None:
        """Let go of connections."""
        if self._opening is not None:
            kit, self._opening = await self._opening, None
            await kit.close()

    async def _ready(self) -> "Kit":
        if self._opening is None:
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))
        opening = self._opening
        try:
            # Whoever waits no longer takes it from nobody else.
            return await asyncio.shield(opening)
        except Exception:
            self._opening = None
            raise

    def _open(self) -> "Kit":
        """In a thread: the imports take a good part of a second."""
        try:
            from bot.calendars import graph_kit
        except ImportError as error:
            raise Unreached("Microsoft’s kit is not installed", mend=INSTALL) from error
        kit = graph_kit.Kit(self._who.url, self._credential or graph_kit.credential(self._who))
        kit.warm()
        return kit

    def _limit(self, mailbox: str) -> asyncio.Semaphore:
        return self._limits.setdefault(mailbox.lower(), asyncio.Semaphore(_AT_ONCE))

    async def _ask(self, mailbox: str, request: Any, kind: type[Answered]) -> Answered:
        kit = await self._ready()
        async with self._limit(mailbox):
            return await kit.ask(request, kind)

    async def _busy(
        self, people: Sequence[str], by: str | None, since: datetime, until: datetime
    ) -> Mapping[str, Busy]:
        """One request, in that name, or in the name of the first of them whose mailbox lets the bot in."""
        kit, why = await self._ready(), dict[str, str]()
        for asker in (by,) if by else people:
            try:
                answer = await self._ask(asker, kit.schedule(asker, people, since, until), Schedules)
                return {each: answer.of(each) for each in people}
            except (Forbidden, Impossible) as error:
                why[asker] = error.reason
            except Broken as error:
                if len(people) == 1:
                    return {people[0]: Busy(why=error.reason)}
                alone = await asyncio.gather(*(self._busy([each], by, since, until) for each in people))
                return {mailbox: busy for each in alone for mailbox, busy in each.items()}
        return {each: Busy(why=why[by or each]) for each in people}

    async def _made(self, kit: "Kit", mailbox: str, appointment: Appointment) -> Placed | None:
        """The event that was made by this transaction, if it is near its time."""
        at = appointment.starts_at
        request = kit.between(mailbox, at - _AROUND, at + _AROUND)
        while True:
            page = await self._ask(mailbox, request, Names)
            for each in page.value:
                if each.transaction == appointment.transaction:
                    return await self.look(mailbox, each.id)
            if page.next_link is None:
                return None
            request = kit.further(mailbox, page.next_link)

    async def _changes(self, kit: "Kit", mailbox: str, request: Any, *, anew: bool) -> Changes:
        gone = dict[str, bool]()
        while True:
            page = await self._ask(mailbox, request, Delta)
            gone |= {each.id: each.removed is not None for each in page.value}
            if page.delta_link is not None:
                changed = frozenset(event for event, removed in gone.items() if not removed)
                return Changes(changed, frozenset(gone) - changed, page.delta_link, anew)
            if page.next_link is None:
                raise Unreached("an answer that says neither how to go on nor that it is all")
            request = kit.further(mailbox, page.next_link)


def _periods(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    while since < until:
        yield since, min(since + _PERIOD, until)
        since += _PERIOD


def _joined(parts: Sequence[Busy]) -> Busy:
    """What several periods come to; a meeting across their border is named in both."""
    spans = tuple(sorted({span for part in parts for span in part.spans}))
    return Busy(spans, next((part.why for part in parts if part.why is not None), None))
