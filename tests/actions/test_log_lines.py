"""What happens leaves a line each in the log: ids and verbs, and nothing of what people write."""

import logging
import re
from datetime import timedelta

import pytest

from bot.storage.database import Database
from tests.actions import population
from tests.support.databases import KEYS
from tests.support.dispatchers import Office

PRIVATE = "the ward is understaffed"


async def test_each_act_is_a_line_with_ids_and_verbs_alone(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    with Database(sqlite_url, KEYS) as database:
        office = Office(database)
        for user in ("UADMIN", "UMENTEE", "USTRANGER"):
            await office.meet(user)
        answers = {"membership_number": "AB-1", "stage": "Something else", "note": PRIVATE}
        await office.click("UMENTEE", "join", "mentee", answers)
        member = await office.member("UMENTEE", "mentee")
        await office.click("USTRANGER", "approve_joining", member)
        await office.click("UADMIN", "approve_joining", member)
        await office.click("UMENTEE", "command", PRIVATE)
        await office.click("UMENTEE", "hello", PRIVATE)
    assert [record.getMessage() for record in caplog.records if record.name == "bot.actions.dispatcher"] == [
        "join mentee by UMENTEE: done",
        f"approve_joining {member} by USTRANGER: not_yours",
        f"approve_joining {member} by UADMIN: done",
    ]
    assert PRIVATE not in caplog.text


async def test_what_the_clock_brings_is_a_line_too(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with Database(sqlite_url, KEYS) as database:
        everybody = await population.settle(database)
        caplog.set_level(logging.INFO, "bot")
        await everybody.office.sweep(timedelta(days=6))
    said = [record.getMessage() for record in caplog.records if record.name == "bot.actions.deadlines"]
    lines = [re.sub(r"ID\d+", "…", line) for line in said]
    assert "invitation_lapses … by the clock: done" in lines
    assert all(re.fullmatch(r"[a-z_]+ … by the clock: (done|gone)", line) for line in lines)
