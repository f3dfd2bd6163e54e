"""Connect your calendar: an address is given, shown once to its owner, followed, given anew and stopped."""

import logging
import re
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from bot.actions.context import Channels
from bot.dialogs.parts import Form, Notice
from bot.logs import redacted
from bot.schemes.together import Schemes
from bot.screens.subscriptions import at_address
from bot.storage import calendar_addresses
from bot.storage.database import Database
from tests.actions.dry_run import dump
from tests.actions.population import Population, settle
from tests.actions.test_sheets import read

REACHED = Channels(public_url="https://bot.example.org/mentoring")


@pytest.fixture
async def population(database: Database) -> Population:
    """An office in full swing, reached from outside; nobody has an address yet."""
    settled = await settle(database)
    settled.office.dispatcher.channels = REACHED
    for user in ("UMENTEE", "UASKED"):
        whose = (await settled.office.person(user)).id
        await database.write(partial(calendar_addresses.forget, person=whose))
    return settled


async def given(population: Population, user: str, pair: str = "agreed") -> str:
    """The secret part of the address that somebody is given."""
    shown = await population.office.click(user, "give_address", population.ids[pair])
    assert isinstance(shown, Form)
    (token,) = re.findall(r"https://bot\.example\.org/mentoring/calendar/([\w-]{43})\.ics", read(shown))
    return str(token)


async def fetched(population: Population, token: str) -> bytes | None:
    """What is read at the address."""
    office = population.office
    look = partial(at_address, schemes=Schemes((office.scheme,)), token=token, now=office.now)
    return await office.dispatcher.database.read(look)


@pytest.mark.covers("A24")
async def test_a_calendar_is_connected_from_the_connection(population: Population) -> None:
    office, ids = population.office, population.ids
    for user, other in (("UMENTEE", "Uasked"), ("UASKED", "Umentee")):
        seen = read(await office.click(user, "open_connection", ids["agreed"]))
        assert f"[Connect your calendar: sessions with {other}]" in seen
        window = read(await office.click(user, "open_calendar", ids["agreed"]))
        assert "Add to calendar on a session’s card" in window
        assert "[Give me my address for my calendar]" in window
        assert "an invitation by e-mail" not in window, "no mail server is named"
        file = await fetched(population, await given(population, user))
        assert file is not None
        found = {str(event["UID"]).partition("@")[0] for event in Calendar.from_ical(file).walk("VEVENT")}
        assert found == {ids["session"], ids["ahead"]}, "of all that person's connections"


async def test_where_sessions_are_put_into_outlook_there_is_nothing_to_do(population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    office.dispatcher.channels = replace(REACHED, calendar=True)
    for user in ("UMENTEE", "UASKED"):
        window = read(await office.click(user, "open_calendar", pair))
        assert f"come into the Outlook calendar of {user.lower()}@example.org by themselves" in window
        assert "Add to calendar on" not in window


async def test_an_address_is_shown_once_and_kept_nowhere(
    population: Population, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office, database = population.office, population.office.dispatcher.database
    token = await given(population, "UMENTEE")
    again = read(await office.click("UMENTEE", "open_calendar", population.ids["agreed"]))
    assert "You have had an address since" in again
    assert "[New address for my calendar]" in again
    assert "/calendar/" not in again
    assert "/calendar/" not in read(await office.click("UASKED", "open_calendar", population.ids["agreed"]))
    assert token not in str(database.read_now(dump)), "neither in a table nor in a letter"
    assert token not in caplog.text
    assert token not in redacted(f"GET https://bot.example.org/calendar/{token}.ics")


async def test_a_new_address_stops_the_old_one_and_stop_stops_it_for_good(population: Population) -> None:
    old = await given(population, "UMENTEE")
    new = await given(population, "UMENTEE", "fresh")
    assert old != new
    assert await fetched(population, old) is None
    assert await fetched(population, new) is not None, "it is theirs, whichever connection they come from"
    theirs = await given(population, "UASKED")
    stopped = read(await population.office.click("UMENTEE", "stop_address", population.ids["agreed"]))
    assert "Stopped" in stopped
    assert "[Give me my address for my calendar]" in stopped
    assert await fetched(population, new) is None
    assert await fetched(population, theirs) is not None, "nobody else's"
    twice = await population.office.click("UMENTEE", "stop_address", population.ids["agreed"])
    assert isinstance(twice, Notice)
    assert "nothing to stop" in twice.text


async def test_whoever_is_no_longer_connected_can_still_stop_it(population: Population) -> None:
    token = await given(population, "UMENTEE")
    await population.office.click("UASKED", "remove_connection", population.ids["agreed"], {"reason": ""})
    seen = read(await population.office.click("UMENTEE", "open_calendar", population.ids["agreed"]))
    assert "[Stop the address of my calendar]" in seen
    await population.office.click("UMENTEE", "stop_address", population.ids["agreed"])
    assert await fetched(population, token) is None


async def test_where_nobody_reaches_the_bot_files_are_the_way(population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    token = await given(population, "UMENTEE")
    office.dispatcher.channels = Channels(email=True)
    office.scheme = office.scheme.model_copy(update={"email_copies": frozenset({"session"})})
    office.dispatcher.schemes = Schemes((office.scheme,))
    window = read(await office.click("UMENTEE", "open_calendar", pair))
    assert "Add to calendar is the way" in window
    assert "an invitation by e-mail, to umentee@example.org" in window
    assert "[Stop the address of my calendar]" in window, "one from when it was reached"
    assert "New address" not in window
    refused = await office.click("UASKED", "give_address", pair)
    assert isinstance(refused, Notice)
    assert "nothing has changed" in refused.text
    await office.click("UMENTEE", "stop_address", pair)
    office.dispatcher.channels = REACHED
    assert await fetched(population, token) is None


async def test_an_address_is_of_the_kind_that_is_pasted(population: Population) -> None:
    shown = read(await population.office.click("UMENTEE", "give_address", population.ids["agreed"]))
    (url,) = re.findall(r"https://\S+\.ics", shown)
    assert urlsplit(url).query == ""
    assert all(name in shown for name in ("Outlook", "Google Calendar", "Apple Calendar"))
