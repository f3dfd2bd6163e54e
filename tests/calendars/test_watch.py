"""What is done with sessions in people's own calendars comes back, through Microsoft's own kit, on both engines."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.calendars.graph import Graph
from bot.dialogs import subjects
from bot.handlers.calendar.sender import CalendarSender
from bot.handlers.calendar.watch import ANEW, EVERY, LONGEST, SOON, CalendarWatch
from bot.lifecycle.vocabulary import Kind
from bot.storage import people
from tests.calendars.graph_stand_in import Fault, GraphStandIn
from tests.calendars.two import MENTEE, MENTOR, Two
from tests.support.databases import rows

HOUR = timedelta(hours=1)
REAL = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
"""Real time, which has nothing to do with that of the scheme."""


@dataclass
class Watched:
    """The two, and a bot that looks into their calendar, by a clock that a test turns."""

    two: Two
    stand_in: GraphStandIn
    graph: Graph
    real_now: datetime = REAL
    watch: CalendarWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = self.another()

    def another(self) -> CalendarWatch:
        """One more process's."""
        return CalendarWatch(self.graph, self.two.office.dispatcher, lambda: self.real_now)

    async def placed(self, user: str = "UMENTEE") -> datetime:
        """Somebody sets the session, and it stands in the calendar, read so far."""
        at = await self.two.set(user=user)
        await self.two.post.deliver()
        await self.look()
        return at

    async def look(self, by: timedelta = EVERY) -> None:
        """The next look at what changed."""
        self.real_now += by
        await self.watch.look()

    @property
    def event(self) -> str:
        event = self.two.session.event
        assert event is not None
        return event

    def told(self) -> list[str]:
        """Of what the two were told by their calendar, whatever else they were told."""
        found = rows(
            self.two.office.dispatcher.database,
            "SELECT kind FROM outbox WHERE kind LIKE '%in_calendar' AND edits IS NULL ORDER BY number",
        )
        return [str(kind) for (kind,) in found]

    def standing(self) -> tuple[object, ...]:
        return rows(self.two.office.dispatcher.database, "SELECT * FROM sessions ORDER BY id"), self.told()


@pytest.fixture
def watched(two: Two, stand_in: GraphStandIn, graph: Graph) -> Watched:
    return Watched(two, stand_in, graph)


