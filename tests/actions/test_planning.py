"""A year planned at once, from the form to the other's one press."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.dialogs.parts import Buttons, DateInput, Errors, Form, Message, Notice, NumberInput
from bot.lifecycle.pairs import Pair
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import pairs
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import Population, person, settle
from tests.support.databases import rows

RHYTHM = {
    "day": date(2026, 12, 4), "time": time(17, 30), "weeks": 3, "count": 4, "minutes": 60, "mode": "Video call",
    "place": "https://meet.example.org/1",
}  # fmt: skip


class Planner:
    """Somebody of a pair that has both accepted what comes first and has no session yet but the first."""

    def __init__(self, population: Population) -> None:
        self.office, self.pair, self.population = population.office, population.ids["imported"], population

    async def press(self, user: str, verb: str, values: Any = None, carried: Any = None, subject: str = "") -> Any:
        return await self.office.click(user, verb, subject or self.pair, values, carried, shows_itself=False)

    async def plan(self, user: str, **more: Any) -> Form:
        form = await self.press(user, "show_plan", {**RHYTHM, **more})
        assert isinstance(form, Form), form
        return form

    def days(self, form: Form) -> dict[str, date]:
        return {each.key: each.initial for each in form.parts if isinstance(each, DateInput) and each.initial}

    def held(self) -> Pair:
        key = self.office.scheme.key
        return self.office.dispatcher.database.read_now(lambda db: pairs.get(db, key, self.pair))

    async def message(self, user: str, kind: Kind) -> Message | None:
        """The last message of that kind as it stands now in that person's chat."""
        me, database, now = await person(self.population, user), self.office.dispatcher.database, self.office.now
        said = f"about = '{self.pair}' AND person = '{me}' AND kind = '{kind}' AND edits IS NULL"
        found = rows(database, f"SELECT id FROM outbox WHERE {said} ORDER BY number DESC")
        if not found:
            return None
        scheme = self.office.scheme
        edit = Letter("e", scheme.key, "k", kind, self.pair, me, None, "chat", now, now, edits=str(found[0][0]))
        drawn = database.read_now(lambda db: draw(db, Schemes((scheme,)), edit, now))
        assert drawn
        assert isinstance(drawn.content, Message)
        return drawn.content


@pytest.fixture
async def planner(database: Database) -> Planner:
    found = Planner(await settle(database))
    for user in ("UMENTEE", "UASKED"):
        await found.press(user, "agree", subject=f"{found.pair}:agreement")
    return found


def _buttons(message: Message) -> dict[str, str]:
    return {each.label: each.subject for part in message.parts if isinstance(part, Buttons) for each in part.buttons}


@pytest.mark.covers("A26")
async def test_a_year_is_planned_shown_changed_set_and_confirmed(planner: Planner) -> None:
    form = await planner.press("UMENTEE", "open_plan")
    assert isinstance(form, Form)
    assert (form.title, form.submit) == ("Plan the year", "Show the plan")
    offered = {each.key: each.initial for each in form.parts if isinstance(each, NumberInput)}
    assert (offered["weeks"], offered["count"], offered["minutes"]) == (4, 12, 60)
    plan = await planner.plan("UMENTEE")
    assert (plan.title, plan.submit) == ("Plan the year", "Plan the year")
    days = planner.days(plan)
    assert days == {
        "day:0": date(2026, 12, 4), "day:1": date(2027, 1, 8), "day:2": date(2027, 1, 15), "day:3": date(2027, 2, 5),
    }, "neither on Christmas Day nor on New Year's Day"  # fmt: skip
    assert "25 December is left out: Christmas Day" in str(plan.parts)
    assert len(planner.held().sessions) == 1, "it is only shown"
    days |= {"day:2": date(2027, 1, 18)}
    reply = await planner.press("UMENTEE", "plan_year", days, plan.carried)
    assert isinstance(reply, Notice), reply
    assert reply.text == "4 sessions are set."
    held = planner.held()
    assert [(each.number, each.starts_at, each.mode, each.place) for each in held.sessions[1:]] == [
        (n, datetime(*day, 17, 30, tzinfo=UTC), "Video call", "https://meet.example.org/1")
        for n, day in enumerate([(2026, 12, 4), (2027, 1, 8), (2027, 1, 18), (2027, 2, 5)], 2)
    ]
    again = await planner.press("UMENTEE", "plan_year", days, plan.carried)
    assert "has been added already" in again.text
    mine, theirs = [await planner.message(user, Kind.YEAR_PLANNED) for user in ("UMENTEE", "UASKED")]
    assert mine
    assert theirs
    assert list(_buttons(mine)) == ["View"]
    assert list(_buttons(theirs)) == ["Confirm", "View"]
    assert "5 sessions are ahead" in theirs.text
    reply = await planner.press("UASKED", "confirm_all", subject=_buttons(theirs)["Confirm"])
    assert isinstance(reply, Notice), reply
    assert all(each.confirmed_at for each in planner.held().sessions)
    assert list(_buttons(await planner.message("UASKED", Kind.YEAR_PLANNED))) == ["View"]  # type: ignore[arg-type]
    heard = await planner.message("UMENTEE", Kind.YEAR_CONFIRMED)
    assert heard
    assert "has confirmed the sessions" in heard.text


