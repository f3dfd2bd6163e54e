"""The end of a year: announced, put off where both wish, looked back on, and feedback that goes to the office alone."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.dialogs.parts import Form, Notice
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import pairs
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.actions.test_reminding import buttons
from tests.actions.test_sheets import home
from tests.support.post import Post

DAY = timedelta(days=1)


@pytest.fixture
async def population(database: Database) -> Population:
    """The agreed pair with the reference scheme's sheets and promises, forty days before its end; one goal is set."""
    settled = await settle(database, delivered=True)
    office, key = settled.office, settled.office.scheme.key
    office.scheme = office.scheme.model_copy(update={"sheets": load(key).sheets})
    office.dispatcher.schemes = Schemes((office.scheme,))
    goals = {"goals:0:goal": "Chair a meeting", "goals:0:reached": "Yes", "goals:1:goal": "Write"}
    await office.click("UMENTEE", "fill_in_sheet", f"goals:{settled.ids['agreed']}", goals, {"version": "0"})
    await office.click("UMENTEE", "complete", settled.ids["session"])
    before = database.read_now(lambda db: pairs.get(db, key, settled.ids["agreed"]))
    near = replace(before, ends_at=office.now + 40 * DAY, terms=replace(Terms.of(office.scheme)))
    await database.write(partial(pairs.save, before=before, after=near))
    ends = "(SELECT ends_at FROM connections WHERE id = about)"
    database.write_now(lambda db: db.exec_driver_sql(_SOONER.format(ends=ends)))
    # what the two are reminded of follows from the pair as it is kept: one press puts it down anew
    await office.click("UMENTEE", "add_session", settled.ids["agreed"], {**_meeting(settled)}, {"number": "2"})
    return settled


_SOONER = "UPDATE deadlines SET due_at = {ends} WHERE kind = 'connection_over'"


def _meeting(population: Population) -> dict[str, object]:
    at = population.office.now + DAY
    return {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call"}


@pytest.fixture
async def post(population: Population) -> Post:
    post = Post(population.office)
    await post.deliver()
    post.sent.clear()
    return post


@pytest.mark.covers("A25", "A33")
async def test_the_end_is_announced_looked_back_on_and_feedback_is_asked_of_both(
    population: Population, post: Post
) -> None:
    office, pair = population.office, population.ids["agreed"]
    await post.pass_(*[DAY] * 15)
    announced = [
        each for each in post.reminders("UMENTEE") if "Your mentoring with Uasked ends on" in each.message.text
    ]
    assert len(announced) == 1
    assert "You have met once. You reached 1 of 2 goals." in announced[0].message.text
    assert {"Ask for more time", "Set goals"} <= set(buttons(announced[0].message))
    await post.pass_(*[DAY] * 26)
    for user in ("UMENTEE", "UASKED"):
        (over,) = [
            each for each in post.sent if (each.user, each.kind) == (user, "connection_over") and not each.edited
        ]
        assert "planned end. Thank you both." in over.message.text
        assert "You met once. You reached 1 of 2 goals." in over.message.text
        assert "Give feedback" in buttons(over.message)
        assert "[Give feedback: " in await home(office, user)
    form = await office.click("UMENTEE", "open_sheet", f"feedback:{pair}")
    assert isinstance(form, Form)
    assert "You and the BCS Academy can read it, and Uasked cannot." in str(form)
    post.sent.clear()
    values = {"worth": "Very much", "helped": "She *listened*."}
    reply = await office.click("UMENTEE", "fill_in_sheet", f"feedback:{pair}", values, {"version": "0"})
    assert isinstance(reply, Notice)
    await post.deliver()
    heard = [each for each in post.sent if each.kind == "feedback"]
    assert {each.user for each in heard} == {"UADMIN", "USECOND"}
    assert "She *listened*." in heard[0].message.text
    assert "listened" not in str(await office.click("UASKED", "open_sheet", f"feedback:{pair}"))
    await post.pass_(*[DAY] * 14)
    reminded = {each.user for each in post.sent if "Two minutes on how it was" in each.message.text and not each.edited}
    assert reminded == {"UASKED"}, "who has given it is not reminded"


@pytest.mark.covers("A25")
async def test_both_agree_to_more_time(population: Population, post: Post) -> None:
    office, pair = population.office, population.ids["agreed"]
    reply = await office.click("UMENTEE", "ask_more_time", pair, shows_itself=False)
    assert isinstance(reply, Notice)
    assert "you have 6 months more" in reply.text
    await post.deliver()
    (asked,) = [each for each in post.sent if each.kind == "more_time_asked"]
    assert (asked.user, list(buttons(asked.message))) == ("UASKED", ["Agree", "View"])
    assert "it ends as planned" in asked.message.text
    await office.click("UASKED", "agree_more_time", pair)
    await post.pass_(*[DAY] * 60)
    assert not [each for each in post.sent if each.kind == "connection_over"]
    assert {each.user for each in post.sent if each.kind == "more_time"} == {"UMENTEE", "UASKED"}
    await post.pass_(*[10 * DAY] * 18)
    assert {each.user for each in post.sent if each.kind == "connection_over"} == {"UMENTEE", "UASKED"}


async def test_an_officer_of_the_pair_does_not_read_what_the_other_says(population: Population, post: Post) -> None:
    office = population.office
    await office.click("UADMIN", "appoint", office.scheme.offices[0].key, {"person": "UASKED"})
    await post.pass_(*[DAY] * 41)
    await office.click(
        "UMENTEE", "fill_in_sheet", f"feedback:{population.ids['agreed']}", {"worth": "No"}, {"version": "0"}
    )
    await post.deliver()
    assert {each.user for each in post.sent if each.kind == "feedback"} == {"UADMIN", "USECOND"}
