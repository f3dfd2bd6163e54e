"""How many hours of mentoring somebody can show: the sessions that took place, each with its day, its length and the
role in which they were there. Whom they met, and about what, is in none of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from bot.lifecycle.step import Refused
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

Span = Literal["year", "twelve", "all"]
"""year: since the first of January · twelve: the last twelve months · all: ever."""
SPANS: Final[tuple[Span, ...]] = get_args(Span)


@dataclass(frozen=True, slots=True)
class Held:
    """A session that took place. `at`: when it began, or was marked, as far as either is known; `agreed_at`: from when
    on nobody can say that it was not so, None: before that was kept."""

    role: Role
    at: datetime | None
    minutes: int
    agreed_at: datetime | None

    def agreed(self, now: datetime) -> bool:
        """Whether it stands: the time in which the other could have said that it was not so is over."""
        return self.agreed_at is None or self.agreed_at <= now


@dataclass(frozen=True, slots=True)
class Total:
    """So many sessions, of so many minutes in all."""

    sessions: int = 0
    minutes: int = 0


def may_have_hours(scheme: Scheme) -> None:
    """Whether the scheme states hours. Whose they are is never asked: they are those of whoever asks."""
    if not scheme.evidence.hours:
        raise Refused("not_offered")


def span_of(written: str) -> Span:
    """The span of that name; this year for anything else."""
    return next((each for each in SPANS if each == written), "year")


def first_day(span: Span, today: date) -> date | None:
    """The first day of a span that ends today; None: there is none."""
    match span:
        case "year":
            return date(today.year, 1, 1)
        case "twelve":
            # From a 29 February it goes back to a 1 March: no longer than twelve months.
            leap = (today.month, today.day) == (2, 29)
            return date(today.year - 1, 3, 1) if leap else today.replace(year=today.year - 1)
        case "all":
            return None


def within(held: Iterable[Held], span: Span, now: datetime, zone: ZoneInfo) -> tuple[Held, ...]:
    """Those of the span, the latest first, on days as they were there; one without a day is of none but all."""
    first = first_day(span, now.astimezone(zone).date())
    found = (each for each in held if first is None or ((day := _day(each, zone)) is not None and day >= first))
    return tuple(sorted(found, key=lambda each: (each.at is not None, each.at), reverse=True))


def total(held: Iterable[Held]) -> Total:
    """All of them together."""
    minutes = [each.minutes for each in held]
    return Total(len(minutes), sum(minutes))


def by_role(held: Iterable[Held]) -> Mapping[Role, Total]:
    """By the roles in which there were any, mentee first."""
    found = tuple(held)
    roles = dict.fromkeys(sorted((each.role for each in found), key=lambda role: role == "mentor"))
    return {role: total(each for each in found if each.role == role) for role in roles}


def by_month(held: Iterable[Held], zone: ZoneInfo) -> Mapping[date | None, Mapping[Role, Total]]:
    """By the first day of each month in which there were any, and by role, in their order; None: no day is known."""
    found: dict[date | None, list[Held]] = defaultdict(list)
    for each in held:
        day = _day(each, zone)
        found[day.replace(day=1) if day else None].append(each)
    return {month: by_role(some) for month, some in found.items()}


def _day(held: Held, zone: ZoneInfo) -> date | None:
    return held.at.astimezone(zone).date() if held.at else None
