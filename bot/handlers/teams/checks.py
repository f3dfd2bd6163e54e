"""What `mentorbot check` looks at in Teams, each finding with its mend."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from jwt import PyJWTError

from bot.handlers.platform import Finding, NotFound
from bot.handlers.teams import lookups
from bot.handlers.teams.errors import CallError, NoTokenError
from bot.handlers.teams.tokens import usable
from bot.settings import TeamsSettings, sentence

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit


async def look(kit: "Kit", settings: TeamsSettings, service: str) -> AsyncIterator[Finding]:
    """The secret, the keys of deliveries, the offices' channels and the administrators, one after the other."""
    try:
        await kit.sign_in()
    except CallError as error:
        yield Finding(False, not_let_in(settings, error))
        return
    yield Finding(True, "Microsoft gives the bot a token for Teams.")
    yield await _keys(kit)
    for channel in settings.admin_channels.values():
        yield await _office(kit, service, channel)
    if not settings.admin_channels:
        yield Finding(True, "No channel for the office in Teams: each of its people gets the messages themselves.")
    for address in settings.administrators:
        yield await _administrator(kit, settings, service, address)


def not_let_in(settings: TeamsSettings, error: CallError) -> str:
    """One sentence on why the bot gets no token."""
    if isinstance(error, NoTokenError):
        return sentence(settings.way_in, f"is refused by Microsoft ({error.code})")
    return _unreached(error)


def _unreached(error: CallError) -> str:
    """One sentence where Microsoft gives no answer at all."""
    return f"Microsoft is not reached ({error.code}): check the network, or the proxy if any."


async def _keys(kit: "Kit") -> Finding:
    try:
        found = usable(await kit.keys())
    except CallError as error:
        return Finding(False, _unreached(error))
    except (KeyError, TypeError, AttributeError, ValueError, PyJWTError):
        found = []
    if not found:
        where = "are not where they should be: look whether a proxy answers in Microsoft’s place"
        return Finding(False, f"The keys with which Teams signs what it delivers {where}.")
    return Finding(True, "The keys with which Teams signs what it delivers are there.")


async def _office(kit: "Kit", service: str, channel: str) -> Finding:
    try:
        there = await lookups.office(kit, service, channel)
    except NotFound as error:
        return Finding(False, sentence("TEAMS_OFFICE_CHANNEL", f"(the office’s channel {channel}) {error}"))
    readers = "one person reads it" if len(there) == 1 else f"{len(there)} people read it"
    return Finding(True, f"The office’s channel {channel} is found; {readers}.")


async def _administrator(kit: "Kit", settings: TeamsSettings, service: str, address: str) -> Finding:
    """Whoever is not found is nothing wrong: without rights in the directory a bot cannot look further."""
    try:
        await lookups.person(kit, settings, service, address)
    except NotFound as error:
        return Finding(True, f"The administrator {address}, in Teams: {error}.")
    return Finding(True, f"The administrator {address} is found in Teams.")
