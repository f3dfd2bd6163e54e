"""The office has somebody in the other role, and gives them an office: both from their card."""

import pytest

from bot.dialogs.parts import Form
from bot.schemes.together import Schemes
from bot.storage import members
from bot.storage.database import Database
from tests.actions.population import Population, person, settle, state_of
from tests.actions.test_stepping_in import buttons, rendered, text, told
from tests.support.databases import rows


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


async def changed(population: Population, id_: str, words: str = "") -> str:
    return str(await population.office.click("UADMIN", "change_role", id_, {"reply": words}))


async def test_somebody_who_came_in_as_the_wrong_one_becomes_the_other(
    database: Database, population: Population
) -> None:
    office = population.office
    card = buttons(await office.click("UADMIN", "open_person", await person(population, "UREVIEWED")))
    press = card["Change role of Ureviewed as mentor"]
    form = await office.click("UADMIN", press.verb, press.subject)
    assert isinstance(form, Form)
    assert "Ureviewed becomes a mentee, and is a mentor no longer." in text(form)
    said = await changed(population, form.subject, "As you asked on the telephone.")
    assert "Ureviewed is a mentee from now on, and has been told." in said
    who = await person(population, "UREVIEWED")
    held = database.read_now(lambda db: members.of(db, office.scheme.key, who))
    assert (held["mentor"].state, held["mentee"].state) == ("left", "admitted")
    assert held["mentee"].joining == {"membership_number": "1234"}, "what both ask is taken along"
    assert (told(database, "role_changed"), told(database, "admitted").count(who)) == ([who], 2)
    population.ids["UREVIEWED"] = who
    heard = database.read_now(lambda db: rendered(db, population, "role_changed", form.subject, "UREVIEWED"))
    assert "you are a mentee from now on, and a mentor no longer" in heard
    assert "As you asked on the telephone." in heard
    assert "telephone" not in str(rows(database, "SELECT * FROM members")), "kept encrypted"
    again = await changed(population, form.subject)
    assert "There is no membership in this role" in again, "twice changes nothing"


async def test_what_was_filled_in_before_is_there_again(database: Database, population: Population) -> None:
    office = population.office
    await changed(population, population.ids["member UREVIEWED"])
    await changed(population, await office.member("UREVIEWED", "mentee"))
    assert state_of(population, population.ids["member UREVIEWED"]) == "in_review", "the office looks at it again"


async def test_nobody_changes_role_who_is_in_the_middle_of_something(
    database: Database, population: Population
) -> None:
    ids = population.ids
    for user in ("UASKED", "UMENTEE", "UWAITING"):
        card = await population.office.click("UADMIN", "open_person", await person(population, user))
        assert not any(spoken.startswith("Change role") for spoken in buttons(card)), user
    for id_, why in (
        (ids["member UASKED"], "They have a request or a connection in this role"),
        (ids["member UMENTEE"], "They have a request or a connection in this role"),
    ):
        assert why in await changed(population, id_)
    assert told(database, "role_changed") == []


async def test_nobody_changes_into_a_role_that_they_have_or_that_is_full(
    database: Database, population: Population
) -> None:
    office = population.office
    second = population.ids["member USECOND"]
    assert "in the other role as well" in await changed(population, second)
    other = population.ids["member UREVIEWED"]
    rules = office.scheme.roles["mentee"].model_copy(update={"places": 3})
    fewer = office.scheme.model_copy(update={"roles": {**office.scheme.roles, "mentee": rules}})
    office.dispatcher.schemes = Schemes((fewer,))
    assert "All 3 places of a mentee are taken" in await changed(population, other)
    assert state_of(population, other) != "left"


async def test_an_office_is_given_from_the_card(database: Database, population: Population) -> None:
    office = population.office
    who = await person(population, "UOTHER")
    card = buttons(await office.click("UADMIN", "open_person", who))
    press = card["Appoint as Helper: Uother"]
    form = await office.click("UADMIN", press.verb, press.subject)
    assert isinstance(form, Form)
    assert "They are told at once" in text(form)
    assert "Uother is Helper from now on" in text(await office.click("UADMIN", form.verb, form.subject, {}))
    assert who in told(database, "appointed")
    assert "hold this office already" in str(await office.click("UADMIN", press.verb, press.subject))
    after = buttons(await office.click("UADMIN", "open_person", who))
    assert "Remove Uother as Helper" in after
    assert "Appoint as Helper: Uother" not in after
    await office.click("UADMIN", "dismiss", after["Remove Uother as Helper"].subject)
    assert "Appoint as Helper: Uother" in buttons(await office.click("UADMIN", "open_person", who))


async def test_no_office_is_given_from_a_card_that_is_nobodys(population: Population) -> None:
    office = population.office
    for subject in (
        f"helper:{await person(population, 'UHELPER')}",
        "helper:nobody",
        f"none:{population.ids['UOTHER']}",
    ):
        said = await office.click("UADMIN", "appoint", subject, {})
        assert "no longer there" in str(said) or "hold this office already" in str(said)
