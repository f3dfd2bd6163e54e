"""The two of a pair agree on their last session: one card for it, one of it, and an end once it was held."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.parts import Nothing, Notice
from bot.storage.database import Database
from tests.actions.population import meeting, settle
from tests.actions.test_sessions import Two
from tests.support.databases import rows


@pytest.fixture
async def two(database: Database) -> Two:
    """A pair with one session that was held, and a second in three days."""
    two = Two(await settle(database))
    await two.press("UMENTEE", "complete")
    await one_more(two, 3)
    return two


async def one_more(two: Two, days: int) -> None:
    """They set a further session, and go on about it."""
    database, pair = two.office.dispatcher.database, two.population.ids["agreed"]
    ((number,),) = rows(database, f"SELECT count(*) FROM sessions WHERE connection = '{pair}'")
    at = {**meeting(two.population), "day": (two.office.now + timedelta(days=days)).date()}
    await two.office.click("UMENTEE", "add_session", pair, at, {"number": str(int(str(number)) + 1)})
    ((id_,),) = rows(database, f"SELECT id FROM sessions WHERE connection = '{pair}' ORDER BY number DESC LIMIT 1")
    two.session = str(id_)


def last_ones(two: Two) -> Sequence[Any]:
    """The sessions that somebody has made the last."""
    return [
        each for (each,) in rows(two.office.dispatcher.database, "SELECT id FROM sessions WHERE last_by IS NOT NULL")
    ]


async def test_one_card_says_that_it_is_the_last_and_lets_the_other_say_otherwise(two: Two) -> None:
    reply = await two.press("UMENTEE", "make_last")
    assert isinstance(reply, Notice)
    assert "Session 2 is your last, and Uasked has been told" in reply.text
    assert last_ones(two) == [two.session]
    *before, (kind, labels, text) = await two.cards("UASKED")
    assert (kind, labels[-1]) == ("session_last", "Not our last")
    assert "Umentee has made session 2 your last, on" in text
    assert [labels for _, labels, _ in before] == [[]], "there is one live card"
    assert "It is your last session." in (await two.cards("UMENTEE"))[-1][2]
    assert "your last session already" in (await two.press("UASKED", "make_last")).text

    reply = await two.press("UASKED", "not_last")
    assert "Session 2 is not your last. Umentee has been told." in reply.text
    assert last_ones(two) == []
    kind, labels, text = (await two.cards("UMENTEE"))[-1]
    assert (kind, labels[-1]) == ("session_last", "Make it our last")
    assert "is not to be your last" in text
    assert "It is your last" not in (await two.cards("UASKED"))[-1][2]
    assert "is not your last, so nothing has changed" in (await two.press("UMENTEE", "not_last")).text


async def test_on_a_card_the_card_itself_answers(two: Two) -> None:
    assert isinstance(await two.office.click("UMENTEE", "make_last", two.session), Nothing)


async def test_there_is_one_last_whoever_presses_first(two: Two) -> None:
    said = await asyncio.gather(*(two.press(user, "make_last") for user in ("UMENTEE", "UASKED")))
    assert sorted("already" in each.text for each in said) == [False, True]
    ((told,),) = rows(
        two.office.dispatcher.database,
        "SELECT count(*) FROM outbox WHERE kind = 'session_last' AND edits IS NULL AND by = 'chat'",
    )
    assert told == 1, "one of the two hears it, from the other"


async def test_whoever_sets_one_after_it_goes_on_and_the_later_one_can_be_the_last(two: Two) -> None:
    await two.press("UMENTEE", "make_last")
    earlier = two.session
    await one_more(two, 10)
    await two.press("UASKED", "make_last")
    assert last_ones(two) == [two.session] != [earlier]


async def test_cancelled_it_is_the_last_no_more_and_moved_it_stays_so(two: Two) -> None:
    await two.press("UMENTEE", "make_last")
    await two.set("UASKED", 5)
    assert last_ones(two) == [two.session]
    await two.press("UASKED", "cancel_session", note="")
    assert last_ones(two) == []


async def test_once_it_was_held_both_are_offered_to_close_it(two: Two) -> None:
    await two.press("UMENTEE", "make_last")
    pair = two.population.ids["agreed"]
    early = await two.office.click("UMENTEE", "complete_connection", pair, shows_itself=False)
    assert isinstance(early, Notice)
    assert "once the sessions you agreed on have taken place" in early.text
    two.office.now += timedelta(days=4)
    reply = await two.press("UMENTEE", "complete")
    assert "End connection" in str(reply)
    assert "That was your last session" in str(reply)
    _, labels, text = (await two.cards("UASKED"))[-1]
    assert "End connection" in labels
    assert "2 of 4 sessions completed. Your last was on" in text
    await two.office.click("UASKED", "complete_connection", pair)
    assert rows(two.office.dispatcher.database, f"SELECT \"end\" FROM connections WHERE id = '{pair}'") == [
        ("completed",)
    ]
