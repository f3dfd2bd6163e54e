"""Files that somebody sends in the chat, kept at hand until the form that wants one is sent off.

No card takes a file, and a form waits for its answer: so the file comes first, as a message of its own.
Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from cachetools import TTLCache

from bot.dialogs.parts import Notice
from bot.dialogs.wording import chat
from bot.handlers.teams.activities import Given
from bot.handlers.teams.errors import CallError
from bot.lifecycle.files import LARGEST, GivenFile, NotGiven
from bot.servers import LOOPBACK

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

log = logging.getLogger(__name__)

HOSTS: Final = (".sharepoint.com", ".sharepoint.us", ".sharepoint.cn", ".svc.ms")
"""Where people's own files lie; nothing is fetched from anywhere else."""
_AT_HAND: Final = 3600
_MOST: Final = 50_000_000
"""Bytes of the files that are at hand at one time; past it, those held the longest go."""


def allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether that is a place of people's own files, reached in private."""
    try:
        place = urlsplit(url)
        host = place.hostname or ""
    except ValueError:
        return False
    return (place.scheme == "https" or host in LOOPBACK) and host.endswith(hosts)


def _size(held: GivenFile | NotGiven) -> int:
    return len(held.content) if isinstance(held, GivenFile) else 1


class Files:
    """The last file that each person has sent. `timer` gives real seconds; `hosts`: how the names of hosts end from
    which files are fetched."""

    def __init__(self, kit: "Kit", hosts: tuple[str, ...] = HOSTS, timer: Callable[[], float] = time.monotonic) -> None:
        self._kit = kit
        self.hosts = hosts
        self._held: TTLCache[str, GivenFile | NotGiven] = TTLCache(_MOST, _AT_HAND, timer, _size)

    async def take(self, user: str, given: Given) -> Notice:
        """Fetch a file that came with a message; gives what is said to that."""
        found = self._held[user] = await self._fetched(given)
        match found:
            case GivenFile():
                return chat.file_at_hand(found.name)
            case NotGiven(why="too_large"):
                return chat.file_too_large(LARGEST)
            case _:
                return chat.file_not_fetched()

    def given(self, user: str) -> GivenFile | NotGiven | None:
        """The file that this person has sent last; None where there is none, or it was sent too long ago."""
        return self._held.get(user)

    def done(self, user: str) -> None:
        """It has been handed in."""
        self._held.pop(user, None)

    async def _fetched(self, given: Given) -> GivenFile | NotGiven:
        if not allowed(given.url, self.hosts):
            log.warning("a file is not taken: it lies at another host")
            return NotGiven("not_fetched")
        try:
            content = await self._kit.fetched(given.url, LARGEST)
        except CallError as error:
            log.warning("a file could not be fetched: %s", error.code)
            return NotGiven("not_fetched")
        return NotGiven("too_large") if content is None else GivenFile(given.name, content)
