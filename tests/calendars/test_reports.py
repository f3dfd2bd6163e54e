"""Changes in people's calendars are reported where the bot is reached from outside, and nobody else is believed: over
real HTTP both ways, on both engines."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.calendars.graph import Graph
from bot.handlers.calendar.reports import BEFORE, LARGEST, LASTS, LONGEST, PATH, TRIED_AGAIN, route
from bot.handlers.calendar.watch import EVERY, CalendarWatch
from bot.handlers.web import HttpServer, application
from bot.storage import calendar_watches
from tests.calendars.graph_stand_in import Fault, GraphStandIn
from tests.calendars.two import MENTOR, Two
from tests.support.bots import Bots
from tests.support.databases import rows

HOUR = timedelta(hours=1)
REAL = datetime.fromisoformat("2027-03-01T08:00:00+00:00")
TICK = timedelta(seconds=20)


@dataclass
class Reached:
    """A bot that Microsoft reaches, with a session in a calendar, and a real clock that a test turns."""

    two: Two
    stand_in: GraphStandIn
    graph: Graph
    http: httpx.AsyncClient
    url: str = ""
    real_now: datetime = REAL
    watch: CalendarWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = CalendarWatch(self.graph, self.two.office.dispatcher, lambda: self.real_now)

    def at(self, url: str) -> None:
        """From now on it is told that it is reached there."""
        channels = self.two.office.dispatcher.channels
        self.two.office.dispatcher.channels = replace(channels, public_url=url)

    async def placed(self) -> datetime:
        at = await self.two.set()
        await self.two.post.deliver()
        await self.look()
        return at

    async def look(self, by: timedelta = TICK) -> None:
        """The next tick."""
        self.real_now += by
        await self.watch.look()

    async def post(self, body: Any, **more: Any) -> httpx.Response:
        """Something arrives, from whomever."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.http.post(self.url + PATH, content=content, **more)

    @property
    def subscription(self) -> dict[str, Any]:
        """The one that there is."""
        (one,) = self.stand_in.subscriptions.values()
        return one

    def kept(self) -> list[tuple[object, ...]]:
        return rows(self.two.office.dispatcher.database, "SELECT * FROM calendar_watches")


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@pytest.fixture
async def reached(two: Two, stand_in: GraphStandIn, graph: Graph) -> AsyncIterator[Reached]:
    async with httpx.AsyncClient() as http:
        made = Reached(two, stand_in, graph, http)
        reports = made.watch.reports
        assert reports is not None
        answers = route(reports.read, reports.heard)
        server = HttpServer(application([answers], _ready), "127.0.0.1", 0)
        made.url = await server.start()
        made.at(made.url)
        yield made
        await server.stop()


async def test_what_is_reported_is_looked_at_with_the_next_tick(reached: Reached) -> None:
    at = await reached.placed()
    said = reached.subscription
    assert said["resource"] == f"/users/{MENTOR}/events"
    assert said["notificationUrl"] == said["lifecycleNotificationUrl"] == reached.url + PATH
    assert datetime.fromisoformat(said["expirationDateTime"]) == reached.real_now + LASTS
    await reached.look()
    reached.stand_in.drag(reached.two.session.event or "", at + 3 * HOUR)
    await reached.look()
    assert reached.two.session.starts_at == at, "nobody has said so yet"
    assert await reached.stand_in.notify() == [202]
    await reached.look()
    assert reached.two.session.starts_at == at + 3 * HOUR


async def test_nothing_is_reported_to_a_bot_that_nobody_reaches(reached: Reached) -> None:
    reached.at("")
    at = await reached.placed()
    assert reached.stand_in.subscriptions == {}
    reached.stand_in.drag(reached.two.session.event or "", at + 3 * HOUR)
    await reached.look(EVERY)
    assert reached.two.session.starts_at == at + 3 * HOUR, "it is looked at all the same"


