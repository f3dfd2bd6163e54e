"""When I am busy or free: proposed times follow what somebody says, and nobody else reads it."""

import logging
from datetime import date, datetime, time
from typing import Any

import pytest

from bot.dialogs.parts import Errors, Form, Notice, TextInput
from bot.lifecycle.own_times import Dated, OwnTimes, Weekly
from bot.storage import own_times
from bot.storage.database import Database
from bot.storage.optimistic import Conflict
from tests.actions.population import person, settle
from tests.actions.test_sheets import read
from tests.actions.test_times import LONDON, Pair, times

TUESDAYS = "Tuesdays 14:00–16:00"


class Saying(Pair):
    """Two people who say when they are busy or free."""

    @property
    def pair(self) -> str:
        """The connection from which they come."""
        return self.population.ids["agreed"]

    async def opened(self, user: str) -> Form:
        """The form in which somebody says it."""
        form = await self.office.click(user, "open_own_times", self.pair)
        assert isinstance(form, Form)
        return form

    async def say(self, user: str, busy: str = "", free: str = "", form: Form | None = None) -> Any:
        """Say it, in a form opened just now."""
        shown = form or await self.opened(user)
        return await self.office.click(user, shown.verb, shown.subject, {"busy": busy, "free": free}, shown.carried)

    async def shown(self) -> list[datetime]:
        """The times that are proposed, on the wall in London."""
        return [self._read(option) for option in times(await self.open()).options]

    def _read(self, option: str) -> datetime:
        shown = option[:22].strip(" (")
        return datetime.strptime(shown, "%a %d %b %Y, %H:%M").replace(tzinfo=LONDON)


def boxes(form: Form) -> dict[str, str]:
    """What stands in the boxes."""
    return {part.key: part.initial for part in form.parts if isinstance(part, TextInput)}


@pytest.fixture
async def pair(database: Database) -> Saying:
    return Saying(await settle(database))


@pytest.mark.covers("A23")
async def test_a_busy_line_takes_a_proposed_time_away_whoever_says_it(pair: Saying) -> None:
    before = await pair.shown()
    day = before[1].date()
    assert before[1].time() == time(9)
    for user in ("UMENTEE", "UASKED"):
        assert isinstance(await pair.say(user, f"{day.isoformat()} 9-13"), Notice)
        assert (await pair.shown())[1] == datetime.combine(day, time(13), LONDON), "that day from one o'clock"
        await pair.say(user, day.isoformat())
        assert day not in [each.date() for each in await pair.shown()]
        await pair.say(user)
        assert await pair.shown() == before, "what is taken back counts no longer"


async def test_a_free_line_opens_hours_where_both_are_free(pair: Saying) -> None:
    day = (await pair.shown())[0].date()
    saturday = date.fromordinal(day.toordinal() + (5 - day.weekday()) % 7)
    await pair.say("UMENTEE", free=f"{saturday.isoformat()} 10-12")
    assert saturday not in [each.date() for each in await pair.shown()], "the other is not free"
    await pair.say("UASKED", free="weekends")
    assert datetime.combine(saturday, time(10), LONDON) in await pair.shown()
    await pair.say("UASKED", "Saturdays", "weekends")
    assert saturday not in [each.date() for each in await pair.shown()], "busy counts for more"


async def test_the_hours_are_those_where_the_person_is(pair: Saying) -> None:
    await pair.change("UASKED", zone="America/New_York")
    assert (await pair.shown())[1].time() == time(14)
    await pair.say("UASKED", "Mon-Fri 9-10")
    assert (await pair.shown())[1].time() == time(15), "ten in New York"


async def test_a_proposed_time_that_somebody_is_busy_at_since_is_said_to_be_taken(pair: Saying) -> None:
    form = await pair.open()
    await pair.say("UASKED", (await pair.shown())[0].date().isoformat())
    wrong = await pair.send("UMENTEE", form)
    assert isinstance(wrong, Errors)
    assert wrong.fields == {"at:0": "This time has just been taken. Please choose another one."}


