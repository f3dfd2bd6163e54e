"""Bots to be killed, and where."""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.handlers.slack.app import SCOPES
from bot.storage.database import Database
from tests.crash.harness import SECONDS, Harness, Parent
from tests.crash.killing_workspace import KillingWorkspace
from tests.support.databases import KEYS
from tests.support.races import MONDAY

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def parent() -> Iterator[Parent]:
    """One for all of them, who run one after the other: to import a whole bot takes longer than to kill some."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.crash.parent", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=_ROOT, pass_fds=[theirs.fileno()])
    made = Parent(ours)
    yield made
    made.close()
    process.wait(SECONDS)


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
