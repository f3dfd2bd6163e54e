"""When a session is over: both are asked at that minute whether it took place, and read what was said."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.parts import Choice, Notice
from bot.dialogs.plain import plain
from bot.storage.database import Database
from tests.actions.population import Population, meeting, settle
from tests.actions.test_reminding import buttons
from tests.actions.test_sheets import home
from tests.support.databases import rows
from tests.support.post import Delivered, Post

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
ASKED = ["Mark as completed", "It moved", "It did not happen"]
BOTH = {"UMENTEE", "UASKED"}


class Over:
    """A pair with a session, and all that reaches them."""

    def __init__(self, population: Population) -> None:
        self.population, self.office, self.post = population, population.office, Post(population.office)
        self.session = population.ids["session"]

    async def set(self, at: datetime) -> None:
        """Set the session for that moment, and forget what has been heard so far."""
        when = {**meeting(self.population), "day": at.astimezone(LONDON).date(), "time": at.astimezone(LONDON).time()}
        reply = await self.office.click("UASKED", "schedule", self.session, when)
        assert isinstance(reply, Notice)
        assert reply.title == "Session set"
        await self.post.deliver()
        self.post.sent.clear()

    async def at(self, moment: datetime) -> list[Delivered]:
        """Turn the clock to that moment; gives what reaches the two about the session then."""
        sent = await self.post.pass_(moment - self.office.now)
        return [each for each in sent if each.user in BOTH and each.kind.startswith("session")]

    async def answer(self, user: str, verb: str, **values: Any) -> list[Delivered]:
        await self.office.click(user, verb, self.session, values)
        return [each for each in await self.post.deliver() if each.kind.startswith("session")]


@pytest.fixture
async def over(database: Database) -> Over:
    return Over(await settle(database, delivered=True))


def asked(sent: list[Delivered]) -> dict[str, list[str]]:
    """What those who are asked can press."""
    new = [each for each in sent if each.kind == "session_over" and not each.edited]
    assert len({each.user for each in new}) == len(new), "once"
    return {each.user: list(buttons(each.message)) for each in new}


@pytest.mark.covers("A23")
async def test_ten_minutes_after_it_both_are_asked_once_and_the_card_before_gives_way(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    ended = await over.at(begins + HOUR)
    assert not asked(ended)
    assert all(list(buttons(each.message)) == ASKED for each in ended if each.kind == "session_set"), "its card asks"
    assert not asked(await over.at(begins + HOUR + 9 * MINUTE))
    sent = await over.at(begins + HOUR + 10 * MINUTE)
    assert asked(sent) == dict.fromkeys(BOTH, ASKED)
    before = [each.message for each in sent if each.kind == "session_set"]
    assert len(before) >= 2
    assert not any(buttons(each) for each in before), "one card is live"
    assert all("is over: the latest message asks" in each.text for each in before)
    assert "Did session 1 with Uasked take place?" in next(each.message.text for each in sent if each.user == "UMENTEE")
    heard = await over.post.pass_(*[4 * HOUR] * 60)
    subject = f"session_to_mark:{over.session}"
    again = [each for each in heard if subject in buttons(each.message).values() and not each.edited]
    assert {each.user for each in again} == BOTH
    assert len(again) == 2, "with the question, nobody is asked more than twice"
    assert not asked(heard)


@pytest.mark.covers("A23")
async def test_once_one_has_answered_the_other_reads_what_was_said(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR + 10 * MINUTE)
    drawn = {(each.user, each.kind): each.message for each in await over.answer("UMENTEE", "complete")}
    mine, theirs = drawn["UMENTEE", "session_over"], drawn["UASKED", "session_over"]
    assert "Session 1 with Uasked is marked as completed." in mine.text
    assert list(buttons(mine)) == ASKED[1:], "it can be put right"
    assert "Umentee has marked session 1 with you as completed" in theirs.text
    assert not buttons(theirs)
    assert list(buttons(drawn["UASKED", "session_completed"]))[:2] == ASKED[1:]
    drawn = {(each.user, each.kind): each.message for each in await over.answer("UASKED", "not_held", note="")}
    assert "Session 1 with Uasked has changed since" in drawn["UMENTEE", "session_over"].text
    assert list(buttons(drawn["UMENTEE", "session_not_held"])) == ["Schedule"]


@pytest.mark.covers("A23")
async def test_whoever_says_that_it_did_not_happen_has_another_time_at_hand(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR + 10 * MINUTE)
    drawn = {(each.user, each.kind): each.message for each in await over.answer("UASKED", "not_held", note="")}
    mine = drawn["UASKED", "session_over"]
    assert "You have said that session 1 with Umentee" in mine.text
    assert list(buttons(mine)) == ["Schedule"]


async def test_a_session_that_is_moved_is_asked_about_at_its_new_end(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR + 10 * MINUTE)
    when = {**meeting(over.population), "day": begins.date() + DAY, "time": time(14)}
    await over.answer("UMENTEE", "moved", **when)
    assert not asked(await over.at(begins + DAY + HOUR + 9 * MINUTE))
    assert set(asked(await over.at(begins + DAY + HOUR + 10 * MINUTE))) == BOTH


async def test_one_that_was_answered_before_is_not_asked_about(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR)
    await over.answer("UMENTEE", "complete")
    assert not asked(await over.at(begins + 3 * HOUR))


@pytest.mark.parametrize(
    ("zone", "hour", "heard"),
    [
        ("Europe/London", 19, "2026-11-28T20:10"),  # a Saturday evening, as the two chose
        ("Europe/London", 20, "2026-11-29T07:00"),
        ("Europe/London", 2, "2026-11-28T07:00"),
        ("Asia/Tokyo", 14, "2026-11-28T22:00"),  # 0:10 there: in their morning
    ],
)
async def test_nobody_is_woken_by_it(over: Over, database: Database, zone: str, hour: int, heard: str) -> None:
    begins = datetime(2026, 11, 28, hour, 0, tzinfo=LONDON)
    await over.set(begins)
    database.write_now(lambda db: db.exec_driver_sql(f"UPDATE people SET zone = '{zone}'"))
    moment, expected = begins + HOUR + 10 * MINUTE, datetime.fromisoformat(heard).replace(tzinfo=LONDON)
    if moment < expected:
        assert not asked(await over.at(moment))
        assert not asked(await over.at(expected - MINUTE))
    assert set(asked(await over.at(expected))) == BOTH


async def test_where_one_sleeps_the_other_is_asked_at_once_and_nobody_twice(over: Over, database: Database) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    database.write_now(
        lambda db: db.exec_driver_sql("UPDATE people SET zone = 'Asia/Tokyo' WHERE name = 'Umentee'")
    )  # fmt: skip
    assert set(asked(await over.at(begins + HOUR + 10 * MINUTE))) == {"UASKED"}
    sent = await over.post.pass_(*[HOUR] * 12)
    assert set(asked([each for each in sent if each.kind == "session_over"])) == {"UMENTEE"}
    keys = rows(database, f"SELECT key FROM outbox WHERE about = '{over.session}' AND kind = 'session_over' "
                          "AND edits IS NULL")  # fmt: skip
    assert len(keys) == len(set(keys)) == 2


async def test_after_a_day_without_us_the_days_reminder_asks_alone(over: Over) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    assert not asked(await over.at(begins + 2 * DAY))
    (heard,) = over.post.reminders("UASKED")
    assert "Did session 1 with Umentee take place on" in plain(heard.message.parts, LONDON)


WAITED = "I waited, and we did not meet"


@pytest.mark.covers("A23")
@pytest.mark.parametrize(
    ("chosen", "mine", "theirs", "missed"),
    [
        ("We agreed to move it", "You had agreed to move it.", "Uasked says that you had agreed to move it.", 0),
        ("Something came up for me", "Something came up for you.", "Something came up for Uasked.", 0),
        (WAITED, "Thank you for waiting.", "Uasked waited, and you did not meet. It happens to everybody", 1),
        ("Something typed by nobody", "has no time", "Either of you can set another time.", 0),
    ],
)
async def test_how_it_came_is_said_kindly_and_only_waiting_in_vain_counts(
    over: Over, database: Database, chosen: str, mine: str, theirs: str, missed: int
) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR + 10 * MINUTE)
    form = await over.office.click("UASKED", "open_not_held", over.session)
    (field,) = [each for each in form.parts if isinstance(each, Choice)]  # type: ignore[union-attr]
    assert (WAITED in field.options, field.required) == (True, False)
    reply = await over.office.click("UASKED", "not_held", over.session, {"note": "", "because": chosen})
    assert isinstance(reply, Notice)
    assert ("We are sorry that you waited." in reply.text) == (chosen == WAITED)
    drawn = {(each.user, each.kind): each.message for each in await over.post.deliver() if each.message}
    cards = (drawn["UASKED", "session_over"], drawn["UMENTEE", "session_not_held"])
    for card, said in zip(cards, (mine, theirs), strict=True):
        assert said in card.text or said == "has no time"
        assert list(buttons(card)) == ["Schedule"]
    (((because, missed_at),),) = (rows(database, "SELECT because, missed_at FROM sessions WHERE was_at IS NOT NULL"),)
    assert str(because) not in {"waited", "agreed", "came_up"}, "it is encrypted"
    assert bool(missed_at) == bool(missed)


@pytest.mark.covers("A23")
async def test_the_office_reads_of_it_a_number_alone_and_none_of_few(over: Over, database: Database) -> None:
    begins = datetime(2026, 11, 25, 14, 0, tzinfo=LONDON)
    await over.set(begins)
    await over.at(begins + HOUR + 10 * MINUTE)
    await over.office.click("UASKED", "not_held", over.session, {"note": "", "because": WAITED})
    heard = [each for each in await over.post.deliver() if each.user not in BOTH]
    assert not any("waited" in each.message.text for each in heard)
    assert "12 months" not in await home(over.office, "UADMIN"), "two pairs could be known"
    assert "12 months" not in await home(over.office, "UASKED")