async def test_dragged_in_outlook_the_session_follows(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    at = await watched.placed()
    stand_in.drag(watched.event, at + 3 * HOUR)
    await watched.look()
    assert (two.session.starts_at, two.session.was_at, two.session.placing) == (at + 3 * HOUR, at, "placed")
    assert watched.told() == [Kind.SESSION_MOVED_IN_CALENDAR] * 2
    asked = len(stand_in.seen)
    await two.post.deliver()
    assert len(stand_in.seen) == asked, "nothing is said back"


async def test_dragged_twice_it_is_told_once_and_then_again(watched: Watched) -> None:
    at = await watched.placed()
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    watched.stand_in.drag(watched.event, at + 5 * HOUR)
    await watched.look()
    assert watched.two.session.starts_at == at + 5 * HOUR
    assert len(watched.told()) == 2, "one time, both of them"
    watched.stand_in.drag(watched.event, at)
    watched.stand_in.stretch(watched.event, 90)
    await watched.look()
    assert (watched.two.session.starts_at, watched.two.session.minutes) == (at, 90)
    assert len(watched.told()) == 4


async def test_declined_it_has_no_time_and_no_event_is_left(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    at = await watched.placed()
    stand_in.answer(watched.event, MENTEE, "declined")
    await watched.look()
    assert (two.session.state, two.session.starts_at) == ("planned", None)
    assert watched.told() == [Kind.SESSION_DECLINED_IN_CALENDAR] * 2
    assert two.session.offers
    assert all(abs(each - at) >= HOUR for each in two.session.offers), "other times than the one that was declined"
    await two.post.deliver()
    assert stand_in.events == {}
    again = await two.set(timedelta(days=4))
    await two.post.deliver()
    assert stand_in.at(watched.event) == (again, again + HOUR), "and another one is made"
    await watched.look()
    assert two.session.starts_at == again
    assert len(watched.told()) == 2


async def test_accepted_it_is_confirmed(watched: Watched) -> None:
    two = watched.two
    await watched.placed(user="UASKED")
    watched.stand_in.answer(watched.event, MENTEE, "tentativelyAccepted")
    await watched.look()
    assert two.session.confirmed_at is None
    watched.stand_in.answer(watched.event, MENTEE, "accepted")
    await watched.look()
    assert two.session.confirmed_at == two.office.now
    version = two.pair.version
    await two.press("UMENTEE", "confirm_session")
    assert two.pair.version == version, "pressed as well, it is confirmed already"


async def test_deleted_in_outlook_it_has_no_time(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    await watched.placed()
    stand_in.delete(watched.event)
    await watched.look()
    assert (two.session.state, two.session.event) == ("planned", None)
    assert watched.told() == [Kind.SESSION_CANCELLED_IN_CALENDAR] * 2
    await two.post.deliver()
    assert stand_in.cancelled == [], "there is nothing to call off"
    at = await two.set(timedelta(days=4))
    await two.post.deliver()
    assert stand_in.at(watched.event) == (at, at + HOUR)


async def test_a_time_that_is_offered_after_a_decline_is_had_by_one_press(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    await watched.placed()
    stand_in.answer(watched.event, MENTEE, "declined")
    await watched.look()
    await two.post.deliver()
    first = two.session.offers[0]
    await two.office.click("UASKED", "take_time", subjects.offered_time(two.id, first))
    await two.post.deliver()
    assert (two.session.starts_at, two.session.placing) == (first, "placed")
    assert stand_in.at(watched.event)[0] == first


async def test_where_it_is_not_known_when_they_are_free_nothing_is_offered(watched: Watched) -> None:
    await watched.placed()
    watched.stand_in.delete(watched.event)
    watched.stand_in.unresolved = {MENTEE}
    await watched.look()
    assert (watched.two.session.starts_at, watched.two.session.offers) == (None, ())
    assert watched.told() == [Kind.SESSION_CANCELLED_IN_CALENDAR] * 2


async def test_answered_when_it_is_over_nothing_follows(watched: Watched) -> None:
    two = watched.two
    at = await watched.placed()
    two.office.now = at + HOUR
    watched.stand_in.answer(watched.event, MENTEE, "declined")
    before = watched.standing()
    await watched.look()
    assert watched.standing() == before
    watched.stand_in.delete(watched.event)
    await watched.look()
    assert (two.session.state, two.session.starts_at, two.session.event) == ("scheduled", at, None)
    assert watched.told() == [], "it is still asked whether it took place, and nothing else"


async def test_a_change_of_ours_that_is_on_its_way_wins(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    first = await watched.placed()
    ours = await two.set(timedelta(days=5))
    stand_in.drag(watched.event, first + 3 * HOUR)
    await watched.look()
    assert (two.session.starts_at, two.session.placing) == (ours, "placing")
    await two.post.deliver()
    assert stand_in.at(watched.event) == (ours, ours + HOUR)
    await watched.look()
    assert two.session.starts_at == ours
    assert watched.told() == []


async def test_what_came_while_ours_was_on_its_way_is_not_lost(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    await watched.placed()
    await two.set(timedelta(days=5))
    real = two.sender._report

    async def looked_before_it_is_kept(scheme_key: str, work: Any, tries: int = 1) -> None:
        stand_in.answer(watched.event, MENTEE, "declined")
        await watched.look()
        await real(scheme_key, work, tries)

    two.post.sender = CalendarSender(watched.graph, looked_before_it_is_kept)
    await two.post.deliver()
    assert two.session.starts_at is not None
    await watched.look(SOON)
    assert two.session.starts_at is None, "declined, once it was known that it stood there"


async def test_deleted_in_outlook_and_set_anew_here_it_is_made_anew(watched: Watched) -> None:
    two, stand_in = watched.two, watched.stand_in
    await watched.placed()
    old = watched.event
    stand_in.delete(old)
    at = await two.set(timedelta(days=4))
    await two.post.deliver()
    assert two.session.placing == "placed"
    assert watched.event != old
    assert stand_in.at(watched.event) == (at, at + HOUR)
    await watched.look()
    assert two.session.starts_at == at
    assert watched.told() == []


async def test_looked_at_again_nothing_follows(watched: Watched) -> None:
    at = await watched.placed()
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    await watched.look()
    before = watched.standing()
    await watched.look(ANEW + EVERY)
    await watched.another().look()
    await watched.look()
    assert watched.standing() == before


async def test_of_several_at_once_one_looks(watched: Watched) -> None:
    at = await watched.placed()
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    watched.real_now += EVERY
    before = len(watched.stand_in.seen)
    await asyncio.gather(*(watched.another().look() for _ in range(4)))
    assert len(watched.stand_in.seen) - before == 2, "one reads what changed, and looks at the event"
    assert len(watched.told()) == 2


async def test_read_by_two_at_once_all_the_same_both_are_told_once(watched: Watched) -> None:
    """As where a lease ended while its holder was still at it."""
    at = await watched.placed()
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    watched.real_now += EVERY
    late = CalendarWatch(watched.graph, watched.two.office.dispatcher, lambda: watched.real_now + timedelta(hours=1))
    await asyncio.gather(watched.watch.look(), late.look())
    assert watched.two.session.starts_at == at + 3 * HOUR
    assert len(watched.told()) == 2


async def test_a_token_that_is_too_old_begins_anew_and_misses_nothing(watched: Watched) -> None:
    at = await watched.placed()
    watched.stand_in.tokens_hold = False
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    await watched.look()
    assert watched.two.session.starts_at == at + 3 * HOUR
    watched.stand_in.delete(watched.event)
    await watched.look()
    assert watched.two.session.state == "planned", "although a watch that begins names only what there is"


@pytest.mark.parametrize(
    "faults", [(Fault(500),), (Fault(None),), (Fault(429, headers={"Retry-After": "1"}),), (None, Fault(503))]
)
async def test_whatever_fails_it_is_heard_later(watched: Watched, faults: Sequence[Fault | None]) -> None:
    at = await watched.placed()
    watched.stand_in.drag(watched.event, at + 3 * HOUR)
    watched.stand_in.faults.extend(faults)
    await watched.look()
    assert watched.two.session.starts_at == at
    await watched.look()
    assert watched.two.session.starts_at == at + 3 * HOUR
    assert len(watched.told()) == 2


async def test_a_mailbox_that_fails_costs_the_others_nothing_and_rests(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    two, stand_in, database = watched.two, watched.stand_in, watched.two.office.dispatcher.database
    mentor = await two.office.person("UASKED")
    at = await watched.placed()
    moved = replace(mentor, email="other@example.org")
    await database.write(partial(people.save, person=moved, now=two.office.now))
    later = at + 24 * HOUR
    values = {"day": later.date(), "time": later.time(), "minutes": 60, "mode": "Video call"}
    number = str(len(two.pair.sessions) + 1)
    await two.office.click("UMENTEE", "add_session", two.pair.id, values, carried={"number": number})
    await two.post.deliver()
    stand_in.forbidden = {MENTOR}
    other = next(each for each in two.pair.sessions if each.mailbox == "other@example.org")
    assert other.event is not None
    stand_in.drag(other.event, at + 30 * HOUR)
    with caplog.at_level(logging.WARNING):
        for _ in range(12):
            await watched.look()
    assert two.pair.session(other.id).starts_at == at + 30 * HOUR
    tried = sum(each.startswith(f"GET /users/{MENTOR}/calendarView") for each in stand_in.seen)
    assert tried < 12, "the longer it fails, the longer it rests"
    assert "@" not in caplog.text, "and no line of the log says whose it is"
    stand_in.forbidden = set()
    stand_in.drag(watched.event, at + 3 * HOUR)
    await watched.look(LONGEST)
    assert two.session.starts_at == at + 3 * HOUR


async def test_what_is_kept_of_a_calendar_says_nothing_of_anybody(watched: Watched) -> None:
    await watched.placed()
    ((token,),) = rows(watched.two.office.dispatcher.database, "SELECT token FROM calendar_watches")
    sealed = str(token)
    assert MENTOR not in sealed
    assert "http" not in sealed, "a token is an address with a mailbox in it"


async def test_nobody_looks_where_nothing_stands(watched: Watched) -> None:
    await watched.look()
    assert watched.stand_in.seen == []
    await watched.placed()
    await watched.two.press("UMENTEE", "cancel_session", note="")
    await watched.two.post.deliver()
    before = len(watched.stand_in.seen)
    await watched.look()
    assert len(watched.stand_in.seen) == before
