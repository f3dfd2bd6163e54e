"""Everybody's own calendar in the demo: a program beside the bot, which fetches people's sessions at their addresses.

It knows of sessions what any calendar program would: it reads the file at the private address, over HTTP. What is
typed as busy or free, and the working hours, are drawn from where the bot keeps them.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientSession
from icalendar import Calendar

from bot.app import App
from bot.calendars.local import holds
from bot.dialogs.parts import Form, Paragraph
from bot.lifecycle.own_times import Line, OwnTimes, Window
from bot.lifecycle.people import Person
from bot.storage import calendar_addresses, own_times, pairs
from demo.driver import Driver
from slack_workspace import Refusal

Json = dict[str, Any]
Event = tuple[datetime, datetime, Mapping[str, str]]
"""Begin and end on its reader's wall, and what it says."""
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = 24 * 60
_HOURS: Final = (8, 18)
"""What is drawn of a day, where nothing is earlier or later."""
_YEARS: Final = range(2000, 2100)


class Calendars:
    """A calendar each, by user id. `app` and `team` are the bot's; `app` is asked when something is looked at."""

    def __init__(self, app: Callable[[], App], team: Callable[[], str]) -> None:
        self._app = app
        self._team = team
        self._urls: dict[str, str] = {}
        self._let_go: set[str] = set()
        """Whose address has been stopped: they paste another one, if they like."""
        self._one_by_one = asyncio.Lock()

    async def week(self, user: str, day: date | None) -> Json:
        """See `slack_workspace.calendar_page.Calendars`."""
        try:
            person = await self._driver.person(user)
        except LookupError:
            raise Refusal("The bot does not know this person yet.") from None
        here = ZoneInfo(person.zone)
        today = self._app().clock().astimezone(here).date()
        wanted = day or today
        if wanted.year not in _YEARS:
            raise Refusal("This calendar does not go that far.")
        monday = wanted - wanted.weekday() * _DAY
        async with self._one_by_one:  # of two that look at once, one has the address given
            file = await self._fetched(user, person)
        said = (await self._app().database.read(partial(own_times.of, people=(person.id,))))[person.id]
        events = list(_events(file, here, person.name)) if file else []
        days = [_day(monday + n * _DAY, person, said, events) for n in range(7)]
        first, last = _hours(days)
        return {
            "monday": monday.isoformat(), "previous": (monday - 7 * _DAY).isoformat(),
            "next": (monday + 7 * _DAY).isoformat(), "today": today.isoformat(), "zone": person.zone,
            "subscribed": file is not None, "from": first, "to": last, "days": days,
        }  # fmt: skip

    async def subscribe(self, user: str, url: str) -> None:
        """See `slack_workspace.calendar_page.Calendars`. Only the bot's own addresses are fetched."""
        if not re.fullmatch(rf"{re.escape(self._app().url)}/calendar/[\w-]+\.ics", url):
            raise Refusal("This is not an address from “Give me my address”. Please paste it as a whole.")
        if await _read(url) is None:
            raise Refusal("Nothing is to be read at this address: it has been stopped, or a newer one was given.")
        async with self._one_by_one:
            self._urls[user] = url

    @property
    def _driver(self) -> Driver:
        return Driver(self._app().dispatcher, self._team())

    async def _fetched(self, user: str, person: Person) -> bytes | None:
        """The file at the address that this calendar has of theirs; None: it has none, or none any more."""
        if user not in self._urls and user not in self._let_go:
            await self._begin(user, person)
        url = self._urls.get(user)
        file = await _read(url) if url else None
        if url and file is None:
            del self._urls[user]
            self._let_go.add(user)
        return file

    async def _begin(self, user: str, person: Person) -> None:
        """Have an address given, unless the person has had one: a new one would stop theirs."""
        app = self._app()
        if await app.database.read(partial(calendar_addresses.of, person=person.id)) is not None:
            return
        mine = await app.database.read(partial(pairs.of, scheme_key=app.schemes.first.key, person=person.id))
        if not mine:
            return
        shown = await self._driver.click(user, "give_address", mine[0].id)
        said = " ".join(_words(shown.parts)) if isinstance(shown, Form) else ""
        if found := re.search(rf"{re.escape(app.url)}/calendar/\S+\.ics", said):
            self._urls[user] = found[0]


def _words(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield from (run for run in part.runs if isinstance(run, str))


async def _read(url: str) -> bytes | None:
    async with ClientSession() as session, session.get(url) as answer:
        return await answer.read() if answer.status == 200 else None


def _events(file: bytes, here: ZoneInfo, me: str) -> Iterator[Event]:
    """What the file holds. In one's own calendar the other is named alone: a day is narrow."""
    for event in Calendar.from_ical(file).walk("VEVENT"):
        how, place = str(event.get("description", "")).partition("\n")[0], str(event.get("location", ""))
        title = str(event["summary"]).replace(f"{me} and ", "").replace(f" and {me}", "")
        said = {"title": title, "how": how, "place": "" if place == how else place}
        yield event.decoded("dtstart").astimezone(here), event.decoded("dtend").astimezone(here), said


def _day(
    day: date, person: Person, said: OwnTimes, events: Iterable[tuple[datetime, datetime, Mapping[str, str]]]
) -> Json:
    works = (person.works_from, person.works_to)
    shown = []
    for begins, ends, words in events:
        if begins.date() <= day <= ends.date() and (begins.date() == day or ends.time() != time(0)):
            first = _minute(begins.time()) if begins.date() == day else 0
            last = _minute(ends.time()) if ends.date() == day else _MIDNIGHT
            shown.append({"from": first, "to": last, **words})
    return {
        "day": day.isoformat(),
        "working": [_window(works)] if day.weekday() in person.works_days else [],
        "free": _windows(said.free, day, works),
        "busy": _windows(said.busy, day, (time(0), time(0))),
        "events": sorted(shown, key=lambda each: (each["from"], each["to"])),
    }


def _windows(lines: Iterable[Line], day: date, whole: Window) -> list[Json]:
    found = [_window(each.window or whole) for each in lines if holds(each, day, ())]
    return sorted(found, key=lambda each: (each["from"], each["to"]))


def _window(window: Window) -> Json:
    return {"from": _minute(window[0]), "to": _minute(window[1]) or _MIDNIGHT}


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _hours(days: Iterable[Json]) -> tuple[int, int]:
    """From which hour to which a day is drawn, so that all is seen that does not last the whole of it."""
    kinds = ("working", "free", "busy", "events")
    all_ = [each for day in days for kind in kinds for each in day[kind] if each["to"] - each["from"] < _MIDNIGHT]
    first = min([_HOURS[0], *(each["from"] // 60 for each in all_)])
    return first, max([_HOURS[1], *(-(-each["to"] // 60) for each in all_)])
