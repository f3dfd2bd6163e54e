"""Events in Microsoft 365's calendars, by Microsoft's own kit over HTTP: made once, moved in place, called off."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.calendars.calendar import Answer, Gone, Placed, Unreached
from bot.calendars.graph import Graph
from tests.calendars.conftest import ADA, AT, MENTOR, SESSION
from tests.calendars.graph_stand_in import SPECIFICATION, Fault, GraphStandIn
from tests.calendars.tokens import TOKEN

ONLINE = replace(SESSION, online=True)
HOUR = timedelta(hours=1)


async def test_an_event_says_when_where_who_and_why(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, replace(SESSION, place="Room 4"))
    assert placed == Placed(placed.event, AT, 60, {"ada@example.org": Answer.NONE})
    (sent,) = stand_in.sent
    assert (sent["subject"], sent["location"]["displayName"]) == ("Session 1: Ada and Bea", "Room 4")
    assert sent["body"]["contentType"] == "text"
    assert sent["body"]["content"] == "Bring your goals."
    assert [each["emailAddress"] for each in sent["attendees"]] == [{"name": ADA.name, "address": ADA.email}]
    assert (sent["transactionId"], sent["allowNewTimeProposals"]) == ("session-1-a", False)
    assert "isOnlineMeeting" not in sent


@pytest.mark.parametrize(
    ("at", "zone", "written"),
    [
        ("2026-12-01T17:30:00+00:00", "Europe/London", ("2026-12-01T17:30:00", "Europe/London")),
        ("2027-03-28T00:30:00+00:00", "Europe/London", ("2027-03-28T00:30:00", "Europe/London")),
        ("2027-03-28T16:30:00+00:00", "Europe/London", ("2027-03-28T17:30:00", "Europe/London")),
        ("2026-10-31T13:00:00+00:00", "America/New_York", ("2026-10-31T09:00:00", "America/New_York")),
        ("2026-11-01T14:00:00+00:00", "America/New_York", ("2026-11-01T09:00:00", "America/New_York")),
        # These two hours are one on the wall clock.
        ("2026-11-01T05:30:00+00:00", "America/New_York", ("2026-11-01T05:30:00", "UTC")),
        ("2026-11-01T06:30:00+00:00", "America/New_York", ("2026-11-01T06:30:00", "UTC")),
        ("2026-12-01T09:00:00+00:00", "Asia/Kathmandu", ("2026-12-01T14:45:00", "Asia/Kathmandu")),
    ],
)
async def test_times_are_written_as_wall_time_and_mean_the_moment(
    graph: Graph, stand_in: GraphStandIn, at: str, zone: str, written: tuple[str, str]
) -> None:
    moment = datetime.fromisoformat(at)
    placed = await graph.place(MENTOR, replace(SESSION, starts_at=moment.astimezone(ZoneInfo(zone)), zone=zone))
    start = stand_in.sent[0]["start"]
    assert (start["dateTime"], start["timeZone"]) == written
    assert stand_in.at(placed.event) == (moment, moment + HOUR)
    assert (placed.starts_at, placed.minutes) == (moment, 60)


@pytest.mark.parametrize("conflicts", [False, True])
async def test_a_transaction_makes_one_event(graph: Graph, stand_in: GraphStandIn, conflicts: bool) -> None:
    for number in range(5):
        await graph.place(MENTOR, replace(SESSION, transaction=f"another-{number}"))
    made = await graph.place(MENTOR, SESSION)
    stand_in.conflicts = conflicts
    assert await graph.place(MENTOR, SESSION) == made
    assert len(stand_in.events) == 6
    other = await graph.place(MENTOR, replace(SESSION, transaction="session-1-b"))
    assert other.event != made.event


async def test_a_conflict_without_an_event_is_tried_later(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.faults.append(Fault(409, "ErrorConcurrentItemSave"))
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTOR, SESSION)
    assert raised.value.doubtful
    await graph.place(MENTOR, SESSION)
    assert len(stand_in.events) == 1


async def test_the_link_to_join_survives_a_move(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, ONLINE)
    assert placed.join_url
    moved = await graph.move(MENTOR, placed.event, replace(ONLINE, starts_at=AT + HOUR, minutes=45, text="Changed."))
    assert moved == replace(placed, starts_at=AT + HOUR, minutes=45)
    assert await graph.look(MENTOR, placed.event) == moved
    assert set(stand_in.sent[1]) - {"@odata.type"} == {"subject", "start", "end"}
    assert list(stand_in.events) == [placed.event]


async def test_a_session_that_has_no_place_any_more_loses_it(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, replace(SESSION, place="Room 4"))
    await graph.move(MENTOR, placed.event, SESSION)
    assert stand_in.events[placed.event]["location"]["displayName"] == ""


async def test_what_is_called_off_says_why_and_may_be_gone_already(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, SESSION)
    for _ in range(2):
        await graph.cancel(MENTOR, placed.event, "Ada is ill.")
    assert (stand_in.events, stand_in.cancelled) == ({}, ["Ada is ill."])


async def test_what_was_done_in_outlook_is_seen(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, SESSION)
    stand_in.drag(placed.event, AT + HOUR)
    stand_in.answer(placed.event, ADA.email, "declined")
    seen = await graph.look(MENTOR, placed.event)
    assert (seen.starts_at, seen.minutes, seen.answers) == (AT + HOUR, 60, {ADA.email: Answer.DECLINED})
    stand_in.answer(placed.event, ADA.email, "tentativelyAccepted")
    assert (await graph.look(MENTOR, placed.event)).answers == {ADA.email: Answer.TENTATIVE}
    stand_in.delete(placed.event)
    with pytest.raises(Gone):
        await graph.look(MENTOR, placed.event)
    with pytest.raises(Gone):
        await graph.move(MENTOR, placed.event, SESSION)


FAULTS = {
    "429": (Fault(429, "TooManyRequests", headers={"Retry-After": "7"}), 7.0, False),
    "500": (Fault(500), None, True),
    "500 after the work": (Fault(500, done=True), None, True),
    "502 after the work": (Fault(502, done=True), None, True),
    "503": (Fault(503, "ServiceUnavailable", headers={"Retry-After": "3"}), 3.0, True),
    "503 after the work": (Fault(503, "ServiceUnavailable", done=True), None, True),
    "504 after the work": (Fault(504, "UnknownError", done=True), None, True),
    "closed": (Fault(None), None, True),
    "closed after the work": (Fault(None, done=True), None, True),
}
every_fault = pytest.mark.parametrize(("fault", "seconds", "doubtful"), FAULTS.values(), ids=FAULTS)


async def failing(work: Callable[[], Awaitable[object]], seconds: float | None, doubtful: bool) -> None:
    """It fails as it should."""
    with pytest.raises(Unreached) as raised:
        await work()
    assert (raised.value.seconds, raised.value.doubtful) == (seconds, doubtful)
    assert "@" not in raised.value.reason


@every_fault
async def test_whatever_fails_there_is_one_event(
    graph: Graph, stand_in: GraphStandIn, fault: Fault, seconds: float | None, doubtful: bool
) -> None:
    stand_in.faults.extend([fault, fault])
    for _ in range(2):
        await failing(lambda: graph.place(MENTOR, ONLINE), seconds, doubtful)
    placed = await graph.place(MENTOR, ONLINE)
    assert list(stand_in.events) == [placed.event]
    assert len(stand_in.seen) == 3, "the kit tries nothing again by itself"


@every_fault
async def test_whatever_fails_it_is_moved_and_called_off(
    graph: Graph, stand_in: GraphStandIn, fault: Fault, seconds: float | None, doubtful: bool
) -> None:
    placed = await graph.place(MENTOR, ONLINE)
    later = replace(ONLINE, starts_at=AT + HOUR)
    stand_in.faults.append(fault)
    await failing(lambda: graph.move(MENTOR, placed.event, later), seconds, doubtful)
    moved = await graph.move(MENTOR, placed.event, later)
    assert (moved.starts_at, moved.join_url) == (AT + HOUR, placed.join_url)
    assert stand_in.at(placed.event) == (AT + HOUR, AT + 2 * HOUR)
    stand_in.faults.append(fault)
    await failing(lambda: graph.cancel(MENTOR, placed.event, "Off."), seconds, doubtful)
    await graph.cancel(MENTOR, placed.event, "Off.")
    assert (stand_in.events, stand_in.cancelled) == ({}, ["Off."])


async def test_a_rest_is_also_read_as_a_date(graph: Graph, stand_in: GraphStandIn) -> None:
    until = datetime.now(UTC) + timedelta(minutes=5)
    header = {"Retry-After": f"{until:%a, %d %b %Y %H:%M:%S} GMT"}
    stand_in.faults.append(Fault(429, headers=header))
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTOR, SESSION)
    assert raised.value.seconds is not None
    assert 240 < raised.value.seconds <= 300


async def test_no_mailbox_is_asked_more_than_four_things_at_once(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, SESSION)
    stand_in.together = asyncio.Barrier(4)
    await asyncio.gather(*(graph.look(MENTOR, placed.event) for _ in range(12)))
    assert stand_in.most_at_once == 4


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="the specification in ../shared/specs is not at hand")
async def test_the_stand_in_judges(stand_in: GraphStandIn) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    address = f"{stand_in.url}/users/{MENTOR}/events"
    async with aiohttp.ClientSession(headers=headers) as session:
        for wrong in ({"subjekt": "Session"}, {"start": "2026-12-01T17:30:00"}, {"attendees": [{"mail": "ada"}]}):
            async with session.post(address, json=wrong) as answer:
                assert answer.status == 400
    assert len(stand_in.misread) == 3
    stand_in.misread.clear()
