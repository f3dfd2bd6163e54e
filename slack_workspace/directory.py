"""Who and what is in the workspace: adding and changing people and channels."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
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
    ) -> str:
        """A new person and their DM with the app; gives the user id. Raises ValueError for an unknown zone."""
        _check_zone(tz)
        user = user_id or new_id("U")
        handle = ".".join(name.lower().split())
        self._core.state.put_person(Person(user, name, handle, email, tz, title, guest, deactivated))
        self._core.dm(user)
        return user

    def change_person(self, user: str, **changes: Any) -> None:
        """Changes name, email, tz, title, guest or deactivated. Raises KeyError, TypeError or ValueError."""
        unknown = set(changes) - {"name", "email", "tz", "title", "guest", "deactivated"}
        if unknown:
            raise TypeError(f"a person has no {', '.join(sorted(unknown))}")
        if "tz" in changes:
            _check_zone(changes["tz"])
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


def _check_zone(tz: str) -> None:
    try:
        ZoneInfo(tz)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {tz}") from error
