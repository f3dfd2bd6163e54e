"""The office's lists out of ten thousand members, from the database to what Slack draws, beside the one query that any
list of them takes at least: one page of members by name, out of an index."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
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
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import Actor
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.screens.lists import needs, page
from bot.storage import pairs, tables
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "The office's lists, 10,000 members, 4,000 connections, 1,000 requests"
_MENTORS, _PAIRS, _CASES, _TIMES, _BOUND = 7_000, 4_000, 1_000, 20, 300
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
        for at in range(0, _PAIRS, 500):
            database.write_now(lambda db, at=at: _connected(db, at, at + 500, now))  # type: ignore[misc]
        if engine == "postgresql":  # as it does by itself within a minute of so many new rows
            database.write_now(lambda db: db.exec_driver_sql("ANALYZE"))
        least = statistics.median(_took(lambda: database.read_now(_least)))
        for listed, text in _LOOKED_FOR:
            query = list_queries.read(listed, text)

            def look(query: object = query) -> None:
                view = database.read_now(lambda db: page(db, scheme, query, _OFFICER, now))  # type: ignore[arg-type]
                render.form(wording.form(view), ZoneInfo("Europe/London"))

            took = _took(look)
            beside = f"{report.milliseconds(took)}, {statistics.median(took) / least:.0f} × the least query"
            name = f"{engine}: {listed} {text}".strip()
            lines.append(report.at_most(f"{name}: median", statistics.median(took) * 1e3, _BOUND, "ms", beside))
        counted = _took(lambda: database.read_now(lambda db: needs(db, scheme, _OFFICER, now)))
        lines.append(report.only(f"{engine}: what Home counts", f"{statistics.median(counted) * 1e3:.1f} ms"))
    return lines


def _took(work: Callable[[], object]) -> list[float]:
    took = list[float]()
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return took[2:]


def _least(db: Db) -> None:
    """What any list takes at least."""
    members, people = tables.members, tables.people
    of = select(members.c.id, people.c.name).join(people, people.c.id == members.c.person)
    db.execute(of.where(members.c.scheme == cases.SCHEME).order_by(people.c.name).limit(8)).all()


def _connected(db: Db, first: int, last: int, now: datetime) -> None:
    """Two mentors of each other, most of whom have met lately."""
    terms = Terms.of(load(cases.SCHEME))
    for number in range(first, last):
        sides = f"U5MENTOR{number:06d}", f"U5MENTOR{number + 1:06d}"
        began = now - timedelta(days=number % 300)
        met = tuple(
            Session(f"S{number}-{n}", n, "completed", began + timedelta(days=30 * n)) for n in range(1, 3)
        )  # fmt: skip
        made = Pair(f"C{number:05d}", cases.SCHEME, None, None, *sides, "active", terms, began, now + timedelta(90))
        pairs.save(db, None, replace(made, sessions=met))
