"""Empties the outbox: claims what is due, draws it as things are now, hands it to its sender, marks what became of it.

One letter at a time to a recipient, several recipients at once, one commit a letter. Leases, pacing and short waits go
by real time; what is due goes by the bot's clock, which a demo may turn.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.sender import Later, Never, NotNeeded, Ref, Sender
from bot.schemes.together import Schemes
from bot.screens import render
from bot.screens.render import NotNow, Rendered
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=2)
"""A letter claimed for so long without a word is taken up by the next one, as one that may have arrived."""
AT_ONCE: Final = 16
"""Recipients written to at one time."""
RESTS: Final = (1, 5, 20, 120, 600, 1800, 3600)
"""Seconds of rest after the first, second… attempt in vain; after the eighth, some two hours on, it is given up."""
MENDING: Final = 600
"""Seconds between attempts at what an administrator must mend first: nobody does so in a moment."""
HELD_FOR: Final = timedelta(days=7)
"""How long a letter waits for what an administrator of the platform must mend."""
SHORT: Final = 30
"""Rests of up to so many seconds are waited out by real time, under a lease, whatever the bot's clock shows."""


class Outbox:
    """The delivering half of one process. `senders` go by platform, e-mail among them; `channels` names the platform
    of each shared channel; `given_up` is told of a letter that cannot be delivered (and whether
    nobody is there to read it) and gives how many there are, `held`
    of one that waits for what somebody must mend, `put_off` of a reminder whose hours are over; `wait_until_idle` waits
    while clicks are being answered."""

    def __init__(
        self,
        database: Database,
        schemes: Schemes,
        senders: Mapping[str, Sender],
        channels: Mapping[str, str],
        clock: Callable[[], datetime],
        name: str,
        new_id: Callable[[], str],
        given_up: Callable[[Letter, bool], Awaitable[int]],
        held: Callable[[Letter, datetime, bool, str], Awaitable[None]],
        put_off: Callable[[Letter], Awaitable[None]],
        wait_until_idle: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._schemes = schemes
        self._senders = senders
        self._channels = channels
        self._clock = clock
        self._name = name
        self._new_id = new_id
        self._wait_until_idle = wait_until_idle
        self._drawing = asyncio.Semaphore(1)
        self._given_up = given_up
        self._held = held
        self._not_now = put_off
        self._wakeup = asyncio.Event()
        self._quiet = asyncio.Event()
        self._stopping = False
        self._going: set[asyncio.Task[None]] = set()
        self._rests: dict[str, float] = {}
        self._loop: asyncio.Task[None] | None = None
        self._well = True

    @property
    def alive(self) -> bool:
        """Whether letters are being sent: the loop runs, and its last look at the database went well."""
        return self._loop is not None and not self._loop.done() and self._well

    def wake(self) -> None:
        """There may be something to send."""
        self._quiet.clear()
        self._wakeup.set()

    async def drain(self) -> None:
        """Wait until nothing that is due is left; longer waits for a platform in trouble do not count."""
        self.wake()
        await self._quiet.wait()

    def start(self) -> None:
        """Begin with what is waiting already, then whenever it is woken."""
        self.wake()
        self._loop = asyncio.create_task(self._run(), name="delivery")

    async def stop(self, seconds: float = 5.0) -> None:
        """Send what is due, at most so long, then claim nothing more; what is cut short is taken up by its lease."""
        if self._loop is not None and not self._loop.done():
            try:
                await asyncio.wait_for(self.drain(), seconds)
            except TimeoutError:
                log.warning("delivery was cut short; what is left goes out after the next start")
        self._stopping = True
        tasks = [task for task in (self._loop, *self._going) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._wakeup.wait()
            self._wakeup.clear()
            try:
                await self._empty()
            except Exception:
                self._well = False
                log.exception("the outbox could not be read")
                await asyncio.sleep(1)
                self._wakeup.set()
                continue
            self._well = True
            if not self._wakeup.is_set():
                self._quiet.set()

    async def _empty(self) -> None:
        """Claim and send until nothing is due and nothing is under way."""
        while True:
            free = AT_ONCE - len(self._going)
            claimed = await self._claim(free) if free and not self._stopping else ()
            for letter in claimed:
                task = asyncio.create_task(self._deliver(letter), name=f"letter {letter.id}")
                self._going.add(task)
                task.add_done_callback(self._going.discard)
            if not self._going:
                return
            # Being woken ends it too: a letter to somebody else need not wait for the slowest of those under way.
            woken = asyncio.create_task(self._wakeup.wait())
            await asyncio.wait({*self._going, woken}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            self._wakeup.clear()

    async def _claim(self, limit: int) -> tuple[Letter, ...]:
        now, real_now = self._clock(), datetime.now(UTC)
        mine = tuple(self._schemes)
        return await self._database.write(
            lambda db: outbox.claim(db, now, self._name, LEASE, limit, real_now=real_now, schemes=mine)
        )

    async def _deliver(self, letter: Letter) -> None:
        """See one letter through; what cannot even be marked is left to its lease."""
        try:
            await self._rested(letter.lane)
            try:
                await self._mark_sent(letter, *await self._sent(letter))
            except Later as later:
                await self._put_off(letter, later)
            except Never as never:
                await self._give_up(letter, never.reason, nobody=never.nobody)
            except NotNow:
                await self._not_now(letter)
        except Exception as error:
            log.exception("letter %s (%s) could not be sent", letter.id, letter.kind)
            with contextlib.suppress(SQLAlchemyError):
                await self._put_off(letter, Later(type(error).__name__, doubtful=True))

    async def _mark_sent(self, letter: Letter, ref: Ref, again_at: datetime | None = None) -> None:
        now = self._clock()

        def mark(db: Connection) -> None:
            outbox.sent(db, letter.id, ref.channel, ref.message, now, ref.platform)
            if again_at is not None:
                key = f"{letter.kind}:{letter.person}:{again_at.isoformat()}"
                again = replace(letter, id=self._new_id(), key=key, slot=None, attempts=0, doubtful=False)
                outbox.put(db, [replace(again, made_at=now, not_before=again_at)])

        await self._database.write(mark)
        # What is only drawn anew follows every click: who wants to see that as well says "debug".
        level = logging.INFO if ref.message or letter.by != "chat" else logging.DEBUG
        log.log(level, "letter %s (%s about %s) is sent", letter.id, letter.kind, letter.about)

    async def _sent(self, letter: Letter) -> tuple[Ref, datetime | None]:
        """Where it stands now, and when it is to be drawn anew by itself."""
        drawn = await self._drawn(letter)
        if drawn is None:
            return Ref(), None  # out of date: marked as done without a message
        held = 0.0
        while True:
            try:
                platform = self._platform(letter, drawn)
                sender = self._senders[platform]
                return replace(await sender.send(letter, drawn), platform=platform), drawn.again_at
            except NotNeeded:
                return Ref(), None
            except Later as later:
                held += later.seconds or 0
                if later.seconds is None or held > SHORT:
                    raise
                # The platform says when: that is no attempt in vain, as long as it stays well within the lease.
                log.info("letter %s waits %.1f s as asked", letter.id, later.seconds)
                await asyncio.sleep(later.seconds)
                drawn = await self._drawn(letter)
                if drawn is None:
                    return Ref(), None

    def _platform(self, letter: Letter, drawn: Rendered) -> str:
        """E-mail for its copies, a calendar for its events, otherwise the platform that person or channel is on. Raises
        Never; NotNeeded for what only redraws something where the bot is no longer."""
        chat = drawn.platform or self._channels.get(letter.channel or "", "")
        platform = chat if letter.by == "chat" else letter.by
        if platform not in self._senders and (letter.edits or letter.kind == "home"):
            raise NotNeeded
        if platform not in self._senders:
            raise Never(f"no way out by {platform or letter.channel}")
        return platform

    async def _drawn(self, letter: Letter) -> Rendered | None:
        now = self._clock()
        if letter.until is not None and now >= letter.until:
            return None
        # Drawing is what costs the most: one at a time, and when no click is being answered.
        async with self._drawing:
            await self._wait_until_idle()
            return await self._database.read(lambda db: render.draw(db, self._schemes, letter, now))

    async def _rested(self, lane: str) -> None:
        """Wait out, by real time, what is left of the lane's rest."""
        wait = self._rests.pop(lane, 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    async def _put_off(self, letter: Letter, later: Later) -> None:
        now = self._clock()
        waits = later.mend is not None and now < letter.made_at + HELD_FOR
        if letter.attempts >= len(RESTS) and not waits:
            await self._give_up(letter, later.reason)
            return
        usual = MENDING if later.mend else RESTS[min(letter.attempts, len(RESTS) - 1)]
        rest = max(usual, later.seconds or 0)
        log.warning("letter %s (%s) is put off for %d s: %s", letter.id, letter.kind, rest, later.reason)
        if rest <= SHORT:
            self._rests[letter.lane] = time.monotonic() + rest
        again_at = now if rest <= SHORT else now + timedelta(seconds=rest)
        doubtful = later.doubtful or letter.doubtful
        if later.mend is not None:
            await self._held(letter, again_at, doubtful, later.mend)
        else:
            await self._database.write(lambda db: outbox.failed(db, letter.id, again_at, doubtful))

    async def _give_up(self, letter: Letter, reason: str, *, nobody: bool = False) -> None:
        count = await self._given_up(letter, nobody)
        log.error("letter %s (%s) is given up: %s; %d in all", letter.id, letter.kind, reason, count)
