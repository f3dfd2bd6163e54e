"""A pair ends: by either of the two, as completed, by the office; what each of them reads, and the place is free."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection as Db

from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Form, Heading, Input, Message, Notice, Reply
from bot.dialogs.plain import plain
from bot.schemes.period import period
from bot.schemes.scheme import Pairs
from bot.schemes.together import Schemes
from bot.screens import render
from bot.screens.home import home
from bot.storage import pairs
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import Population, meeting, person, settle
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import PROFILE, REQUEST

WHY = "We never found a time."


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def told(database: Database, kind: str) -> list[Any]:
    """Who has been told of it in chat."""
    sent = f"SELECT person FROM outbox WHERE kind = '{kind}' AND edits IS NULL AND by = 'chat' ORDER BY person"
    return [reader for (reader,) in rows(database, sent)]


def read(database: Database, population: Population, kind: str, about: str, reader: str) -> Message:
    """That message as its reader gets it now."""
    office = population.office

    def draw(db: Db) -> render.Rendered | None:
        letter = Letter("l", office.scheme.key, "l", kind, about, reader, None, "chat", office.now, office.now)
        return render.draw(db, Schemes((office.scheme,)), letter, office.now)

    drawn = database.read_now(draw)
    assert drawn is not None
    assert isinstance(drawn.content, Message)
    return drawn.content


def shown(reply: Reply) -> str:
    assert isinstance(reply, Form | Notice), reply
    text = plain(part for part in reply.parts if not isinstance(part, Input))
    return f"{reply.text}\n{text}" if isinstance(reply, Notice) else text


@pytest.mark.covers("A30", "L4")
async def test_either_can_remove_it_and_the_mentee_can_search_again(database: Database, population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    form = await office.click("UASKED", "open_remove_connection", pair)
    assert isinstance(form, Form)
    assert (form.verb, form.submit) == ("remove_connection", "Remove connection")
    reply = await office.click("UASKED", form.verb, pair, {"reason": WHY})
    assert "has ended, and Umentee has been told" in shown(reply)
    assert told(database, "connection_removed") == [mentee]
    heard = read(database, population, "connection_removed", pair, mentee)
    assert WHY not in heard.text
    assert [button.label for button in pressed(heard.parts)] == ["Create mentoring request", "View"]
    again = await office.click("UMENTEE", "remove_connection", pair)
    assert "This connection has ended" in shown(again)
    look = shown(await office.click("UMENTEE", "open_connection", pair))
    assert "Ended on" in look
    assert WHY not in look
    assert mentor not in told(database, "connection_removed")


@pytest.mark.covers("A30")
async def test_after_it_the_request_starts_with_what_was_written_last(
    database: Database, population: Population
) -> None:
    office = population.office
    request = (await office.request("UMENTEE")).id
    await office.click("UMENTEE", "withdraw", request)
    await office.click("UMENTEE", "remove_connection", population.ids["agreed"])
    form = await office.click("UMENTEE", "open_request")
    assert isinstance(form, Form)
    assert str(REQUEST["sought"]) in repr(form.parts)


async def test_the_place_is_free_for_the_next_acceptance(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    await office.click("UASKED", "profile", "mentor", {**PROFILE, "mentees_at_most": 3})
    refused = await office.click("UASKED", "accept", ids["open"])
    assert "as many mentees as your profile allows" in shown(refused)
    await office.click("UASKED", "remove_connection", ids["imported"])
    await office.click("UASKED", "accept", ids["open"])
    assert rows(database, f"SELECT state FROM invitations WHERE id = '{ids['open']}'") == [("accepted",)]
    mentor = await person(population, "UASKED")
    assert database.read_now(lambda db: pairs.count_active(db, office.scheme.key, mentor)) == 3


async def test_a_session_that_was_set_is_off_and_both_read_so(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    await office.click("UMENTEE", "schedule", ids["session"], meeting(population))
    assert "will be off" in shown(await office.click("UMENTEE", "open_remove_connection", ids["agreed"]))
    await office.click("UMENTEE", "remove_connection", ids["agreed"])
    mentor = await person(population, "UASKED")
    assert "Session 1" in read(database, population, "connection_removed", ids["agreed"], mentor).text
    card = read(database, population, "session_set", ids["session"], mentor)
    assert "is off, since the connection has ended" in card.text
    assert not pressed(card.parts)


@pytest.mark.covers("D15", "E11", "B18")
async def test_both_are_thanked_where_it_is_completed(database: Database, population: Population) -> None:
    office, pair = population.office, population.ids["imported"]
    both = sorted([await person(population, "UMENTEE"), await person(population, "UASKED")])
    assert isinstance(await office.click("UMENTEE", "open_complete_connection", pair), Form)
    reply = await office.click("UMENTEE", "complete_connection", pair)
    assert "Thank you for all" in shown(reply)
    assert told(database, "connection_completed") == both
    for reader in both:
        assert "Thank you both" in read(database, population, "connection_completed", pair, reader).text


async def test_the_office_ends_it_with_words_for_both_and_alone_reads_reasons(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    await office.click("UMENTEE", "remove_connection", ids["fresh"], {"reason": WHY})
    listed = shown(await office.click("UADMIN", "admin_command", "connections"))
    assert "Uasked is the mentor of Umentee" in listed
    assert WHY not in listed
    assert isinstance(await office.click("UADMIN", "open_end_connection", ids["agreed"]), Form)
    await office.click("UADMIN", "end_connection", ids["agreed"], {"reply": "The scheme closes."})
    both = sorted([await person(population, "UMENTEE"), await person(population, "UASKED")])
    assert told(database, "connection_ended") == both
    for reader in both:
        assert "The scheme closes." in read(database, population, "connection_ended", ids["agreed"], reader).text
    assert WHY in shown(await office.click("UADMIN", "open_connections", "0:over"))
    for user in ("UMENTEE", "UASKED"):
        assert WHY not in shown(await office.click(user, "open_connection", ids["fresh"]))


async def test_an_officer_reads_nothing_and_ends_nothing_about_their_own_pair(
    database: Database, population: Population
) -> None:
    office, own = population.office, population.ids["pair USECOND"]
    await office.click("UOTHER", "remove_connection", own, {"reason": WHY})
    assert WHY not in shown(await office.click("USECOND", "open_connections", "0:over"))
    assert WHY in shown(await office.click("UADMIN", "open_connections", "0:over"))


async def test_home_keeps_the_last_three_for_as_long_as_the_scheme_does(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    mentee = await person(population, "UMENTEE")
    for name in ("agreed", "fresh", "imported"):
        await office.click("UMENTEE", "remove_connection", ids[name])
    kept = office.scheme.model_copy(update={"pairs": Pairs(kept=period("P30D"))})

    def headings() -> list[str]:
        view = database.read_now(lambda db: home(db, kept, mentee, office.now))
        assert len(view.earlier) in (0, 3)
        return [part.text for part in draw_home([view]).parts if isinstance(part, Heading)]

    assert "Earlier connections" in headings()
    office.now += timedelta(days=30)
    assert "Earlier connections" not in headings()
    office.dispatcher.schemes = Schemes((kept,))
    assert "no longer there" in shown(await office.click("UMENTEE", "open_connection", ids["fresh"]))


async def test_what_two_agreed_stays_though_the_file_says_otherwise(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    stricter = office.scheme.sessions.model_copy(update={"modes": ("In person",), "minutes_at_most": 30, "minutes": 30})
    office.dispatcher.schemes = Schemes((office.scheme.model_copy(update={"sessions": stricter}),))
    reply = await office.click("UMENTEE", "schedule", ids["session"], meeting(population))
    assert isinstance(reply, Notice), reply
    assert rows(database, f"SELECT mode, minutes FROM sessions WHERE id = '{ids['session']}'") == [("Video call", 60)]


async def test_a_pair_whose_time_is_over_ends_by_itself_and_both_are_told(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    both = sorted([await person(population, "UMENTEE"), await person(population, "UASKED")])
    await office.click("UMENTEE", "remove_connection", ids["fresh"])
    await office.sweep(timedelta(days=366))
    assert told(database, "connection_over") == both, "what was removed before is over already"
    for reader in both:
        assert (
            "planned end. Thank you both." in read(database, population, "connection_over", ids["agreed"], reader).text
        )
    about = f"SELECT kind FROM deadlines WHERE about = '{ids['agreed']}'"
    assert rows(database, about) == [("feedback_wanted",)], "all that is left is what is asked afterwards"
    assert rows(database, f"SELECT state FROM connections WHERE id = '{ids['imported']}'") == [("active",)]