async def test_what_is_said_is_read_back_and_is_nobody_elses(pair: Saying, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    saved = await pair.say("UASKED", "tue 2-4pm\n10 Dec - 20 Dec", "Thu 18-20")
    assert isinstance(saved, Notice)
    for line in (TUESDAYS, "Thu 10 Dec 2026 – Sun 20 Dec 2026", "Thursdays 18:00–20:00", "Nobody else sees"):
        assert line in str(saved)
    again = await pair.opened("UASKED")
    assert boxes(again) == {
        "busy": f"{TUESDAYS}\nThu 10 Dec 2026 – Sun 20 Dec 2026", "free": "Thursdays 18:00–20:00",
    }  # fmt: skip
    assert boxes(await pair.opened("UMENTEE")) == {"busy": "", "free": ""}
    office = pair.office
    theirs = [
        await office.click("UMENTEE", "open_connection", pair.pair),
        await office.click("UMENTEE", "open_calendar", pair.pair),
        await office.click("UADMIN", "open_member", pair.population.ids["member UASKED"]),
        await pair.open(),
    ]
    shown = " ".join(read(each) for each in theirs if isinstance(each, Form | Notice))
    assert "Tuesdays" not in shown
    assert "20 Dec" not in shown
    assert "Tuesdays" not in caplog.text
    assert "14:00–16:00" not in caplog.text


async def test_it_holds_for_everybody_they_meet(pair: Saying) -> None:
    await pair.say("UASKED", TUESDAYS)
    form = await pair.office.click("UASKED", "open_own_times", pair.population.ids["fresh"])
    assert isinstance(form, Form)
    assert boxes(form)["busy"] == TUESDAYS


async def test_what_cannot_be_read_is_said_at_its_box_and_nothing_is_kept(pair: Saying) -> None:
    await pair.say("UMENTEE", TUESDAYS)
    wrong = await pair.say("UMENTEE", "\nMondays 9-10\nTusday 14-16\nFri 1 Dec", "Sat 12-10")
    assert isinstance(wrong, Errors)
    assert wrong.fields["busy"].startswith("Line 3, “Tusday 14-16”: this cannot be read; please write it as")
    assert "Line 4, “Fri 1 Dec”: Tue 1 Dec 2026 is not that day of the week." in wrong.fields["busy"]
    assert wrong.fields["free"].startswith("Line 1, “Sat 12-10”: the end comes after the beginning")
    assert boxes(await pair.opened("UMENTEE"))["busy"] == TUESDAYS
    many = await pair.say("UMENTEE", "\n".join(["nonsense"] * 5))
    assert many.fields["busy"].endswith("2 lines more cannot be read.")
    full = await pair.say("UMENTEE", "\n".join(f"Tue {n // 60}:{n % 60:02}-24:00" for n in range(51)))
    assert full.fields["busy"] == "These are 51 lines; the most is 50. Please put some together."


async def test_what_is_over_is_not_brought_back(pair: Saying) -> None:
    await pair.say("UMENTEE", f"25 Nov\n{TUESDAYS}")
    assert boxes(await pair.opened("UMENTEE"))["busy"] == f"Wed 25 Nov 2026\n{TUESDAYS}"
    pair.office.now = datetime(2026, 11, 26, 12, tzinfo=LONDON)
    assert boxes(await pair.opened("UMENTEE"))["busy"] == TUESDAYS


async def test_what_was_saved_in_another_window_is_shown_first(pair: Saying) -> None:
    early = await pair.opened("UMENTEE")
    await pair.say("UMENTEE", TUESDAYS)
    shown = await pair.say("UMENTEE", "Fridays", form=early)
    assert isinstance(shown, Form)
    assert TUESDAYS in read(shown)
    assert boxes(shown)["busy"] == "Fridays", "nothing that was typed is lost"
    assert isinstance(await pair.say("UMENTEE", "Fridays", form=shown), Notice)
    assert boxes(await pair.opened("UMENTEE"))["busy"] == "Fridays"


async def test_of_two_who_write_at_once_one_is_told(pair: Saying) -> None:
    database, me = pair.office.dispatcher.database, await person(pair.population, "UMENTEE")
    window = (time(9, 30), time(0))
    said = OwnTimes(me, (Weekly((1, 3), window), Dated(date(2026, 12, 1), date(2026, 12, 3))), (Weekly((5,)),))
    kept = await database.write(lambda db: own_times.save(db, said))
    assert database.read_now(lambda db: own_times.of(db, (me, "nobody"))) == {me: kept, "nobody": OwnTimes("nobody")}
    await database.write(lambda db: own_times.save(db, kept))
    for stale in (said, kept):
        with pytest.raises(Conflict):
            await database.write(lambda db, old=stale: own_times.save(db, old))  # type: ignore[misc]
