"""Which sessions are counted for payment: each once, in the time in which it was agreed that it took place. So times
that follow on each other leave none out and count none twice, and nothing that was counted is ever taken back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.lifecycle.hours import Held, Total, total
from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of one day to the end of another, which is over. Days are those of UTC: it is the
    same time whoever asks."""

    first: date
    last: date

    def holds(self, at: datetime) -> bool:
        """Whether that moment is in it."""
        return self.first <= at.astimezone(UTC).date() <= self.last


def may_count(actor: Actor, scheme: Scheme) -> None:
    """Whoever looks after members, where the scheme pays by the session."""
    office(actor, "manage_members")
    if scheme.pay != "hours_exported":
        raise Refused("not_offered")


def may_be_counted(span: Span, now: datetime) -> None:
    """A time that is over: one that is not would count less today than tomorrow."""
    if span.last < span.first:
        raise Refused("span_backwards", field="until")
    if span.last >= now.astimezone(UTC).date():
        raise Refused("span_not_over", field="until")


def last_month(now: datetime) -> Span:
    """The calendar month before this one."""
    last = now.astimezone(UTC).date().replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last)


def counted(held: Iterable[tuple[str, Held]], span: Span, now: datetime) -> Iterator[tuple[str, date, Total]]:
    """Of each mentor and each month in which sessions took place: how many were agreed in that time. A session of
    before it was kept when it was marked counts on its own day."""
    found: dict[tuple[str, date], list[Held]] = defaultdict(list)
    for mentor, each in held:
        agreed = each.agreed_at or each.at
        if each.at is not None and agreed is not None and each.agreed(now) and span.holds(agreed):
            found[mentor, each.at.astimezone(UTC).date().replace(day=1)].append(each)
    for (mentor, month), some in sorted(found.items()):
        yield mentor, month, total(some)


def written(span: Span) -> str:
    """A span as the subject of a message carries it."""
    return f"{span.first.isoformat()}:{span.last.isoformat()}"


def read(text: str) -> Span:
    """The same back; Refused where it is none."""
    first, _, last = text.partition(":")
    try:
        return Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise Refused("gone") from None
