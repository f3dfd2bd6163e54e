"""Who calls: the workspace's own people, introduced to the dispatcher the first time they come."""

import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Notice
from bot.dialogs.wording import trouble
from bot.handlers.background import BackgroundTasks
from bot.lifecycle.people import Person
from bot.storage import people
from bot.storage.database import Conflict

log = logging.getLogger(__name__)

PLATFORM: Final = "slack"
_REMEMBERED: Final = 20_000
_FRESH: Final = 24 * 3600
"""Seconds after which a person's name, address and zone are asked for again, in the background."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody the bot cannot serve; `notice` is said to them, None: nothing is (another bot)."""

    notice: Notice | None


@dataclass(slots=True)
class _Known:
    zone: ZoneInfo
    until: float


class Callers:
    """Knows the people of one workspace."""

    def __init__(self, dispatcher: Dispatcher, client: AsyncWebClient, team: str, background: BackgroundTasks) -> None:
        self._dispatcher = dispatcher
        self._client = client
        self._team = team
        self._background = background
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def caller(self, user: str) -> Caller:
        """The person as the dispatcher names them."""
        return Caller(PLATFORM, self._team, user)

    async def zone_of(self, user: str) -> ZoneInfo | Rejected:
        """The zone in which a person reads times, whoever they are now known to be; or why they are turned away."""
        known = self._known.get(user)
        if known is not None:
            if known.until < time.monotonic():
                known.until = time.monotonic() + _FRESH
                self._background.start(self.introduce(user), "introduction")
            return known.zone
        caller = self.caller(user)
        found = await self._dispatcher.database.read(
            lambda db: people.find(db, caller.platform, caller.team, caller.user),
        )
        if found is None:
            return await self.introduce(user)
        self._background.start(self.introduce(user), "introduction")
        return self._remember(found)

    async def introduce(self, user: str) -> ZoneInfo | Rejected:
        """Ask Slack who this is and have the dispatcher know them."""
        try:
            info: dict[str, Any] = (await self._client.users_info(user=user))["user"]
        except (SlackClientError, ClientError, TimeoutError, KeyError) as error:
            log.warning("users.info failed: %s", type(error).__name__)
            return Rejected(trouble.cannot_look_up())
        if info.get("is_bot") or info.get("id") == "USLACKBOT" or info.get("deleted"):
            return Rejected(None)
        if not self._from_here(info):
            return Rejected(trouble.not_from_here())
        caller, said = self.caller(user), introduction(info)
        try:
            return self._remember(await self._dispatcher.meet(caller, said))
        except Conflict:  # two clicks of somebody new at once: by now the other one has made them known
            return self._remember(await self._dispatcher.meet(caller, said))

    def _from_here(self, info: dict[str, Any]) -> bool:
        if info.get("is_stranger"):
            return False
        teams = (info.get("enterprise_user") or {}).get("teams") or info.get("teams") or [info.get("team_id")]
        return self._team in teams

    def _remember(self, person: Person) -> ZoneInfo:
        zone = zone_named(person.zone)
        self._known[person.user] = _Known(zone, time.monotonic() + _FRESH)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return zone


def introduction(info: dict[str, Any]) -> Introduction:
    """What Slack's `users.info` says of a person; without an e-mail scope or address `email` is None."""
    profile = info.get("profile") or {}
    name = profile.get("real_name") or info.get("real_name") or info.get("name") or info["id"]
    zone = str(info.get("tz") or "UTC")
    return Introduction(str(name)[:200], profile.get("email") or None, zone_named(zone).key)


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; UTC for one this computer does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