async def test_whoever_does_not_know_the_secret_changes_nothing(reached: Reached) -> None:
    await reached.placed()
    await reached.look()
    before, asked = reached.kept(), len(reached.stand_in.seen)
    for forged in ({"clientState": "x" * 43}, {"clientState": ""}, {"clientState": "é"}, {"subscriptionId": "another"}):
        for lifecycle in (None, "subscriptionRemoved", "reauthorizationRequired", "missed"):
            subscriptions = dict(reached.stand_in.subscriptions)
            assert await reached.stand_in.notify(lifecycle, **forged) == [202], "they are not told what was wrong"
            reached.stand_in.subscriptions = subscriptions
    await reached.look()
    assert reached.kept() == before
    assert len(reached.stand_in.seen) == asked


async def test_of_the_secret_only_a_digest_is_kept(reached: Reached) -> None:
    await reached.placed()
    secret = reached.subscription["clientState"]
    assert len(secret) == 43
    assert secret not in repr(reached.kept())


NOTHING_OF_THE_KIND: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b"\xff\xfe",
    "a list": [],
    "nothing in it": {},
    "no list in it": {"value": 7},
    "not a report": {"value": [7]},
    "nobody's": {"value": [{"clientState": "x"}]},
    "no secret": {"value": [{"subscriptionId": "x"}]},
    "a secret that is none": {"value": [{"subscriptionId": "x", "clientState": {"$ne": ""}}]},
    "a zero": {"value": [{"subscriptionId": "x\0", "clientState": "x"}]},
    "half a character": b'{"value": [{"subscriptionId": "x", "clientState": "\\ud800"}]}',
    "a long secret": {"value": [{"subscriptionId": "x", "clientState": "x" * 129}]},
    "deep": b'{"value": ' + b"[" * 100_000,
    "very many": {"value": [{"subscriptionId": "x", "clientState": "x"}] * 1001},
}


@pytest.mark.parametrize("body", NOTHING_OF_THE_KIND.values(), ids=NOTHING_OF_THE_KIND)
async def test_what_is_nothing_of_the_kind_is_refused(reached: Reached, body: Any) -> None:
    before = reached.kept()
    answer = await reached.post(body)
    assert (answer.status_code, answer.text) == (400, "Bad Request")
    assert reached.kept() == before


async def test_what_is_too_large_is_not_read(reached: Reached) -> None:
    assert (await reached.post(b" " * (LARGEST + 1))).status_code == 413

    async def without_an_end() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 1024 + 2):
            yield b" " * 1024

    assert (await reached.http.post(reached.url + PATH, content=without_an_end())).status_code == 413
    assert (await reached.post({"value": []})).status_code == 202
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        assert (await reached.http.request(method, reached.url + PATH)).status_code == 405


async def test_whoever_asks_whether_somebody_listens_hears_it_as_plain_text(reached: Reached) -> None:
    async def said(*tokens: str) -> tuple[int, str]:
        answer = await reached.http.post(reached.url + PATH, params={"validationToken": list(tokens)})
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        return answer.status_code, answer.text

    for token in ("Validation: Testing client application reachability", "a+b/c=&d%", "é", "x" * LONGEST):
        assert await said(token) == (200, token)
    for wrong in ("", "x" * (LONGEST + 1), "<script>alert(1)</script>", "a\r\nSet-Cookie: b", "\0"):
        assert await said(wrong) == (400, "Bad Request")
    assert await said("one", "two") == (400, "Bad Request")
    assert (await reached.http.get(reached.url + PATH, params={"validationToken": "x"})).status_code == 405


async def test_it_is_renewed_well_before_its_end(reached: Reached) -> None:
    await reached.placed()
    first = reached.subscription["id"]
    await reached.look(LASTS - BEFORE - EVERY)
    assert datetime.fromisoformat(reached.subscription["expirationDateTime"]) < reached.real_now + LASTS
    await reached.look(EVERY)
    assert datetime.fromisoformat(reached.subscription["expirationDateTime"]) == reached.real_now + LASTS
    assert reached.subscription["id"] == first
    assert len(reached.subscription["clientState"]) == 43, "its secret stays"


async def test_what_is_no_more_when_it_is_to_be_renewed_is_made_anew(reached: Reached) -> None:
    await reached.placed()
    reached.stand_in.subscriptions.clear()
    await reached.look(LASTS)
    assert await reached.stand_in.notify() == [202]
    assert reached.subscription["id"] in repr(reached.kept())


