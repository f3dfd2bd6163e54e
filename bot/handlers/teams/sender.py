"""Messages, edits and Home to Teams. What may have arrived is sent again all the same: a bot cannot look."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.delivery.sender import Never, NotNeeded, Ref
from bot.dialogs.parts import Home, Message
from bot.dialogs.plain import plain
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams import render
from bot.handlers.teams.bringing import offer
from bot.handlers.teams.errors import CallError, outcome
from bot.handlers.teams.places import Address, address_of
from bot.screens.render import Rendered
from bot.storage.outbox import Letter

if TYPE_CHECKING:
    from bot.handlers.teams.kit import Kit

log = logging.getLogger(__name__)


class TeamsSender:
    """Writes to the people of one tenant, and to the offices' channels, which it knows by the letters' names.
    `service`: where those are written to whose own address says nothing."""

    def __init__(self, kit: "Kit", channels: Mapping[str, str], service: str, rate_limiter: RateLimiter) -> None:
        self._kit = kit
        self._channels = channels
        self._service = service
        self._rate_limiter = rate_limiter

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Post or edit. Raises Later, Never or NotNeeded."""
        try:
            match drawn.content:
                case Home() as home:
                    return await self._home(drawn, home)
                case Message() as message:
                    card = render.message(message, drawn.zone, letter.edits or letter.id)
                    activity = render.activity(card, render.said(message))
                    return await (
                        self._edit(letter, drawn, activity) if letter.edits else self._new(letter, drawn, activity)
                    )
                case _:
                    raise Never("not for a chat")
        except CallError as error:
            shared = letter.person is None and letter.channel in self._channels
            raise outcome(error, doubtful=letter.doubtful, edits=bool(letter.edits), shared=shared) from None

    async def _home(self, drawn: Rendered, home: Home) -> Ref:
        """In the place of the one that stands in the chat, or anew; nobody gets one who has not come yet."""
        if not drawn.address:
            raise NotNeeded
        activity = render.activity(render.home(home, drawn.zone), plain(home.parts, drawn.zone))
        if drawn.stands is not None:
            channel, message = drawn.stands
            try:
                await self._kit.edit(Address(self._service_of(drawn), channel), message, activity)
            except CallError as error:
                if error.status != 404:
                    raise
            else:
                return Ref()
        return await self._post(await self._address(drawn), activity)

    async def _edit(self, letter: Letter, drawn: Rendered, activity: Mapping[str, object]) -> Ref:
        """An edit is harmless to repeat, so it is never in doubt."""
        if letter.ref_channel is None or letter.ref_message is None:
            raise NotNeeded
        await self._kit.edit(Address(self._service_of(drawn), letter.ref_channel), letter.ref_message, activity)
        return Ref()

    async def _new(self, letter: Letter, drawn: Rendered, activity: Mapping[str, object]) -> Ref:
        if drawn.user is not None:
            return await self._to_one(letter, drawn, activity)
        channel = self._channels.get(letter.channel or "")
        if channel is None:
            raise Never("no office channel")
        return await self._post(Address(self._service, channel), activity)

    async def _to_one(self, letter: Letter, drawn: Rendered, activity: Mapping[str, object]) -> Ref:
        """A file follows what is said of it, as an offer. In doubt both come twice, to the one who asked for it."""
        address = await self._address(drawn)
        sent = await self._post(address, activity)
        if isinstance(drawn.content, Message) and drawn.content.attachment is not None:
            await self._post(address, offer(letter.id, drawn.content.attachment))
        return sent

    async def _post(self, address: Address, activity: Mapping[str, object]) -> Ref:
        await self._rate_limiter.turn(address.conversation)
        return Ref(address.conversation, await self._kit.post(address, activity))

    async def _address(self, drawn: Rendered) -> Address:
        """Where the person is written to: a conversation is begun with whoever has the app and has not come yet."""
        carried = address_of(drawn.address)
        return carried or await self._kit.open(self._service, drawn.user or "")

    def _service_of(self, drawn: Rendered) -> str:
        carried = address_of(drawn.address)
        return carried.service if carried else self._service
