"""What bots are killed in: a workspace and a database that outlive them, and whoever starts the next one."""

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.tables import outbox as outbox_table
from tests.crash.killing_workspace import KillingWorkspace
from tests.support.races import MONDAY

SECONDS = 30


class Parent:
    """Bots as processes of their own, one at a time; see `tests.crash.parent`."""

    def __init__(self, control: socket.socket) -> None:
        control.settimeout(SECONDS)
        self._control = control
        self._lines = control.makefile(encoding="utf-8")
        self._alive: int | None = None

    async def start_bot(self, settings: dict[str, Any], dies: str) -> dict[str, Any]:
        """Start a bot; gives its pid and url once it has sent what was waiting. `dies`: see `tests.crash.parent`."""
        plan = {"settings": settings, "dies": dies}
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


@dataclass(frozen=True, slots=True)
class Harness:
    """A workspace and a database that outlive the bots between them."""

    workspace: KillingWorkspace
    database: Database
    settings: dict[str, Any]
    parent: Parent

    def join(self, *users: str) -> None:
        """People of the rows are in the workspace too."""
        for user in users:
            self.workspace.add_person(user.title(), email=f"{user}@example.org", user_id=user)

    async def start_bot(self, *, dies: str = "") -> int:
        """A bot that has seen to all that was waiting; gives its pid."""
        self.workspace.hand.rest()
        bot = await self.parent.start_bot(self.settings, dies=dies)
        self.workspace.request_url = bot["url"]
        return int(bot["pid"])

    async def start_and_die(self, dies: str) -> None:
        """A bot that dies of what it does by itself, perhaps before it could say that it is there."""
        self.workspace.hand.rest()
        with contextlib.suppress(RuntimeError):
            await self.parent.start_bot(self.settings, dies=dies)
            await self.parent.ended()
        self._let_leases_run_out()

    async def wait_for_death(self) -> None:
        """The bot has been killed, and the lease of what it had in hand runs out."""
        assert await self.parent.ended() == -signal.SIGKILL
        self._let_leases_run_out()

    def _let_leases_run_out(self) -> None:
        """Leases go by real time, which no test can turn: their end is moved instead."""
        past = datetime.now(UTC) - timedelta(seconds=1)
        rows = update(outbox_table).where(outbox_table.c.claimed_until.is_not(None)).values(claimed_until=past)
        self.database.write_now(lambda db: db.execute(rows))

    def heard(self, user: str) -> Counter[str]:
        """The keys of the bot's messages to this person."""
        said = self.workspace.test_user(user).messages()
        return Counter(message.metadata["event_payload"]["key"] for message in said if message.metadata)

    async def assert_nothing_waits(self) -> None:
        """What follows from the last round is still being sent when the last bot takes clicks: it has time to go."""

        def left() -> tuple[int, int]:
            return self.database.read_now(lambda db: (outbox.due_count(db, MONDAY), outbox.dead_count(db)))

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(10):
                while left() != (0, 0):  # noqa: ASYNC110 – another process marks them, and wakes nobody here
                    await asyncio.sleep(0.02)
        assert left() == (0, 0)
