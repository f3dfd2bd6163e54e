"""kill -9 between commit and send, and between send and mark: nothing lost, the act done once, nothing said twice."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection as Db
from sqlalchemy import update

from bot.handlers.slack.app import SCOPES
from bot.lifecycle.notices import tell
from bot.lifecycle.vocabulary import Kind
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter
from bot.storage.tables import outbox as outbox_table
from slack_workspace import Refusal
from tests.crash.killing_workspace import KillingWorkspace, Moment
from tests.support import races
from tests.support.databases import KEYS
from tests.support.races import MONDAY, SCHEME, Asked, aftermath

pytestmark = pytest.mark.xdist_group("crash")

ROUNDS = 20
SECONDS = 30
_ROOT = Path(__file__).parents[2]


class Parent:
    """Bots as processes of their own, one at a time; see `tests.crash.parent`."""

    def __init__(self, control: socket.socket) -> None:
        control.settimeout(SECONDS)
        self._control = control
        self._lines = control.makefile(encoding="utf-8")
        self._alive: int | None = None

    async def start_bot(self, settings: dict[str, Any], *, dies_at_commit: bool) -> dict[str, Any]:
        """Start a bot; gives its pid and url once it has sent what was waiting."""
        plan = {"settings": settings, "dies_at_commit": dies_at_commit}
        self._control.sendall(json.dumps(plan).encode() + b"\n")
        bot = await self._heard()
        if "pid" not in bot:
            raise RuntimeError(f"the bot ended at its start with {bot['ended']}")
        self._alive = bot["pid"]
        return bot

    async def ended(self) -> int:
        """Wait until the bot has ended: its exit code, negative for a signal."""
        ended = int((await self._heard())["ended"])
        self._alive = None
        return ended

    async def kill(self) -> None:
        """Kill whatever bot is still alive."""
        if self._alive is not None:
            os.kill(self._alive, signal.SIGKILL)
            await self.ended()

    async def _heard(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(await asyncio.to_thread(self._lines.readline))
        return said

    def close(self) -> None:
        self._lines.close()
        self._control.close()


@pytest.fixture(scope="module")
def parent() -> Iterator[Parent]:
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.crash.parent", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=_ROOT, pass_fds=[theirs.fileno()])
    made = Parent(ours)
    yield made
    made.close()
    process.wait(SECONDS)


@dataclass(frozen=True, slots=True)
class Harness:
    """A workspace and a database that outlive the bots between them."""

    workspace: KillingWorkspace
    database: Database
    settings: dict[str, Any]
    parent: Parent

    def invite(self, number: int) -> Asked:
        """A mentor and a mentee who are in the workspace too, and the mentor's card waiting to be sent."""
        asked = self.database.write_now(lambda db: _invited(db, number))
        for user in (asked.mentor, asked.mentee):
            self.workspace.add_person(user.title(), email=f"{user.lower()}@example.org", user_id=user)
        return asked

    async def start_bot(self, *, dies_at_commit: bool = False) -> int:
        """A bot that has seen to all that was waiting; gives its pid."""
        self.workspace.hand.rest()
        bot = await self.parent.start_bot(self.settings, dies_at_commit=dies_at_commit)
        self.workspace.request_url = bot["url"]
        return int(bot["pid"])

    async def accept(self, asked: Asked) -> None:
        """The mentor presses Accept; whether it is acknowledged is up to the bot's last moments."""
        with contextlib.suppress(Refusal):
            await self.workspace.test_user(asked.mentor).press("Accept")

    async def wait_for_death(self) -> None:
        """The bot has been killed, and the lease of what it had in hand runs out. Leases go by real time, which no
        test can turn: their end is moved instead."""
        assert await self.parent.ended() == -signal.SIGKILL
        past = datetime.now(UTC) - timedelta(seconds=1)
        rows = update(outbox_table).where(outbox_table.c.claimed_until.is_not(None)).values(claimed_until=past)
        self.database.write_now(lambda db: db.execute(rows))

    def heard(self, user: str) -> Counter[str]:
        """The keys of the bot's messages to this person."""
        said = self.workspace.test_user(user).messages()
        return Counter(message.metadata["event_payload"]["key"] for message in said if message.metadata)


