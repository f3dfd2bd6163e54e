"""Microsoft's Agents Playground: one process for each person who can be played. It is fetched at that moment and never
comes along: its licence is for evaluation.
"""

import asyncio
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientError, ClientSession

PACKAGE: Final = "@microsoft/m365agentsplayground@0.2.28"
_FETCH_SECONDS: Final = 180
_START_SECONDS: Final = 60
_OTHERS: Final = 5
"""So many others there must be in its tenant, no more and no less."""
_LOOPBACK: Final = Path(__file__).with_name("loopback.cjs")


class PlaygroundError(RuntimeError):
    """Why it cannot be shown, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who can be played: who they are to Teams."""

    object_id: str
    name: str
    email: str


async def fetched(folder: Path) -> Path:
    """The playground's command, fetched into that folder where it is not there yet. Raises PlaygroundError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise PlaygroundError("The demo in Teams needs Node.js 20 or later, with npm: install it, and try again.")
    command = folder / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
    if command.exists():
        return command
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    fetching = await asyncio.create_subprocess_exec(
        npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, said = await asyncio.wait_for(fetching.communicate(), _FETCH_SECONDS)
    except TimeoutError:
        fetching.kill()
        await fetching.wait()
        raise PlaygroundError("Fetching the playground took too long: is npm’s registry reached?") from None
    if not command.exists():
        last = said.decode(errors="replace").strip().splitlines()[-1:]
        raise PlaygroundError(f"npm could not fetch the playground. {' '.join(last)}")
    return command


class Playgrounds:
    """The playgrounds of some people, as an async context manager: `urls` by object id."""

    def __init__(self, command: Path, players: Sequence[Player], tenant: str, app_id: str, bot_url: str) -> None:
        self._command = command
        self._players = players
        self._tenant = tenant
        self._app_id = app_id
        self._bot_url = bot_url
        self._leave = AsyncExitStack()
        self.urls: dict[str, str] = {}

    async def __aenter__(self) -> "Playgrounds":
        folder = Path(self._leave.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-teams-")))
        try:
            starting = (self._start(player, number, folder) for number, player in enumerate(self._players))
            found = await asyncio.gather(*starting)
            self.urls = {player.object_id: url for player, url in zip(self._players, found, strict=True)}
        except BaseException:
            await self._leave.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._leave.aclose()

    async def _start(self, player: Player, number: int, folder: Path) -> str:
        port = _free_port()
        configuration = folder / f"{number}.yml"  # JSON is YAML, too
        configuration.write_text(json.dumps(self._configuration(player, number)), "utf-8")
        log = folder / f"{number}.log"
        process = await asyncio.create_subprocess_exec(
            "node", "--require", str(_LOOPBACK), str(self._command), "--port", str(port), "--channel-id", "msteams",
            "--app-endpoint", self._bot_url, "--service-url", f"http://127.0.0.1:{port}/_connector",
            "--disable-telemetry", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            stdin=asyncio.subprocess.DEVNULL, env=_environment(configuration, log), cwd=folder,
        )  # fmt: skip
        self._leave.push_async_callback(_end, process)
        await _listening(process, port)
        if _is_reached_from_elsewhere(port):
            raise PlaygroundError("The playground listens to other computers too, so it is not started.")
        return f"http://127.0.0.1:{port}"

    def _configuration(self, player: Player, number: int) -> dict[str, Any]:
        """The whole tenant, seen by this person."""
        missing = range(_OTHERS + 1 - len(self._players))
        fillers = (Player(f"00000000-0000-4000-8000-{n:012}", f"Colleague {n}", f"c{n}@example.org") for n in missing)
        people = {each.object_id: _user(each) for each in (*self._players, *fillers)}
        return {
            "version": "0.1.1",
            "tenantId": self._tenant,
            "bot": {"id": f"28:{self._app_id}", "name": "mentorbot"},
            "currentUser": people.pop(player.object_id),
            "users": [*people.values()],
            "personalChat": {"id": f"a:chat-{number}"},
            "groupChat": {"id": f"19:group-{number}@thread.v2", "name": "Group"},
            "team": {
                "id": f"19:team-{number}@thread.tacv2",
                "name": "Team",
                "aadGroupId": self._tenant,
                "channels": [],
            },
        }


def _user(player: Player) -> dict[str, str]:
    given, _, family = player.name.partition(" ")
    return {
        "id": f"29:{player.object_id}", "name": player.name, "userPrincipleName": player.email,
        "aadObjectId": player.object_id, "givenName": given, "surname": family or given, "email": player.email,
    }  # fmt: skip


def _environment(configuration: Path, log: Path) -> dict[str, str]:
    more = {
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(configuration),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(log),
        "TEAMSAPPTESTER_BROWSER": "none",
        "NO_PROXY": "127.0.0.1,localhost",
    }
    return {**os.environ, **more}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listening(process: asyncio.subprocess.Process, port: int) -> None:
    """Wait until it does. Raises PlaygroundError where it ends instead, or takes too long."""
    try:
        async with asyncio.timeout(_START_SECONDS):
            while process.returncode is None:
                if await _answers(port):
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise PlaygroundError("The playground does not start.") from None
    raise PlaygroundError(f"The playground ended by itself ({process.returncode}).")


async def _answers(port: int) -> bool:
    """Whether its page is there."""
    try:
        async with ClientSession(trust_env=False) as http, http.get(f"http://127.0.0.1:{port}/") as page:
            return page.status == 200
    except ClientError:
        return False


def _is_reached_from_elsewhere(port: int) -> bool:
    """Whether it answers at this computer's address in its network, if it has one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only picks the address that would be used
            address = probe.getsockname()[0]
        if address.startswith("127."):
            return False
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()
