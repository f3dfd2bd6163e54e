"""The other processes of a run: each says one line of JSON when it is ready, answers a line with a line, and ends when
its input is closed."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SECONDS = 60
"""How long a child may take for one answer, or to end."""
_LINE = 1 << 24
_OURS = ("SLACK_", "MENTORBOT_", "SMTP_", "DATABASE_", "PUBLIC_", "AZURE_", "GRAPH_", "TEAMS_")


class Child:
    """A process of ours; `said` is what it told when it was ready."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log
        self.said: dict[str, Any] = {}

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    async def ask(self, what: str) -> dict[str, Any]:
        """Send a line and wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(what.encode() + b"\n")
        return await self.heard()

    async def heard(self) -> dict[str, Any]:
        """The next line. Raises RuntimeError, with the last words of its log, where there comes none."""
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), SECONDS)
        if not line:
            tail = self._log.read_text(encoding="utf-8", errors="replace")[-3000:]
            raise RuntimeError(f"a process of the bench ended early:\n{tail}")
        found: dict[str, Any] = json.loads(line)
        return found

    async def end(self) -> None:
        """Close its input and wait; kill it where that takes too long."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), SECONDS)
        finally:
            if self._process.returncode is None:
                self._process.kill()
                await self._process.wait()


@asynccontextmanager
async def child(
    folder: Path, module: str, *arguments: str, env: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """`python -m module` in that folder, once it is ready. Its log is kept in the folder."""
    log = folder / f"{module}.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments,
            cwd=folder, env=environment(env or {}), limit=_LINE,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    made = Child(process, log)
    try:
        made.said = await made.heard()
        yield made
    finally:
        await made.end()


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without any settings of a bot, and then these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def say(what: Mapping[str, Any]) -> None:
    """In a child: tell the parent one line."""
    print(json.dumps(what), flush=True)


async def orders(answers: Mapping[str, Callable[[], Awaitable[dict[str, Any]]]]) -> None:
    """In a child: answer the parent's lines until it has no more."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async for line in reader:
        say(await answers[line.decode().strip()]())


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run on the loop that the bot runs on."""
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        asyncio.run(work)
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)
