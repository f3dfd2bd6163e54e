"""A round of matching, whole: who waits is read, scores are worked out, mentors found, reasons and rows written;
against scipy's `linear_sum_assignment` alone on the same scores, and beside Accepts."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, Final

import numpy as np
from scipy.optimize import linear_sum_assignment
from sqlalchemy import Connection as Db

from bench import cases, report
from bench.beside import beside
from bench.cases import Case
from bench.report import Line
from bench.setting_up import Place
from bot.actions import round_steps
from bot.actions.context import Caller, Channels, Click
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.app import utc_now
from bot.ids import new_id
from bot.lifecycle.request import Request
from bot.matching import points
from bot.matching.criteria import wishes_of
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.serving import once_started
from bot.storage import candidates, members, people, requests, rounds, seekers
from bot.storage.database import Database
from tests.support.databases import KEYS
from tests.support.schemes import with_power, with_route

TITLE = "A round for 1,000 mentees and 550 mentors of two places each, with reasons and rows written"
_MENTEES, _MENTORS = 1_000, 550
_CLICKS, _A_SECOND, _AGAIN = 900, 50, 5
_AT_MOST, _LATEST = 20, 100
_OFFICER = "U4OFFICER"
_SCHEME: Final = with_power(with_route(load(cases.SCHEME), steps=("assign", "ask"), approval_holds=None), "match")


async def measure(place: Place) -> list[Line]:
    """On each engine."""
    return [line for engine in ("sqlite", "postgresql") for line in await _on(place, engine)]


async def _on(place: Place, engine: str) -> list[Line]:
    with Database(place.database_url(engine), KEYS) as database:
        cases.asked(database, (), [timedelta(days=4)] * _CLICKS)
        cases.mentors(database, 0, _MENTORS)
        database.write_now(_wait)
        dispatcher = Dispatcher(database, Schemes((_SCHEME,)), utc_now, new_id, Channels(), administrators=[_OFFICER])
        await dispatcher.meet(Caller("slack", cases.TEAM, _OFFICER), Introduction("Officer", None, "Europe/London"))
        once_started()
        alone, most, best = await database.read(_alone)
        took = [await _run(dispatcher) for _ in range(_AGAIN)]
        one = await _the_round(dispatcher)
        if (one.placed, one.percent) != (most, best):
            raise RuntimeError(f"{one.placed} placed with {one.percent} points, and {most} with {best} could be")
        clicked = await beside(dispatcher, _presses(), _again(dispatcher), _A_SECOND)
    whole = sorted(took)[_AGAIN // 2]
    optimum = f"{one.placed} placed with {one.percent:,} points, the optimum"
    said = f"{whole * 1e3:.0f} ms against {alone * 1e3:.0f} ms; {optimum}"
    return [
        report.at_most(f"{engine}: against linear_sum_assignment alone", whole / alone, _AT_MOST, "×", said),
        report.at_most(f"{engine}: Accepts meanwhile: p99", clicked.latest, _LATEST, "ms", clicked.said()),
    ]


async def _run(dispatcher: Dispatcher) -> float:
    """Seconds from the press until it can be looked at."""
    one = await _the_round(dispatcher, wanted=False)
    began = time.perf_counter()
    await dispatcher.answer(Click(Caller("slack", cases.TEAM, _OFFICER), "run_round", one.id if one else ""))
    await round_steps.go_on(dispatcher)
    return time.perf_counter() - began


async def _again(dispatcher: Dispatcher) -> None:
    for _ in range(_AGAIN):
        await _run(dispatcher)


async def _the_round(dispatcher: Dispatcher, *, wanted: bool = True) -> Any:
    one = await dispatcher.database.read(lambda db: rounds.open_of(db, cases.SCHEME))
    if wanted and (one is None or one.state != "ready"):
        raise RuntimeError("the round is not ready")
    return one


def _wait(db: Db) -> None:
    """So many mentees, whose requests wait to be matched."""
    now, topics = datetime.now(UTC), _SCHEME.topics
    for number in range(_MENTEES):
        user = f"U6MENTEE{number:06d}"
        asked = {
            "topics": [topics[(number + n * 3) % len(topics)] for n in range(3)],
            "foremost": [topics[number % len(topics)]],
        }
        wishes = {"ways": ["Video call"], "mentor_gender": ("A woman", "A man", "No preference")[number % 3]}
        people.save(db, cases.person(user), now)
        members.save(db, None, replace(cases.member(user, "mentee", now), preferences=wishes))
        requests.save(db, None, Request(f"R{user}", cases.SCHEME, user, "assigning", asked, now, waiting_since=now))


def _alone(db: Db) -> tuple[float, int, int]:
    """Seconds of `linear_sum_assignment` on the same scores, the most that can be placed, and their points."""
    scheme = _SCHEME
    found = requests.in_states(db, scheme.key, ["assigning"])
    mentors = [each for each in candidates.candidates(db, scheme, utc_now()) if each.can_be_asked]
    criteria = [wishes_of(each, scheme) for each in seekers.many(db, scheme, found)]
    table = points.of(criteria, mentors)
    seats = list(chain.from_iterable([n] * ((each.limit or 0) - each.load) for n, each in enumerate(mentors)))
    scores = np.where(table.fits, table.percent + 1_000_000, 0)[:, seats].astype(float)
    took, chosen = list[float](), (np.array([]), np.array([]))
    for _ in range(_AGAIN):
        began = time.perf_counter()
        chosen = linear_sum_assignment(scores, maximize=True)
        took.append(time.perf_counter() - began)
    total = int(scores[chosen].sum())
    return sorted(took)[_AGAIN // 2], total // 1_000_000, total % 1_000_000


def _presses() -> Iterator[Click]:
    for case in map(Case, range(_CLICKS)):
        yield Click(Caller("slack", cases.TEAM, case.mentor), "accept", case.invitation)
