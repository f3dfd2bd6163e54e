"""A mentee asks for another mentor: whoever matches reads why, answers, or replaces the mentor, who never learns it."""

from dataclasses import replace

import pytest

from bot.dialogs.parts import Notice
from bot.lifecycle.request import Request
from bot.storage import pairs, seekers
from bot.storage.database import Database
from tests.actions.population import Population, person, settle
from tests.actions.test_stepping_in import buttons, text
from tests.support.databases import rows
from tests.support.dispatchers import MONDAY
from tests.support.post import Post

WHY = "We have little in common."
A_REQUEST = Request("r", "", "", "assigning", {"topics": ["Leadership"]}, MONDAY)


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database, delivered=True)


@pytest.mark.covers("C9")
async def test_nothing_of_it_reaches_the_mentor(database: Database, population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    post = Post(office)
    await office.click("UADMIN", "appoint", "administrator", {"person": "UASKED"})  # the mentor, who matches too
    await post.deliver()
    said = await office.click("UMENTEE", "ask_another_mentor", pair, {"reason": WHY})
    assert "Uasked is not told." in text(said)
    await post.deliver()
    cards = [each for each in post.sent if each.kind == "another_mentor_asked"]
    assert {each.user for each in cards} == {"UADMIN", "USECOND"}, "each alone, and never in a channel"
    assert WHY in cards[0].message.text
    assert WHY not in str(rows(database, "SELECT another_reason FROM connections")), "kept encrypted"
    for window, about in (("open_connection", pair), ("open_person", await person(population, "UMENTEE"))):
        assert "another mentor" not in text(await office.click("UASKED", window, about)).replace("Replace", "")
    refused = await office.click("UASKED", "open_answer_another", pair)
    assert isinstance(refused, Notice)
    assert WHY not in str(refused)
    for words in ("", "another"):
        seen = text(await office.click("UASKED", "find_in_audit", "", {"words": words}))
        assert "asked for another mentor" not in seen
    assert "Umentee asked for another mentor" in text(
        await office.click("USECOND", "find_in_audit", "", {"words": "another"})
    )


@pytest.mark.covers("C9")
async def test_it_is_answered_and_left_or_taken_back(population: Population) -> None:
    office, pair, post = population.office, population.ids["agreed"], Post(population.office)
    await office.click("UMENTEE", "ask_another_mentor", pair, {"reason": ""})
    window = await office.click("UMENTEE", "open_connection", pair)
    assert "You have asked for another mentor" in text(window)
    assert "Keep my mentor Uasked: ask for no other" in buttons(window)
    values = {"words": "Shall we talk on Friday?", "goes_on": "It stays open: I see to it"}
    assert "stays on your Home" in text(await office.click("UADMIN", "answer_another", pair, values))
    await post.deliver()
    (told,) = [each for each in post.sent if each.kind == "another_mentor_answered"]
    assert (told.user, "Shall we talk on Friday?" in told.message.text) == ("UMENTEE", True)
    left = {"words": "Let us look again in May.", "goes_on": "It is left as it is"}
    assert "goes on as it is" in text(await office.click("USECOND", "answer_another", pair, left))
    assert "Nobody waits for that" in str(await office.click("UADMIN", "answer_another", pair, left))
    await office.click("UMENTEE", "ask_another_mentor", pair, {"reason": ""})
    await office.click("UMENTEE", "take_back_another", pair)
    assert "You have asked for another mentor" not in text(await office.click("UMENTEE", "open_connection", pair))


@pytest.mark.covers("C9")
async def test_a_replacement_ends_it_warmly(population: Population) -> None:
    office, pair, post = population.office, population.ids["alone"], Post(population.office)
    await office.click("UMEMBER", "ask_another_mentor", pair, {"reason": WHY})
    asked = population.ids["UASKED"]
    await office.click("UADMIN", "replace_mentor", f"{pair}:{asked}", {"reply": "", "reason": ""})
    await post.deliver()
    (told,) = [each for each in post.sent if each.kind == "connection_ended" and each.user == "UOTHER"]
    assert "Thank you for the time you have given." in told.message.text
    assert WHY not in told.message.text
    assert "asked" not in told.message.text


@pytest.mark.covers("C9")
async def test_they_are_not_matched_with_the_same_one_again(database: Database, population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    mentee, left = await person(population, "UMENTEE"), await person(population, "UASKED")

    def again() -> dict[str, frozenset[str]]:
        return database.read_now(lambda db: pairs.left_for_another(db, office.scheme.key, [mentee]))

    await office.click("UMENTEE", "ask_another_mentor", pair, {"reason": WHY})
    assert again() == {}, "as long as it goes on"
    await office.click("UADMIN", "end_connection", pair, {"reply": ""})
    assert again() == {mentee: frozenset({left})}
    request = replace(A_REQUEST, scheme=office.scheme.key, mentee=mentee)
    found = database.read_now(
        lambda db: (seekers.of(db, office.scheme, request), *seekers.many(db, office.scheme, [request]))
    )
    assert all(left in each.asked for each in found)
