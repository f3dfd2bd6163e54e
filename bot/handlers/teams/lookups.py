"""What the settings name, found in the tenant as far as a bot can look without rights of its own in the directory."""

from typing import TYPE_CHECKING
from uuid import UUID

from bot.actions.dispatcher import Introduction
from bot.handlers.platform import NotFound
from bot.handlers.teams.errors import CallError, gone
from bot.handlers.teams.places import Address, address_of
from bot.handlers.teams.users import introduction
from bot.lifecycle.people import Gone, Person
from bot.settings import TeamsSettings

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit, Listed


async def person(kit: "Kit", settings: TeamsSettings, service: str, wanted: str) -> tuple[str, Introduction]:
    """The object id and introduction of somebody: by object id where they have the app, by e-mail address where they
    are in an office's channel. Raises NotFound."""
    try:
        found = await (_by_id(kit, service, wanted) if _is_id(wanted) else _by_email(kit, settings, service, wanted))
    except CallError as error:
        raise NotFound(f"could not be looked up ({error.code})") from None
    if found is None:
        raise NotFound("names somebody who has not come to the bot yet: what they may do is theirs once they have")
    return found


async def people(kit: "Kit", settings: TeamsSettings, service: str) -> dict[str, tuple[str, Introduction]]:
    """Everybody in the offices' teams, by e-mail address in small letters: object id and introduction. A bot without
    rights of its own in the directory sees nobody else who has not come to it."""
    found = dict[str, tuple[str, Introduction]]()
    for channel in dict.fromkeys(settings.admin_channels.values()):
        for listed in await office(kit, service, channel):
            if listed.object_id and listed.email and not listed.guest:
                found[listed.email.casefold()] = (listed.object_id, introduction(listed, None, None))
    return found


async def whereabouts(kit: "Kit", service: str, someone: Person) -> Introduction | Gone | None:
    """Somebody as the roster of their chat has them, or why they are not in it; None: Teams gives no answer."""
    try:
        there = address_of(someone.address) or await kit.open(service, someone.user)
        listed = await kit.member(there, someone.user)
    except CallError as error:
        return gone(error) or None
    return introduction(listed, None, there)


async def office(kit: "Kit", service: str, channel: str) -> list["Listed"]:
    """Everybody in an office's channel. Raises NotFound."""
    try:
        return await kit.members(Address(service, channel))
    except CallError as error:
        if error.status in (403, 404):
            raise NotFound("names a channel of a team to which the app has not been added") from None
        raise NotFound(f"could not be looked up ({error.code})") from None


async def _by_id(kit: "Kit", service: str, wanted: str) -> tuple[str, Introduction] | None:
    try:
        there = await kit.open(service, wanted)
        listed = await kit.member(there, wanted)
    except CallError as error:
        if error.status in (403, 404):
            return None
        raise
    return (listed.object_id, introduction(listed, None, there)) if listed.object_id else None


async def _by_email(kit: "Kit", settings: TeamsSettings, service: str, wanted: str) -> tuple[str, Introduction] | None:
    for channel in dict.fromkeys(settings.admin_channels.values()):
        for listed in await office(kit, service, channel):
            if listed.email.casefold() == wanted.casefold() and listed.object_id and not listed.guest:
                return listed.object_id, introduction(listed, None, None)
    return None


def _is_id(wanted: str) -> bool:
    try:
        UUID(wanted)
    except ValueError:
        return False
    return True
