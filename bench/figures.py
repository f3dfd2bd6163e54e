"""The office's report out of ten thousand members, from the database to the view that is drawn, beside the one query
that any such report takes at least: every membership counted by role and state."""

import statistics
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, func, select, update

from bench import cases, report
from bench.report import Line
from bench.setting_up import Place
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.sheets import FilledSheet
from bot.schemes.loading import load
from bot.screens import reports
from bot.storage import people, requests, sheets, tables
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "The office's report, 10,000 members, 4,000 connections, 8,000 sessions, 3,000 requests, 1,500 answers"
_MENTORS, _PAIRS, _CASES, _SETTLED, _SHEETS, _BOUND = 7_000, 4_000, 1_000, 2_000, 1_500, 300
_OFFICER = "U4OFFICER"


async def measure(place: Place) -> list[Line]:
    """All of it, on each engine."""
    return [line for engine in ("sqlite", "postgresql") for line in _on(place, engine)]


def _on(place: Place, engine: str) -> list[Line]:
    scheme, now = load(cases.SCHEME), datetime.now(UTC)
    with Database(place.database_url(engine), KEYS) as database:
        cases.mentors(database, 0, _MENTORS)
        cases.asked(database, (), [timedelta(days=1 + n % 5) for n in range(_CASES)])
        cases.connected(database, _PAIRS)
        database.write_now(lambda db: _year(db, now))
        if engine == "postgresql":  # as it does by itself within a minute of so many new rows
            database.write_now(lambda db: db.exec_driver_sql("ANALYZE"))
        least = statistics.median(report.timed(lambda: database.read_now(_least)))
        each = report.timed(lambda: database.read_now(lambda db: reports.report(db, scheme, _OFFICER, now)))
    beside = f"{report.milliseconds(each)}, {statistics.median(each) / least:.0f} × the least query"
    return [report.at_most(f"{engine}: median", statistics.median(each) * 1e3, _BOUND, "ms", beside)]


def _least(db: Db) -> None:
    """What any report takes at least."""
    members = tables.members
    counted = select(members.c.role, members.c.state, func.count()).where(members.c.scheme == cases.SCHEME)
    db.execute(counted.group_by(members.c.role, members.c.state)).all()


def _year(db: Db, now: datetime) -> None:
    """Whoever reads it, requests of a year that were approved and answered, and what pairs said at their end."""
    people.save(db, cases.person(_OFFICER), now)
    for number in range(_SETTLED):
        made = now - timedelta(days=5 + number % 350)
        approved, answered = made + timedelta(days=number % 3), made + timedelta(days=3 + number % 9)
        asked = Invitation(
            f"I9{number:05d}", cases.mentor(number), 1, "accepted", approved, answered_at=answered
        )  # fmt: skip
        requests.save(
            db, None, Request(
                f"R9{number:05d}", cases.SCHEME, cases.mentor(number + 1), "accepted", {}, made, approved_at=approved,
                invitations=(asked,),
            )
        )  # fmt: skip
    led_to = update(tables.pairs).where(tables.pairs.c.id == bindparam("this"))
    db.execute(led_to, [{"this": cases.connection(n), "request": f"R9{n:05d}"} for n in range(_SETTLED)])
    for number in range(_SHEETS):
        said = {"worth": ("Very much", "Yes", "Partly", "No")[number % 4], "helped": "Being listened to. " * 10}
        filled = FilledSheet(
            f"F{number:05d}", cases.SCHEME, "feedback", cases.connection(number), cases.mentor(number), said,
            cases.mentor(number), now - timedelta(days=number % 300),
        )  # fmt: skip
        sheets.save(db, None, filled)
