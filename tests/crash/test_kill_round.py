"""kill -9 while a round is published: each pair is connected once, and nobody hears of it twice."""

import asyncio
from collections import Counter
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection as Db

from bot.actions.round_steps import AT_ONCE
from bot.lifecycle.request import Request
from bot.lifecycle.rounds import Round
from bot.matching.ranking import Match
from bot.schemes.loading import load
from bot.storage import offices, requests, rounds
from bot.storage.rounds import RoundRow
from tests.crash.harness import SECONDS, Harness
from tests.crash.parent import AFTER_PAIRS
from tests.support import races
from tests.support.databases import rows
from tests.support.races import ADMINISTRATOR, MONDAY, SCHEME

pytestmark = pytest.mark.xdist_group("machine")

PAIRS: Final = 2 * AT_ONCE + 2
ASSIGNS: Final = load("bsw_hub").route


def published(db: Db) -> None:
    """A round that somebody of the office has just published."""
    races.person(db, ADMINISTRATOR)
    offices.appoint(db, SCHEME, ADMINISTRATOR, "administrator", MONDAY, "chat")  # no setting takes it back
    found = []
    for number in range(PAIRS):
        mentee, mentor = f"UMENTEE{number}", f"UMENTOR{number}"
        races.member(db, mentee, "mentee")
        races.member(db, mentor, "mentor", 1)
        answers = {"topics": ["Leadership"], "foremost": [], "sought": "Somebody to talk to"}
        waits = Request(
            f"request{number}", SCHEME, mentee, "assigning", answers, MONDAY, waiting_since=MONDAY, route=ASSIGNS
        )
        requests.save(db, None, waits)
        match = Match(mentor, 80, 60, 20, (), (), 0)
        found.append(RoundRow(number + 1, waits.id, mentee, match))
    one = Round("round", SCHEME, ADMINISTRATOR, "publishing", MONDAY, total=PAIRS, placed=PAIRS, percent=80 * PAIRS)
    rounds.add(db, one)
    rounds.put(db, one, found)


def matching(folder: Path) -> str:
    """The reference scheme's file, whose office matches, too."""
    text = resources.files("bot.schemes").joinpath(f"{SCHEME}.toml").read_text("utf-8")
    assert text.count("powers = [") == 1
    file = folder / "matching.toml"
    file.write_text(text.replace("powers = [", 'powers = ["match", '), "utf-8")
    return str(file)


def state(harness: Harness) -> tuple[str, int]:
    ((stands, done),) = rows(harness.database, "SELECT state, done FROM rounds")
    return str(stands), int(str(done))


async def test_killed_after_the_commit_of_some_pairs(harness: Harness, tmp_path: Path) -> None:
    harness = replace(harness, settings={**harness.settings, "schemes": matching(tmp_path)})
    harness.database.write_now(published)
    harness.join(ADMINISTRATOR, *(f"U{role}{n}" for role in ("MENTEE", "MENTOR") for n in range(PAIRS)))
    for done in (AT_ONCE, 2 * AT_ONCE):
        await harness.start_and_die(AFTER_PAIRS)
        assert state(harness) == ("publishing", done)
    await harness.start_bot()
    async with asyncio.timeout(SECONDS):
        while state(harness)[0] == "publishing":  # noqa: ASYNC110 – another process goes on, and wakes nobody here
            await asyncio.sleep(0.05)
    assert state(harness) == ("published", PAIRS)
    await harness.assert_nothing_waits()
    assert rows(harness.database, "SELECT count(*), count(DISTINCT request) FROM connections") == [(PAIRS, PAIRS)]
    noted = Counter(rows(harness.database, "SELECT about FROM audit WHERE verb = 'assign'"))
    assert set(noted.values()) == {1}
    for number in (0, AT_ONCE, PAIRS - 1):
        for user, kind in ((f"UMENTEE{number}", "accepted"), (f"UMENTOR{number}", "connected")):
            told = [key.partition(":")[0] for key in harness.heard(user).elements()]
            assert told.count(kind) == 1, user
    over = [key.partition(":")[0] for key in harness.heard(ADMINISTRATOR).elements()]
    assert over.count("round_published") == 1
