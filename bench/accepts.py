"""A durable Accept: a signed press, sixteen in flight, each of another invitation, until the ack that says it is kept.
Against the statements that it issued and nothing else."""

import shutil
from pathlib import Path

from sqlalchemy import make_url

from bench import cases, load, report, slack
from bench.cases import Case
from bench.replaying import AT_ONCE, Replay, record
from bench.report import Line
from bench.setting_up import Place, Population, Running, bot, population
from bot.storage.database import Database
from tests.support.databases import KEYS

TITLE = "A durable Accept on SQLite (synchronous=FULL), against its own statements through Core, a commit each"
_ROUNDS = 3
_CLICKS = 400
_BOUND = 0.6


async def measure(place: Place) -> list[Line]:
    """The two take turns; then once more with delivery going on in the same process."""
    everybody = 1 + (_ROUNDS + 1) * _CLICKS
    url = place.database_url()
    async with population(place, everybody) as here:
        with Database(url, KEYS) as database:
            cases.asked(database, here.cards)
        copy, full = _copied(place, url, "replay"), _copied(place, url, "full")
        recorded = await record(_copied(place, url, "record"), Case(0))
        replay = Replay(copy, recorded)
        ours, theirs = [], []
        try:
            async with bot(place, here.slack, url, "--receiving") as running:
                for round_ in range(_ROUNDS):
                    some = _some(round_)
                    theirs.append(_CLICKS / replay.run(some))
                    ours.append(await _accepts(running, here, some))
        finally:
            replay.close()
        async with bot(place, here.slack, full) as running:
            beside_delivery = await _accepts(running, here, _some(_ROUNDS))
    mine, core = (sorted(found)[len(found) // 2] for found in (ours, theirs))
    beside = f"{mine:,.0f}/s against {core:,.0f}/s; {len(recorded.statements)} statements a click"
    lines = [
        report.at_least("press to ack, 16 in flight", mine / core, _BOUND, beside),
        report.only(
            "the same while its letters are drawn and sent",
            f"{beside_delivery / core:.2f} ×",
            f"{beside_delivery:,.0f}/s",
        ),
    ]
    if place.verbose:
        print("\nStatements of an Accept:", *recorded.shapes(), sep="\n  ")
    return lines


def _some(round_: int) -> list[Case]:
    return [Case(1 + round_ * _CLICKS + number) for number in range(_CLICKS)]


async def _accepts(running: Running, here: Population, some: list[Case]) -> float:
    """Accepts a second."""
    secret = here.slack.signing_secret
    await running.acquaint([case.mentor for case in some])
    presses = [slack.press(secret, case.mentor, "accept", case.invitation, *here.cards[case.number]) for case in some]
    return (await load.in_flight(running.url, presses, AT_ONCE)).a_second


def _copied(place: Place, url: str, name: str) -> str:
    """The address of a copy of a database that nobody has open."""
    file = place.folder / f"{name}.db"
    shutil.copyfile(Path(str(make_url(url).database)), file)
    return f"sqlite:///{file}"
