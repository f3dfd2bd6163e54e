"""Asks each platform, once a day and a few at a time, whether whoever has a part in a scheme is still there: what its
events have missed is found so."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.handlers.managers import Managers
from bot.handlers.platform import Platform
from bot.lifecycle.people import Person
from bot.storage import people

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)
"""How often each person is asked for."""
AT_ONCE: Final = 10
"""So many at a tick: thirty a minute are well within what the platforms take besides all else."""


class RollCall:
    """One process's part of it. `platforms` go by name; `managers`: asks for line managers, too, where there is
    somewhere to ask."""

    def __init__(
        self, dispatcher: Dispatcher, platforms: Mapping[str, Platform], managers: Managers | None = None
    ) -> None:
        self._dispatcher = dispatcher
        self._platforms = platforms
        self._managers = managers

    async def look(self) -> None:
        """The next few whose turn it is; nobody else has them meanwhile."""
        now, schemes = self._dispatcher.clock(), tuple(self._dispatcher.schemes)
        take = partial(people.to_look_at, schemes=schemes, before=now - EVERY, now=now, limit=AT_ONCE)
        for person in await self._dispatcher.database.write(take):
            await self._dispatcher.wait_until_idle()
            if not await self.look_at(person):
                return  # the platform does not answer: the others are asked for at another time
            if self._managers is not None and person.active:
                await self._managers.look(person)

    async def look_at(self, person: Person) -> bool:
        """Whether they are still there, and as whom. False: their platform gives no answer."""
        platform = self._platforms.get(person.platform)
        # Whoever cannot be written to may well stand on a list: they are back once they come.
        if platform is None or (not person.active and person.gone == "unreached"):
            return True
        found = await platform.whereabouts(person)
        if found is None:
            return False
        caller = Caller(person.platform, person.team, person.user)
        if isinstance(found, Introduction):
            if person.active and _as_known(person, found):
                return True
            await self._dispatcher.meet(caller, found)
        elif person.active:
            await self._dispatcher.lost(caller, found)
        return True

    async def look_for(self, person_id: str) -> None:
        """The same of somebody whom a letter has not reached: if they are there, they or an administrator have shut
        the bot out."""
        known = await self._dispatcher.database.read(lambda db: people.many(db, [person_id]))
        for person in known.values():
            if await self.look_at(person):
                await self._dispatcher.lost(Caller(person.platform, person.team, person.user), "unreached")


def _as_known(person: Person, found: Introduction) -> bool:
    zone = found.zone or person.zone
    return (person.name, person.email, person.zone, person.guest) == (found.name, found.email, zone, found.guest)
