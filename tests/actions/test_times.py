"""The times that are proposed when a session is set: they suit both, and a press is all it takes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.parts import Buttons, Choice, DateInput, Errors, Form, Note, Notice, NumberInput, TextInput
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.schemes.loading import load
from bot.schemes.period import period
from bot.schemes.together import Schemes
from bot.storage import pairs, people
from bot.storage.database import Database
from tests.actions.population import Population, meeting, person, settle
from tests.support.databases import rows

LONDON, SYDNEY = ZoneInfo("Europe/London"), "Australia/Sydney"


class Pair:
    """A mentee and a mentor, whose session 1 is looked at."""

    def __init__(self, population: Population) -> None:
        self.population, self.office = population, population.office
        self.session = population.ids["session"]

    async def open(self, user: str = "UMENTEE", subject: str = "", **entered: Any) -> Form:
        """The form to set the session."""
        form = await self.office.click(user, "open_schedule", subject or self.session, entered=entered)
        assert isinstance(form, Form)
        return form

    async def send(self, user: str, form: Form, **values: Any) -> Any:
        """Send it off as it stands, but for these values."""
        given = {part.key: part.initial for part in form.parts if isinstance(part, Choice | NumberInput)}
        return await self.office.click(user, form.verb, form.subject, {**given, **values}, form.carried)

    async def change(self, user: str, **how: Any) -> None:
        """Somebody's zone or hours are others."""
        me = await self._person(user)
        now = self.office.now
        await self.office.dispatcher.database.write(lambda db: people.save(db, replace(me, **how), now))

    async def _person(self, user: str) -> Person:
        id_ = await person(self.population, user)
        return await self.office.dispatcher.database.read(lambda db: people.get(db, id_))

    def starts_at(self) -> datetime:
        """When the session is set for."""
        key = self.office.scheme.key
        pair = self.office.dispatcher.database.read_now(lambda db: pairs.by_session(db, key, self.session))
        at = pair.session(self.session).starts_at
        assert at is not None
        return at


def times(form: Form) -> Choice:
    """The choice among times."""
    return next(part for part in form.parts if isinstance(part, Choice) and part.key.startswith("at:"))


def pressed(form: Form) -> dict[str, str]:
    """The buttons of a form by their labels, with what each binds."""
    return {each.label: each.subject for part in form.parts if isinstance(part, Buttons) for each in part.buttons}


@pytest.fixture
async def pair(database: Database) -> Pair:
    return Pair(await settle(database))


@pytest.mark.covers("A23")
async def test_two_presses_set_a_session_at_a_time_that_suits_both(pair: Pair) -> None:
    form = await pair.open()
    choice = times(form)
    days = [option.split(",")[0] for option in choice.options]
    assert len(set(days)) == 5, "each on another day"
    assert choice.initial == choice.options[0]
    (mode,) = [part for part in form.parts if isinstance(part, Choice) and part.key == "mode"]
    assert mode.initial == "Video call", "the one that both are happy with"
    reply = await pair.send("UMENTEE", form)
    assert isinstance(reply, Notice)
    assert reply.title == "Session set"
    here = pair.starts_at().astimezone(LONDON)
    assert choice.options[0].startswith(f"{here:%a} {here.day} {here:%b %Y, %H:%M}")
    assert pair.starts_at() >= pair.office.now + timedelta(days=1), "the notice that the scheme asks for"
    assert 9 <= here.hour < 17


async def test_where_clocks_differ_both_are_shown(pair: Pair) -> None:
    await pair.change("UASKED", zone="Europe/Paris")
    mine, theirs = times(await pair.open()), times(await pair.open("UASKED"))
    assert all(option.endswith(", 09:00 (10:00 for Uasked)") for option in mine.options[1:])
    assert all(option.endswith(", 10:00 (09:00 for Umentee)") for option in theirs.options[1:])
    await pair.change("UASKED", zone="Pacific/Auckland", works_from=time(0), works_to=time(3))
    assert times(await pair.open()).options[0] == "Wed 25 Nov 2026, 11:00 (Thu 26 Nov 2026, 00:00 for Uasked)"


