"""The bot as a process of its own, as a person would start it."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from slack_workspace import Workspace
from tests.support.databases import KEYS

ROOT = Path(__file__).parents[2]
_OURS = ("SLACK_", "MENTORBOT_", "SMTP_", "DATABASE_", "PUBLIC_")
_LISTENING = re.compile(r"listening at (http://[\w.:]+)")


def environment(workspace: Workspace | None, database_url: str | None = None, **more: str) -> dict[str, str]:
    """This process's environment with the settings of a bot in that workspace, and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything anew takes longer than all the rest
    given = {"PYTHONPATH": str(ROOT)}
    if workspace is not None:
        given |= {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
            "SLACK_API_URL": workspace.api_url,
            "MENTORBOT_KEYS": ",".join(KEYS),
        }
    if database_url is not None:
        given["DATABASE_URL"] = database_url
    return kept | given | more


@dataclass
class Process:
    """A running bot; `log` is what it has said so far."""

    process: asyncio.subprocess.Process
    url: str = ""
    log: list[str] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def expect(self, containing: str) -> None:
        """Wait until it has said so."""
        async with asyncio.timeout(20):
            while not any(containing in line for line in self.log):
                self.heard.clear()
                await self.heard.wait()

    async def told(self, number: signal.Signals = signal.SIGTERM, seconds: float = 20) -> int:
        """Send the signal and wait for the end; gives the exit code."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), seconds)


@asynccontextmanager
async def serving(folder: Path, env: Mapping[str, str], *options: str) -> AsyncIterator[Process]:
    """`mentorbot serve` in that folder; entered once it listens."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", "0", *options,
        cwd=folder, env=dict(env), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    made = Process(running)
    listening: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def listen() -> None:
        assert running.stderr is not None
        async for line in running.stderr:
            made.log.append(line.decode().rstrip())
            made.heard.set()
            found = _LISTENING.search(made.log[-1])
            if found and not listening.done():
                listening.set_result(found[1])
        if not listening.done():
            listening.set_exception(RuntimeError("it ended: " + "\n".join(made.log)))

    hearing = asyncio.create_task(listen())
    try:
        made.url = await asyncio.wait_for(listening, 30)
        yield made
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
        await hearing


async def run(folder: Path, env: Mapping[str, str], *arguments: str) -> tuple[int, str, str]:
    """One command to its end: exit code, output and error output."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=dict(env), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, output.decode(), errors.decode()
