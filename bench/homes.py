"""An officer's Home, from the database to the blocks that Slack takes, in a small office and in a large one."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db
from sqlalchemy import insert

from bench import cases, report
from bench.report import Line
from bench.setting_up import Place
from bot.dialogs.home import home as draw
from bot.handlers.slack import render
from bot.lifecycle.member import Member
from bot.schemes.loading import load
from bot.screens.home import home
from bot.storage import members, people, tables
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "Home of an officer, from the database to its blocks (SQLite)"
LONDON = ZoneInfo("Europe/London")
_OFFICER = "U4OFFICER"
_TIMES = 40
_BOUND = 50
_BLOCKS = 100
"""How many Slack takes in one view."""


async def measure(place: Place) -> list[Line]:
    """With ten members of whom three wait, and with a thousand of whom three hundred do."""
    small, _ = _took(place, 10, 3)
    large, blocks = _took(place, 1_000, 300)
    beside = report.milliseconds(large)
    ratio = statistics.median(large) / statistics.median(small)
    return [
        report.at_most("1,000 members, 300 waiting: p99", report.percentile(large, 0.99) * 1e3, _BOUND, "ms", beside),
        report.at_most("1,000 members against ten: median", ratio, 5, "×", report.milliseconds(small)),
        Line("blocks of it", str(blocks), "", f"≤ {_BLOCKS}", blocks <= _BLOCKS),
    ]


def _took(place: Place, many: int, waiting: int) -> tuple[list[float], int]:
    """Seconds for each time that Home is drawn, and how many blocks it has."""
    url, scheme, now = place.database_url(), load(cases.SCHEME), datetime.now(UTC)
    with Database(url, KEYS) as database:
        cases.mentors(database, 0, many - waiting)
        database.write_now(lambda db: _office(db, waiting, now))
        took, blocks = list[float](), 0
        for _ in range(_TIMES):
            began = time.perf_counter()
            view = database.read_now(lambda db: home(db, scheme, _OFFICER, now))
            blocks = len(render.home(draw([view]), LONDON)["blocks"])
            took.append(time.perf_counter() - began)
        return took[3:], blocks


def _office(db: Db, waiting: int, now: datetime) -> None:
    """The officer, and so many who wait to be let in."""
    people.save(db, cases.person(_OFFICER), now)
    office = load(cases.SCHEME).offices[0].key
    holder = {"scheme": cases.SCHEME, "person": _OFFICER, "office": office, "since": now, "source": "settings"}
    db.execute(insert(tables.office_holders), [holder])
    for number in range(waiting):
        user, since = f"U7WAITS{number:05d}", now - timedelta(hours=number)
        people.save(db, cases.person(user), now)
        asks = {"membership_number": str(number), "stage": "Something else"}
        members.save(
            db, None, Member(f"M{user}", cases.SCHEME, user, "mentee", "asked", since, asks, waiting_since=since)
        )
