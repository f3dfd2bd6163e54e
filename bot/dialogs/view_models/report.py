"""The scheme in figures, for the office and its board. None in the place of a number: it is not told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.lifecycle.figures import Days
from bot.lifecycle.people import Person
from bot.lifecycle.survey_results import Result
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

Told = int | None


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """How many of a role have a place, of how many (None: any number), take part, wait for the office, and wait for a
    place."""

    held: Told
    places: int | None
    taking_part: Told
    applicants: Told
    in_line: Told


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What a month brought; `first` is its first moment."""

    first: datetime
    requests: Told
    begun: Told
    ended: Told
    held: Told


@dataclass(frozen=True, slots=True)
class Question:
    """What was answered to a question of a sheet that the office reads: so many answers to each, of so many in all."""

    sheet: str
    asked: str
    answers: Mapping[str, Told]
    of: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole of it. `mentors`: silent, paused, overloaded; `pace`: active, behind, quiet; `ends`: by how they ended;
    `days`: until the approval, a mentor's answer, and the connection."""

    scheme: Scheme
    reader: Person
    at: datetime
    roles: Mapping[Role, RoleFigures]
    months: tuple[MonthFigures, ...]
    days: Mapping[str, Days | None]
    mentors: Mapping[str, Told]
    pace: Mapping[str, Told]
    ends: Mapping[str, Told]
    questions: tuple[Question, ...] = ()
    surveys: tuple[tuple[str, Result], ...] = ()
    """What surveys say: the title of each, and what those of a role answered."""
