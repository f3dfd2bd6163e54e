"""Offices in chat: who appoints and removes whom, what is never left without a holder, and who hears of it."""

import asyncio

import pytest

from bot.dialogs.parts import Errors, Form, Notice, Reply
from bot.dialogs.plain import plain
from bot.storage import offices
from bot.storage.database import Database
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import Office

KEY = "administrator"


@pytest.fixture
async def office(database: Database) -> Office:
    """A scheme whose only officer is there by the settings, and two members of the workspace."""
    made = Office(database)
    for user in ("UADMIN", "UMARY", "UNED"):
        await made.meet(user)
    return made


async def holding(office: Office, user: str) -> str:
    return f"{KEY}:{(await office.person(user)).id}"


def holders(database: Database) -> list[tuple[str, str]]:
    held = """SELECT people."user", source FROM office_holders JOIN people ON people.id = person ORDER BY "user" """
    return [(str(user), str(source)) for user, source in rows(database, held)]


def said(reply: Reply) -> str:
    assert isinstance(reply, Notice), reply
    return f"{reply.text}\n{plain(reply.parts)}"


async def appoint(office: Office, by: str, user: str) -> Reply:
    return await office.click(by, "appoint", KEY, {"person": user})


async def test_somebody_is_appointed_and_can_act_at_once(office: Office, database: Database) -> None:
    listed = said(await office.click("UADMIN", "admin_command", "roles"))
    assert "Administrator" in listed
    assert "May approve members, approve mentoring requests, record trainings, " in listed
    assert "Uadmin – since" in listed
    assert "by the settings (MENTORBOT_ADMINISTRATORS)" in listed
    form = await office.click("UADMIN", "open_appoint", KEY)
    assert isinstance(form, Form)
    assert "Umary is Administrator from now on" in said(await appoint(office, "UADMIN", "UMARY"))
    assert holders(database) == [("UADMIN", "settings"), ("UMARY", "chat")]
    told = """SELECT people."user" FROM outbox JOIN people ON people.id = person
        WHERE kind = 'appointed' AND edits IS NULL"""
    assert rows(database, told) == [("UMARY",)]
    assert "Umary – since" in said(await office.click("UMARY", "admin_command", "roles"))
    again = await appoint(office, "UADMIN", "UMARY")
    assert isinstance(again, Errors)
    assert "hold this office already" in again.fields["person"]
    noted = rows(database, "SELECT about FROM audit WHERE verb = 'appoint' AND outcome = 'done'")
    assert noted == [(await holding(office, "UMARY"),)]


async def test_whoever_nobody_knows_is_refused_at_the_field(office: Office, database: Database) -> None:
    reply = await appoint(office, "UADMIN", "USTRANGER")
    assert isinstance(reply, Errors)
    assert "choose somebody who belongs here" in reply.fields["person"]
    assert holders(database) == [("UADMIN", "settings")]


async def test_an_office_given_in_chat_is_taken_back(office: Office, database: Database) -> None:
    await appoint(office, "UADMIN", "UMARY")
    buttons = pressed((await _notice(office, "roles")).parts)
    assert [each.spoken for each in buttons] == ["Remove Umary as Administrator", "Appoint: Administrator"]
    form = await office.click("UADMIN", "open_dismiss", buttons[0].subject)
    assert isinstance(form, Form)
    await office.click("UADMIN", form.verb, form.subject)
    assert holders(database) == [("UADMIN", "settings")]
    assert rows(database, "SELECT COUNT(*) FROM outbox WHERE kind = 'dismissed' AND edits IS NULL") == [(1,)]
    assert "is for the BCS Academy" in said(await office.click("UMARY", "admin_command", "roles"))


async def _notice(office: Office, words: str) -> Notice:
    reply = await office.click("UADMIN", "admin_command", words)
    assert isinstance(reply, Notice)
    return reply


async def test_what_the_settings_give_is_not_taken_back_in_chat(office: Office, database: Database) -> None:
    await appoint(office, "UADMIN", "UMARY")
    refused = await office.click("UMARY", "dismiss", await holding(office, "UADMIN"))
    assert "MENTORBOT_ADMINISTRATORS" in said(refused)
    assert ("UADMIN", "settings") in holders(database)


async def test_the_last_who_can_do_what_members_wait_for_stays(office: Office, database: Database) -> None:
    await appoint(office, "UADMIN", "UMARY")
    await appoint(office, "UADMIN", "UNED")
    admin, key = await office.person("UADMIN"), office.scheme.key
    await database.write(lambda db: offices.dismiss(db, key, admin.id, KEY))
    await office.click("UMARY", "dismiss", await holding(office, "UNED"))
    assert holders(database) == [("UMARY", "chat")]
    refused = await office.click("UMARY", "dismiss", await holding(office, "UMARY"))
    assert "once somebody else has been appointed" in said(refused)
    assert holders(database) == [("UMARY", "chat")]


async def test_two_who_remove_each_other_leave_one(office: Office, database: Database) -> None:
    await appoint(office, "UADMIN", "UMARY")
    await appoint(office, "UADMIN", "UNED")
    admin, key = await office.person("UADMIN"), office.scheme.key
    await database.write(lambda db: offices.dismiss(db, key, admin.id, KEY))
    mary, ned = await holding(office, "UMARY"), await holding(office, "UNED")
    await asyncio.gather(office.click("UMARY", "dismiss", ned), office.click("UNED", "dismiss", mary))
    assert len(holders(database)) == 1
