"""Surveys: asked once at each moment, by whom they are for, and read by nobody unless their file says so."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.parts import Errors, Form, Notice
from bot.schemes.sheets import Sheet
from bot.storage.database import Database
from bot.storage.reporting import survey_answers
from tests.actions.population import Population, settle
from tests.actions.test_sheets import home
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.post import Post
from tests.support.schemes import READ_SURVEY, SURVEY

ANSWERS = {"confidence": 4, "stays": "Yes", "times": ("Mornings",), "again": "Yes"}


def asking(population: Population, sheet: Sheet = SURVEY) -> tuple[Office, str]:
    """The office, whose scheme asks mentees; and the survey about the agreed pair, without its moment."""
    office = population.office
    office.changed(sheets=(sheet.model_copy(update={"by": "mentee"}),))
    return office, f"survey:{population.ids['agreed']}"


async def refused(office: Office, user: str, verb: str, subject: str) -> str:
    values: Any = ANSWERS if verb == "fill_in_sheet" else None
    answer = await office.click(user, verb, subject, values)
    if isinstance(answer, Errors):
        return " ".join(answer.fields.values())
    assert isinstance(answer, Notice), answer
    assert answer.title == "Nothing has changed"
    return answer.text


@pytest.mark.covers("C7")
async def test_it_is_answered_once_at_each_moment_by_whom_it_is_for(database: Database) -> None:
    office, subject = asking(await settle(database))
    opened = await office.click("UMENTEE", "open_sheet", f"{subject}:start")
    assert isinstance(opened, Form)
    assert "asked later" in await refused(office, "UMENTEE", "fill_in_sheet", f"{subject}:end")
    assert "no longer there" in await refused(office, "UMENTEE", "fill_in_sheet", subject)
    for user in ("UASKED", "UADMIN", "UOTHER"):
        for verb in ("open_sheet", "fill_in_sheet"):
            await refused(office, user, verb, f"{subject}:start")
    wrong = await office.click("UMENTEE", "fill_in_sheet", f"{subject}:start", {"confidence": 9})
    assert isinstance(wrong, Errors)
    saved = await office.click("UMENTEE", "fill_in_sheet", f"{subject}:start", ANSWERS)
    assert isinstance(saved, Notice)
    assert saved.title == "Thank you"
    assert "answered this already" in await refused(office, "UMENTEE", "fill_in_sheet", f"{subject}:start")
    again = await office.click("UMENTEE", "open_sheet", f"{subject}:start")
    assert isinstance(again, Form)
    assert again.submit is None
    office.now += timedelta(days=190)
    assert await office.click("UMENTEE", "fill_in_sheet", f"{subject}:end", ANSWERS) == saved
    assert "time to answer this is over" in await refused(office, "UMENTEE", "fill_in_sheet", f"{subject}:middle")
    kept = rows(database, "SELECT moment, answers FROM sheets WHERE sheet = 'survey' ORDER BY moment")
    assert [moment for moment, _ in kept] == ["end", "start"]
    assert not any("Mornings" in str(answers) for _, answers in kept), "they are encrypted"


@pytest.mark.parametrize(("sheet", "heard"), [(SURVEY, 0), (READ_SURVEY, 2)], ids=["read by nobody", "by the office"])
async def test_the_office_hears_of_one_that_it_reads_alone(database: Database, sheet: Sheet, heard: int) -> None:
    office, subject = asking(await settle(database), sheet)
    await office.click("UMENTEE", "fill_in_sheet", f"{subject}:start", ANSWERS)
    assert rows(database, "SELECT count(*) FROM outbox WHERE kind = 'feedback'") == [(heard,)]


async def test_a_member_is_asked_about_their_role(database: Database) -> None:
    population = await settle(database)
    office, member = population.office, population.ids["member UASKED"]
    of_role = {"about": "member", "by": "mentor", "asked": ("start",), "middle_after": None, "end_after": None}
    office.changed(sheets=(SURVEY.model_copy(update=of_role),))
    assert "[Survey: at the start as mentor]" in await home(office, "UASKED")
    subject = f"survey:{member}:start"
    for user in ("UMENTEE", "UADMIN", "UOTHER"):
        await refused(office, user, "fill_in_sheet", subject)
    saved = await office.click("UASKED", "fill_in_sheet", subject, ANSWERS)
    assert isinstance(saved, Notice)
    assert saved.title == "Thank you"
    assert "[Survey:" not in await home(office, "UASKED")
    (answered,) = database.read_now(lambda db: survey_answers(db, office.scheme.key, "survey"))
    assert (answered.role, answered.pair, answered.moment) == ("mentor", member, "start")


async def test_what_is_asked_of_a_member_comes_in_the_message_of_the_day_twice(database: Database) -> None:
    population = await settle(database, delivered=True)
    office = population.office
    of_role = {"about": "member", "by": "mentor", "asked": ("start",), "middle_after": None, "end_after": None}
    office.changed(sheets=(SURVEY.model_copy(update=of_role),))
    await office.mentor("UNEW")
    post = Post(office)
    await post.deliver()
    await post.pass_(*[timedelta(hours=4)] * (6 * 14))
    heard = [each for each in post.reminders("UNEW") if "at the start of your time as mentor" in each.message.text]
    assert len(heard) == 2
