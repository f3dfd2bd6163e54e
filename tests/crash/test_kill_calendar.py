"""kill -9 while a session goes into somebody's calendar: one event, the pair knows of it, nobody hears of it twice."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import pytest
from aiohttp import web
from sqlalchemy import Connection as Db

from bot.lifecycle.documents import Consent
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.storage import pairs
from slack_workspace import Refusal
from tests.calendars.graph_stand_in import GraphStandIn, Json, serving
from tests.crash.harness import Harness
from tests.crash.killing_workspace import Hand
from tests.crash.parent import AFTER_COMMIT, BEFORE_COMMIT
from tests.support import races
from tests.support.races import MONDAY, SCHEME, aftermath

pytestmark = pytest.mark.xdist_group("machine")

BEFORE_ANSWER: Final = "before the calendar's answer"
MOMENTS: Final = (BEFORE_ANSWER, BEFORE_COMMIT, AFTER_COMMIT)
ROUNDS: Final = 6
AZURE: Final = {
    "azure_tenant": "tenant",
    "azure_client": "00000000-0000-4000-8000-000000000001",
    "azure_secret": "a secret that is never used",
}
TITLE: Final = "Schedule session 1"


class KillingGraph(GraphStandIn):
    """Kills the bot once it has done what it was asked to do to an event, before it says so. Whoever has an event is
    busy then, as by Outlook."""

    def __init__(self) -> None:
        super().__init__("")
        self.hand = Hand()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any request."""
        answer = await super().handle(request)
        if self.hand.moment and request.path.rpartition("/")[2] != "getSchedule":
            self.hand.strike()
        return answer

    def busy_by_events(self) -> None:
        """Put what the events come to into their people's calendars."""
        self.meetings.clear()
        for name, event in self.events.items():
            for address in _addresses(event):
                self.meetings.setdefault(address, []).append((*self.at(name), "busy"))


def _addresses(event: Json) -> list[str]:
    return [each["emailAddress"]["address"] for each in (event["organizer"], *event["attendees"])]


@dataclass
class Calendars:
    """Pairs whose sessions go into calendars, and the bots that put them there."""

    harness: Harness
    graph: KillingGraph
    everybody: list[Pair] = field(default_factory=list)

    def connect(self) -> Pair:
        """Two more who are connected and have accepted all that comes first."""
        made = self.harness.database.write_now(lambda db: _connected(db, len(self.everybody)))
        self.harness.join(made.mentee, made.mentor)
        self.everybody.append(made)
        return made

    async def start_bot(self, moment: str = "") -> None:
        """A bot that has seen to all that was waiting, and dies at that moment."""
        self.graph.hand.rest()
        pid = await self.harness.start_bot(dies="" if moment == BEFORE_ANSWER else moment)
        if moment == BEFORE_ANSWER:
            self.graph.hand.raise_against(pid, "before the answer")

    async def schedule(self, pair: Pair) -> None:
        """The mentee takes one of the times that the form proposes; the bot may be dead before it says so."""
        user, workspace = self.harness.workspace.test_user(pair.mentee), self.harness.workspace
        await user.open_home()
        await user.expect_home("Schedule")
        await user.press("Schedule", on=user.home)
        await user.expect_modal(TITLE)
        await workspace.settled(lambda: "Both of your calendars" in (user.text(user.modal) if user.modal else ""))
        await user.fill({"How will you meet?": "Video call"})
        with contextlib.suppress(Refusal):
            await user.submit()

    def wrong(self, pair: Pair) -> object:
        """What is lost, done twice or said twice; nothing where all is as it must be."""
        session = self._session(pair)
        events = [name for name, each in self.graph.events.items() if each["transactionId"].startswith(session.id)]
        if session.placing != "placed" or events != [session.event] or self.graph.at(events[0])[0] != session.starts_at:
            return session, events
        noted = aftermath(self.harness.database).outcomes("calendar", session.id)
        if noted != {"done": 1}:
            return noted
        told = [self._told(each) for each in (pair.mentee, pair.mentor)]
        return None if told == [["session_set"]] * 2 else told

    def _told(self, user: str) -> list[str]:
        return sorted(key.partition(":")[0] for key in self.harness.heard(user).elements())

    def _session(self, pair: Pair) -> Session:
        (session,) = self.harness.database.read_now(lambda db: pairs.get(db, SCHEME, pair.id)).sessions
        return session


def _connected(db: Db, number: int) -> Pair:
    mentor, mentee = f"UMENTOR{number}", f"UMENTEE{number}"
    races.member(db, mentor, "mentor")
    races.member(db, mentee, "mentee")
    terms = Terms.of(load(SCHEME))
    consents = tuple(Consent(each.key, who, MONDAY) for each in terms.documents for who in (mentee, mentor))
    made = Pair(
        f"pair{number}", SCHEME, None, None, mentee, mentor, "active", terms, MONDAY, MONDAY + timedelta(days=365),
        consents, (Session(f"session{number}", 1),), origin="import",
    )  # fmt: skip
    pairs.save(db, None, made)
    return made


@pytest.fixture
async def calendars(harness: Harness) -> AsyncIterator[Calendars]:
    graph = KillingGraph()
    async with serving(graph):
        settings = harness.settings | AZURE | {"graph_url": graph.url}
        yield Calendars(replace(harness, settings=settings), graph)
        await harness.parent.kill()
        assert graph.misread == []


async def test_killed_while_an_event_is_made(calendars: Calendars) -> None:
    for number in range(ROUNDS):
        pair = calendars.connect()
        await calendars.start_bot(MOMENTS[number % len(MOMENTS)])
        calendars.graph.meetings.clear()
        await calendars.schedule(pair)
        await calendars.harness.wait_for_death()
        calendars.graph.busy_by_events()
        assert len(calendars.graph.events) == number + 1, "it was killed after the event was made"
    await calendars.start_bot()
    await calendars.harness.assert_nothing_waits()
    assert [(n, what) for n, pair in enumerate(calendars.everybody) if (what := calendars.wrong(pair))] == []
    made = Counter(seen for seen in calendars.graph.seen if seen.startswith("POST") and seen.endswith("/events"))
    assert made.total() == ROUNDS * 2 - ROUNDS // 3, "what was committed is not asked for again"
