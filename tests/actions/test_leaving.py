"""Somebody leaves the scheme, or is taken out of it: what hung on their membership goes its way, and nobody waits."""

from typing import Any

import pytest

from bot.dialogs.parts import Form
from bot.storage.database import Database
from tests.actions.population import JOINING, Population, person, settle, state_of
from tests.actions.test_endings import read, shown, told
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import REQUEST

WORDS = {"reply": "You have moved abroad."}


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def one(database: Database, sql: str) -> Any:
    return rows(database, sql)[0][0]


async def test_a_mentor_who_leaves_leaves_nobody_waiting(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    form = await office.click("UASKED", "open_leave", "mentor")
    assert isinstance(form, Form)
    assert "The request that waits for you goes on to the next mentor" in shown(form)
    assert "Umentee" in shown(form)
    assert "You have left" in shown(await office.click("UASKED", form.verb, "mentor"))
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['open']}'") == "unavailable"
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['queued']}'") == "open"
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    assert one(database, f"SELECT COUNT(*) FROM connections WHERE mentor = '{mentor}' AND state = 'active'") == 0
    assert set(told(database, "connection_removed")) == {mentee}
    heard = read(database, population, "connection_removed", ids["agreed"], mentee)
    assert "Uasked is no longer in the scheme, so your mentoring connection has ended." in heard.text
    assert "Create mentoring request" in [button.label for button in pressed(heard.parts)]
    assert told(database, "now_asking")[-1] == mentee
    assert state_of(population, ids["member UASKED"]) == "left"
    assert len(told(database, "member_left")) == 2, "the office hears of it"
    again = await office.click("UASKED", "accept", ids["open"])
    assert "no longer there" in shown(again)


async def test_a_mentee_who_leaves_takes_request_and_connections_along(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    await office.click("UMENTEE", "leave", "mentee")
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['open']}'") == "withdrawn"
    assert one(database, f"SELECT COUNT(*) FROM connections WHERE mentee = '{mentee}' AND state = 'active'") == 0
    assert set(told(database, "connection_removed")) == {mentor}
    assert told(database, "invitation_withdrawn") == [mentor]
    await office.click("UMENTEE", "request", "", REQUEST)
    assert one(database, f"SELECT COUNT(*) FROM requests WHERE mentee = '{mentee}' AND state = 'in_review'") == 0


async def test_whoever_comes_back_has_nothing_to_fill_in_twice(database: Database, population: Population) -> None:
    office, id_ = population.office, population.ids["member UASKED"]
    await office.click("UASKED", "leave", "mentor")
    await office.click("UASKED", "join", "mentor", {"membership_number": "1234"})
    assert state_of(population, id_) == "asked"
    await office.click("UADMIN", "approve_joining", id_)
    assert state_of(population, id_) == "in_review"


async def test_the_office_takes_somebody_out_with_words_for_them(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    view = await office.click("UADMIN", "open_member", ids["member UASKED"])
    assert isinstance(view, Form)
    assert "Remove from the scheme" in [button.label for button in pressed(view.parts)]
    form = await office.click("UADMIN", "open_remove_member", ids["member UASKED"])
    assert isinstance(form, Form)
    await office.click("UADMIN", form.verb, form.subject, WORDS)
    mentor = await person(population, "UASKED")
    assert told(database, "member_removed") == [mentor]
    heard = read(database, population, "member_removed", ids["member UASKED"], mentor)
    assert WORDS["reply"] in heard.text
    assert not told(database, "member_left")
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['queued']}'") == "open"


async def test_a_request_whose_only_mentor_leaves_comes_back_to_the_mentee(database: Database) -> None:
    population = await settle(database)
    office = population.office
    order = {"order": await person(population, "UOTHER")}
    await office.click("UCHOOSER", "send", population.ids["approved"], carried=order)
    await office.click("UOTHER", "leave", "mentor")
    chooser = await person(population, "UCHOOSER")
    assert chooser in told(database, "choose_again")
    asked = f"SELECT state FROM requests WHERE id = '{population.ids['approved']}'"
    assert one(database, asked) == "assigning", "the scheme of this population hands it to the office"


async def test_whoever_has_only_asked_takes_the_application_back(database: Database) -> None:
    population = await settle(database)
    office, member = population.office, population.ids["member UAPPLICANT"]
    form = await office.click("UAPPLICANT", "open_leave", "mentor")
    assert "Take back application" in str(form)
    assert "taken back" in str(await office.click("UAPPLICANT", "leave", "mentor"))
    assert rows(database, f"SELECT state FROM members WHERE id = '{member}'") == [("left",)]
    assert rows(database, "SELECT kind FROM outbox WHERE kind = 'member_left'") == []
    assert "decided already" in str(await office.click("UADMIN", "approve_joining", member))
    assert "Sent" in str(await office.click("UAPPLICANT", "join", "mentor", JOINING))
