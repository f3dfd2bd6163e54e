"""Who is kept apart, and who is pinned to whom: in every step, told to whoever matches and to nobody else."""

from typing import Any

import pytest

from bot.dialogs.parts import Errors, Form, Notice
from bot.lifecycle.undoing import FOR
from bot.screens.shortlist import shortlist
from bot.storage import pairings, requests
from bot.storage.database import Database
from tests.actions.population import Population, add_offer, person, settle
from tests.actions.test_stepping_in import buttons, text, told
from tests.support.databases import rows


@pytest.fixture
async def population(database: Database) -> Population:
    return await add_offer(await settle(database))


async def keep_apart(population: Population, whose: str, other: str, reason: str = "") -> Any:
    values = {"person": other, "reason": reason}
    return await population.office.click("UADMIN", "keep_apart", await person(population, whose), values)


def states(database: Database, *invitations: str) -> list[str]:
    found = {str(id_): str(state) for id_, state in rows(database, "SELECT id, state FROM invitations")}
    return [found[each] for each in invitations]


@pytest.mark.covers("E1")
async def test_whoever_is_asked_is_asked_no_more_and_nobody_learns_why(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    said = await keep_apart(population, "UMENTEE", "UASKED", "Her line manager.")
    assert "are kept apart from now on, and are not told so." in text(said)
    assert "The request that waited between them has gone on" in text(said)
    assert "They are connected, and go on" in text(said)
    assert states(database, ids["open"], ids["queued"]) == ["unavailable", "open"]
    assert told(database, "passed_on") == [ids["UASKED"]]
    assert "line manager" not in str(rows(database, "SELECT * FROM pairings")), "kept encrypted"
    late = await office.click("UASKED", "accept", ids["open"])
    assert isinstance(late, Notice)
    assert "apart" not in late.text.casefold()
    for reader, card, there in (
        ("UADMIN", "UMENTEE", True), ("UADMIN", "UASKED", True), ("USECOND", "UMENTEE", True),
        ("USECOND", "UOTHER", False),
    ):  # fmt: skip
        shown = text(await office.click(reader, "open_person", await person(population, card)))
        assert ("Kept apart from" in shown) == there
        assert ("Her line manager." in shown) == there


@pytest.mark.covers("E1")
async def test_no_step_puts_them_to_each_other(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    for mentee in ("UCHOOSER", "UPLACED", "UNAMER", "UOFFERED"):
        await keep_apart(population, "UOTHER", mentee)
    assert states(database, ids["offered"]) == ["unavailable"], "what was offered is off"

    def listed(db: Any, id_: str) -> list[str]:
        found = shortlist(db, office.scheme, requests.get(db, office.scheme.key, id_), [], [], office.now)
        return [each.mentor.id for each in found.shown]

    assert database.read_now(lambda db: listed(db, ids["approved"])) == [ids["UASKED"]]
    asked = await office.click("UCHOOSER", "send", ids["approved"], carried={"order": ids["UOTHER"]})
    assert "has just become unavailable" in str(asked)
    directory = await office.click("UNAMER", "search_mentors", f"{ids['naming']}:0")
    assert "Uasked" in text(directory)
    assert "Uother" not in text(directory)
    named = await office.click("UNAMER", "name_mentors", ids["naming"], carried={"order": ids["UOTHER"]})
    assert isinstance(named, Notice | Errors | Form)
    assigned = await office.click("UADMIN", "assign", f"{ids['request UPLACED']}:{ids['UOTHER']}")
    assert "These two are kept apart" in str(assigned)
    best, _, apart = text(await office.click("UADMIN", "open_assign", ids["request UPLACED"])).partition("Kept apart")
    assert "Uother" not in best
    assert "not listed: Uother. Neither is told." in apart
    seekers = await office.click("UOTHER", "open_seekers", "0")
    assert "Uchooser" not in text(seekers)
    offered = await office.click("UOTHER", "offer", ids["approved"])
    assert "no longer there" in str(offered), "they do not learn why"
    theirs = f"SELECT count(*) FROM invitations WHERE mentor = '{ids['UOTHER']}' AND state = 'open'"
    assert rows(database, theirs) == [(0,)]


async def test_they_are_passed_over_when_their_turn_comes(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    await keep_apart(population, "UMENTEE", "UOTHER")
    assert states(database, ids["open"], ids["queued"]) == ["open", "queued"]
    await office.click("UASKED", "decline", ids["open"], {"reason": ""})
    await office.sweep(FOR)
    assert states(database, ids["open"], ids["queued"]) == ["declined", "unavailable"]


async def test_no_decline_can_be_taken_back_by_somebody_who_is_kept_apart_meanwhile(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    await office.click("UASKED", "decline", ids["open"], {"reason": ""})
    await keep_apart(population, "UMENTEE", "UASKED")
    undone = await office.click("UASKED", "undo", f"invitation:{ids['open']}")
    assert "Something has come of this decision already" in str(undone)
    assert states(database, ids["open"]) == ["declined"]


async def test_it_can_be_allowed_again(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    await keep_apart(population, "UCHOOSER", "UOTHER")
    card = await office.click("USECOND", "open_person", await person(population, "UCHOOSER"))
    press = buttons(card)["Allow again: Uchooser and Uother"]
    assert "can be matched again" in text(await office.click("USECOND", press.verb, press.subject))
    assert "no longer there" in str(await office.click("USECOND", press.verb, press.subject))
    await office.click("UCHOOSER", "send", ids["approved"], carried={"order": ids["UOTHER"]})
    found = database.read_now(lambda db: requests.get(db, office.scheme.key, ids["approved"]))
    assert [each.mentor for each in found.open_invitations] == [ids["UOTHER"]]


@pytest.mark.parametrize("other", ["UMENTEE", "UHELPER", "UNOBODY", ""])
async def test_only_two_of_the_scheme_are_kept_apart(population: Population, other: str) -> None:
    said = await keep_apart(population, "UMENTEE", other)
    assert isinstance(said, Errors)
    assert list(said.fields) == ["person"]


async def test_a_pinned_mentor_stands_first_and_it_is_said(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    chooser = await person(population, "UCHOOSER")
    before = await office.click("UCHOOSER", "open_find", ids["approved"])
    assert text(before).index("1. Uother") < text(before).index("2. Uasked")
    said = await office.click("UADMIN", "pin", chooser, {"person": "UASKED"})
    assert "Uasked stands first for Uchooser" in text(said)
    after = text(await office.click("UCHOOSER", "open_find", ids["approved"]))
    assert after.index("1. Uasked") < after.index("suggests them, so listed first") < after.index("2. Uother")
    namer = await person(population, "UNAMER")
    await office.click("UADMIN", "pin", namer, {"person": "UOTHER"})
    directory = text(await office.click("UNAMER", "search_mentors", f"{ids['naming']}:0"))
    assert directory.index("Uother") < directory.index("suggests them.") < directory.index("Uasked")
    card = buttons(await office.click("UADMIN", "open_person", chooser))
    await office.click("UADMIN", "lift_pairing", card["Unpin Uasked from Uchooser"].subject)
    again = text(await office.click("UCHOOSER", "open_find", ids["approved"]))
    assert again.index("1. Uother") < again.index("2. Uasked")


async def test_nobody_is_pinned_who_is_no_mentor_or_kept_apart(population: Population) -> None:
    office = population.office
    chooser = await person(population, "UCHOOSER")
    for nobody in ("UMEMBER", "UCHOOSER", "UNOBODY"):
        assert isinstance(await office.click("UADMIN", "pin", chooser, {"person": nobody}), Errors)
    await keep_apart(population, "UCHOOSER", "UOTHER")
    said = await office.click("UADMIN", "pin", chooser, {"person": "UOTHER"})
    assert isinstance(said, Errors)
    assert "kept apart" in said.fields["person"]


async def test_who_is_kept_apart_does_not_read_it_even_as_the_office(
    database: Database, population: Population
) -> None:
    office = population.office
    mentee = await person(population, "UMENTEE")
    assert isinstance(await keep_apart(population, "UMENTEE", "USECOND"), Notice)
    assert "Kept apart" in text(await office.click("UADMIN", "open_person", mentee))
    assert "Kept apart" not in text(await office.click("USECOND", "open_person", mentee))
    second = await person(population, "USECOND")
    lifted = await office.click("USECOND", "lift_pairing", f"{mentee}:{second}")
    assert "is about you" in str(lifted)
    assert len(database.read_now(lambda db: pairings.of(db, office.scheme.key, mentee))) == 1
