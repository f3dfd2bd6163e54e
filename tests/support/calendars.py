"""Letters to calendars, delivered by hand: claimed, drawn, done and marked as it is by the bot."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.actions.dead_letters import give_up
from bot.delivery.sender import Later, Never
from bot.handlers.calendar.sender import CalendarSender
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import outbox
from bot.storage.outbox import Letter
from tests.support.dispatchers import Office

LEASE = timedelta(minutes=1)


class Killed(Exception):  # noqa: N818 – what a test does to a bot
    """The process ends here and now."""


@dataclass
class CalendarPost:
    """The delivery of what calendars have to do for an office's scheme."""

    office: Office
    sender: CalendarSender
    tries: int = 0
    gives_up_after: int = 8
    real_now_ahead: timedelta = timedelta()
    """How far the leases' clock is ahead: past LEASE, what a killed bot had claimed is taken up again."""

    async def deliver(self, rounds: int = 1_000) -> None:
        """Deliver all that is due, however often it takes, or so often. Letters to chat are marked as sent."""
        database = self.office.dispatcher.database
        for _ in range(rounds):
            now = self.office.now
            real_now = now + self.real_now_ahead
            letters = await database.write(
                lambda db, now=now, real_now=real_now: outbox.claim(db, now, "post", LEASE, real_now=real_now)  # type: ignore[misc]
            )
            if not letters:
                return
            for letter in letters:
                await self._one(letter)

    async def _one(self, letter: Letter) -> None:
        now, database = self.office.now, self.office.dispatcher.database
        mark = partial(outbox.sent, letter_id=letter.id, ref_channel=None, ref_message=letter.id, now=now)
        if letter.by != "calendar":
            await database.write(mark)
            return
        schemes = Schemes((self.office.scheme,))
        drawn = await database.read(partial(draw, schemes=schemes, letter=letter, now=now))
        try:
            if drawn is not None:
                self.tries += 1
                await self.sender.send(letter, drawn)
        except Later as later:
            if letter.attempts + 1 >= self.gives_up_after:
                await self._given_up(letter)
                return
            doubtful = later.doubtful or letter.doubtful
            await database.write(partial(outbox.failed, letter_id=letter.id, again_at=now, doubtful=doubtful))
        except Never:
            await self._given_up(letter)
        else:
            await database.write(mark)

    async def _given_up(self, letter: Letter) -> None:
        await self.office.dispatcher.by_clock(letter.scheme, lambda context: give_up(context, letter))
