"""A look-ahead for the year: the days on which a pair's sessions would fall, and setting all of them with one press."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, Session, may_act
from bot.lifecycle.sessions import (
    FURTHEST,
    Meeting,
    at,
    may_be_so,
    may_confirm,
    may_have_sessions,
    next_number,
    with_session,
)
from bot.lifecycle.step import Refused, Step, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.period import period

MOST: Final = 12
"""How many sessions one plan can hold."""
MOST_WEEKS: Final = 26
"""How far apart they can be, in weeks."""
_WEEK: Final = timedelta(weeks=1)
_YEAR: Final = 52
"""Weeks."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the plan. `instead_of`, `kept`: the day in its rhythm that was left out, and what is kept on it; None:
    one of the two is busy then."""

    on: date
    instead_of: date | None = None
    kept: str | None = None


def _never(_: date) -> bool:
    return False


def days(
    first: date,
    weeks: int,
    count: int,
    until: date | None,
    holiday: Callable[[date], str | None],
    busy: Callable[[date], bool] = _never,
) -> tuple[Day, ...]:
    """As many days every so many weeks as there are until that day; a holiday, or a day on which one of the two is
    busy, makes way for the next free day of the same weekday, and the others keep the rhythm."""
    found: list[Day] = []
    beat = first
    while len(found) < count:
        day = _free(beat, holiday, busy)
        if day is None or (until is not None and day.on > until):
            break
        found.append(day)
        while beat <= day.on:
            beat += weeks * _WEEK
    return tuple(found)


def _free(beat: date, holiday: Callable[[date], str | None], busy: Callable[[date], bool]) -> Day | None:
    """The first free day from there on, a week apart; None: there is none as far ahead as sessions can be set."""
    on = beat
    while holiday(on) is not None or busy(on):
        on += _WEEK
        if on - beat > FURTHEST:
            return None
    return Day(on, beat, holiday(beat)) if on != beat else Day(on)


def weeks_apart(pair: Pair) -> int:
    """How far apart the scheme means the sessions to be, in whole weeks: as it says, or spread over the time."""
    terms = pair.terms
    if terms.every is not None:
        return _weeks(period(terms.every).at_least)
    if terms.length is not None and terms.sessions is not None:
        return _weeks(period(terms.length).at_least / terms.sessions)
    return 4


def _weeks(apart: timedelta) -> int:
    return max(1, min(MOST_WEEKS, apart // _WEEK))


def to_set(pair: Pair) -> int:
    """How many sessions are still to be set: of those expected, or of a year where none are."""
    expected = pair.terms.sessions or _YEAR // weeks_apart(pair)
    have = sum(each.starts_at is not None for each in pair.sessions)
    return max(0, min(MOST, expected - have))


def may_plan(pair: Pair, by: str) -> None:
    """Whether this party can plan several sessions at once: all that comes before them is accepted, and more than one
    is still to be set."""
    may_have_sessions(pair, by)
    if to_set(pair) < 2:
        raise Refused("nothing_to_plan")


def plan(
    pair: Pair, by: str, opened_at: int, meetings: Sequence[Meeting], ids: Sequence[str], now: datetime
) -> Step[Pair]:
    """Set these meetings, the first sessions without a time first and then further ones, whose `ids` are new: as many
    as the meetings. Both have all of it in writing. `opened_at`: `marker` when the plan was drawn up: nothing
    is planned twice."""
    may_plan(pair, by)
    if opened_at != marker(pair):
        raise Refused("session_added")
    for meeting in meetings:
        may_be_so(meeting, pair.terms)
    may_fit(pair, [each.starts_at for each in meetings], now)
    waiting = [each for each in pair.sessions if each.state == "planned"]
    new = [Session(id_, next_number(pair) + n) for n, id_ in enumerate(ids[: max(0, len(meetings) - len(waiting))])]
    for session, meeting in zip((*waiting, *new), meetings, strict=False):
        pair = with_session(pair, at(session, by, meeting))
    told = (tell(Kind.YEAR_PLANNED, each, pair.id, marker(pair)) for each in (pair.other(by), by))
    return Step(pair, tuple(told))


def may_fit(pair: Pair, starts: Sequence[datetime], now: datetime) -> None:
    """Whether they lie ahead, follow one another, and the connection lasts so long. The field is that of the first
    that does not: "day:0", "day:1" …"""
    for n, starts_at in enumerate(starts):
        if starts_at <= now:
            raise Refused("session_past", field=f"day:{n}")
        if starts_at > now + FURTHEST:
            raise Refused("session_too_far", field=f"day:{n}")
        if pair.ends_at is not None and starts_at >= pair.ends_at:
            raise Refused("session_after_end", field=f"day:{n}")
        if n and starts_at <= starts[n - 1]:
            raise Refused("session_not_in_order", field=f"day:{n}")


def may_have_rhythm(weeks: int, count: int) -> None:
    """Whether a plan can have so many sessions so far apart."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused("plan_weeks", {"most": MOST_WEEKS}, field="weeks")
    if not 1 <= count <= MOST:
        raise Refused("plan_count", {"most": MOST}, field="count")


def marker(pair: Pair) -> int:
    """A number that grows with every time that is set or taken back, and with every session added."""
    return sum(each.revision + 1 for each in pair.sessions)


def unconfirmed(pair: Pair, by: str, now: datetime) -> tuple[Session, ...]:
    """The sessions that lie ahead and whose times the other has set: this party has still to say whether they suit."""
    return tuple(each for each in pair.sessions if allowed(may_confirm, pair, each.id, by, now))


def confirm_all(pair: Pair, by: str, seen: int, now: datetime) -> Step[Pair]:
    """All of them suit. `seen`: `marker` as the card was drawn, so that nobody agrees to a time they have not read."""
    waiting = may_confirm_all(pair, by, now)
    if seen != marker(pair):
        raise Refused("conflict")
    for each in waiting:
        pair = with_session(pair, replace(each, confirmed_at=now))
    return Step(pair, (tell(Kind.YEAR_CONFIRMED, pair.other(by), pair.id, marker(pair)),))


def may_confirm_all(pair: Pair, by: str, now: datetime) -> tuple[Session, ...]:
    """The sessions that wait for this party's word; there are some."""
    may_act(pair, by)
    waiting = unconfirmed(pair, by, now)
    if not waiting:
        raise Refused("session_confirmed")
    return waiting
