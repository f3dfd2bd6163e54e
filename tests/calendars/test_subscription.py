"""The private address that a calendar fetches: what is read there, over real HTTP, by whom, and until when."""

import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from bot.calendars.ics import published
from bot.handlers.calendar import feed
from bot.handlers.web import HttpServer, application
from bot.lifecycle.calendars import SHOWN_BACK, CalendarAddress
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.screens.subscriptions import at_address
from bot.storage import calendar_addresses, keyring, people
from bot.storage.database import Database
from tests.actions.population import Population, meeting, person, settle
from tests.support.dispatchers import Office


@dataclass
class Reader:
    """A calendar that fetches, from a bot's web server of its own."""

    population: Population
    url: str
    http: httpx.AsyncClient

    @property
    def office(self) -> Office:
        """The scheme."""
        return self.population.office

    async def address(self, user: str) -> str:
        """A new address of that person."""
        token = secrets.token_urlsafe(32)
        kept = CalendarAddress(await person(self.population, user), keyring.digest(token), self.office.now)
        await self.office.dispatcher.database.write(partial(calendar_addresses.save, address=kept))
        return f"{self.url}/calendar/{token}.ics"

    async def get(self, address: str, **headers: str) -> httpx.Response:
        """One look."""
        return await self.http.get(address, headers=headers)

    async def events(self, address: str) -> Mapping[str, Any]:
        """What a calendar reads there, by the ids of the sessions."""
        answer = await self.get(address)
        assert answer.status_code == 200
        found = Calendar.from_ical(answer.content).walk("VEVENT")
        return {str(each["UID"]).partition("@")[0]: each for each in found}


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[Reader]:
    population = await settle(database)
    office = population.office

    async def read(token: str) -> bytes | None:
        return await database.read(partial(at_address, schemes=office.dispatcher.schemes, token=token, now=office.now))

    server = HttpServer(application([feed.route(read)], _ready), "127.0.0.1", 0)
    url = await server.start()
    async with httpx.AsyncClient() as http:
        yield Reader(population, url, http)
    await server.stop()


async def test_a_calendar_reads_its_owners_sessions_and_nobody_elses(reader: Reader) -> None:
    ids, office = reader.population.ids, reader.office
    for user in ("UMENTEE", "UASKED"):
        assert set(await reader.events(await reader.address(user))) == {ids["session"], ids["ahead"]}, "past and coming"
    for user in ("USECOND", "UMEMBER", "UADMIN"):
        assert not await reader.events(await reader.address(user)), "the same scheme, and the office too"
    answer = await reader.get(await reader.address("UMENTEE"))
    read: Any = Calendar.from_ical(answer.content)
    assert (str(read["METHOD"]), str(read["X-WR-CALNAME"]), str(read["NAME"])) == ("PUBLISH", *[office.scheme.name] * 2)
    assert (read["REFRESH-INTERVAL"].dt, str(read["X-PUBLISHED-TTL"])) == (timedelta(hours=1), "PT1H")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    event = (await reader.events(await reader.address("UMENTEE")))[ids["ahead"]]
    assert event["UID"] == f"{ids['ahead']}@{office.scheme.key}", "as in the invitation, so that it is there once"
    assert "ATTENDEE" not in event, "nobody is asked anything"
    assert str(event["ORGANIZER"]) == f"mailto:{office.scheme.contact}"
    assert str(event["LOCATION"]) == "Video call"


async def test_what_has_not_changed_is_not_sent_again(reader: Reader) -> None:
    address = await reader.address("UMENTEE")
    first = await reader.get(address)
    tag = first.headers["etag"]
    assert tag.startswith('"'), "a strong one"
    assert first.headers["cache-control"] == "private, no-cache"
    reader.office.now += timedelta(hours=5)
    for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await reader.get(address, **{"If-None-Match": said})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), said
        assert again.headers["cache-control"] == "private, no-cache"
    assert (await reader.get(address, **{"If-None-Match": '"other"'})).status_code == 200
    assert (await reader.get(address)).content == first.content, "to the byte, whenever it is asked for"
    head = await reader.http.head(address)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert int(head.headers["content-length"]) == len(first.content)
    assert (await reader.http.post(address)).status_code == 405


