"""What the two of the reference scheme keep: a record of each session, what each does until the next, goals, and how
they work together."""

from datetime import timedelta

import pytest

from bot.dialogs.parts import Choice, Form, Notice, TextInput
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import pairs
from bot.storage.database import Database
from tests.actions.population import Population, meeting, settle
from tests.actions.test_sheets import read
from tests.support.dispatchers import Office


@pytest.fixture
async def population(database: Database) -> Population:
    """The pair that has agreed and whose first session has begun, with the sheets of the reference scheme."""
    settled = await settle(database)
    office = settled.office
    office.scheme = office.scheme.model_copy(update={"sheets": load(office.scheme.key).sheets})
    office.dispatcher.schemes = Schemes((office.scheme,))
    return settled


async def connection(office: Office, population: Population, user: str = "UMENTEE") -> str:
    return read(await office.click(user, "open_connection", population.ids["agreed"]))


def initial(form: object) -> dict[str, object]:
    assert isinstance(form, Form), form
    return {each.key: each.initial for each in form.parts if isinstance(each, TextInput | Choice)}


async def write(office: Office, user: str, subject: str, values: dict[str, str], version: int = 0) -> None:
    """Somebody saves a sheet that they opened when it had been written so often."""
    reply = await office.click(user, "fill_in_sheet", subject, values, {"version": str(version)})
    assert isinstance(reply, Notice), reply
    assert reply.title == "Saved"


async def second_session(office: Office, population: Population) -> str:
    """One more session that has taken place, by its id."""
    pair, key = population.ids["agreed"], office.scheme.key
    await office.click("UASKED", "add_session", pair, meeting(population), {"number": "2"})
    office.now += timedelta(hours=3)
    second = (await office.dispatcher.database.read(lambda db: pairs.get(db, key, pair))).sessions[-1].id
    await office.click("UASKED", "complete", second)
    return second


@pytest.mark.covers("A29")
async def test_what_is_not_done_is_due_before_the_next_session_and_carried_over(population: Population) -> None:
    office, first = population.office, population.ids["session"]
    assert "[Actions: session 1" not in await connection(office, population), "it is offered once there was a session"
    done = await office.click("UMENTEE", "complete", first, shows_itself=False)
    assert isinstance(done, Notice)
    assert {"Write record", "Actions"} <= {each.label for part in done.parts for each in getattr(part, "buttons", ())}
    lines = {
        "actions:0:what": "Ask for a day",
        "actions:0:who": "Mentee",
        "actions:1:what": "Read",
        "actions:2:what": "X",
    }
    await write(office, "UMENTEE", f"actions:{first}", {**lines, "actions:2:done": "Yes"})
    for user in ("UMENTEE", "UASKED"):
        assert "2 actions are due before you meet again." in await connection(office, population, user)
    second = await second_session(office, population)
    form = await office.click("UASKED", "open_sheet", f"actions:{second}")
    assert "still open after the session before is carried over" in read(form)
    assert {key: value for key, value in initial(form).items() if value} == {
        "actions:0:what": "Ask for a day", "actions:0:who": "Mentee", "actions:1:what": "Read",
    }  # fmt: skip
    said = {
        "actions:0:what": "Ask for a day",
        "actions:0:done": "Yes",
        "actions:1:what": "Read",
        "actions:1:done": "No",
    }
    await write(office, "UASKED", f"actions:{second}", said)
    assert "1 action is due" in await connection(office, population)
    assert initial(await office.click("UMENTEE", "open_sheet", f"actions:{second}"))["actions:0:done"] == "Yes"
    await write(office, "UMENTEE", f"actions:{second}", {"actions:0:what": "Read", "actions:0:done": "Yes"}, 1)
    assert "due before" not in await connection(office, population)


@pytest.mark.covers("A27", "A29")
async def test_goals_ground_rules_and_records_are_the_twos_alone(population: Population) -> None:
    office, pair, first = population.office, population.ids["agreed"], population.ids["session"]
    await office.click("UMENTEE", "complete", first)
    seen = await connection(office, population)
    assert all(
        f"[{label}" in seen for label in ("Set goals", "Ground rules", "Write record: session 1", "Actions: session 1")
    )
    await write(office, "UASKED", f"ground_rules:{pair}", {"how_often": "Every six weeks, by video"})
    await write(office, "UMENTEE", f"goals:{pair}", {"goals:0:goal": "Chair a meeting"})
    await write(office, "UMENTEE", f"record:{first}", {"talked_about": "Leading without a title"})
    for sheet, text in (
        (f"ground_rules:{pair}", "Every six weeks"),
        (f"goals:{pair}", "Chair"),
        (f"record:{first}", "Leading"),
    ):
        for user in ("UMENTEE", "UASKED"):
            assert text in str(initial(await office.click(user, "open_sheet", sheet)))
        for user in ("UADMIN", "UMEMBER"):
            assert text not in str(await office.click(user, "open_sheet", sheet))


@pytest.mark.covers("A29")
async def test_a_mentee_keeps_a_plan_that_nobody_else_reads(population: Population) -> None:
    office, own = population.office, population.ids["member UMENTEE"]
    await write(office, "UMENTEE", f"development_plan:{own}", {"plan": "A consultant post in Leeds"})
    assert "Leeds" in str(initial(await office.click("UMENTEE", "open_sheet", f"development_plan:{own}")))
    for user in ("UASKED", "UADMIN"):
        assert "Leeds" not in str(await office.click(user, "open_sheet", f"development_plan:{own}"))
