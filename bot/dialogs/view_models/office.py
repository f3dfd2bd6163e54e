"""What waits for the office, and the scheme in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.requests import RequestView
from bot.lifecycle.figures import Met
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Touched:
    """People whom a scheme's file touches as it reads today, by name, and by what of it."""

    what: Literal["gate", "no gate", "places", "limit", "budget", "route", "terms", "office", "sheet", "intake"]
    names: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the office. `overdue`: longer than the scheme means to take."""

    view: MemberView | RequestView
    since: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits for the office, oldest first: one page of it."""

    scheme: Scheme
    waiting: tuple[Waiting, ...]
    total: int
    page: int
    pages: int
    viewer: Actor


@dataclass(frozen=True, slots=True)
class Figures:
    """The scheme in numbers, for the office."""

    mentees: int
    mentors: int
    asking: int
    pairs: int
    waiting: int = 0
    """How many wait for a place."""
    met: Met | None = None
    """The sessions of the last twelve months; None where too few pairs stand behind them."""
