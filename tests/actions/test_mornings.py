"""The morning message: one a day at most, in working hours, only when something needs the office, and what is most
pressing first."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.mornings import begin
from bot.lifecycle.mornings import EARLIER, following
from bot.lifecycle.people import Person
from bot.storage.database import Database
from tests.actions.test_reminding import DAY, LONDON, buttons, days
from tests.support.dispatchers import PREFERENCES, REQUEST, Office
from tests.support.post import Post

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    await office.meet("UADMIN")
    await office.dispatcher.by_clock(office.scheme.key, begin)
    return office


async def asks(office: Office, *users: str) -> None:
    for user in users:
        await office.meet(user)
        values = {"membership_number": "1234", "stage": "Something else"}
        await office.click(user, "join", "mentee", values)


def mornings(post: Post, user: str = "UADMIN") -> list[tuple[datetime, str]]:
    """When the morning messages came, and what they said."""
    found = [each for each in post.sent if (each.user, each.kind, each.edited) == (user, "reminders", False)]
    return [(each.at.astimezone(LONDON), each.message.text) for each in found if "Good morning." in each.message.text]


@pytest.mark.covers("A3")
async def test_one_a_day_in_their_hours_while_something_needs_them(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")
    await days(post, 10)
    heard = mornings(post)
    assert heard
    assert set(Counter(at.date() for at, _ in heard).values()) == {1}
    assert all(at.weekday() < 5 and time(9) <= at.time() < time(17) for at, _ in heard)
    assert len(heard) == 2, "when it is new, and when the week begins"
    assert "One thing needs the" in heard[0][1]
    assert "Umary" in heard[0][1]


async def test_nothing_comes_where_nothing_needs_anybody(office: Office) -> None:
    post = Post(office)
    await days(post, 8)
    assert not mornings(post)


async def test_the_three_most_pressing_come_with_their_buttons_and_the_way_to_the_others(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")
    office.now += 20 * DAY
    await asks(office, "UNED", "UOLA", "UPIA", "UQUIN")
    await days(post, 2)
    message = next(each.message for each in post.sent if "Good morning." in each.message.text)
    assert "5 things need the" in message.text
    assert "These are the most pressing:" in message.text
    lines = [line for line in message.text.splitlines() if ", mentee" in line]
    assert len(lines) == 3
    assert lines[0].startswith("Umary"), "who has waited longest, and too long"
    assert {"Members", "View", "Snooze", "Stop reminding me"} <= set(buttons(message))


async def test_what_is_seen_to_before_it_is_read_leaves_it(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")
    await days(post, 1)
    assert len(mornings(post)) == 1
    await office.click("UADMIN", "approve_joining", await office.member("UMARY", "mentee"))
    post.sent.clear()
    await days(post, 5)
    assert not mornings(post)


async def test_whoever_holds_no_office_any_more_hears_nothing(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")
    office.dispatcher.database.write_now(lambda db: db.exec_driver_sql("DELETE FROM office_holders"))
    await days(post, 3)
    assert not mornings(post)


async def test_whoever_wants_none_has_none(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")
    await days(post, 1)
    message = next(each.message for each in post.sent if "Good morning." in each.message.text)
    await office.click("UADMIN", "stop_reminding", buttons(message)["Stop reminding me"])
    post.sent.clear()
    await days(post, 5)
    assert not mornings(post)


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/London", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"]),
    st.lists(st.integers(0, 6), min_size=1, unique=True).map(tuple),
    st.integers(0, 20),
)
def test_the_next_morning_lies_ahead_and_in_a_working_day(
    now: datetime, zone: str, works: tuple[int, ...], hour: int
) -> None:
    person = Person("p", "slack", "T", "U", "Ada", None, zone, time(hour), time(hour + 3), works)
    at = following(person, now).due_at
    assert now < at <= now + timedelta(days=8)
    begins = (at + EARLIER).astimezone(ZoneInfo(zone))
    assert begins.weekday() in works


async def test_a_request_that_silence_has_ended_is_told_the_next_morning(office: Office) -> None:
    post = Post(office)
    office.now += 2 * DAY
    await office.mentor("UMENTOR")
    await office.admitted("UMARY", "mentee")
    await office.click("UMARY", "preferences", "mentee", PREFERENCES)
    await office.click("UMARY", "request", "", REQUEST)
    id_ = (await office.request("UMARY")).id
    await office.click("UADMIN", "approve_request", id_)
    await office.click("UMARY", "send", id_, carried={"order": (await office.person("UMENTOR")).id})
    await days(post, 8)
    told = {at.date(): said for at, said in mornings(post)}
    assert "Umary" in told[date(2026, 12, 1)], "asked on a Wednesday, ended by silence on the Monday, told on Tuesday"


async def test_what_has_become_overdue_is_told_the_next_morning(office: Office) -> None:
    post = Post(office)
    await asks(office, "UMARY")  # on a Monday
    await days(post, 10)
    before = len(mornings(post))
    await days(post, 2)
    (late,) = mornings(post)[before:]
    assert late[0].date() == date(2026, 12, 4)
    assert "Overdue" in late[1]