@pytest.mark.covers("L7")
async def test_each_side_of_a_clock_change_is_right_for_both(pair: Pair) -> None:
    """London goes to summer time on 28 March 2027, New York a fortnight before."""
    pair.office.now = datetime(2027, 3, 10, 12, tzinfo=UTC)
    await pair.change("UASKED", zone="America/New_York", works_from=time(9), works_to=time(10))
    first = await pair.open()
    second = await pair.open(subject=pressed(first)["More times"])
    third = await pair.open(subject=pressed(second)["More times"])
    shown = [option for form in (first, second, third) for option in times(form).options]
    by_day = {option[:11].strip(): option[17:].strip() for option in shown}
    assert by_day["Fri 12 Mar"] == "14:00 (09:00 for Uasked)"
    assert by_day["Mon 15 Mar"] == "13:00 (09:00 for Uasked)"
    assert by_day["Tue 30 Mar"] == "14:00 (09:00 for Uasked)"


async def test_more_times_are_others_and_what_was_filled_in_stays(pair: Pair) -> None:
    first = await pair.open()
    more = await pair.open(subject=pressed(first)["More times"], minutes=90, place="The *library*")
    assert not set(times(first).options) & set(times(more).options)
    assert {part.key: part.initial for part in more.parts if isinstance(part, NumberInput | TextInput)} == {
        "minutes": 90, "place": "The *library*", "note": "",
    }  # fmt: skip
    back = await pair.open(subject=pressed(more)["Earlier times"])
    assert times(back).options == times(first).options
    typed = await pair.open(subject=pressed(first)["Another time"], place="Room 4")
    assert any(isinstance(part, DateInput) for part in typed.parts)
    assert times(await pair.open(subject=pressed(typed)["Suggested times"])).options == times(first).options


async def test_where_no_hours_meet_a_time_is_typed(pair: Pair) -> None:
    await pair.change("UASKED", zone=SYDNEY)
    form = await pair.open()
    (said,) = [part.runs[0] for part in form.parts if isinstance(part, Note)]
    assert said == "In the next weeks no time suits both you and Uasked by your hours. Please choose one."
    assert any(isinstance(part, DateInput) for part in form.parts)
    typed = {key: value for key, value in meeting(pair.population).items() if key in ("day", "time")}
    assert isinstance(await pair.send("UMENTEE", form, **typed), Notice)


async def test_what_is_set_with_somebody_else_is_not_proposed(pair: Pair) -> None:
    """Nor taken, where it was set since the form was opened."""
    form, database = await pair.open(), pair.office.dispatcher.database
    first = times(form).options[0]
    await pair.office.meet("UNEW")
    await _meets_somebody_else(pair, datetime.strptime(first[:22], "%a %d %b %Y, %H:%M").replace(tzinfo=LONDON))
    assert first not in times(await pair.open()).options
    wrong = await pair.send("UMENTEE", form)
    assert isinstance(wrong, Errors)
    assert wrong.fields == {"at:0": "This time has just been taken. Please choose another one."}
    assert rows(database, f"SELECT revision FROM sessions WHERE id = '{pair.session}'") == [(1,)]
    assert isinstance(await pair.send("UMENTEE", form, **{"at:0": times(form).options[1]}), Notice)


async def _meets_somebody_else(pair: Pair, at: datetime) -> None:
    """The mentor has a session with another mentee then, in the same scheme."""
    now, key, office = pair.office.now, pair.office.scheme.key, pair.office
    one = office.dispatcher.database.read_now(lambda db: pairs.by_session(db, key, pair.session))
    new = await pair.office.person("UNEW")
    session = Session("s-other", 1, "scheduled", at.astimezone(UTC) + timedelta(minutes=30))
    other = replace(one, id="p-other", request=None, invitation=None, mentee=new.id, sessions=(session,), began_at=now)
    await office.dispatcher.database.write(lambda db: pairs.save(db, None, other))


async def test_a_choice_that_is_not_there_is_asked_again(pair: Pair) -> None:
    form = await pair.open()
    for strange in (None, "Tue 1 Dec 2099, 10:00", "1"):
        wrong = await pair.send("UMENTEE", form, **{"at:0": strange})
        assert isinstance(wrong, Errors)
        assert wrong.fields == {"at:0": "Please choose one of these times, or press Another time."}


async def test_one_more_session_is_proposed_near_the_day_on_which_it_is_due(database: Database) -> None:
    monthly = {"sessions": load("british_cardiovascular_society").sessions.model_copy(update={"every": period("P1M")})}
    pair = Pair(await settle(database))
    office = pair.office
    every = office.scheme.model_copy(update=monthly)
    office.dispatcher.schemes = Schemes((every,))
    earliest = times(await pair.open()).options[0]
    first = datetime.strptime(earliest[:22], "%a %d %b %Y, %H:%M").replace(tzinfo=LONDON)
    assert first > pair.starts_at() + timedelta(days=22)