@pytest.mark.covers("A26")
async def test_each_session_of_a_plan_can_be_changed_and_nobody_confirms_what_they_have_not_seen(
    planner: Planner,
) -> None:
    plan = await planner.plan("UMENTEE")
    await planner.press("UMENTEE", "plan_year", planner.days(plan), plan.carried)
    drawn = await planner.message("UASKED", Kind.YEAR_PLANNED)
    assert drawn
    seen = _buttons(drawn)["Confirm"]
    second = planner.held().sessions[1].id
    meeting = {"day": date(2026, 12, 11), "time": time(9, 0), "minutes": 60, "mode": "Video call", "note": ""}
    await planner.press("UMENTEE", "schedule", meeting, subject=second)
    reply = await planner.press("UASKED", "confirm_all", subject=seen)
    assert reply.title == "Nothing has changed"
    assert not any(each.confirmed_at for each in planner.held().sessions)
    redrawn = await planner.message("UASKED", Kind.YEAR_PLANNED)
    assert redrawn
    assert "11 Dec" in redrawn.text
    await planner.press("UASKED", "confirm_all", subject=_buttons(redrawn)["Confirm"])
    assert all(each.confirmed_at for each in planner.held().sessions)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"weeks": 0}, "weeks", "1 to 26 weeks"), ({"count": 99}, "count", "1 to 12 sessions"),
        ({"day": date(2026, 11, 1)}, "day", "in the past"), ({"day": None}, "day", "choose a day"),
        ({"minutes": 5}, "minutes", "10 to 240 minutes"), ({"time": None}, "time", "choose a start time"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_rhythm_is_said_at_its_field(
    planner: Planner, typed: dict[str, Any], field: str, says: str
) -> None:
    errors = await planner.press("UASKED", "show_plan", {**RHYTHM, **typed})
    assert isinstance(errors, Errors)
    assert says in errors.fields[field]


@pytest.mark.parametrize("hour", [None, "noon"])
async def test_a_plan_that_does_not_say_its_hour_is_none(planner: Planner, hour: str | None) -> None:
    plan = await planner.plan("UASKED")
    carried = {key: value for key, value in plan.carried.items() if key != "time"}
    reply = await planner.press("UASKED", "plan_year", planner.days(plan), carried | ({"time": hour} if hour else {}))
    assert isinstance(reply, Notice)
    assert reply.title == "Nothing has changed"
    assert len(planner.held().sessions) == 1


async def test_a_changed_day_that_does_not_fit_is_said_there(planner: Planner) -> None:
    plan = await planner.plan("UASKED")
    days = planner.days(plan)
    for number, day, says in (
        (1, days["day:0"], "later day"),
        (2, date(2025, 1, 1), "past"),
        (0, None, "choose a day"),
    ):
        errors = await planner.press("UASKED", "plan_year", {**days, f"day:{number}": day}, plan.carried)
        assert isinstance(errors, Errors)
        assert says in errors.fields[f"day:{number}"]
    spring = {**days, "day:3": date(2027, 3, 28)}
    errors = await planner.press("UASKED", "plan_year", spring, {**plan.carried, "time": "01:30:00"})
    assert "clocks go forward" in errors.fields["day:3"]
    assert len(planner.held().sessions) == 1