async def test_what_becomes_of_a_subscription_is_seen_to(reached: Reached) -> None:
    at = await reached.placed()
    await reached.look()
    assert await reached.stand_in.notify("reauthorizationRequired") == [202]
    await reached.look(timedelta(minutes=5))
    assert datetime.fromisoformat(reached.subscription["expirationDateTime"]) == reached.real_now + LASTS
    first = reached.subscription["id"]
    assert await reached.stand_in.notify("subscriptionRemoved") == [202]
    await reached.look()
    assert reached.subscription["id"] != first, "made anew"
    reached.stand_in.drag(reached.two.session.event or "", at + 3 * HOUR)
    assert await reached.stand_in.notify("missed") == [202]
    await reached.look()
    assert reached.two.session.starts_at == at + 3 * HOUR
    reached.stand_in.drag(reached.two.session.event or "", at)
    assert await reached.stand_in.notify("somethingNew") == [202], "what nobody here knows yet is worth a look"
    await reached.look()
    assert reached.two.session.starts_at == at


async def test_reached_elsewhere_by_now_it_is_told_there(reached: Reached) -> None:
    await reached.placed()
    old = reached.subscription["id"]
    reached.at(reached.url.replace("127.0.0.1", "localhost"))
    await reached.look(EVERY)
    assert reached.subscription["id"] != old
    assert reached.subscription["notificationUrl"].startswith("http://localhost:")
    reached.at("")
    await reached.look(EVERY)
    assert reached.stand_in.subscriptions == {}


@pytest.mark.parametrize(
    "fault", [Fault(403, "ErrorAccessDenied"), Fault(500), Fault(None, done=True), Fault(429)], ids=repr
)
async def test_where_nothing_is_reported_it_is_read_all_the_same(reached: Reached, fault: Fault) -> None:
    at = await reached.two.set()
    await reached.two.post.deliver()
    reached.stand_in.faults.append(fault)
    await reached.look()
    reached.stand_in.drag(reached.two.session.event or "", at + 3 * HOUR)
    await reached.look(EVERY)
    assert reached.two.session.starts_at == at + 3 * HOUR
    tried = sum(each == "POST /subscriptions" for each in reached.stand_in.seen)
    assert tried == 1
    await reached.look(TRIED_AGAIN)
    kept = rows(reached.two.office.dispatcher.database, "SELECT subscription FROM calendar_watches")
    assert str(kept[0][0]) in reached.stand_in.subscriptions
    assert await reached.stand_in.notify() in ([202], [202, 202])


async def test_a_report_while_it_is_read_brings_one_more_look(reached: Reached) -> None:
    at = await reached.placed()
    await reached.look(EVERY)
    database, now = reached.two.office.dispatcher.database, reached.real_now + EVERY
    claimed = await database.write(
        lambda db: calendar_watches.claim(db, MENTOR, "another process", now, now + HOUR, now + EVERY)
    )
    assert claimed is not None
    token, began_at, until = str(claimed.token), claimed.began_at or now, claimed.covered_until or now
    reached.real_now = now + TICK
    reached.stand_in.drag(reached.two.session.event or "", at + 3 * HOUR)
    assert await reached.stand_in.notify() == [202]
    await reached.look()
    assert reached.two.session.starts_at == at, "the other process has it"
    await database.write(lambda db: calendar_watches.read(db, MENTOR, "another process", token, began_at, until))
    await reached.look()
    assert reached.two.session.starts_at == at + 3 * HOUR


async def test_a_whole_bot_listens_for_reports_where_it_has_calendars(bots: Bots, graph: Graph) -> None:
    asked = {"validationToken": "Is somebody there?"}
    with_calendars = await bots.start(calendar=graph)
    without = await bots.start()
    async with httpx.AsyncClient() as http:
        answer = await http.post(with_calendars.app.url + PATH, params=asked)
        assert (answer.status_code, answer.text) == (200, asked["validationToken"])
        assert (await http.post(with_calendars.app.url + PATH, content=b"{")).status_code == 400
        forged = {"value": [{"subscriptionId": "x", "clientState": "x"}]}
        assert (await http.post(with_calendars.app.url + PATH, json=forged)).status_code == 202
        assert (await http.post(without.app.url + PATH, params=asked)).status_code == 404
    assert with_calendars.app.watch is not None
    await with_calendars.app.watch.look()
    assert without.app.watch is None
