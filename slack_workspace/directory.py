"""Who and what is in the workspace: adding and changing people and channels."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, Final
from zoneinfo import ZoneInfo

from slack_workspace.core import Core
from slack_workspace.model import Channel, Person
from slack_workspace.state import new_id


class Directory:
    """The people and channels, as an administrator of the workspace changes them."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def add_person(
        self,
        name: str,
        *,
        email: str | None = None,
        tz: str = "Europe/London",
        user_id: str | None = None,
        title: str = "",
        guest: bool = False,
        deactivated: bool = False,
        pictured: bool = True,
    ) -> str:
        """A new person and their DM with the app; gives the user id. Raises TypeError or ValueError."""
        given = {"name": name, "email": email, "tz": tz, "title": title, "guest": guest}
        given |= {"deactivated": deactivated, "pictured": pictured}
        _check_person(given | ({"user_id": user_id} if user_id is not None else {}))
        user = user_id or new_id("U")
        handle = ".".join(name.lower().split())
        self._core.state.put_person(Person(user, name, handle, email, tz, title, guest, deactivated, pictured))
        self._core.dm(user)
        return user

    def change_person(self, user: str, **changes: Any) -> None:
        """Changes name, email, tz, title, guest, deactivated or pictured. Raises KeyError, TypeError or ValueError."""
        if "user_id" in changes:
            raise TypeError("nobody gets another id")
        _check_person(changes)
        self._core.state.put_person(replace(self._core.state.people[user], **changes))

    def add_channel(self, name: str, *, private: bool = True, members: Iterable[str] = (), bot: bool = True) -> str:
        """A new channel of these people, with the bot in it or not; gives the channel id."""
        everybody = (*members, *((self._core.identity.bot_user,) if bot else ()))
        channel = Channel(new_id("C"), name, "channel", everybody, self._core.state.seconds(), private=private)
        self._core.state.put_channel(channel)
        return channel.id

    def change_channel(self, channel: str, **changes: Any) -> None:
        """Changes name, members, private or archived. Raises KeyError or TypeError."""
        self._core.state.put_channel(replace(self._core.state.channels[channel], **changes))


_PERSON: Final[dict[str, type | UnionType]] = {
    "user_id": str,
    "name": str,
    "email": str | None,
    "tz": str,
    "title": str,
    "guest": bool,
    "deactivated": bool,
    "pictured": bool,
}


def _check_person(given: Mapping[str, Any]) -> None:
    """Raises TypeError for what a person does not have, ValueError for a zone that is none and for no name."""
    for key, value in given.items():
        if key not in _PERSON:
            raise TypeError(f"a person has no {key}")
        if not isinstance(value, _PERSON[key]):
            raise TypeError(f"this cannot be a person's {key}: {value!r}")
    if not given.get("name", "somebody").strip():
        raise ValueError("a person has a name")
    try:
        ZoneInfo(given.get("tz", "Etc/UTC"))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {given['tz']}") from error
