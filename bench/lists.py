"""The office's lists out of ten thousand members, from the database to what Slack draws, beside the one query that any
list of them takes at least: one page of members by name, out of an index."""

import statistics
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db
from sqlalchemy import select

from bench import cases, report
from bench.report import Line
from bench.setting_up import Place
from bot.dialogs import list_queries
from bot.dialogs.wording import lists as wording
from bot.handlers.slack import render
from bot.lifecycle.attention import Listed
from bot.lifecycle.permissions import Actor
from bot.schemes.loading import load
from bot.screens.lists import needs, page
from bot.storage import tables
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "The office's lists, 10,000 members, 4,000 connections, 1,000 requests"
_MENTORS, _PAIRS, _CASES, _BOUND = 7_000, 4_000, 1_000, 300
_OFFICER = Actor(
    "U4OFFICER", frozenset({"approve_members", "approve_requests", "manage_members", "record_training", "match"})
)
_LOOKED_FOR: tuple[tuple[Listed, str], ...] = (
    ("members", ""), ("members", "silent"), ("members", "u5 cardiologist"), ("requests", ""), ("requests", "silent"),
    ("connections", ""), ("connections", "no session"),
)  # fmt: skip


async def measure(place: Place) -> list[Line]:
    """Each list as it opens, narrowed, and searched, on each engine."""
    return [line for engine in ("sqlite", "postgresql") for line in _on(place, engine)]


def _on(place: Place, engine: str) -> list[Line]:
    scheme, now, lines = load(cases.SCHEME), datetime.now(UTC), list[Line]()
    with Database(place.database_url(engine), KEYS) as database:
        cases.mentors(database, 0, _MENTORS)
        cases.asked(database, (), [timedelta(days=n % 5) for n in range(_CASES)])
        cases.connected(database, _PAIRS)
        if engine == "postgresql":  # as it does by itself within a minute of so many new rows
            database.write_now(lambda db: db.exec_driver_sql("ANALYZE"))
        least = statistics.median(report.timed(lambda: database.read_now(_least)))
        for listed, text in _LOOKED_FOR:
            query = list_queries.read(listed, text)

            def look(query: object = query) -> None:
                view = database.read_now(lambda db: page(db, scheme, query, _OFFICER, now))  # type: ignore[arg-type]
                render.form(wording.form(view), ZoneInfo("Europe/London"))

            each = report.timed(look)
            beside = f"{report.milliseconds(each)}, {statistics.median(each) / least:.0f} × the least query"
            name = f"{engine}: {listed} {text}".strip()
            lines.append(report.at_most(f"{name}: median", statistics.median(each) * 1e3, _BOUND, "ms", beside))
        counted = report.timed(lambda: database.read_now(lambda db: needs(db, scheme, _OFFICER, now)))
        lines.append(report.only(f"{engine}: what Home counts", f"{statistics.median(counted) * 1e3:.1f} ms"))
    return lines


def _least(db: Db) -> None:
    """What any list takes at least."""
    members, people = tables.members, tables.people
    of = select(members.c.id, people.c.name).join(people, people.c.id == members.c.person)
    db.execute(of.where(members.c.scheme == cases.SCHEME).order_by(people.c.name).limit(8)).all()
