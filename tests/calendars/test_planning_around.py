"""A year planned around what keeps the two busy: set already with anybody, and by their own calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.actions.context import Caller, Click
from bot.actions.free_busy import FreeBusy
from bot.calendars.graph import Graph
from bot.dialogs.parts import DateInput, Errors, Form, Note, NumberInput, Paragraph, TimeInput
from bot.lifecycle.pairs import Session
from bot.storage import pairs
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.calendars.graph_stand_in import Fault, GraphStandIn

MENTEE, MENTOR = "umentee@example.org", "uasked@example.org"
RHYTHM = {
    "day": date(2026, 12, 4), "time": time(17, 30), "weeks": 2, "count": 3, "minutes": 60, "mode": "Video call",
    "place": "",
}  # fmt: skip
FRIDAYS = [date(2026, 12, 4), date(2026, 12, 18), date(2027, 1, 8)]
"""Neither Christmas Day nor New Year's Day is among them."""
FREE = "Both of your calendars are free then."


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """In London, in winter."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


class Planner:
    """A mentee before the plan of the year with their mentor."""

    def __init__(self, population: Population) -> None:
        self.office, self.population = population.office, population
        self.pair = population.ids["imported"]

    def look_in(self, graph: Graph, patience: float = 5) -> None:
        """From now on the bot knows people's own calendars."""
        self.office.dispatcher.free_busy = FreeBusy(graph, lambda: self.office.now, patience=patience)

    async def show(self, **more: Any) -> Any:
        return await self.office.click("UMENTEE", "show_plan", self.pair, {**RHYTHM, **more}, shows_itself=False)

    async def filled(self, form: Form, **more: Any) -> Form:
        click = Click(Caller("slack", "T1", "UMENTEE"), "show_plan", self.pair, {}, {**RHYTHM, **more})
        later = await self.office.dispatcher.filled(click, form)
        assert isinstance(later, Form)
        return later

    def set_with_another(self, at: datetime, pair: str = "agreed") -> None:
        """One of the two meets somebody then already."""
        database, key = self.office.dispatcher.database, self.office.scheme.key
        before = database.read_now(lambda db: pairs.get(db, key, self.population.ids[pair]))
        one = Session("another", 99, "scheduled", at, 60, "Video call")
        after = replace(before, sessions=(*before.sessions, one))
        database.write_now(lambda db: pairs.save(db, before, after))


@pytest.fixture
async def planner(database: Database) -> Planner:
    found = Planner(await settle(database))
    for user in ("UMENTEE", "UASKED"):
        await found.office.click(user, "agree", f"{found.pair}:agreement")
    return found


def days(form: Form) -> list[date]:
    """The days of the plan."""
    return [each.initial for each in form.parts if isinstance(each, DateInput) and each.initial]


def hints(form: Form) -> list[str]:
    """What is said of each of them."""
    return [each.hint for each in form.parts if isinstance(each, DateInput)]


def said(form: Form) -> list[str]:
    """The rest of what it says."""
    return ["".join(map(str, each.runs)) for each in form.parts if isinstance(each, Note | Paragraph)]


@pytest.mark.covers("A26", "B6")
@pytest.mark.parametrize(
    ("user", "busy", "stepped"),
    [
        ("UASKED", "2026-12-18 17-18", True), ("UMENTEE", "2026-12-18", True), ("UMENTEE", "Fri 9-17", False),
        ("UASKED", "Mon-Thu", False),
    ],
)  # fmt: skip
async def test_what_either_says_of_their_own_times_is_stepped_around(
    planner: Planner, user: str, busy: str, stepped: bool
) -> None:
    form = await planner.office.click(user, "open_own_times", planner.pair)
    assert isinstance(form, Form)
    await planner.office.click(user, form.verb, form.subject, {"busy": busy, "free": ""}, form.carried)
    plan = await planner.show()
    assert days(plan) == ([FRIDAYS[0], FRIDAYS[2], date(2027, 1, 15)] if stepped else FRIDAYS)


@pytest.mark.covers("A26", "B6")
@pytest.mark.parametrize(
    ("begins", "stepped"), [((17, 30), True), ((17, 0), True), ((18, 29), True), ((16, 30), False), ((18, 30), False)]
)
async def test_what_is_set_with_anybody_at_that_hour_is_stepped_around(
    planner: Planner, begins: tuple[int, int], stepped: bool
) -> None:
    planner.set_with_another(at(FRIDAYS[1], *begins))
    plan = await planner.show()
    if not stepped:
        assert days(plan) == FRIDAYS
        return
    assert days(plan) == [FRIDAYS[0], FRIDAYS[2], date(2027, 1, 15)], "the next Friday that is free, then in the rhythm"
    assert hints(plan)[1] == "Friday. 18 December is left out: one of you is busy then."


