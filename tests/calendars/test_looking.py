"""The form of a session opens at once, and is filled in with what people's own calendars say."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.actions.context import Caller, Click
from bot.actions.free_busy import FreeBusy
from bot.calendars.graph import Graph
from bot.dialogs.parts import Choice, Form, Note
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.calendars.graph_stand_in import Fault, GraphStandIn

MENTEE, MENTOR = "umentee@example.org", "uasked@example.org"
LONDON = ZoneInfo("Europe/London")


class Looking:
    """A mentee before the form of their session 1."""

    def __init__(self, population: Population, graph: Graph) -> None:
        self.office, self.id = population.office, population.ids["session"]
        self.graph, self.seconds = graph, 0.0
        self.patient()

    def patient(self, patience: float = 5) -> None:
        """Wait for so many seconds at most."""
        clock = lambda: self.office.now  # noqa: E731
        self.office.dispatcher.free_busy = FreeBusy(self.graph, clock, lambda: self.seconds, patience)

    async def open(self) -> Form:
        form = await self.office.click("UMENTEE", "open_schedule", self.id)
        assert isinstance(form, Form)
        return form

    async def filled(self, form: Form) -> Form:
        caller = Caller("slack", "T1", "UMENTEE")
        later = await self.office.dispatcher.filled(Click(caller, "open_schedule", self.id), form)
        assert isinstance(later, Form)
        return later


def first(form: Form) -> datetime:
    """The first time that is proposed."""
    written = _times(form).options[0][:22]
    return datetime.strptime(written, "%a %d %b %Y, %H:%M").replace(tzinfo=LONDON)


def _times(form: Form) -> Choice:
    return next(part for part in form.parts if isinstance(part, Choice) and part.key.startswith("at:"))


def said(form: Form) -> list[Any]:
    """The small print."""
    return [run for part in form.parts if isinstance(part, Note) for run in part.runs]


@pytest.fixture
async def looking(database: Database, graph: Graph) -> Looking:
    return Looking(await settle(database), graph)


async def test_it_opens_at_once_and_then_leaves_out_when_they_are_busy(
    looking: Looking, stand_in: GraphStandIn
) -> None:
    at_once = await looking.open()
    assert set(at_once.waits_for) == {MENTEE, MENTOR}
    assert said(at_once) == ["Your calendars are being looked at; this takes a moment."]
    assert stand_in.seen == [], "nobody has waited"
    begins = first(at_once)
    stand_in.meetings[MENTOR] = [(begins - timedelta(hours=1), begins + timedelta(minutes=90), "busy")]
    filled = await looking.filled(at_once)
    assert filled.waits_for == ()
    assert said(filled) == ["Both of your calendars are free then."]
    assert begins < first(filled)
    assert _times(filled).key != _times(at_once).key, "what was chosen among other times is no choice among these"
    asked = len(stand_in.seen)
    assert said(await looking.open()) == said(filled), "known for a little while"
    assert len(stand_in.seen) == asked
    looking.seconds += 121
    assert (await looking.open()).waits_for


async def test_where_one_calendar_is_not_open_to_the_bot_the_form_says_so(
    looking: Looking, stand_in: GraphStandIn
) -> None:
    stand_in.unresolved.add(MENTOR)
    filled = await looking.filled(await looking.open())
    assert said(filled) == ["Not looked at: Uasked’s calendar. It is looked at again before the session is set."]


@pytest.mark.parametrize("fault", [Fault(500), Fault(429, headers={"Retry-After": "60"}), Fault(None)], ids=str)
async def test_a_calendar_that_fails_keeps_nobody_waiting(
    looking: Looking, stand_in: GraphStandIn, fault: Fault
) -> None:
    stand_in.faults.extend([fault] * 9)
    filled = await looking.filled(await looking.open())
    (words,) = said(filled)
    assert words.startswith("Not looked at: your own and Uasked’s calendars.")
    assert len(_times(filled).options) == 5, "by their hours"


async def test_a_calendar_that_does_not_answer_is_not_waited_for_long(looking: Looking, stand_in: GraphStandIn) -> None:
    await looking.filled(await looking.open())  # the kit is loaded
    looking.patient(0.05)
    stand_in.together = asyncio.Barrier(2)
    filled = await looking.filled(await looking.open())
    assert said(filled)[0].startswith("Not looked at")
    await stand_in.together.abort()
