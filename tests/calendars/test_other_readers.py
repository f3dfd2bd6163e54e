"""Others than ourselves read the files: Radicale, a strict CalDAV server, takes them, and khal reads them right."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from bot.calendars.calendar import Attendee
from bot.calendars.ics import Invitation, cancel, request
from bot.lifecycle.calendars import CalendarAddress
from bot.schemes.together import Schemes
from bot.screens.subscriptions import at_address
from bot.storage import calendar_addresses, keyring
from bot.storage.database import Database
from tests.actions.population import Population, person, settle
from tests.calendars.khal import Khal
from tests.calendars.radicale_server import radicale
from tests.support.databases import KEYS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AT = datetime(2027, 3, 28, 16, 30, tzinfo=UTC)
"""In London half past five: summer time has begun that morning."""
ASKED = Invitation(
    "s1@scheme", 1, AT, 60, "Mentoring session 1: Zoë Łuczak; MD, and “Bea”", Attendee("BCS Academy", "a@example.org"),
    (Attendee("Zoë Łuczak", "zoe@example.org"), Attendee("Bea; “the” Second, MD", "bea@example.org")),
    "Room 4, second floor", "Video call\nBCS Mentoring Scheme",
)  # fmt: skip
MOVED = replace(ASKED, sequence=2, starts_at=AT + timedelta(days=1), minutes=45)
OFF = replace(MOVED, sequence=3)
TITLE = "Mentoring session 1: Zoë Łuczak; MD, and “Bea”"


@pytest.fixture
async def caldav(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with radicale(tmp_path / "radicale") as client:
        yield client


@pytest.fixture
async def population(sqlite_url: str) -> AsyncIterator[Population]:
    with Database(sqlite_url, KEYS) as database:
        yield await settle(database)


async def subscription(population: Population) -> bytes:
    """What the mentee's calendar fetches."""
    office, database = population.office, population.office.dispatcher.database
    whose = await person(population, "UMENTEE")
    kept = CalendarAddress(whose, keyring.digest("token"), office.now)
    await database.write(partial(calendar_addresses.save, address=kept))
    read = partial(at_address, schemes=Schemes((office.scheme,)), token="token", now=office.now)
    file = await database.read(read)
    assert file is not None
    return file


async def kept_in(client: httpx.AsyncClient, path: str) -> list[Any]:
    """The events that the server gives back."""
    answer = await client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


async def test_radicale_takes_an_invitation_its_change_and_its_end_as_one_event(caldav: httpx.AsyncClient) -> None:
    event = "/ada/calendar/s1.ics"
    for file, status in ((request(ASKED, NOW), 201), (request(MOVED, NOW), 204), (cancel(OFF, NOW), 204)):
        put = await caldav.put(event, content=file, headers={"Content-Type": "text/calendar; charset=utf-8"})
        assert put.status_code == status, put.text
    (kept,) = await kept_in(caldav, "/ada/calendar/")
    assert (str(kept["UID"]), str(kept["STATUS"]), int(kept["SEQUENCE"])) == ("s1@scheme", "CANCELLED", 3)
    assert kept.decoded("DTSTART") == MOVED.starts_at
    assert (str(kept["SUMMARY"]), str(kept["LOCATION"])) == (TITLE, "Room 4, second floor")


async def test_radicale_is_strict_and_refuses_an_event_without_uid(caldav: httpx.AsyncClient) -> None:
    good = request(ASKED, NOW)
    without = b"".join(line for line in good.splitlines(keepends=True) if not line.startswith(b"UID"))
    assert len(without) < len(good)
    put = await caldav.put("/ada/calendar/s1.ics", content=without, headers={"Content-Type": "text/calendar"})
    assert put.status_code == 400
    assert await kept_in(caldav, "/ada/calendar/") == []


async def test_radicale_takes_the_file_of_an_address_as_a_calendar(
    caldav: httpx.AsyncClient, population: Population
) -> None:
    put = await caldav.put(
        "/ada/fetched/",
        content=await subscription(population),
        headers={"Content-Type": "text/calendar; charset=utf-8"},
    )
    assert put.status_code == 201, put.text
    uids = {str(each["UID"]).partition("@")[0] for each in await kept_in(caldav, "/ada/fetched/")}
    assert uids == {population.ids["session"], population.ids["ahead"]}


async def test_khal_reads_when_where_and_what_of_each_file(tmp_path: Path) -> None:
    khal, place = Khal(tmp_path), "Room 4, second floor"
    assert await khal.read(request(ASKED, NOW)) == [
        ("s1@scheme", "2027-03-28 17:30", "2027-03-28 18:30", "CONFIRMED", TITLE, place)
    ]
    assert await khal.read(request(MOVED, NOW)) == [
        ("s1@scheme", "2027-03-29 17:30", "2027-03-29 18:15", "CONFIRMED", TITLE, place)
    ]
    assert await khal.read(cancel(OFF, NOW)) == [
        ("s1@scheme", "2027-03-29 17:30", "2027-03-29 18:15", "CANCELLED", TITLE, place)
    ]
    in_new_york = await Khal(tmp_path, "America/New_York").read(request(ASKED, NOW))
    assert in_new_york[0][1] == "2027-03-28 12:30", "on the reader's own wall clock"


async def test_khal_keeps_one_event_from_first_to_last(tmp_path: Path) -> None:
    khal, days = Khal(tmp_path), ("2027-03-01", "2027-04-30")
    await khal.take(request(ASKED, NOW))
    assert [each[1] for each in await khal.listed(*days)] == ["2027-03-28 17:30"]
    await khal.take(request(MOVED, NOW))
    assert [each[1] for each in await khal.listed(*days)] == ["2027-03-29 17:30"], "moved, and not there twice"
    await khal.take(cancel(OFF, NOW))
    assert [each[3] for each in await khal.listed(*days)] == ["CANCELLED"]


async def test_khal_reads_the_file_of_an_address(tmp_path: Path, population: Population) -> None:
    found = await Khal(tmp_path).read(await subscription(population))
    key = population.office.scheme.key
    assert {each[0] for each in found} == {f"{population.ids[name]}@{key}" for name in ("session", "ahead")}
    assert {each[3] for each in found} == {"CONFIRMED"}
    assert all("Umentee and Uasked" in each[4] for each in found)