async def test_calendars_are_looked_at_and_then_the_plan_can_be_changed(
    planner: Planner, graph: Graph, stand_in: GraphStandIn
) -> None:
    planner.look_in(graph)
    stand_in.meetings[MENTOR] = [(at(FRIDAYS[0], 9), at(FRIDAYS[0], 18), "busy")]
    stand_in.meetings[MENTEE] = [(at(FRIDAYS[1], 12), at(FRIDAYS[1], 17, 30), "busy")]
    at_once = await planner.show()
    assert set(at_once.waits_for) == {MENTEE, MENTOR}
    assert (at_once.submit, days(at_once)) == (None, [])
    assert "being looked at" in said(at_once)[-1]
    assert stand_in.seen == [], "nobody has waited"
    plan = await planner.filled(at_once)
    assert days(plan) == [date(2026, 12, 11), FRIDAYS[1], FRIDAYS[2]]
    assert hints(plan)[0] == "Friday. 4 December is left out: one of you is busy then."
    assert FREE in said(plan)
    asked = len(stand_in.seen)
    assert days(await planner.show(weeks=1)) == [date(2026, 12, 11), FRIDAYS[1], FRIDAYS[2]], "known for a while"
    assert len(stand_in.seen) == asked
    mine = {f"day:{n}": day for n, day in enumerate([date(2026, 12, 9), *FRIDAYS[1:]])}
    reply = await planner.office.click("UMENTEE", "plan_year", planner.pair, mine, carried=plan.carried)
    assert getattr(reply, "text", "") == "3 sessions are set."


async def test_days_that_are_too_far_ahead_to_be_looked_at_are_named(
    planner: Planner, graph: Graph, stand_in: GraphStandIn
) -> None:
    planner.look_in(graph)
    stand_in.meetings[MENTOR] = [(at(date(2027, 6, 4), 16), at(date(2027, 6, 4), 18), "busy")]
    plan = await planner.filled(await planner.show(weeks=26, count=4), weeks=26, count=4)
    assert days(plan)[:2] == [FRIDAYS[0], date(2027, 6, 11)], "half a year ahead is looked at"
    assert days(plan)[2] > date(2027, 11, 30)
    assert "Both of your calendars are free until Wed 24 Nov 2027; later days are looked at before each" in str(plan)


@pytest.mark.parametrize("fault", ["unknown", "unreached", "slow"])
async def test_calendars_that_say_nothing_keep_nobody_from_planning(
    planner: Planner, graph: Graph, stand_in: GraphStandIn, fault: str
) -> None:
    planner.look_in(graph, patience=0 if fault == "slow" else 5)
    if fault == "unknown":
        stand_in.unresolved.add(MENTOR)
    stand_in.faults.extend([Fault(500)] * 50 if fault == "unreached" else [])
    plan = await planner.filled(await planner.show())
    assert days(plan) == FRIDAYS
    whose = "Uasked’s calendar. It is" if fault == "unknown" else "your own and Uasked’s calendars. They are"
    assert f"Not looked at: {whose} looked at again before each session is set." in said(plan)


@pytest.mark.covers("B6")
async def test_a_plan_cut_short_by_busy_days_says_so(planner: Planner, graph: Graph, stand_in: GraphStandIn) -> None:
    planner.look_in(graph)
    stand_in.meetings[MENTEE] = [(at(date(2026, 12, 7), 0), at(date(2029, 1, 1), 0), "oof")]
    plan = await planner.filled(await planner.show())
    assert days(plan) == FRIDAYS[:1]
    assert any(
        each.startswith("1 of 3 fit in") and each.endswith("one of you is busy on the other days.")
        for each in said(plan)
    )


async def test_where_every_day_is_busy_another_hour_is_asked_for(
    planner: Planner, graph: Graph, stand_in: GraphStandIn
) -> None:
    planner.look_in(graph)
    stand_in.meetings[MENTEE] = [(at(date(2026, 11, 1), 0), at(date(2029, 1, 1), 0), "oof")]
    form = await planner.filled(await planner.show())
    assert (form.verb, form.submit, form.waits_for) == ("show_plan", "Show the plan", ())
    assert "one of you is busy on each of these days" in said(form)[0]
    kept = [each.initial for each in form.parts if isinstance(each, DateInput | TimeInput | NumberInput)]
    assert kept == [FRIDAYS[0], time(17, 30), 2, 3, 60], "all that was typed"
    errors = await planner.show(day=date(2026, 11, 1))
    assert isinstance(errors, Errors), "what is wrong for another reason is said at its field"
