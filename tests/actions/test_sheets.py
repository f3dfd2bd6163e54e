"""Sheets that people fill in, alone or the two together, and pages that they read."""

from datetime import date
from typing import Any

import pytest

from bot.dialogs.home import home as drawn
from bot.dialogs.parts import Buttons, DateInput, Errors, Form, Notice, PersonInput, TextInput
from bot.dialogs.plain import plain
from bot.lifecycle.sheets import FilledSheet
from bot.screens import home as screens
from bot.storage import sheets
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.support.databases import rows
from tests.support.dispatchers import Office

GIVEN: dict[str, Any] = {
    "goal": "To lead a team", "actions:0:what": "Ask for a day a week", "actions:0:by": date(2026, 12, 1),
    "actions:1:what": "Read", "helper": "UOTHER",
}  # fmt: skip


async def home(office: Office, user: str) -> str:
    """What somebody's home shows, its buttons by their spoken names."""
    person = (await office.person(user)).id
    seen = office.dispatcher.database.read_now(lambda db: screens.home(db, office.scheme, person, office.now))
    parts = drawn([seen]).parts
    return "\n".join((plain(parts), *_spoken(parts)))


def _spoken(parts: object) -> list[str]:
    assert isinstance(parts, tuple)
    return [f"[{each.spoken or each.label}]" for part in parts if isinstance(part, Buttons) for each in part.buttons]


def read(form: object) -> str:
    """What a window says, its fields left out."""
    assert isinstance(form, Form), form
    return plain(part for part in form.parts if not hasattr(part, "key")) + "\n".join(_spoken(form.parts))


async def fill_in(office: Office, user: str, subject: str, version: int = 0, **values: object) -> object:
    """Somebody saves a sheet that they opened when it had been written so often."""
    return await office.click(user, "fill_in_sheet", subject, values, {"version": str(version)})


def kept(population: Population, about: str) -> tuple[FilledSheet, ...]:
    """The sheets about that thing, without those of files, which are there from the beginning."""
    office = population.office
    every = office.dispatcher.database.read_now(lambda db: sheets.of(db, office.scheme.key, [population.ids[about]]))
    return tuple(each for each in every if each.sheet not in {"papers", "proof"})


@pytest.mark.covers("B14", "A29")
async def test_the_two_keep_one_sheet_together(database: Database) -> None:
    population = await settle(database)
    office, subject = population.office, f"goals:{population.ids['agreed']}"
    assert "[Goals: Uasked]" in read(await office.click("UMENTEE", "open_connection", population.ids["agreed"]))
    assert "saved" in str(await fill_in(office, "UMENTEE", subject, **GIVEN))
    (sheet,) = kept(population, "agreed")
    assert sheet.answers == {
        "goal": "To lead a team", "helper": {"user": "UOTHER", "name": "Uother"},
        "actions": [{"what": "Ask for a day a week", "by": "2026-12-01"}, {"what": "Read"}],
    }  # fmt: skip
    theirs = await office.click("UASKED", "open_sheet", subject)
    assert isinstance(theirs, Form)
    assert "You and Umentee can read it, and nobody else." in read(theirs)
    typed = {part.key: part.initial for part in theirs.parts if isinstance(part, TextInput | DateInput | PersonInput)}
    assert typed["goal"] == "To lead a team"
    assert (typed["actions:0:by"], typed["actions:1:what"], typed["helper"]) == (date(2026, 12, 1), "Read", "UOTHER")
    assert (typed["actions:2:what"], typed["actions:3:what"]) == ("", ""), "two lines more, as far as there may be"
    assert theirs.carried == {"version": "1"}
    await fill_in(office, "UASKED", subject, 1, goal="To lead a small team")
    (sheet,) = kept(population, "agreed")
    asked = await office.person("UASKED")
    assert (sheet.answers, sheet.written_by, sheet.version) == ({"goal": "To lead a small team"}, asked.id, 2)


async def test_what_was_written_meanwhile_is_shown_and_nothing_typed_is_lost(database: Database) -> None:
    population = await settle(database)
    office, subject = population.office, f"goals:{population.ids['agreed']}"
    await fill_in(office, "UMENTEE", subject, goal="Hers")
    again = await fill_in(office, "UASKED", subject, goal="His")
    assert isinstance(again, Form)
    assert "Hers" in read(again)
    assert "yours is not saved yet" in read(again)
    assert next(part.initial for part in again.parts if isinstance(part, TextInput)) == "His"
    assert again.carried == {"version": "1"}
    assert [each.answers for each in kept(population, "agreed")] == [{"goal": "Hers"}]
    await fill_in(office, "UASKED", subject, 1, goal="Hers and his")
    assert [each.answers for each in kept(population, "agreed")] == [{"goal": "Hers and his"}]


async def test_a_sheet_for_its_writer_alone_is_nobody_elses(database: Database) -> None:
    population = await settle(database)
    office, subject = population.office, f"thoughts:{population.ids['agreed']}"
    await fill_in(office, "UMENTEE", subject, text="Between me and me")
    theirs = await office.click("UASKED", "open_sheet", subject)
    assert "Between me and me" not in str(theirs)
    await fill_in(office, "UASKED", subject, text="And me")
    mine = await office.click("UMENTEE", "open_sheet", subject)
    assert "Between me and me" in str(mine)
    assert "Only you can read it." in read(mine)
    assert len(kept(population, "agreed")) == 2


