"""Any valid scheme, any people, any moves: what must hold holds, and nothing fails. LIVES=1000 tries more of them."""

import asyncio
import logging
import os
import random
from collections import Counter
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS
from bot.storage.database import Database
from tests.lives.defects import DEFECTS, Defect
from tests.lives.living import live
from tests.lives.schemes_at_random import schemes, that_shows
from tests.lives.world import World
from tests.support.databases import KEYS

LIVES = int(os.environ.get("LIVES", "25"))
MOVES = 40
LIVES_AT_MOST = 80
"""In which a careless change is caught."""


class Drawn:
    """Chance by hypothesis, which finds the shortest life that goes wrong."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def choice(self, some: list[Any]) -> Any:
        """One of these."""
        return self._data.draw(st.sampled_from(some))


@pytest.mark.timeout(60 + 2 * LIVES)
@pytest.mark.covers("A13", "A16", "A17", "A19", "A22", "A30", "B4", "C8", "C10", "D8", "D9")
def test_whatever_people_do_what_must_hold_holds(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    numbers = count(1)
    caplog.set_level(logging.ERROR, "bot")
    with Database(sqlite_url, KEYS) as database, asyncio.Runner() as runner:

        @settings(
            max_examples=LIVES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(st.data())
        def one_life(data: st.DataObject) -> None:
            key = f"s{next(numbers)}"  # every life has a scheme of its own in the one database
            moments = data.draw(st.lists(st.sampled_from(MOMENTS), min_size=1, unique=True))
            by = data.draw(st.sampled_from(("mentee", "mentor", "either")))
            world = World(database, that_shows(data.draw(schemes(key)), moments, by))
            runner.run(live(world, Drawn(data), data.draw(st.integers(1, MOVES))))
            assert not [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]

        one_life()


def _drawn(number: int) -> list[Scheme]:
    """So many schemes, always the same."""
    found: list[Scheme] = []

    # The first draw may have modules to read in, which on a slow disk is no fault of the strategy.
    @settings(
        max_examples=number, database=None, derandomize=True, phases=(Phase.generate,),
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(schemes())
    def draw(scheme: Scheme) -> None:
        found.append(scheme)

    draw()
    return found


of_many = pytest.mark.xdist_group("many schemes")
"""To draw them takes longer than most of what is done with them: one worker does."""


@pytest.fixture(scope="module")
def many() -> list[Scheme]:
    """Enough of them for each kind to be among them."""
    return _drawn(300)


@of_many
def test_every_kind_of_scheme_is_among_them(many: list[Scheme]) -> None:
    """A fair share of each: what never comes up would be held by nothing."""
    seen: Counter[str] = Counter()
    for scheme in many:
        route, capacity = scheme.route, scheme.capacity
        seen.update(f"step {step}" for step in route.steps)
        seen.update(f"{role} {gate}" for role, rules in scheme.roles.items() for gate in rules.gates)
        seen.update(f"document {each.for_} {each.blocks}" for each in scheme.documents)
        seen.update(
            f"{name} {value}"
            for name, value in {
                "silence": route.on_silence, "fail": route.when_all_fail, "from": route.choose_from,
                "offers": route.offers, "talk": route.first_conversation, "window": route.reply_within is not None,
                "holds": route.approval_holds is not None, "at once": route.at_once, "counted": capacity.counted_by,
                "budget": capacity.budget, "messages": scheme.contact_details.before_acceptance,
                "length": scheme.sessions.length is not None, "expected": scheme.sessions.expected,
                "places": scheme.roles["mentee"].places, "kept": scheme.pairs.kept is not None,
            }.items()
        )  # fmt: skip
    rare = {name: times for name, times in seen.items() if times < len(many) // 20}
    assert not rare
    assert len(seen) > 50, seen


@of_many
@pytest.mark.parametrize("name", DEFECTS)
def test_a_careless_change_is_caught(name: str, many: list[Scheme], sqlite_url: str) -> None:
    defect = DEFECTS[name]
    with Database(sqlite_url, KEYS) as database, asyncio.Runner() as runner:
        said, scheme, seed = _first_caught(defect, many, database, runner)
        assert defect.caught_by in said, said
        sound = World(database, scheme.model_copy(update={"key": "sound"}))
        runner.run(live(sound, random.Random(seed), MOVES))  # the same life, and nothing is wrong with it


def _first_caught(
    defect: Defect, many: list[Scheme], database: Database, runner: asyncio.Runner
) -> tuple[str, Scheme, int]:
    fitting = [scheme for scheme in many if defect.shows_in(scheme)]
    assert len(fitting) > 5
    for seed in (*range(defect.first, LIVES_AT_MOST), *range(defect.first)):
        scheme = fitting[seed % len(fitting)]
        held = scheme.model_copy(update={"key": f"s{seed}"})
        world = World(database, held, defect.misread(held), defect.all_functions, defect.all_rules)
        try:
            runner.run(live(world, random.Random(seed), MOVES))
        except AssertionError as wrong:
            return str(wrong), scheme, seed
    raise AssertionError("nobody has noticed")
