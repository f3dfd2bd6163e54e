"""Keeps members apart from their line managers where the organisation's own directory says who these are: it is asked
for each person once a day, together with whether they are still there."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.actions.context import Context
from bot.actions.dispatcher import Dispatcher
from bot.calendars.calendar import Impossible, Unreached
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.named import DIRECTORY, Named
from bot.lifecycle.people import Person
from bot.storage import deadlines, members, named

log = logging.getLogger(__name__)

ManagerOf = Callable[[str], Awaitable[str | None]]
"""The address of somebody's manager, by their own; None: the directory has none."""


class Managers:
    """Asks the directory, and keeps what it says as part of each membership's record."""

    def __init__(self, manager_of: ManagerOf, dispatcher: Dispatcher) -> None:
        self._manager_of = manager_of
        self._dispatcher = dispatcher

    async def look(self, person: Person) -> None:
        """Whom this person is kept apart from, as the directory has it today. Where it does not answer, what it said
        last holds."""
        if person.email is None or person.guest:
            return
        try:
            manager = await self._manager_of(person.email)
        except (Unreached, Impossible) as error:
            log.warning("a line manager could not be asked for: %s", error.reason)
            return
        for key in self._dispatcher.schemes:
            await self._dispatcher.by_clock(key, partial(_keep, person=person.id, manager=manager), tries=2)


def _keep(context: Context, person: str, manager: str | None) -> None:
    if not members.of(context.db, context.scheme.key, person):
        return
    names = [Named(DIRECTORY, "apart", mailbox=manager.casefold())] if manager else []
    named.replace(context.db, context.scheme.key, person, [DIRECTORY], names, context.now)
    if names:
        apart = Deadline(DeadlineKind.NAMED_APART, person, context.now)
        deadlines.put(context.db, context.scheme.key, (apart,))