async def test_a_required_record_is_to_be_done_once_the_session_is_completed(database: Database) -> None:
    population = await settle(database)
    office, subject = population.office, f"record:{population.ids['session']}"
    assert "Record" not in await home(office, "UMENTEE")
    assert "opens once the session" in str(await fill_in(office, "UMENTEE", subject, text="Too early"))
    await office.click("UASKED", "complete", population.ids["session"])
    assert "Fill in “Record” about session 1 with Uasked." in await home(office, "UMENTEE")
    assert "Record" not in await home(office, "UASKED"), "the mentee writes it"
    assert "[Record" not in read(await office.click("UASKED", "open_connection", population.ids["agreed"]))
    await fill_in(office, "UMENTEE", subject, text="We talked")
    assert "Record" not in await home(office, "UMENTEE")
    assert "[Record: session 1" in read(await office.click("UASKED", "open_connection", population.ids["agreed"]))
    theirs = await office.click("UASKED", "open_sheet", subject)
    assert isinstance(theirs, Form)
    assert theirs.submit is None
    assert "We talked" in read(theirs)
    assert "The other of you fills this in" in str(await fill_in(office, "UASKED", subject, 1, text="No"))


async def test_a_members_sheet_is_theirs_and_the_offices_to_read(database: Database) -> None:
    population = await settle(database)
    office, member = population.office, population.ids["member UMENTEE"]
    assert "Fill in “Plan” as mentee." in await home(office, "UMENTEE")
    await fill_in(office, "UMENTEE", f"plan:{member}", text="A year abroad")
    shown = await home(office, "UMENTEE")
    assert "Fill in" not in shown
    assert "[Plan: as mentee]" in shown
    assert "A year abroad" in read(await office.click("UADMIN", "open_member", member))


async def test_after_the_end_only_what_is_for_afterwards_can_be_written(database: Database) -> None:
    population = await settle(database)
    office, pair = population.office, population.ids["agreed"]
    await fill_in(office, "UMENTEE", f"goals:{pair}", goal="To lead")
    assert "This is for afterwards" in str(await fill_in(office, "UASKED", f"looking_back:{pair}", text="Early"))
    await office.click("UADMIN", "end_connection", pair, {"reply": "Thank you."})
    assert "Say how your mentoring with Uasked was: “Looking back”." in await home(office, "UMENTEE")
    assert "has ended" in str(await fill_in(office, "UMENTEE", f"goals:{pair}", 1, goal="More"))
    goals = await office.click("UMENTEE", "open_sheet", f"goals:{pair}")
    assert isinstance(goals, Form)
    assert (goals.submit, "To lead" in read(goals)) == (None, True)
    await fill_in(office, "UMENTEE", f"looking_back:{pair}", text="A good year")
    assert "Looking back” with" not in await home(office, "UMENTEE")


async def test_somebody_the_bot_cannot_know_is_refused_at_the_field(database: Database) -> None:
    population = await settle(database)
    reply = await fill_in(population.office, "UMENTEE", f"goals:{population.ids['agreed']}", goal="x", helper="UAPP")
    assert isinstance(reply, Errors)
    assert set(reply.fields) == {"helper"}
    assert kept(population, "agreed") == ()


async def test_what_is_written_in_a_sheet_is_in_no_log_and_only_encrypted(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    population = await settle(database)
    await fill_in(population.office, "UMENTEE", f"goals:{population.ids['agreed']}", goal="An unlikely secret")
    assert "unlikely secret" not in caplog.text
    written = rows(database, "SELECT answers FROM sheets")
    assert len(written) == 3
    assert "secret" not in str(written)
    audited = rows(database, "SELECT outcome FROM audit WHERE verb = 'fill_in_sheet'")
    assert audited == [("done",)] * 3


@pytest.mark.covers("B7", "B20")
async def test_pages_are_there_for_whom_they_are_meant(database: Database) -> None:
    population = await settle(database)
    office = population.office
    assert "[To read: advice" in await home(office, "UMENTEE")
    assert "[To read: advice" not in await home(office, "UADMIN")
    listed = read(await office.click("UASKED", "open_pages"))
    assert "[Read The first session" in listed
    assert "[Read Going well?]" in listed
    assert "Going well?" not in read(await office.click("UMENTEE", "open_pages"))
    page = await office.click("UMENTEE", "open_page", "first_session")
    assert "How often you meet." in read(page)
    assert "More about it" in read(page)
    connection = read(await office.click("UASKED", "open_connection", population.ids["agreed"]))
    assert "[Going well?]" in connection


@pytest.mark.covers("B10")
async def test_that_nobody_pays_is_shown_on_joining_and_on_the_connection(database: Database) -> None:
    population = await settle(database)
    office = population.office
    office.changed(pay="banned")
    await office.meet("UNEW")
    for shown in (
        await office.click("UNEW", "open_join", "mentee"),
        await office.click("UMENTEE", "open_connection", population.ids["agreed"]),
    ):
        assert "nobody asks for payment or takes gifts" in read(shown)


async def test_a_sheet_that_the_scheme_has_dropped_is_gone(database: Database) -> None:
    population = await settle(database)
    reply = await population.office.click("UMENTEE", "open_sheet", f"dropped:{population.ids['agreed']}")
    assert isinstance(reply, Notice)
    assert "no longer there" in reply.text
