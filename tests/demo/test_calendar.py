"""In the demo a calendar is really fetched: the whole bot, by Socket Mode and over HTTP, on this computer."""

import logging
import re
from functools import partial

import httpx
import pytest
from icalendar import Calendar

from bot.storage import pairs, people
from demo.demo import Demo
from demo.driver import Driver
from tests.actions.test_sheets import read


@pytest.mark.parametrize("over_http", [False, True], ids=["socket mode", "http"])
async def test_a_visitor_sees_the_sessions_in_a_calendar(over_http: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with Demo(http=over_http) as demo, httpx.AsyncClient() as http:
        app = demo.app
        held = await app.database.read(partial(pairs.active, scheme_key=app.schemes.first.key))
        pair = max(held, key=lambda each: sum(session.starts_at is not None for session in each.sessions))
        mentee = (await app.database.read(partial(people.many, ids={pair.mentee})))[pair.mentee]
        driver = Driver(app.dispatcher, demo.workspace.team_id)
        shown = read(await driver.click(mentee.user, "give_address", pair.id))
        (url,) = re.findall(r"http://\S+\.ics", shown)
        assert url.startswith(f"{app.url}/calendar/")
        answer = await http.get(url)
        assert answer.status_code == 200
        met = {str(event["UID"]).partition("@")[0] for event in Calendar.from_ical(answer.content).walk("VEVENT")}
        assert met == {each.id for each in pair.sessions if each.starts_at is not None}
        app.reached_at("")
        assert (await http.get(url)).status_code == 404, "where nobody is to reach it, nothing is read"
    said = [record.getMessage() for record in caplog.records if record.name != "httpx"]
    assert not [line for line in said if "/calendar/" in line]
