"""The office's lists as they are asked for: by command, from Home and by their form; and words nobody knows."""

from datetime import timedelta

import pytest

from bot.dialogs.home import home as drawn
from bot.dialogs.parts import Button, Buttons, Choice, Form, Heading, Notice, TextInput
from bot.dialogs.plain import plain
from bot.screens.home import home
from bot.storage.database import Database
from tests.actions.population import Population, person, settle
from tests.support.databases import rows


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def buttons(said: object) -> list[Button]:
    assert isinstance(said, Notice | Form)
    return [button for part in said.parts if isinstance(part, Buttons) for button in part.buttons]


def text(said: object) -> str:
    assert isinstance(said, Notice | Form)
    return plain([part for part in said.parts if not isinstance(part, TextInput | Choice)])  # type: ignore[misc]


@pytest.mark.covers("A2")
async def test_a_member_is_found_and_acted_on_from_the_list(population: Population) -> None:
    office = population.office
    said = await office.click("UADMIN", "admin_command", "members uapplicant waiting")
    assert "1 member: Waiting for the office; “uapplicant”" in text(said)
    assert [each.label for each in buttons(said)] == ["Approve", "Ask for clarification", "View", "Search and filter"]
    approve = buttons(said)[0]
    await office.click("UADMIN", approve.verb, approve.subject)
    assert "0 members" not in text(said)
    after = await office.click("UADMIN", "admin_command", "members uapplicant waiting")
    assert "No member found: Waiting for the office; “uapplicant”." in text(after)


async def test_the_form_narrows_what_was_typed_and_pages_keep_it(population: Population) -> None:
    office = population.office
    first = await office.click("UADMIN", "open_members", "0:")
    assert isinstance(first, Form)
    assert first.verb == "find"
    values = {"find": "u mentor", "filter": "All", "role": "Mentors"}
    found = await office.click("UADMIN", "find", "members", values)
    assert isinstance(found, Form)
    typed, shown, role = (part for part in found.parts if isinstance(part, TextInput | Choice))
    assert (typed.initial, shown.initial, role.initial) == ("u", "All", "Mentors")
    every = await office.click("UADMIN", "open_members", "0:")
    following = [each for each in buttons(every) if each.label == "Next page"]
    page = await office.click("UADMIN", following[0].verb, following[0].subject)
    assert "Page 2 of" in text(page)
    assert [each.label for each in buttons(page)][-1:] in (["Previous page"], ["Next page"])


async def test_a_mentor_who_is_silent_comes_up_with_the_request_that_waits(population: Population) -> None:
    office = population.office
    assert "No member found" in text(await office.click("UADMIN", "admin_command", "members silent"))
    office.now += timedelta(days=4, hours=22)
    said = text(await office.click("UADMIN", "admin_command", "members silent"))
    assert "Uasked, mentor" in said
    assert "Has not answered a request since" in said
    assert "Umentee asks for a mentor" in text(await office.click("UADMIN", "admin_command", "requests silent"))


async def test_two_who_do_not_meet_come_up_with_how_long(population: Population) -> None:
    office = population.office
    office.now += timedelta(days=60)
    said = text(await office.click("UADMIN", "admin_command", "connections no session"))
    assert "No session for 6 weeks" in said
    assert "No session yet." in said
    await office.click("UADMIN", "open_connections", "0:")


async def test_home_has_the_lists_and_says_what_stands_still(database: Database, population: Population) -> None:
    office = population.office
    office.now += timedelta(days=60)
    admin = await person(population, "UADMIN")
    page = drawn([database.read_now(lambda db: home(db, office.scheme, admin, office.now))])
    labels = [button.label for part in page.parts if isinstance(part, Buttons) for button in part.buttons]
    assert [each for each in labels if each in ("Members", "Requests", "Connections")] == [
        "Members", "Requests", "Connections",
    ]  # fmt: skip
    said = plain([part for part in page.parts if not isinstance(part, Heading)])
    assert "connections without a session for 6 weeks" in said
    assert "Join as mentor" not in labels
    assert "You can take part yourself as mentor: type /mentoring join." in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("memebrs", "I do not know “memebrs”. Did you mean “members”? This is what I understand:"),
        ("queu now", "I do not know “queu now”. Did you mean “queue”? This is what I understand:"),
        ("xyzzy", "I do not know “xyzzy”. This is what I understand:"),
    ],
)
async def test_words_nobody_knows_are_said_to_be_unknown(population: Population, words: str, said: str) -> None:
    answer = await population.office.click("UADMIN", "admin_command", words)
    assert isinstance(answer, Notice)
    assert answer.text == said
    assert "/mentoring-admin members" in plain(answer.parts)


async def test_one_who_is_found_is_opened_and_in_a_chat_is_a_press_away(population: Population) -> None:
    office = population.office
    card = await office.click("UADMIN", "admin_command", "members uasked")
    assert isinstance(card, Form)
    said = await office.click("UADMIN", "hello", "members uasked")
    assert isinstance(said, Notice)
    look = next(each for each in buttons(said) if each.label == "View")
    assert await office.click("UADMIN", look.verb, look.subject) == card


async def test_looking_leaves_nothing_in_the_database(database: Database, population: Population) -> None:
    before = rows(database, "SELECT count(*) FROM audit")
    await population.office.click("UADMIN", "find", "members", {"find": "a person's name", "filter": "All"})
    assert rows(database, "SELECT count(*) FROM audit") == before
