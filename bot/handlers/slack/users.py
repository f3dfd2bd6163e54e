"""Who calls: the workspace's own people. Knowing somebody and making them known are two things."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientError
from cachetools import TTLCache
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Notice
from bot.dialogs.wording import trouble
from bot.handlers.background import BackgroundTasks
from bot.handlers.slack.errors import error_of
from bot.storage import people

log = logging.getLogger(__name__)

PLATFORM: Final = "slack"
_REMEMBERED: Final = 20_000
_FRESH: Final = 24 * 3600
"""Seconds after which a person's name, address and zone are asked for again, in the background."""
_FAILED: Final = 30
"""Seconds in which somebody whom Slack did not name is not asked after again."""

_ADDRESS_LONGEST: Final = 3000
"""Characters of a picture's address. Source: https://docs.slack.dev/reference/block-kit/block-elements/image-element"""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Somebody the bot cannot serve; `notice` is said to them, None: nothing is (another bot)."""

    notice: Notice | None


class Users:
    """Knows the people of one workspace. `timer` gives real seconds."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        client: AsyncWebClient,
        team: str,
        background: BackgroundTasks,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dispatcher = dispatcher
        self._client = client
        self._team = team
        self._background = background
        self._zones: TTLCache[str, ZoneInfo] = TTLCache(_REMEMBERED, _FRESH, timer)
        self._unnamed: TTLCache[str, Rejected] = TTLCache(_REMEMBERED, _FAILED, timer)

    def caller(self, user: str) -> Caller:
        """The person as the dispatcher names them."""
        return Caller(PLATFORM, self._team, user)

    async def identify(self, user: str) -> ZoneInfo | None:
        """The zone in which a person reads times; None for somebody who has not been here before."""
        zone = self._zones.get(user)
        if zone is not None:
            return zone
        caller = self.caller(user)
        found = await self._dispatcher.database.read(
            lambda db: people.find(db, caller.platform, caller.team, caller.user)
        )
        if found is None or not found.active:
            return None  # whoever is back is made known anew, and so are we
        # Their name or zone may have changed since: asked for again, without anybody waiting for it.
        self._background.start(self.register(user), "introduction")
        zone = self._zones[user] = zone_named(found.zone)
        return zone

    async def register(self, user: str) -> ZoneInfo | Rejected:
        """Ask Slack who this is and have the dispatcher know them; or why they cannot be served."""
        if (failed := self._unnamed.get(user)) is not None:
            return failed
        try:
            info: dict[str, Any] = (await self._client.users_info(user=user))["user"]
        except (SlackClientError, ClientError, TimeoutError, KeyError) as error:
            log.warning("users.info failed: %s", error_of(error))
            failed = self._unnamed[user] = Rejected(trouble.cannot_look_up())
            return failed
        if info.get("is_bot") or info.get("id") == "USLACKBOT":
            return Rejected(None)
        if info.get("deleted"):
            await self._lost(user)
            return Rejected(None)
        if not self._from_here(info):
            return Rejected(trouble.not_from_here())
        caller, said = self.caller(user), introduction(info)
        person = await self._dispatcher.meet(caller, said)
        zone = self._zones[user] = zone_named(person.zone)
        return zone

    async def again(self, user: str) -> bool:
        """Ask anew for somebody who acts although they were found gone: whatever is remembered is older than that.
        Whether they are here."""
        self._zones.pop(user, None)
        return not isinstance(await self.register(user), Rejected)

    async def changed(self, info: Mapping[str, Any]) -> None:
        """What Slack says of somebody by itself; nothing is kept of whoever has never been here. A profile changes with
        each status that is set: what is as it was is not written."""
        user = str(info["id"])
        caller = self.caller(user)
        known = await self._dispatcher.database.read(
            lambda db: people.find(db, caller.platform, caller.team, caller.user)
        )
        if known is None or info.get("is_bot"):
            return
        if info.get("deleted") or not self._from_here(info):
            await self._lost(user)
            return
        said = introduction(info)
        if known.active and (known.name, known.email, known.zone, known.guest, known.picture) == (
            said.name, said.email, said.zone, said.guest, said.picture
        ):  # fmt: skip
            return
        person = await self._dispatcher.meet(caller, said)
        self._zones[user] = zone_named(person.zone)

    async def _lost(self, user: str) -> None:
        self._zones.pop(user, None)
        await self._dispatcher.lost(self.caller(user), "deactivated")

    def _from_here(self, info: Mapping[str, Any]) -> bool:
        return is_from(self._team, info)


def is_from(team: str, info: Mapping[str, Any]) -> bool:
    """Whether somebody is of that workspace, by what `users.info` says."""
    if info.get("is_stranger"):
        return False
    teams = (info.get("enterprise_user") or {}).get("teams") or info.get("teams") or [info.get("team_id")]
    return team in teams


def introduction(info: Mapping[str, Any]) -> Introduction:
    """What Slack's `users.info` says of a person; without an e-mail scope or address `email` is None."""
    profile = info.get("profile") or {}
    name = profile.get("real_name") or info.get("real_name") or info.get("name") or info["id"]
    zone = str(info.get("tz") or "UTC")
    guest = bool(info.get("is_restricted") or info.get("is_ultra_restricted"))
    email, picture = profile.get("email") or None, _picture(profile)
    return Introduction(str(name)[:200], email, zone_named(zone).key, guest=guest, picture=picture)


def _picture(profile: Mapping[str, Any]) -> str:
    """The picture they have set themselves. The one that Slack gives everybody else says nothing of them, and may lie
    where it cannot be fetched for a view."""
    return str(profile.get("image_192") or "")[:_ADDRESS_LONGEST] if profile.get("is_custom_image") else ""


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; UTC for one this computer does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
