"""Reminders as they reach people: in their hours, a day in one message, later or not any more if they say so."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.parts import Buttons, Errors, Form, Message, Notice
from bot.storage.database import Database
from tests.actions.population import Population, meeting, settle
from tests.actions.test_sheets import home
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.post import Delivered, Post

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


def buttons(message: Message) -> dict[str, str]:
    """What can be pressed, by its label."""
    return {each.label: each.subject for part in message.parts if isinstance(part, Buttons) for each in part.buttons}


def spoken(message: Message) -> list[str]:
    return [each.spoken for part in message.parts if isinstance(part, Buttons) for each in part.buttons]


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database, delivered=True)


@pytest.fixture
async def post(population: Population) -> Post:
    """The post of an office in full swing, on Monday at 13:00; what happened so far has been delivered."""
    post = Post(population.office)
    await post.deliver()
    post.sent.clear()
    return post


async def days(post: Post, many: int) -> list[Delivered]:
    """So many days, looked at every four hours."""
    return await post.pass_(*[timedelta(hours=4)] * (6 * many))


@pytest.mark.covers("A33")
async def test_for_weeks_nobody_has_more_than_one_reminder_a_day_nor_any_outside_their_hours(post: Post) -> None:
    heard = [each for each in await days(post, 40) if each.kind == "reminders" and not each.edited]
    assert len(heard) >= 8
    by_day = Counter((each.user, each.at.astimezone(LONDON).date()) for each in heard)
    assert set(by_day.values()) == {1}
    for each in heard:
        here = each.at.astimezone(LONDON)
        assert here.weekday() < 5
        assert time(9) <= here.time() < time(17, 30)
    # What needs the office comes each morning, for as long as it does.
    named = [(each.user, name) for each in heard for name in spoken(each.message) if name.startswith("Snooze")]
    things = Counter(each for each in named if each[1] != "Snooze: what needs the office")
    assert max(things.values()) <= 2, things.most_common(3)


async def test_all_of_one_day_is_in_one_message_and_what_is_done_leaves_it(population: Population, post: Post) -> None:
    await days(post, 4)
    first, *_ = [each for each in post.reminders("UASKED") if "things wait" in each.message.text]
    assert {"Accept", "Decline", "Snooze", "Stop reminding me"} <= set(buttons(first.message))
    assert "still hoping for your answer" in first.message.text
    post.sent.clear()
    await post.office.click("UASKED", "accept", population.ids["open"])
    await post.deliver()
    redrawn = [
        each.message for each in post.sent if (each.user, each.kind, each.edited) == ("UASKED", "reminders", True)
    ]
    assert redrawn
    assert "Accept" not in buttons(redrawn[-1])


async def test_what_is_snoozed_comes_again_later_and_what_is_stopped_never(post: Post) -> None:
    await days(post, 2)
    (first,) = post.reminders("UASKED")
    assert any(each.startswith("Snooze: how session 1 with Umentee was") for each in spoken(first.message))
    subject = buttons(first.message)["Snooze"]
    reply = await post.office.click("UASKED", "snooze", subject)
    assert isinstance(reply, Notice)
    assert "We remind you again on Mon 30 Nov 2026, 09:00 GMT" in plain(reply)
    post.sent.clear()
    await days(post, 6)
    again = next(each for each in post.reminders("UASKED") if subject in buttons(each.message).values())
    assert again.at.astimezone(LONDON).date() == date(2026, 11, 30)
    reply = await post.office.click("UASKED", "stop_reminding", subject)
    assert isinstance(reply, Notice)
    post.sent.clear()
    await days(post, 30)
    assert not [each for each in post.sent if each.user == "UASKED" and subject in buttons(each.message).values()]


def plain(reply: Notice) -> str:
    from bot.dialogs.plain import plain as of_parts

    return of_parts(reply.parts, LONDON)


async def test_nobody_stops_what_somebody_else_is_reminded_of(post: Post) -> None:
    await days(post, 2)
    subject = buttons(post.reminders("UASKED")[0].message)["Snooze"]
    for verb in ("snooze", "stop_reminding"):
        refused = await post.office.click("UMEMBER", verb, subject)
        assert isinstance(refused, Notice)
        assert refused.title == "Nothing has changed"


async def test_after_an_outage_only_the_latest_is_heard(post: Post) -> None:
    await post.pass_(timedelta(days=25, hours=1))
    heard = post.reminders("UMENTEE")
    assert len(heard) == 1
    names = [each for each in spoken(heard[0].message) if each.startswith("Snooze")]
    assert len(names) == len(set(names))


async def test_what_could_not_go_in_its_hours_goes_into_the_next_message(post: Post) -> None:
    """The platform was down from before nine until the evening, twice."""
    office = post.office
    for _ in range(2):
        await office.sweep(timedelta(hours=19, minutes=30) if _ == 0 else DAY)
        office.now = office.now.replace(hour=20, minute=0)
        await post.deliver()
        assert not [each for each in post.sent if each.kind == "reminders"]
    await post.pass_(timedelta(hours=13, minutes=30))
    assert len(post.reminders("UASKED")) == 1
    await post.pass_(timedelta(hours=3), timedelta(hours=3))
    assert len(post.reminders("UASKED")) == 1


@pytest.mark.covers("A23")
async def test_a_session_is_announced_the_day_before_and_an_hour_before(population: Population, post: Post) -> None:
    office, session = post.office, population.ids["session"]
    at = datetime(2026, 11, 26, 20, 0, tzinfo=LONDON)
    await office.click("UASKED", "schedule", session, {**meeting(population), "day": at.date(), "time": at.time()})
    await post.deliver()
    post.sent.clear()
    await days(post, 2)
    (day_before,) = [each for each in post.reminders("UMENTEE") if "When: Thu 26 Nov 2026, 20:00" in each.message.text]
    assert day_before.at.astimezone(LONDON).date() == date(2026, 11, 25)
    assert {"Confirm", "Suggest another time"} <= set(buttons(day_before.message))
    office.now = at - HOUR
    soon = [each for each in await post.pass_(timedelta(0)) if each.kind == "session_soon"]
    assert {each.user for each in soon} == {"UMENTEE", "UASKED"}
    await office.click("UMENTEE", "stop_reminding", buttons(soon[0].message)["Stop reminding me"])
    begun = [each for each in await post.pass_(HOUR) if each.kind == "session_soon" and each.edited]
    assert {each.user for each in begun} == {"UMENTEE", "UASKED"}
    assert all("was coming up" in each.message.text and not buttons(each.message) for each in begun)


HOURS: dict[str, Any] = {"from": time(7), "to": time(8), "days": ("Saturday", "Sunday")}


async def test_everybody_has_their_own_hours(post: Post) -> None:
    assert "[Reminders: when they may come]" in await home(post.office, "UASKED")
    form = await post.office.click("UASKED", "open_reminders")
    assert isinstance(form, Form)
    wrong: dict[str, dict[str, Any]] = {
        "to": {**HOURS, "to": time(6)}, "from": {**HOURS, "from": None}, "days": {**HOURS, "days": ()},
    }  # fmt: skip
    for field, values in wrong.items():
        errors = await post.office.click("UASKED", "set_reminders", "", values)
        assert isinstance(errors, Errors)
        assert set(errors.fields) == {field}
    reply = await post.office.click("UASKED", "set_reminders", "", HOURS)
    assert isinstance(reply, Notice)
    assert "07:00 to 08:00" in reply.text
    await post.pass_(*[HOUR] * 24 * 7)
    heard = post.reminders("UASKED")
    assert heard
    assert {each.at.astimezone(LONDON).strftime("%a %H") for each in heard} <= {"Sat 07", "Sun 07"}


async def test_what_was_stopped_begins_again_where_they_say_so(post: Post) -> None:
    await days(post, 2)
    subject = buttons(post.reminders("UASKED")[0].message)["Stop reminding me"]
    await post.office.click("UASKED", "stop_reminding", subject)
    form = await post.office.click("UASKED", "open_reminders")
    assert "stopped the reminders of one thing" in str(form)
    usual = {"from": time(9), "to": time(17), "days": ("Monday", "Tuesday")}
    await post.office.click("UASKED", "set_reminders", "", {**usual, "again": "Start them again"})
    assert "stopped the reminders" not in str(await post.office.click("UASKED", "open_reminders"))


async def test_the_office_hears_once_that_something_waits_too_long(post: Post, database: Database) -> None:
    database.write_now(lambda db: db.exec_driver_sql("DELETE FROM deadlines WHERE kind = 'morning'"))
    await days(post, 9)
    heard = [each for each in post.reminders("UADMIN") if "wait for your decision" in each.message.text]
    assert len(heard) == 1, "however many wait"
    assert "View" in buttons(heard[0].message)
    assert rows(database, "SELECT count(*) FROM reminders WHERE kind = 'approval_waiting' AND person NOT IN "
                "(SELECT person FROM office_holders)") == [(0,)]  # fmt: skip


async def test_the_morning_says_it_where_there_is_one(post: Post) -> None:
    await days(post, 9)
    heard = [each.message.text for each in post.reminders("UADMIN")]
    assert heard
    assert all("Good morning." in each and "wait for your decision" not in each for each in heard)


async def test_a_start_puts_down_what_was_not_reminded_of_before(population: Population, database: Database) -> None:
    from bot.actions.reminding import begin

    office: Office = population.office
    kinds = f"SELECT kind FROM deadlines WHERE about = '{population.ids['fresh']}' ORDER BY kind"
    before = rows(database, kinds)
    database.write_now(lambda db: db.exec_driver_sql("DELETE FROM deadlines WHERE kind = 'agreement_unaccepted'"))
    assert rows(database, kinds) != before
    await office.dispatcher.by_clock(office.scheme.key, begin)
    assert rows(database, kinds) == before


@pytest.mark.covers("E7")
async def test_what_is_required_of_a_session_stands_on_home_and_is_asked_for_twice(
    population: Population, post: Post
) -> None:
    office, session = population.office, population.ids["session"]
    await office.click("UMENTEE", "schedule", session, meeting(population))
    office.now += 4 * HOUR
    await office.click("UASKED", "complete", session)
    assert "[Record: session 1 with Uasked]" in await home(office, "UMENTEE")
    assert "[Record:" not in await home(office, "UASKED"), "it is the mentee's to write"
    await days(post, 14)
    asked = [each for each in post.reminders("UMENTEE") if "is still to be written down" in each.message.text]
    assert len(asked) == 2
    assert not [each for each in post.reminders("UASKED") if "is still to be written down" in each.message.text]


async def test_what_has_been_written_is_asked_for_no_more(population: Population, post: Post) -> None:
    office, session = population.office, population.ids["session"]
    await office.click("UMENTEE", "schedule", session, meeting(population))
    office.now += 4 * HOUR
    await office.click("UASKED", "complete", session)
    await office.click("UMENTEE", "fill_in_sheet", f"record:{session}", {"text": "We met."})
    await days(post, 10)
    assert not [each for each in post.reminders("UMENTEE") if "is still to be written down" in each.message.text]
