"""From the press of Find mentors until the ranked mentors are on the screen, with many mentors in the database."""

import gc
import statistics
import time

from bench import cases, report, slack
from bench.report import Line
from bench.setting_up import Place, bot
from bot.handlers.slack.platform import PATH
from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, rank
from bot.schemes.loading import load
from bot.storage.database import Database
from slack_workspace import Workspace
from tests.support.databases import KEYS

TITLE = "Press of Find mentors to the ranked list (SQLite)"
_MENTEE = "U4MENTEE"
_PRESSES = 16
_BOUND = 300
_LABEL = "Find mentors"


async def measure(place: Place) -> list[Line]:
    """With a thousand mentors, and with ten thousand."""
    lines = [_alone(mentors, bound) for mentors, bound in ((10_000, 15), (100_000, 150))]
    url, known = place.database_url(), 0
    with Database(url, KEYS) as database:
        cases.choosing(database, _MENTEE)
    for mentors in (1_000, 10_000):
        with Database(url, KEYS) as database:
            cases.mentors(database, known, mentors)
        known = mentors
        lines += _lines(mentors, await _pressed(place, url))
    return lines


def _alone(mentors: int, bound: float) -> Line:
    """The ranking with nothing around it: everybody is scored, three are explained."""
    some = [Candidate(cases.mentor(n), {**cases.profile(n), "ways": ["Video call"]}, n % 2, 2) for n in range(mentors)]
    asked = {"topics": ["Leadership", "Wellbeing", "Research and academia"], "foremost": ["Leadership"]}
    wishes = {"ways": ["Video call"], "mentor_gender": "A woman", "mentor_region": "Wales", "times": ["Mornings"]}
    took, scheme = list[float](), load(cases.SCHEME)
    gc.freeze()
    for _ in range(_PRESSES):
        began = time.perf_counter()
        rank(Seeker(_MENTEE, asked, wishes), some, scheme, at_most=3)
        took.append(time.perf_counter() - began)
    gc.unfreeze()
    return report.at_most(
        f"{mentors:,} mentors: the ranking alone, median", statistics.median(took) * 1e3, bound, "ms", ""
    )


async def _pressed(place: Place, url: str) -> list[float]:
    """Seconds from each press to its window."""
    workspace = Workspace(rate_limits=False)
    workspace.add_person("Mentee", user_id=_MENTEE, email="mentee@example.org")
    await workspace.start()
    try:
        async with bot(place, slack.of(workspace), url) as running:
            workspace.request_url = running.url + PATH
            test_user = workspace.test_user(_MENTEE)
            await test_user.open_home()
            home = await test_user.expect_home(_LABEL)
            took = []
            for _ in range(_PRESSES):
                began = time.perf_counter()
                await test_user.press(_LABEL, on=home)
                await test_user.expect_modal()
                took.append(time.perf_counter() - began)
                await test_user.close_modal()
            return took
    finally:
        await workspace.stop()


def _lines(mentors: int, took: list[float]) -> list[Line]:
    first, later = took[0] * 1e3, [each * 1e3 for each in took[1:]]
    name = f"{mentors:,} mentors"
    return [
        report.at_most(f"{name}: first press after the start", first, _BOUND, "ms", ""),
        report.at_most(
            f"{name}: worst of {len(later)} more", max(later), _BOUND, "ms", f"median {statistics.median(later):.0f} ms"
        ),
    ]
