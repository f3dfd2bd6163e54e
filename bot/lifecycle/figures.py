"""What the office may be told in numbers: nothing about a group so small that somebody could be recognised in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

SMALLEST: Final = 5
"""The fewest pairs of which anything is counted."""
PERIOD: Final = timedelta(days=365)
"""How far back sessions are counted."""


@dataclass(frozen=True, slots=True)
class Met:
    """The sessions of a scheme in the last period. `held`: how many took place; `missed`: for how many one waited and
    the two did not meet; `pairs`: of how many pairs these are."""

    held: int
    missed: int
    pairs: int


def may_be_told(met: Met) -> Met | None:
    """The numbers, where enough pairs stand behind them; whose they are is in none of them."""
    return met if met.pairs >= SMALLEST else None


def told(number: int, whole: int | None = None) -> int | None:
    """A number of people, where nobody can be recognised in it: none at all, or enough. Where it is told of how many in
    all (`whole`), the rest must be none or enough as well, since it can be reckoned."""
    groups = (number,) if whole is None else (number, whole - number)
    return number if all(group == 0 or group >= SMALLEST for group in groups) else None


def told_parts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The parts of a whole that is told itself: what is left out in all could be reckoned, so the next smallest are
    left out too until that is enough. Nor is it said then of which parts there are none: of five left out who are five
    in all, each would be one."""
    shown = {name: told(number) for name, number in counts.items()}
    left_out = sum(counts[name] for name, number in shown.items() if number is None)
    for number, name in sorted((number, name) for name, number in shown.items() if number):
        if left_out == 0 or left_out >= SMALLEST:
            break
        shown[name], left_out = None, left_out + number
    return {name: number or None for name, number in shown.items()} if left_out else shown


@dataclass(frozen=True, slots=True)
class Days:
    """How many days something took: the one in the middle, the worst, and of how many."""

    median: float
    worst: float
    of: int


def days(found: Sequence[float]) -> Days | None:
    """Of so many as may be told; None otherwise."""
    return Days(median(found), max(found), len(found)) if len(found) >= SMALLEST else None