def _invited(db: Db, number: int) -> Asked:
    asked = races.invited(db, number)
    card = tell(Kind.INVITATION, asked.mentor, asked.invitation)
    letter = Letter(
        f"card{number}", SCHEME, card.key, card.kind, card.about, asked.mentor, None, "chat", MONDAY, MONDAY
    )  # fmt: skip
    outbox.put(db, [letter])
    return asked


@pytest.fixture
async def harness(database: Database, database_url: str, parent: Parent) -> AsyncIterator[Harness]:
    workspace = KillingWorkspace(team_id="T1", now=lambda: MONDAY, rate_limits=False, scopes=SCOPES)
    await workspace.start()
    settings = {
        "bot_token": workspace.bot_token, "signing_secret": workspace.signing_secret, "api_url": workspace.api_url,
        "database_url": database_url, "keys": KEYS,
    }  # fmt: skip
    yield Harness(workspace, database, settings, parent)
    await parent.kill()
    await workspace.stop()


async def rounds(harness: Harness, *moments: Moment | None) -> list[tuple[int, object]]:
    """Accept and be killed at each of the moments in turn (None: at the commit); gives the rounds that went wrong.

    The bot of each round first has to see to what the one before it has left.
    """
    everybody: list[Asked] = []
    for number in range(ROUNDS):
        everybody.append(harness.invite(number))
        moment = moments[number % len(moments)]
        pid = await harness.start_bot(dies_at_commit=moment is None)
        if moment is not None:
            harness.workspace.hand.raise_against(pid, moment)
        await harness.accept(everybody[-1])
        await harness.wait_for_death()
        reached = sum((harness.heard(each) for each in (everybody[-1].mentor, everybody[-1].mentee)), Counter())
        # The card, and whatever had gone out when it was killed.
        assert len(reached) == 1 if moment != "before the answer" else len(reached) >= 2, (number, reached)
    await harness.start_bot()
    return [(number, what) for number, asked in enumerate(everybody) if (what := _wrong(harness, asked))]


def _wrong(harness: Harness, asked: Asked) -> object:
    """What is lost, done twice or said twice; nothing where all is as it must be."""
    after = aftermath(harness.database)
    done = (after.requests[asked.request], after.connected[asked.request], after.outcomes("accept", asked.invitation))
    if done != ("accepted", 1, {"done": 1}):
        return done
    mentee, mentor = harness.heard(asked.mentee), harness.heard(asked.mentor)
    kinds = [sorted(key.partition(":")[0] for key in heard.elements()) for heard in (mentee, mentor)]
    if kinds != [["accepted"], ["connected", "invitation"]]:
        return kinds
    test_user = harness.workspace.test_user(asked.mentor)
    card = test_user.messages()[0]
    return test_user.buttons(card) if "Accept" in test_user.buttons(card) else None


async def assert_nothing_waits(harness: Harness) -> None:
    """What follows from the last round is still being sent when the last bot takes clicks: it has time to come out."""

    def left() -> tuple[int, int]:
        return harness.database.read_now(lambda db: (outbox.pending_count(db), outbox.dead_count(db)))

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(10):
            while left() != (0, 0):  # noqa: ASYNC110 – another process marks them, and wakes nobody here
                await asyncio.sleep(0.02)
    assert left() == (0, 0)


async def test_killed_between_commit_and_send(harness: Harness) -> None:
    assert await rounds(harness, None, "at arrival") == []
    await assert_nothing_waits(harness)


async def test_killed_between_send_and_mark(harness: Harness) -> None:
    assert await rounds(harness, "before the answer") == []
    await assert_nothing_waits(harness)
    asked_for = Counter(call.method for call in harness.workspace.calls)
    assert asked_for["conversations.history"] >= ROUNDS, "what was in doubt was looked for"