async def test_a_session_that_moves_moves_there_and_one_that_is_off_is_gone(reader: Reader) -> None:
    ids, office = reader.population.ids, reader.office
    address, session = await reader.address("UASKED"), ids["session"]
    before, tag = (await reader.events(address))[session], (await reader.get(address)).headers["etag"]
    when = meeting(reader.population)
    await office.click("UMENTEE", "schedule", session, {**when, "minutes": 45})
    changed = await reader.get(address, **{"If-None-Match": tag})
    assert changed.status_code == 200
    moved = (await reader.events(address))[session]
    assert moved["UID"] == before["UID"]
    assert int(moved["SEQUENCE"]) > int(before["SEQUENCE"])
    assert moved.decoded("DTSTART") == office.now + timedelta(hours=2)
    assert moved.decoded("DTEND") - moved.decoded("DTSTART") == timedelta(minutes=45)
    await office.click("UMENTEE", "cancel_session", session, {"note": "Ill"})
    assert set(await reader.events(address)) == {ids["ahead"]}


async def test_what_is_long_over_goes(reader: Reader) -> None:
    ids, office = reader.population.ids, reader.office
    address = await reader.address("UMENTEE")
    await office.click("UMENTEE", "complete", ids["session"])
    office.now += SHOWN_BACK - timedelta(days=1)
    assert set(await reader.events(address)) == {ids["session"], ids["ahead"]}
    office.now += timedelta(days=2)
    assert set(await reader.events(address)) == {ids["ahead"]}


async def test_nothing_else_is_read_and_a_wrong_address_is_answered_like_any(reader: Reader) -> None:
    right = await reader.address("UMENTEE")
    token = right.rpartition("/")[2].removesuffix(".ics")
    nowhere = await reader.get(f"{reader.url}/nothing/is/here")
    wrong = (
        "A" * 43,
        token[:-1],
        token + "A",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.swapcase(),
        "%00",
        "é",
    )
    for each in wrong:
        answer = await reader.get(f"{reader.url}/calendar/{each}.ics")
        assert (answer.status_code, answer.content) == (404, nowhere.content), each
        assert answer.headers == nowhere.headers
    kept = await reader.office.dispatcher.database.read(
        partial(calendar_addresses.of, person=await person(reader.population, "UMENTEE"))
    )
    assert kept is not None
    assert token not in repr(kept), "of the address only a digest is kept"


async def test_a_new_address_stops_the_old_one_and_a_stopped_one_is_none(reader: Reader) -> None:
    old = await reader.address("UMENTEE")
    new = await reader.address("UMENTEE")
    assert (await reader.get(old)).status_code == 404
    assert (await reader.get(new)).status_code == 200
    whose = await person(reader.population, "UMENTEE")
    await reader.office.dispatcher.database.write(partial(calendar_addresses.forget, person=whose))
    assert (await reader.get(new)).status_code == 404


async def test_whoever_is_deactivated_reads_nothing_and_whoever_has_left_what_was(reader: Reader) -> None:
    ids, office = reader.population.ids, reader.office
    gone, left = await reader.address("UASKED"), await reader.address("UMENTEE")
    await office.click("UMENTEE", "leave", "mentee")
    assert set(await reader.events(left)) == {ids["session"]}, "what lay ahead is off"
    database = office.dispatcher.database
    somebody = await office.person("UASKED")
    for active, status in ((False, 404), (True, 200)):
        await database.write(partial(people.save, person=replace(somebody, active=active), now=office.now))
        assert (await reader.get(gone)).status_code == status


async def test_one_address_holds_the_sessions_of_every_scheme_that_runs_here(reader: Reader) -> None:
    office, address = reader.office, await reader.address("UMENTEE")
    office.dispatcher.schemes = Schemes((load("employer"), office.scheme))
    assert set(await reader.events(address)) == {reader.population.ids["session"], reader.population.ids["ahead"]}
    assert str(Calendar.from_ical((await reader.get(address)).content)["NAME"]) == "Mentoring"
    office.dispatcher.schemes = Schemes((load("employer"),))
    assert not await reader.events(address), "a scheme that does not run here any more is not told of"


def test_a_calendar_without_sessions_is_a_calendar() -> None:
    read: Any = Calendar.from_ical(published("Mentoring; “a, b”", ()))
    assert (str(read["VERSION"]), str(read["NAME"]), read.walk("VEVENT")) == ("2.0", "Mentoring; “a, b”", [])
