"""What the office may be told in numbers: nothing about a group so small that somebody could be recognised in it."""

from dataclasses import dataclass
from datetime import timedelta
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
