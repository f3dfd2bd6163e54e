"""Sessions in people's own calendars: one event for one session whatever fails, and the pair knows how it stands."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery.sender import Later, Ref
from bot.dialogs import subjects
from bot.handlers.calendar.sender import CalendarSender
from bot.schemes.together import Schemes
from bot.screens.render import Rendered
from bot.storage.outbox import Letter
from tests.calendars.graph_stand_in import Fault, GraphStandIn
from tests.calendars.two import MENTEE, MENTOR, Two
from tests.support.calendars import LEASE, Killed

HOUR = timedelta(hours=1)


def only(stand_in: GraphStandIn) -> dict[str, Any]:
    """The one event there is."""
    (event,) = stand_in.events.values()
    return event


async def test_a_session_lands_in_the_mentors_calendar_with_the_mentee_invited(
    two: Two, stand_in: GraphStandIn
) -> None:
    at = await two.set(place="Room 4, by the *lifts*")
    assert two.session.placing == "placing"
    assert stand_in.seen == [], "no click waits for a calendar"
    await two.post.deliver()
    event = only(stand_in)
    assert stand_in.at(str(two.session.event)) == (at, at + HOUR)
    assert event["subject"] == "Mentoring session 1: Umentee and Uasked"
    assert event["location"]["displayName"] == "Room 4, by the *lifts*"
    assert [each["emailAddress"]["address"] for each in event["attendees"]] == [MENTEE]
    assert (two.session.placing, two.session.mailbox) == ("placed", MENTOR)
    assert any(seen.startswith(f"POST /users/{MENTOR}/") for seen in stand_in.seen)


FAULTS = {
    "asked to rest": (Fault(429, "ApplicationThrottled", headers={"Retry-After": "1"}),),
    "broken": (Fault(500),),
    "broken, the work done": (Fault(500, done=True),),
    "not there, the work done": (Fault(503, "ServiceUnavailable", done=True),),
    "lost on the way there": (Fault(None),),
    "lost on the way back": (Fault(None, done=True),),
    "one after the other": (Fault(429, headers={"Retry-After": "1"}), Fault(None, done=True), Fault(502)),
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("at_look", [True, False], ids=["at the look", "at the event"])
async def test_whatever_fails_there_is_one_event_and_the_pair_knows(
    two: Two, stand_in: GraphStandIn, faults: tuple[Fault, ...], at_look: bool
) -> None:
    at = await two.set()
    stand_in.faults.extend((*(() if at_look else (None,)), *faults))
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (at, at + HOUR)
    assert len(stand_in.events) == 1
    assert two.session.placing == "placed"
    moved = await two.set(timedelta(days=3))
    stand_in.faults.extend((*(() if at_look else (None,)), *faults))
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (moved, moved + HOUR)
    await two.press("UASKED", "cancel_session", note="")
    stand_in.faults.extend(faults)
    await two.post.deliver()
    assert stand_in.events == {}
    assert two.session.event is None
    assert len(stand_in.cancelled) == 1


async def test_in_the_schemes_own_mailbox_sessions_stand_beside_each_other(two: Two, stand_in: GraphStandIn) -> None:
    """That mailbox alone lets the bot in; it asks for both in its name, and is busy itself with whoever else meets."""
    office = two.office
    own = office.scheme.calendar.model_copy(update={"organiser": "mentoring@example.org"})
    office.scheme = office.scheme.model_copy(update={"calendar": own})
    office.dispatcher.schemes = Schemes((office.scheme,))
    stand_in.forbidden = {MENTEE, MENTOR}
    at = office.now + timedelta(days=2)
    stand_in.meetings["mentoring@example.org"] = [(at, at + HOUR, "busy")]
    await two.set()
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (at, at + HOUR)
    assert two.session.mailbox == "mentoring@example.org"
    assert {each["emailAddress"]["address"] for each in only(stand_in)["attendees"]} == {MENTEE, MENTOR}
    stand_in.meetings[MENTOR] = [(at + 24 * HOUR, at + 25 * HOUR, "busy")]
    await two.set(timedelta(days=3))
    await two.post.deliver()
    assert two.session.starts_at == at, "the mentor's own calendar counts"
    assert len(two.session.offers) == 3


async def test_killed_between_event_and_mark_there_is_one_event(two: Two, stand_in: GraphStandIn) -> None:
    async def dies(*_: Any, **__: Any) -> None:
        raise Killed

    await two.set()
    whole, two.post.sender = two.post.sender, CalendarSender(two.sender._calendar, dies)
    with pytest.raises(Killed):
        await two.post.deliver()
    assert len(stand_in.events) == 1
    assert two.session.event is None, "nobody has heard of it"
    two.post.sender, two.post.real_now_ahead = whole, 2 * LEASE
    await two.post.deliver()
    assert list(stand_in.events) == [two.session.event]
    assert two.session.placing == "placed"


async def test_moved_before_anybody_has_heard_that_it_was_made_it_is_moved_there_too(
    two: Two, stand_in: GraphStandIn
) -> None:
    moved: list[datetime] = []

    class MovedMeanwhile(CalendarSender):
        async def send(self, letter: Letter, drawn: Rendered) -> Ref:
            try:
                return await super().send(letter, drawn)
            except Later:
                moved.append(await two.set(timedelta(days=3)))
                raise

    await two.set()
    stand_in.faults.extend((None, Fault(None, done=True)))
    two.post.sender = MovedMeanwhile(two.sender._calendar, two.sender._report)
    await two.post.deliver()
    assert len(moved) == 1
    assert list(stand_in.events) == [two.session.event]
    assert stand_in.at(str(two.session.event)) == (moved[0], moved[0] + HOUR)
    assert two.session.placing == "placed"


async def test_a_time_at_which_one_is_busy_is_given_back_with_others(two: Two, stand_in: GraphStandIn) -> None:
    at = two.office.now + timedelta(days=2)
    stand_in.meetings[MENTEE] = [(at + HOUR / 2, at + 3 * HOUR, "busy")]
    await two.set()
    await two.post.deliver()
    assert stand_in.events == {}
    assert (two.session.state, two.session.placing, two.session.starts_at) == ("planned", "taken", None)
    assert len(two.session.offers) == 3
    assert not any(at + HOUR / 2 < each + HOUR and each < at + 3 * HOUR for each in two.session.offers)
    again = await two.set()
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (again, again + HOUR), "set once more, it is meant"


async def test_an_offered_time_is_set_by_one_press(two: Two, stand_in: GraphStandIn) -> None:
    at = two.office.now + timedelta(days=2)
    stand_in.meetings[MENTOR] = [(at, at + HOUR, "busy")]
    await two.set()
    await two.post.deliver()
    offer = two.session.offers[1]
    await two.office.click("UASKED", "take_time", subjects.offered_time(two.id, offer))
    assert (two.session.starts_at, two.session.mode, two.session.offers) == (offer, "Video call", ())
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (offer, offer + HOUR)


async def test_where_only_the_look_around_fails_nothing_is_offered(two: Two, stand_in: GraphStandIn) -> None:
    at = two.office.now + timedelta(days=2)
    stand_in.meetings[MENTOR] = [(at, at + HOUR, "busy")]
    await two.set()
    stand_in.faults.extend([None, *[Fault(500)] * 9])
    await two.post.deliver()
    stand_in.faults.clear()
    assert (two.session.placing, two.session.offers) == ("taken", ())


async def test_what_is_moved_to_a_time_that_is_taken_stays_where_it_was(two: Two, stand_in: GraphStandIn) -> None:
    first = await two.set()
    await two.post.deliver()
    stand_in.meetings[MENTOR] = [(first + 24 * HOUR, first + 26 * HOUR, "busy")]
    await two.set(timedelta(days=3))
    await two.post.deliver()
    assert (two.session.starts_at, two.session.placing) == (first, "placed")
    assert stand_in.at(str(two.session.event)) == (first, first + HOUR)


async def test_half_an_hour_later_the_event_itself_is_in_nobodys_way(two: Two, stand_in: GraphStandIn) -> None:
    await two.set()
    await two.post.deliver()
    later = await two.set(timedelta(days=2, minutes=30))
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (later, later + HOUR)


async def test_moved_twice_before_the_calendar_hears_of_it(two: Two, stand_in: GraphStandIn) -> None:
    """The second time overlaps what the event still shows, which keeps nobody busy but by itself."""
    first = await two.set()
    await two.post.deliver()
    await two.set(timedelta(days=5))
    again = await two.set(timedelta(days=2, minutes=30))
    assert again < first + HOUR
    await two.post.deliver()
    assert (two.session.starts_at, two.session.placing) == (again, "placed")
    assert stand_in.at(str(two.session.event)) == (again, again + HOUR)


async def test_cancelled_while_it_is_on_its_way_it_is_taken_out_again(two: Two, stand_in: GraphStandIn) -> None:
    await two.set()
    real = two.sender._report

    async def cancelled_first(scheme_key: str, work: Any, tries: int = 1) -> None:
        await two.press("UMENTEE", "cancel_session", note="")
        await real(scheme_key, work, tries)

    two.post.sender = CalendarSender(two.sender._calendar, cancelled_first)
    await two.post.deliver()
    two.post.sender = two.sender
    await two.post.deliver()
    assert stand_in.events == {}
    at = await two.set(timedelta(days=4))
    await two.post.deliver()
    assert stand_in.at(str(two.session.event)) == (at, at + HOUR), "another event, by another transaction"


@pytest.mark.parametrize("made", [True, False])
@pytest.mark.parametrize("how", ["cancelled", "moved and cancelled", "the pair has ended"])
async def test_called_off_before_anybody_heard_of_the_event_none_is_left(
    two: Two, stand_in: GraphStandIn, made: bool, how: str
) -> None:
    await two.set()
    stand_in.faults.extend([None, Fault(None, done=made)])
    await two.post.deliver(rounds=1)
    assert len(stand_in.events) == made
    assert two.session.event is None
    if how == "moved and cancelled":
        await two.set(timedelta(days=5))
    if how == "the pair has ended":
        await two.office.click("UMENTEE", "remove_connection", two.pair.id, {"reason": ""})
    else:
        await two.press("UMENTEE", "cancel_session", note="")
    await two.post.deliver()
    assert stand_in.events == {}
    assert len(stand_in.cancelled) == made
    if how != "the pair has ended":
        at = await two.set(timedelta(days=6))
        await two.post.deliver()
        assert stand_in.at(str(two.session.event)) == (at, at + HOUR), "another one, by another transaction"


async def test_the_end_of_the_pair_takes_its_sessions_out(two: Two, stand_in: GraphStandIn) -> None:
    await two.set()
    await two.post.deliver()
    await two.office.click("UMENTEE", "remove_connection", two.pair.id, {"reason": ""})
    await two.post.deliver()
    assert stand_in.events == {}
    assert "connection has ended" in stand_in.cancelled[0]


@pytest.mark.covers("L2")
async def test_whoever_is_gone_leaves_no_session_in_a_calendar(two: Two, stand_in: GraphStandIn) -> None:
    await two.set()
    await two.post.deliver()
    assert stand_in.events
    await two.office.dispatcher.lost(two.office.caller("UASKED"), "deactivated")
    await two.office.sweep(timedelta())
    await two.post.deliver()
    assert stand_in.events == {}
    assert (two.session.state, two.session.event) == ("planned", None)


async def test_a_calendar_that_is_not_reached_for_long_is_said_to_be_so(two: Two, stand_in: GraphStandIn) -> None:
    await two.set()
    stand_in.faults.extend([Fault(500)] * 50)
    await two.post.deliver()
    assert two.session.placing == "failed"
    assert two.session.state == "scheduled", "they meet all the same"
