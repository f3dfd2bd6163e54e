"""Files to people. A bot may put nothing into somebody's OneDrive by itself: it offers the file, and once they allow it
is told where to put it. The offer names the letter alone, so that it holds for as long as it stands in the chat: what
is put there then is drawn anew, for that very person, if they may still have it.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from cachetools import TTLCache
from sqlalchemy import Connection as Db

from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Attachment, Message, Notice
from bot.dialogs.wording import chat
from bot.handlers.background import BackgroundTasks
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams import render
from bot.handlers.teams.activities import Consent, Upload
from bot.handlers.teams.errors import CallError
from bot.handlers.teams.files import allowed
from bot.handlers.teams.places import Address
from bot.handlers.teams.trying import tried
from bot.handlers.teams.users import Known, Users
from bot.screens.render import Rendered, as_it_stands
from bot.storage import people

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

log = logging.getLogger(__name__)

_CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
_INFO: Final = "application/vnd.microsoft.teams.card.file.info"
_NOT_IN_NAMES: Final = re.compile(r'["*:<>?/\\|\x00-\x1f\x7f]')
"""What OneDrive has in no name of a file."""
_NAME_LONGEST: Final = 200
_MOST: Final = 5_000
_AGAIN: Final = 60.0
"""Seconds within which the same offer, allowed twice, is taken for a double click."""


def offer(letter: str, file: Attachment) -> dict[str, Any]:
    """The message in which a file is offered; it opens in nobody's chat but their own."""
    context = {"letter": letter}
    content = {
        "description": chat.FILE_OFFERED,
        "sizeInBytes": len(file.content),
        "acceptContext": context,
        "declineContext": context,
    }
    attachment = {"contentType": _CONSENT, "name": _named(file.name), "content": content}
    return {"type": "message", "summary": chat.FILE_OFFERED, "attachments": [attachment]}


def _there(upload: Upload, name: str) -> dict[str, Any]:
    """The message that opens a file which lies in somebody's OneDrive now."""
    content = {"uniqueId": upload.unique_id, "fileType": upload.kind}
    attachment = {"contentType": _INFO, "contentUrl": upload.content_url, "name": name, "content": content}
    return {"type": "message", "summary": chat.file_brought(name).text, "attachments": [attachment]}


def _named(name: str) -> str:
    """The name as OneDrive takes it; its end, which says what it is, is kept."""
    plain = _NOT_IN_NAMES.sub("_", name).strip(" .") or "file"
    if len(plain) <= _NAME_LONGEST:
        return plain
    head, dot, tail = plain.rpartition(".")
    return f"{head[: _NAME_LONGEST - len(tail) - 1]}.{tail}" if dot and len(tail) < 20 else plain[:_NAME_LONGEST]


class Bringing:
    """Puts files where people have allowed it. `hosts`: how the names of hosts end to which files are given; `timer`
    gives real seconds."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        kit: "Kit",
        users: Users,
        background: BackgroundTasks,
        rate_limiter: RateLimiter,
        hosts: tuple[str, ...],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dispatcher = dispatcher
        self._kit = kit
        self._users = users
        self._background = background
        self._rate_limiter = rate_limiter
        self._hosts = hosts
        self._under_way: TTLCache[tuple[str, str], bool] = TTLCache(_MOST, _AGAIN, timer)

    def take(self, consent: Consent) -> None:
        """Do what somebody has said to an offer, without their waiting for it: putting a file there may take longer
        than a client waits."""
        key = (consent.sender.object_id, consent.letter)
        if not consent.sender.personal or key in self._under_way:
            return
        self._under_way[key] = True
        self._background.start(self._taken(consent, key), "a file to somebody")

    async def _taken(self, consent: Consent, key: tuple[str, str]) -> None:
        known = await self._users.identify(consent.sender)
        if not isinstance(known, Known):
            return
        try:
            said = await self._answered(consent, known)
        except CallError as error:
            log.warning("a file could not be put into somebody's OneDrive: %s", error.code)
            self._under_way.pop(key, None)  # they may allow it once more: the offer stands
            activity = _spoken(chat.file_not_brought(), known)
            await self._tried(lambda: self._kit.post(consent.sender.address, activity), consent.sender.address)
            return
        await self._settled(consent, said, known)

    async def _answered(self, consent: Consent, known: Known) -> Notice:
        """What is said in the place of the offer. Raises CallError where the file could not be put there."""
        upload = consent.upload
        if upload is None:
            return chat.FILE_DECLINED
        file = await self._file(consent)
        if file is None:
            return chat.FILE_GONE
        if not (allowed(upload.url, self._hosts) and allowed(upload.content_url, self._hosts)):
            raise CallError(None, "another host")
        await self._kit.put(upload.url, file.content)
        name, where = upload.name or _named(file.name), consent.sender.address
        await self._tried(lambda: self._kit.post(where, _there(upload, name)), where)
        return chat.file_brought(name)

    async def _file(self, consent: Consent) -> Attachment | None:
        """The file of that letter, as it is now; None where it is not this person's, or not any more."""
        schemes, now = self._dispatcher.schemes, self._dispatcher.clock()
        caller = self._users.caller(consent.sender.object_id)

        def drawn(db: Db) -> Rendered | None:
            me = people.find(db, caller.platform, caller.team, caller.user)
            return as_it_stands(db, schemes, consent.letter, me.id, "", now) if me else None

        found = await self._dispatcher.database.read(drawn)
        return found.content.attachment if found and isinstance(found.content, Message) else None

    async def _settled(self, consent: Consent, said: Notice, known: Known) -> None:
        """The offer has had its answer: what became of it takes its place."""
        where, activity = consent.sender.address, _spoken(said, known)
        if consent.message:
            await self._tried(lambda: self._kit.edit(where, consent.message, activity), where)
        else:
            await self._tried(lambda: self._kit.post(where, activity), where)

    async def _tried(self, call: Callable[[], Awaitable[object]], where: Address) -> None:
        await tried(self._rate_limiter, where, call)


def _spoken(said: Notice, known: Known) -> Mapping[str, Any]:
    return render.activity(render.notice(said, known.zone), said.text)
