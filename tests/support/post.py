"""Delivery by hand: what is due is claimed, drawn and marked as it is by the bot, and read by the test."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.actions.reminding import put_off
from bot.dialogs.parts import Message
from bot.schemes.together import Schemes
from bot.screens.render import NotNow, draw
from bot.storage import outbox
from bot.storage.outbox import Letter
from tests.support.dispatchers import Office

LEASE = timedelta(minutes=1)


@dataclass(frozen=True)
class Delivered:
    """A message as it reached somebody, or was drawn anew in their chat (`edited`)."""

    user: str
    kind: str
    at: datetime
    message: Message
    edited: bool


@dataclass
class Post:
    """Everything that has been delivered to persons of an office's scheme."""

    office: Office
    sent: list[Delivered] = field(default_factory=list)

    async def deliver(self) -> list[Delivered]:
        """Deliver all that is due; gives what that was."""
        before, database = len(self.sent), self.office.dispatcher.database
        while True:
            now = self.office.now
            letters = await database.write(lambda db, now=now: outbox.claim(db, now, "post", LEASE, real_now=now))  # type: ignore[misc]
            if not letters:
                return self.sent[before:]
            for letter in letters:
                await self._one(letter)

    async def _one(self, letter: Letter) -> None:
        now, database, scheme = self.office.now, self.office.dispatcher.database, self.office.scheme
        try:
            drawn = await database.read(partial(draw, schemes=Schemes((scheme,)), letter=letter, now=now))
        except NotNow:
            await self.office.dispatcher.by_clock(letter.scheme, lambda context: put_off(context, letter))
            return
        if drawn and drawn.user and isinstance(drawn.content, Message):
            self.sent.append(Delivered(drawn.user, letter.kind, now, drawn.content, letter.edits is not None))
        await database.write(
            partial(outbox.sent, letter_id=letter.id, ref_channel="D1", ref_message=letter.id, now=now)
        )  # fmt: skip

    async def pass_(self, *steps: timedelta) -> list[Delivered]:
        """Turn the clock step by step, with all that follows; gives what was delivered."""
        before = len(self.sent)
        for step in steps:
            await self.office.sweep(step)
            await self.deliver()
        return self.sent[before:]

    def reminders(self, user: str) -> list[Delivered]:
        """The reminder messages that somebody has had."""
        return [each for each in self.sent if (each.user, each.kind, each.edited) == (user, "reminders", False)]
