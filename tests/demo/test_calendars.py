"""The calendars of the demo: a week of each person, fetched as any calendar program fetches it."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.storage import pairs
from demo.demo import Demo
from demo.driver import Driver
from tests.actions.test_sheets import read

pytestmark = pytest.mark.xdist_group("the demo, looked at")
NADIA, ANJALI, TOMASZ = "nadia.rahman@example.org", "anjali.deshmukh@example.org", "tomasz.zielinski@example.org"


class Looking:
    """Somebody at the demo's page."""

    def __init__(self, demo: Demo, http: httpx.AsyncClient) -> None:
        self.demo, self.http = demo, http
        self.driver = Driver(demo.app.dispatcher, demo.workspace.team_id)

    async def ask(self, what: str, email: str, **body: Any) -> Any:
        """What the page is answered."""
        user = self.demo.users[email]
        return (await self.http.post(f"{self.demo.url}/page/{what}", json={"as": user, **body})).json()

    async def week(self, email: str, day: date | None = None) -> Any:
        """A week of somebody."""
        answer = await self.ask("week", email, day=day.isoformat() if day else None)
        assert answer["ok"], answer
        return answer["week"]

    async def events(self, email: str) -> list[Any]:
        """What is to come this week and in the next two."""
        today = self.demo.clock().date()
        weeks = [await self.week(email, today + timedelta(weeks=n)) for n in range(3)]
        return [{"day": day["day"], **each} for week in weeks for day in week["days"] for each in day["events"]]

    async def given(self, email: str) -> str:
        """A new address, from chat."""
        shown = await self.driver.click(self.demo.users[email], "give_address", await connection(self, email))
        return str(re.findall(r"http://\S+\.ics", read(shown))[0])


async def connection(looking: Looking, email: str) -> str:
    """The id of somebody's connection."""
    app, me = looking.demo.app, await looking.driver.person(looking.demo.users[email])
    return (await app.database.read(lambda db: pairs.of(db, app.schemes.first.key, me.id)))[0].id


@pytest.fixture
async def looking() -> AsyncIterator[Looking]:
    async with Demo() as demo, httpx.AsyncClient() as http:
        yield Looking(demo, http)


# Some only look, so one demo does for all of those.
one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def only_looking() -> AsyncIterator[Looking]:
    async with Demo() as demo, httpx.AsyncClient() as http:
        yield Looking(demo, http)


@one_loop
async def test_many_who_look_at_once_see_the_same(only_looking: Looking) -> None:
    weeks = await asyncio.gather(*(only_looking.week(NADIA) for _ in range(8)))  # who has not been looked at before
    assert all(each["subscribed"] for each in weeks)


@one_loop
async def test_a_week_shows_sessions_hours_and_what_is_said_to_be_busy(only_looking: Looking) -> None:
    week = await only_looking.week(NADIA)
    assert week["subscribed"]
    assert week["zone"] == "Europe/London"
    assert [date.fromisoformat(day["day"]).weekday() for day in week["days"]] == list(range(7))
    assert week["monday"] <= week["today"] < week["next"]
    monday, tuesday, *_, sunday = week["days"]
    assert (monday["working"], sunday["working"]) == ([{"from": 540, "to": 1050}], [])
    assert (monday["busy"], monday["free"]) == ([], [{"from": 1080, "to": 1200}])
    assert tuesday["busy"] == [{"from": 540, "to": 780}]
    for email, other in ((NADIA, "Anjali Deshmukh"), (ANJALI, "Nadia Rahman")):
        (session,) = await only_looking.events(email)
        assert session["title"] == f"Mentoring session 3: {other}"
        assert (session["from"], session["to"], session["how"], session["place"]) == (1050, 1110, "Video call", "")


async def test_it_follows_the_clock_and_what_is_changed(looking: Looking) -> None:
    before = await looking.week(NADIA)
    await looking.demo.turn(timedelta(days=7))
    after = await looking.week(NADIA)
    assert after["monday"] == before["next"]
    assert (date.fromisoformat(after["today"]) - date.fromisoformat(before["today"])).days == 7
    user, pair = looking.demo.users[NADIA], await connection(looking, NADIA)
    await looking.driver.click(user, "set_own_times", pair, {"busy": "weekends", "free": ""}, {"version": "1"})
    assert (await looking.week(NADIA))["days"][6]["busy"] == [{"from": 0, "to": 1440}]


async def test_an_address_that_is_stopped_shows_nothing_and_a_new_one_is_pasted(looking: Looking) -> None:
    assert (await looking.week(NADIA))["subscribed"]
    user, pair = looking.demo.users[NADIA], await connection(looking, NADIA)
    await looking.driver.click(user, "stop_address", pair)
    assert not (await looking.week(NADIA))["subscribed"]
    assert await looking.events(NADIA) == []
    assert not (await looking.week(NADIA))["subscribed"], "what somebody stopped is not begun for them"
    url = await looking.given(NADIA)
    wrong = await looking.ask("subscribe", NADIA, url=url.replace("/calendar/", "/calendar/x"))
    assert "Nothing is to be read at this address" in wrong["message"]
    elsewhere = await looking.ask("subscribe", NADIA, url="http://127.0.0.1:1/calendar/x.ics")
    assert "Please paste it as a whole" in elsewhere["message"]
    assert (await looking.ask("subscribe", NADIA, url=f" {url} "))["ok"]
    assert len(await looking.events(NADIA)) == 1


async def test_an_address_that_somebody_has_already_is_not_stopped(looking: Looking) -> None:
    url = await looking.given(ANJALI)
    assert not (await looking.week(ANJALI))["subscribed"]
    assert (await looking.http.get(url)).status_code == 200


@one_loop
async def test_without_a_connection_a_week_shows_hours_alone(only_looking: Looking) -> None:
    week = await only_looking.week(TOMASZ)
    assert not week["subscribed"]
    assert week["days"][0]["working"]


@one_loop
async def test_a_day_that_is_none_is_refused(only_looking: Looking) -> None:
    for day in ("x", "9999-12-31", "0001-01-01", 7):
        answer = await only_looking.ask("week", NADIA, day=day)
        assert not answer["ok"], day
        assert answer["message"]
