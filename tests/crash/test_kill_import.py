"""kill -9 while a file of members comes in: every line has come in once, and nobody hears of it twice."""

import asyncio
from collections import Counter
from typing import Final

import pytest
from sqlalchemy import Connection as Db

from bot.actions.importer import BATCH
from bot.lifecycle.importing import Import
from bot.storage import imports, offices
from tests.crash.harness import SECONDS, Harness
from tests.crash.parent import AFTER_BATCH, BEFORE_BATCH
from tests.support import races
from tests.support.databases import rows
from tests.support.races import ADMINISTRATOR, MONDAY, SCHEME

pytestmark = pytest.mark.xdist_group("machine")

LINES: Final = 2 * BATCH + 5
USERS: Final = tuple(f"UNEW{number:03}" for number in range(LINES))


def handed_in(db: Db) -> None:
    """A file that somebody of the office has begun."""
    races.person(db, ADMINISTRATOR)
    offices.appoint(db, SCHEME, ADMINISTRATOR, "administrator", MONDAY, "chat")  # no setting takes it back
    lines = ["E-mail,Role"]
    for user in USERS:
        races.person(db, user)
        lines.append(f"{user}@example.org,mentor")
    one = Import("import", SCHEME, ADMINISTRATOR, "members.csv", "members", True, "running", MONDAY, LINES)
    imports.add(db, one, "\n".join(lines).encode())


def state(harness: Harness) -> tuple[str, int]:
    ((stands, at),) = rows(harness.database, "SELECT state, at FROM imports")
    return str(stands), int(str(at))


async def test_killed_before_and_after_the_commit_of_some_lines(harness: Harness) -> None:
    harness.database.write_now(handed_in)
    harness.join(ADMINISTRATOR, *USERS)
    for dies, at in ((BEFORE_BATCH, 0), (AFTER_BATCH, BATCH), (BEFORE_BATCH, BATCH), (AFTER_BATCH, 2 * BATCH)):
        await harness.start_and_die(dies)
        assert state(harness) == ("running", at), dies
    await harness.start_bot()
    async with asyncio.timeout(SECONDS):
        while state(harness)[0] == "running":  # noqa: ASYNC110 – another process goes on, and wakes nobody here
            await asyncio.sleep(0.05)
    assert state(harness) == ("done", LINES)
    await harness.assert_nothing_waits()
    assert rows(harness.database, "SELECT count(*), count(DISTINCT person) FROM members") == [(LINES, LINES)]
    noted = rows(harness.database, "SELECT about FROM audit WHERE verb = 'import_member'")
    assert set(Counter(noted).values()) == {1}
    assert len(noted) == LINES
    for user in (USERS[0], USERS[BATCH], USERS[-1]):
        kinds = sorted(key.partition(":")[0] for key in harness.heard(user).elements())
        assert kinds == ["brought_in"], user
    told = sorted(key.partition(":")[0] for key in harness.heard(ADMINISTRATOR).elements())
    assert told.count("import_over") == 1
