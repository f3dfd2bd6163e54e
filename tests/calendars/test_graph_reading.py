"""Who is busy, what changed, and who is let in: Microsoft 365's calendars by Microsoft's own kit over HTTP."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.calendars.calendar import Appointment, Busy, Impossible, Reporter, Unreached
from bot.calendars.graph import Graph
from bot.calendars.graph_access import ALLOW, RENEW
from tests.calendars.conftest import ADA, AT, MENTOR, SESSION, application
from tests.calendars.graph_stand_in import Fault, GraphStandIn, serving
from tests.calendars.tokens import FixedToken, NoToken

HOUR = timedelta(hours=1)
SINCE, UNTIL = AT - timedelta(days=10), AT + timedelta(days=50)
MENTEE = ADA.email


async def test_busy_is_what_is_not_free(graph: Graph, stand_in: GraphStandIn) -> None:
    shown = ("busy", "free", "tentative", "workingElsewhere", "oof", "unknown")
    stand_in.meetings[MENTOR] = [(AT + n * HOUR, AT + (n + 1) * HOUR, each) for n, each in enumerate(shown)]
    found = await graph.busy([MENTOR, MENTEE, MENTOR], SINCE, UNTIL)
    assert found == {MENTOR: Busy(tuple((AT + n * HOUR, AT + (n + 1) * HOUR) for n in (0, 2, 4, 5))), MENTEE: Busy()}
    assert len(stand_in.seen) == 1


async def test_a_year_is_asked_about_in_parts(graph: Graph, stand_in: GraphStandIn) -> None:
    across = AT + timedelta(days=60)
    stand_in.meetings[MENTOR] = [(across - HOUR, across + HOUR, "busy")]
    found = await graph.busy([MENTOR], AT, AT + timedelta(days=365))
    assert found == {MENTOR: Busy(((across - HOUR, across + HOUR),))}
    assert len(stand_in.seen) == 7


async def test_many_are_asked_about_in_parts(graph: Graph, stand_in: GraphStandIn) -> None:
    people = [f"mentor-{number}@example.org" for number in range(45)]
    stand_in.meetings[people[44]] = [(AT, AT + HOUR, "busy")]
    found = await graph.busy(people, SINCE, UNTIL)
    assert list(found) == people
    assert [each for each, busy in found.items() if busy.spans] == [people[44]]
    assert [len(each["Schedules"]) for each in stand_in.sent] == [20, 20, 5]


async def test_what_is_not_known_of_one_is_known_of_the_others(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.meetings[MENTOR] = [(AT, AT + HOUR, "busy")]
    stand_in.unresolved, stand_in.broken = {"out@example.com"}, {"broken@example.org"}
    found = await graph.busy([MENTOR, "out@example.com", "broken@example.org"], SINCE, UNTIL)
    assert found[MENTOR] == Busy(((AT, AT + HOUR),))
    assert found["out@example.com"] == Busy(why="5009")
    assert found["broken@example.org"] == Busy(why="500 ErrorInternalServerError")


async def test_whoever_lets_the_bot_in_is_asked(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.forbidden, stand_in.missing = {MENTOR}, {"left@example.org"}
    stand_in.meetings[MENTOR] = [(AT, AT + HOUR, "busy")]
    found = await graph.busy([MENTOR, "left@example.org", MENTEE], SINCE, UNTIL)
    assert found[MENTOR] == Busy(((AT, AT + HOUR),)), "the mentee may know it, by their organisation's rules"
    assert found[MENTEE] == Busy()
    assert await graph.busy([MENTOR, "left@example.org"], SINCE, UNTIL) == {
        MENTOR: Busy(why="403 ErrorAccessDenied"),
        "left@example.org": Busy(why="404 ErrorInvalidUser"),
    }


@pytest.mark.parametrize("fault", [Fault(429, headers={"Retry-After": "7"}), Fault(503), Fault(None)])
async def test_busy_that_cannot_be_had_now_is_not_free(graph: Graph, stand_in: GraphStandIn, fault: Fault) -> None:
    stand_in.faults.append(fault)
    with pytest.raises(Unreached):
        await graph.busy([MENTOR, MENTEE], SINCE, UNTIL)


async def test_changes_are_named_once_whatever_their_number(graph: Graph, stand_in: GraphStandIn) -> None:
    made = [await graph.place(MENTOR, _numbered(number)) for number in range(5)]
    events = [each.event for each in made]
    await graph.place("somebody-else@example.org", SESSION)
    first = await graph.changes(MENTOR, None, SINCE, UNTIL)
    assert (first.changed, first.gone, first.anew) == (frozenset(events), frozenset(), True)
    none = await graph.changes(MENTOR, first.token, SINCE, UNTIL)
    assert (none.changed, none.gone, none.anew) == (frozenset(), frozenset(), False)
    for event in events[:3]:
        stand_in.answer(event, MENTEE, "declined")
    stand_in.delete(events[2])
    stand_in.drag(events[3], UNTIL + HOUR)
    then = await graph.changes(MENTOR, none.token, SINCE, UNTIL)
    assert (then.changed, then.gone, then.anew) == (frozenset(events[:2]), frozenset(events[2:4]), False)


async def test_a_token_that_is_too_old_begins_anew(graph: Graph, stand_in: GraphStandIn) -> None:
    placed = await graph.place(MENTOR, SESSION)
    first = await graph.changes(MENTOR, None, SINCE, UNTIL)
    stand_in.tokens_hold = False
    again = await graph.changes(MENTOR, first.token, SINCE, UNTIL)
    assert (again.changed, again.anew) == (frozenset({placed.event}), True)


async def test_a_link_that_leads_elsewhere_is_not_followed(graph: Graph, stand_in: GraphStandIn) -> None:
    for number in range(5):
        await graph.place(MENTOR, _numbered(number))
    async with serving() as other:
        stand_in.pages_at = other.url.removesuffix("/v1.0")
        with pytest.raises(Impossible):
            await graph.changes(MENTOR, None, SINCE, UNTIL)
        with pytest.raises(Impossible):
            await graph.changes(MENTOR, f"{other.url}/users/{MENTOR}/calendarView/delta()", SINCE, UNTIL)
        assert other.seen == []


async def test_another_host_would_not_get_the_token_either(stand_in: GraphStandIn) -> None:
    """What stands behind the check of links: the kit's own list of hosts."""
    from bot.calendars.graph_kit import Kit

    kit = Kit(stand_in.url.replace("127.0.0.1", "localhost"), FixedToken())
    request = kit.further(MENTOR, stand_in.url.replace("127.0.0.1", "localhost") + "/elsewhere")
    request.url = f"{stand_in.url}/users/{MENTOR}/events"
    with pytest.raises(Unreached):
        await kit.send(request)
    assert stand_in.authorised == [None]
    await kit.close()


