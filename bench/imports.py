"""A file of new members comes in while people click: they are met, looked at and let in line by line, as the bot does
it, against the same memberships put into their table by SQLAlchemy's Core in batches of as many, and nothing beside."""

import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import insert, select

from bench import cases, report
from bench.beside import Beside, beside
from bench.cases import Case
from bench.report import Line
from bench.setting_up import Place
from bot.actions.context import Caller, Channels, Click
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.importer import AT_ONCE, BATCH, Found, Importer
from bot.app import utc_now
from bot.dialogs.own_fields import FILE, HEAR, MEMBERS, TELL, WHAT
from bot.ids import new_id
from bot.lifecycle.files import GivenFile
from bot.reports.columns import headings, rows
from bot.reports.csv_files import written
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.serving import once_started
from bot.storage import imports, tables
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "A file of 5,000 new mentors with full profiles, who all hear of it, beside 20 Accepts a second"
_LINES, _CLICKS = 5_000, 800
_LINES_A_SECOND, _LATEST = 1_000, 100
_OFFICER = "U4OFFICER"


async def measure(place: Place) -> list[Line]:
    """On each engine."""
    return [line for engine in ("sqlite", "postgresql") for line in await _on(place, engine)]


async def _on(place: Place, engine: str) -> list[Line]:
    with Database(place.database_url(engine), KEYS) as database:
        cases.asked(database, (), [timedelta(days=4)] * _CLICKS)
        schemes = Schemes((load(cases.SCHEME),))
        dispatcher = Dispatcher(database, schemes, utc_now, new_id, Channels(), administrators=[_OFFICER])
        await dispatcher.meet(_caller(_OFFICER), _introduced(_OFFICER))
        presses = (Click(_caller(case.mentor), "accept", case.invitation) for case in map(Case, range(_CLICKS)))
        once_started()
        met = await beside(dispatcher, presses, _met(dispatcher))
        looked, came = await _comes_in(dispatcher, presses)
        plain = await _plain(dispatcher)
    of_plain = f"{came.a_second(_LINES) / plain:.2f} × the plain inserts, {plain:,.0f}/s"
    said = f"{of_plain}; {came.said()}"
    rate = came.a_second(_LINES)
    enough = rate >= _LINES_A_SECOND
    return [
        report.only(f"{engine}: people met, {AT_ONCE} together", f"{met.a_second(_LINES):,.0f}/s", met.said()),
        report.only(f"{engine}: lines looked at beforehand", f"{looked.a_second(_LINES):,.0f}/s", looked.said()),
        _clicks(engine, looked),
        Line(f"{engine}: lines that came in", f"{rate:,.0f}/s", said, f"≥ {_LINES_A_SECOND:,}/s", enough),
        _clicks(engine, came),
    ]


def _clicks(engine: str, came: Beside) -> Line:
    """How late clicks were answered beside it."""
    said = report.milliseconds(came.clicks)
    return report.at_most(f"{engine}: clicks meanwhile: p99", came.latest, _LATEST, "ms", said)


async def _met(dispatcher: Dispatcher) -> None:
    """The people whom the bot does not know yet."""
    users = [cases.mentor(number) for number in range(_LINES)]
    for at in range(0, _LINES, AT_ONCE):
        await dispatcher.meet_all((_caller(user), _introduced(user)) for user in users[at : at + AT_ONCE])


async def _comes_in(dispatcher: Dispatcher, presses: Iterator[Click]) -> tuple[Beside, Beside]:
    """The file is handed in, looked at, begun and let in."""
    importer, database = Importer(dispatcher, _find), dispatcher.database
    values = {FILE.key: GivenFile("members.csv", _file()), WHAT.key: MEMBERS, HEAR.key: TELL}
    await dispatcher.answer(Click(_caller(_OFFICER), "bring_in", values=values))
    looked = await beside(dispatcher, presses, importer.go_on())
    id_ = await database.read(lambda db: db.execute(select(tables.imports.c.id)).scalar_one())
    await dispatcher.answer(Click(_caller(_OFFICER), "begin_import", id_))
    came = await beside(dispatcher, presses, importer.go_on())
    one = await database.read(lambda db: imports.get(db, cases.SCHEME, id_))
    if (one.state, one.counted["new"]) != ("done", _LINES):
        raise RuntimeError(f"not all came in: {one.state}, {dict(one.counted)}")
    return looked, came


async def _plain(dispatcher: Dispatcher) -> float:
    """The same memberships a second, as rows of another scheme."""
    kept, database = tables.members, dispatcher.database
    rows_ = await database.read(lambda db: db.execute(select(kept).where(kept.c.id.not_like("MU%"))).mappings().all())
    copies = [dict(row) | {"id": f"P{row['id']}", "scheme": "another"} for row in rows_]
    began = time.perf_counter()
    for at in range(0, len(copies), BATCH):
        await database.write(partial(_inserted, some=copies[at : at + BATCH]))
    return len(copies) / (time.perf_counter() - began)


def _inserted(db: Db, some: list[dict[str, Any]]) -> None:
    db.execute(insert(tables.members), some)


async def _find(addresses: Collection[str]) -> Found:
    """Everybody is there, and found at once."""
    users = {each: each.partition("@")[0].upper() for each in addresses}
    return {each: (_caller(user), _introduced(user)) for each, user in users.items()}


def _caller(user: str) -> Caller:
    return Caller("slack", cases.TEAM, user)


def _introduced(user: str) -> Introduction:
    person = cases.person(user)
    return Introduction(person.name, person.email, person.zone)


def _file() -> bytes:
    """As the export writes them."""
    now, scheme = datetime.now(UTC), load(cases.SCHEME)
    who = map(cases.mentor, range(_LINES))
    lines = ((cases.person(u), cases.member(u, "mentor", now, cases.profile(n))) for n, u in enumerate(who))
    return written(headings(scheme), rows(scheme, lines))
