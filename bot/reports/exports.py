"""Tables that go out: each its headings and its lines. Days are those of the zone given; what nobody knows is empty."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.hours import Total
from bot.lifecycle.paying import Span
from bot.lifecycle.people import Person
from bot.reports.columns import STATUS
from bot.reports.pair_lines import AGREED, BEGAN, MENTEE, MENTOR
from bot.storage.exporting import HeldRow, PairRow, RequestRow

CONNECTIONS: Final = (
    "Mentee", MENTEE, "Mentor", MENTOR, BEGAN, AGREED, STATUS, "Ends on", "Ended on", "How it ended",
    "Sessions held", "Sessions expected", "Last session", "Next session",
)  # fmt: skip
HOURS: Final = ("Mentor", "E-mail", "Month", "Sessions", "Hours")
PAYMENT: Final = ("Mentor", "E-mail", "Month", "Sessions", "Minutes", "Agreed from", "Agreed to")
DAYS: Final = (
    "Asked on", "Approved on", "Days to the approval", "First mentor asked on", "Connected on",
    "Days to the connection", "State",
)  # fmt: skip


def connections(rows: Iterable[PairRow], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """A connection each, below `CONNECTIONS`."""
    for row in rows:
        days = (row.began_at, row.agreed_at), (row.ends_at, row.ended_at), (row.last, row.next)
        (began, agreed), (ends, ended), (last, next_) = (tuple(_day(each, zone) for each in some) for some in days)
        yield (
            row.mentee.name, row.mentee.email or "", row.mentor.name, row.mentor.email or "", began, agreed, row.state,
            ends, ended, row.end or "", str(row.held), str(row.expected or ""), last, next_,
        )  # fmt: skip


def hours(rows: Iterable[HeldRow], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """A mentor's month each, below `HOURS`, by name and month. A session of which no day is known has no month."""
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        month = f"{row.at.astimezone(zone):%Y-%m}" if row.at else ""
        counted = sums[row.mentor.name, row.mentor.email or "", month]
        counted[0] += 1
        counted[1] += row.minutes
    for who, (sessions, minutes) in sorted(sums.items()):
        yield (*who, str(sessions), f"{minutes / 60:.2f}".rstrip("0").rstrip("."))


def payment(
    rows: Iterable[tuple[str, date, Total]], known: Mapping[str, Person], span: Span
) -> Iterator[tuple[str, ...]]:
    """A mentor's month each, below `PAYMENT`, by name: the sessions of it that were agreed in that time."""
    named = ((known[mentor], month, total) for mentor, month, total in rows)
    for who, month, total in sorted(named, key=lambda row: (row[0].name, row[0].id, row[1])):
        sums = (f"{month:%Y-%m}", str(total.sessions), str(total.minutes))
        yield (who.name, who.email or "", *sums, span.first.isoformat(), span.last.isoformat())


def days(rows: Iterable[RequestRow], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """A request each, below `DAYS`, and nobody's name."""
    for row in rows:
        yield (
            _day(row.made_at, zone), _day(row.approved_at, zone), _between(row.made_at, row.approved_at),
            _day(row.asked_at, zone), _day(row.matched_at, zone), _between(row.made_at, row.matched_at), row.state,
        )  # fmt: skip


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat() if at else ""


def _between(since: datetime, until: datetime | None) -> str:
    return f"{(until - since).total_seconds() / 86_400:.1f}" if until else ""