async def test_a_right_that_is_missing_names_its_mend(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.forbidden.add(MENTOR)
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTOR, SESSION)
    assert (raised.value.reason, raised.value.mend) == ("403 ErrorAccessDenied", ALLOW)
    stand_in.faults.append(Fault(401, "InvalidAuthenticationToken"))
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTEE, SESSION)
    assert raised.value.mend == RENEW


async def test_no_token_names_its_mend(stand_in: GraphStandIn) -> None:
    graph = Graph(application(stand_in.url), NoToken())
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTOR, SESSION)
    assert (raised.value.mend, raised.value.doubtful, stand_in.seen) == (RENEW, False, [])
    await graph.close()


async def test_a_certificate_that_cannot_be_read_names_its_mend(stand_in: GraphStandIn, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pem"
    graph = Graph(replace(application(stand_in.url), secret=None, certificate=file))
    for content in (None, "no certificate"):
        if content:
            file.write_text(content)
        with pytest.raises(Unreached) as raised:
            await graph.look(MENTOR, "event")
        assert raised.value.mend == RENEW
    await graph.close()


async def test_what_never_works_says_so(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.missing.add(MENTOR)
    with pytest.raises(Impossible, match="404 ErrorInvalidUser"):
        await graph.place(MENTOR, SESSION)
    stand_in.faults.append(Fault(400, "ErrorInvalidRequest"))
    with pytest.raises(Impossible, match="400 ErrorInvalidRequest"):
        await graph.place(MENTEE, SESSION)


async def test_where_nobody_listens_nothing_was_done() -> None:
    async with serving() as gone:
        url = gone.url
    graph = Graph(application(url), FixedToken())
    with pytest.raises(Unreached) as raised:
        await graph.place(MENTOR, SESSION)
    assert not raised.value.doubtful
    await graph.close()


async def test_whoever_waits_no_longer_takes_it_from_nobody(graph: Graph, stand_in: GraphStandIn) -> None:
    impatient = asyncio.create_task(graph.place(MENTOR, SESSION))
    await asyncio.sleep(0)
    impatient.cancel()
    await graph.place(MENTOR, SESSION)
    assert len(stand_in.events) == 1


async def test_tokens_are_for_graph_and_let_go_of(stand_in: GraphStandIn) -> None:
    token = FixedToken()
    graph = Graph(application(stand_in.url), token)
    await graph.place(MENTOR, SESSION)
    await graph.close()
    assert (token.scopes, token.closed) == ({"https://graph.microsoft.com/.default"}, True)


def _numbered(number: int) -> Appointment:
    return replace(SESSION, transaction=f"session-{number}")


async def test_changes_are_reported_for_as_long_as_it_is_asked_for(graph: Graph, stand_in: GraphStandIn) -> None:
    assert isinstance(graph, Reporter)
    with pytest.raises(Impossible, match="ValidationError"):
        await graph.watch(MENTOR, f"{stand_in.url}/users/nobody/is/here", "secret", UNTIL)
    assert stand_in.subscriptions == {}
    stand_in.subscriptions["kept"] = {"id": "kept"}
    renewed = await graph.renew("kept", UNTIL)
    assert (renewed.id, renewed.until) == ("kept", UNTIL)
    await graph.unwatch("kept")
    await graph.unwatch("kept")
    assert stand_in.subscriptions == {}, "what is gone already is no error"
    with pytest.raises(Impossible):
        await graph.renew("kept", UNTIL)
