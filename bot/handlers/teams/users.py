"""Who calls: the tenant's own people. Their names and addresses come from the roster of a conversation."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from cachetools import TTLCache

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Notice
from bot.dialogs.wording import trouble
from bot.handlers.background import BackgroundTasks
from bot.handlers.teams.activities import Sender
from bot.handlers.teams.errors import CallError
from bot.handlers.teams.places import Address, address_of
from bot.storage import people

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit, Listed

log = logging.getLogger(__name__)

PLATFORM: Final = "teams"
_REMEMBERED: Final = 20_000
_FRESH: Final = 24 * 3600
"""Seconds after which a person's name, address and zone are asked for again, in the background."""
_FAILED: Final = 30
"""Seconds in which somebody whom the roster did not name is not asked after again."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody the bot cannot serve; `notice` is said to them."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the bot knows: in which zone they read times, and where they are written to, if that is known."""

    zone: ZoneInfo
    address: Address | None


class Users:
    """Knows the people of one tenant. `timer` gives real seconds."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        kit: "Kit",
        tenant: str,
        background: BackgroundTasks,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dispatcher = dispatcher
        self._kit = kit
        self._tenant = tenant
        self._background = background
        self._known: TTLCache[str, Known] = TTLCache(_REMEMBERED, _FRESH, timer)
        self._unnamed: TTLCache[str, Rejected] = TTLCache(_REMEMBERED, _FAILED, timer)

    def caller(self, user: str) -> Caller:
        """The person as the dispatcher names them."""
        return Caller(PLATFORM, self._tenant, user)

    async def identify(self, sender: Sender) -> Known | Rejected:
        """Whoever did something, once they are known; or why they cannot be served."""
        user = sender.object_id
        if not user:
            return Rejected(trouble.not_from_here())
        known = self._known.get(user)
        if known is not None and (not sender.personal or known.address == sender.address):
            return known
        known = await self._found(user)
        if known is None or (sender.personal and known.address != sender.address):
            return await self._register(sender)
        # Their name or zone may have changed since: asked for again, without anybody waiting for it.
        self._background.start(self._register(sender), "introduction")
        self._known[user] = known
        return known

    async def again(self, sender: Sender) -> bool:
        """Ask anew for somebody who acts although they were found gone: whatever is remembered is older than that.
        Whether they are here."""
        self._known.pop(sender.object_id, None)
        return not isinstance(await self._register(sender), Rejected)

    async def lost(self, user: str) -> None:
        """Somebody cannot be written to any more."""
        self._known.pop(user, None)
        await self._dispatcher.lost(self.caller(user), "unreached")

    async def make_known(self, user: str, among: Address) -> None:
        """Somebody who was picked in a form. Whoever cannot be looked up stays unknown, and the verb says so."""
        if await self._found(user) is not None:
            return
        try:
            there = await self._kit.open(among.service, user)
            listed = await self._kit.member(there, user)
        except CallError as error:
            log.info("somebody who was picked is not there: %s", error.code)
            return
        if self._from_here(listed):
            await self._dispatcher.meet(self.caller(user), introduction(listed, None, there))

    async def _found(self, user: str) -> Known | None:
        caller = self.caller(user)
        found = await self._dispatcher.database.read(
            lambda db: people.find(db, caller.platform, caller.team, caller.user)
        )
        if found is None or not found.active:
            return None
        return Known(ZoneInfo(found.zone), address_of(found.address))

    async def _register(self, sender: Sender) -> Known | Rejected:
        """Look somebody up in the roster and have the dispatcher know them; or why they cannot be served."""
        user = sender.object_id
        if (failed := self._unnamed.get(user)) is not None:
            return failed
        try:
            listed = await self._kit.member(sender.address, sender.account)
        except CallError as error:
            log.warning("the roster does not answer: %s", error.code)
            failed = self._unnamed[user] = Rejected(trouble.cannot_look_up())
            return failed
        if listed.object_id.casefold() != user.casefold() or not self._from_here(listed):
            return Rejected(trouble.not_from_here())
        address = sender.address if sender.personal else await self._own_chat(sender)
        person = await self._dispatcher.meet(self.caller(user), introduction(listed, sender.zone, address))
        known = self._known[user] = Known(ZoneInfo(person.zone), address_of(person.address))
        return known

    async def _own_chat(self, sender: Sender) -> Address | None:
        """Where somebody who has only been met in a channel is written to alone; None where Teams does not let us."""
        try:
            return await self._kit.open(sender.address.service, sender.object_id)
        except CallError as error:
            log.info("somebody in a channel has no chat with the bot: %s", error.code)
            return None

    def _from_here(self, listed: "Listed") -> bool:
        return not listed.guest and listed.tenant.casefold() in ("", self._tenant.casefold())


def introduction(listed: "Listed", zone: str | None, address: Address | None) -> Introduction:
    """What the roster says of a person, and their client of its clock."""
    there = str(address) if address else ""
    return Introduction(listed.name[:200], listed.email or None, _zone_named(zone), there, listed.guest)


def _zone_named(name: str | None) -> str | None:
    """The zone of that name; None for one this computer does not know."""
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):
        return None
