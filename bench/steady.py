"""Acks while the bot does everything else too: fifty clicks a second, each with its letters drawn and sent and pages
redrawn, deadlines passing, and an import beside them."""

from datetime import timedelta

from bench import cases, load, report, slack
from bench.cases import Case
from bench.report import Line
from bench.setting_up import Place, Population, bot, population
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "Ack at 50 clicks a second (Accept and Decline), with sweep and delivery running"
_A_SECOND = 50
_SECONDS = 8
_CLICKS = _A_SECOND * _SECONDS
_DUE = 200
_BOUNDS = {"sqlite": 100, "postgresql": 250}
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


async def measure(place: Place) -> list[Line]:
    """On both engines, first without the import, then with it."""
    lines: list[Line] = []
    for engine in _BOUNDS:
        lines += await _on(place, engine)
    return lines


async def _on(place: Place, engine: str) -> list[Line]:
    url, name, bound = place.database_url(engine), _NAMES[engine], _BOUNDS[engine]
    async with population(place, 2 * _CLICKS + _DUE) as here:
        with Database(url, KEYS) as database:
            # Some deadlines pass every second from before the first click to after the last.
            due = [timedelta(seconds=number * 40 / _DUE) for number in range(_DUE)]
            cases.asked(database, here.cards[: 2 * _CLICKS], due)
        async with bot(place, here.slack, url, "--sweeping") as running:
            await running.acquaint([Case(number).mentor for number in range(2 * _CLICKS)])
            alone = await load.at_rate(running.url, _clicks(here, 0), _A_SECOND)
            await running.process.ask("import")
            beside = await load.at_rate(running.url, _clicks(here, _CLICKS), _A_SECOND)
            members = (await running.process.ask("stop importing"))["members"]
    return [
        _line(name, alone, bound, ""),
        _line(f"{name}, beside an import", beside, bound, f"; {members / beside.seconds:,.0f} members/s"),
    ]


def _clicks(here: Population, first: int) -> list[bytes]:
    """Accept and Decline by turns, each of another invitation."""
    secret, made = here.slack.signing_secret, []
    for number in range(first, first + _CLICKS):
        case = Case(number)
        if number % 2:
            made.append(slack.submission(secret, case.mentor, "decline", case.invitation))
        else:
            made.append(slack.press(secret, case.mentor, "accept", case.invitation, *here.cards[number]))
    return made


def _line(name: str, acks: load.Acks, bound: float, more: str) -> Line:
    late = report.percentile(acks.each, 0.99) * 1e3
    return report.at_most(f"{name}: p99", late, bound, "ms", report.milliseconds(acks.each) + more)
