"""What people can show of their mentoring: their own, whole, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.parts import Form, Message, Notice
from bot.dialogs.plain import plain
from bot.schemes.evidence import Evidence
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import outbox
from bot.storage.database import Database
from tests.actions.population import Population, meeting, settle
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.papers import text_of


def offered(population: Population, **more: Any) -> Office:
    """The office, whose scheme offers all of it."""
    office = population.office
    office.changed(evidence=Evidence.model_validate({"hours": True, "portfolio": True, **more}))
    return office


def brought(office: Office, kind: str) -> Message | None:
    """The last such paper, as it would be sent now; None where it would not be."""
    database = office.dispatcher.database
    (id_,) = rows(database, f"SELECT id FROM outbox WHERE kind = '{kind}' ORDER BY number DESC LIMIT 1")[0]

    def drawn(db: Any) -> Any:
        found = outbox.letter(db, str(id_))
        assert found is not None
        return draw(db, Schemes([office.scheme]), found, office.now)

    rendered = database.read_now(drawn)
    return rendered.content if rendered else None


async def held(population: Population) -> Office:
    """One session of the agreed pair has taken place, and was marked by its mentee."""
    office = offered(population)
    await office.click("UMENTEE", "schedule", population.ids["session"], meeting(population))
    office.now += timedelta(hours=4)
    await office.click("UMENTEE", "complete", population.ids["session"])
    return office


async def window(office: Office, user: str, verb: str, subject: str = "all") -> str:
    answer = await office.click(user, verb, subject)
    assert isinstance(answer, Form), answer
    return plain([part for part in answer.parts if not hasattr(part, "key")])


@pytest.mark.covers("C16", "E10")
async def test_everybody_finds_their_own_hours(database: Database) -> None:
    office = await held(await settle(database))
    hers = await window(office, "UMENTEE", "open_hours")
    assert "As mentee: 1 session, 1 hour" in hers
    assert "not confirmed yet" in hers
    assert "As mentor: 1 session, 1 hour" in await window(office, "UASKED", "open_hours")
    assert "no session" in await window(office, "UOTHER", "open_hours")
    office.now += timedelta(days=7)
    assert "not confirmed yet" not in await window(office, "UMENTEE", "open_hours")


@pytest.mark.covers("C16", "E10")
async def test_they_come_on_paper_to_whose_they_are(database: Database) -> None:
    office = await held(await settle(database))
    answer = await office.click("UMENTEE", "bring_hours", "all")
    assert isinstance(answer, Notice)
    assert answer.title == "On its way"
    message = brought(office, "hours")
    assert message is not None
    paper = text_of(message.attachment)
    assert "Hours of mentoring: Umentee" in paper
    assert "1 hour" in paper
    assert "Not confirmed yet" in paper
    assert "Uasked" not in paper
    sent = "FROM outbox JOIN people ON people.id = outbox.person WHERE outbox.kind = 'hours'"
    assert rows(database, f"SELECT people.name {sent}") == [("Umentee",)]


async def test_what_was_disputed_does_not_count(database: Database) -> None:
    population = await settle(database)
    office = await held(population)
    await office.click("UASKED", "not_held", population.ids["session"], {"because": "We agreed not to meet"})
    assert "no session" in await window(office, "UMENTEE", "open_hours")


async def test_a_scheme_that_states_no_hours_says_whom_to_ask(database: Database) -> None:
    office = offered(await settle(database), hours=False)
    for verb in ("open_hours", "bring_hours"):
        answer = await office.click("UMENTEE", verb, "all")
        assert isinstance(answer, Notice)
        assert "does not offer that" in answer.text


@pytest.mark.parametrize("typed", ["my hours", "My hours", "hours", "statement of hours please"])
async def test_they_are_found_by_typing(database: Database, typed: str) -> None:
    office = offered(await settle(database))
    answer = await office.click("UMENTEE", "hello", typed)
    assert isinstance(answer, Notice)
    labels = [button.label for part in answer.parts if hasattr(part, "buttons") for button in part.buttons]
    assert labels == ["My hours"]
    opened = await office.click("UMENTEE", "command", "hours")
    assert isinstance(opened, Form)


@pytest.mark.covers("E7", "E9")
async def test_a_portfolio_comes_to_each_of_the_two_and_nobody_else(database: Database) -> None:
    population = await settle(database)
    office = await held(population)
    office.changed(evidence=Evidence(portfolio=True, note="No case of a patient stands here."))
    pair = population.ids["agreed"]
    await office.click("UMENTEE", "fill_in_sheet", f"goals:{pair}", {"goal": "To lead a team"})
    await office.click("UMENTEE", "fill_in_sheet", f"thoughts:{pair}", {"text": "For me alone"})
    await office.click("UMENTEE", "fill_in_sheet", f"record:{population.ids['session']}", {"text": "We began."})
    for user, name in (("UMENTEE", "Umentee"), ("UASKED", "Uasked")):
        office.now += timedelta(seconds=1)
        answer = await office.click(user, "bring_portfolio", pair)
        assert isinstance(answer, Notice)
        assert answer.title == "On its way"
        message = brought(office, "portfolio")
        assert message is not None
        paper = text_of(message.attachment)
        for said in (
            "Umentee, mentee, and Uasked, mentor", "No case of a patient stands here.", "Mentoring agreement",
            "Umentee accepted on", "Uasked accepted on", "To lead a team", "We began.",
            "Took place, as Umentee confirmed",
            "Signature of: Umentee", "Signature of: Uasked", f"for {name} alone",
        ):  # fmt: skip
            assert said in paper, f"{said} is not in {paper}"
        assert "For me alone" not in paper
    for user in ("UADMIN", "UOTHER", "UMEMBER"):
        refused = await office.click(user, "bring_portfolio", pair)
        assert isinstance(refused, Notice)
        assert refused.title == "Nothing has changed"
    sent = "FROM outbox JOIN people ON people.id = outbox.person WHERE outbox.kind = 'portfolio'"
    assert {name for (name,) in rows(database, f"SELECT people.name {sent}")} == {"Umentee", "Uasked"}


async def test_of_whom_a_portfolio_is_made_is_chosen_among_ones_own(database: Database) -> None:
    population = await settle(database)
    office = offered(population)
    opened = await office.click("UMENTEE", "command", "portfolio")
    assert isinstance(opened, Form)
    subjects = {each.subject for part in opened.parts if hasattr(part, "buttons") for each in part.buttons}
    mine = rows(database, "SELECT id FROM connections WHERE mentee IN (SELECT id FROM people WHERE name = 'Umentee')")
    assert subjects == {str(id_) for (id_,) in mine}
    assert population.ids["agreed"] in subjects
    alone = await office.click("UHELPER", "open_portfolio", "")
    assert isinstance(alone, Form)
    assert "There is none to make yet" in plain([part for part in alone.parts if not hasattr(part, "key")])
