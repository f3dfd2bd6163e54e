"""What needs somebody of the office, by name: each need once, read by lists, by Home and by whatever tells of it.

A need is a comparison with a moment, and the moments follow from the scheme and the clock (`Marks`): the same
comparisons stand in `storage/listing`, so that ten thousand are looked through where they are kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, Self

from bot.lifecycle import refreshing
from bot.lifecycle.gates import last_day
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request
from bot.schemes.period import Period
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme


class Need(StrEnum):
    """Why something is at the top of a list, the most pressing first. The value is what is typed for it."""

    OVERDUE = "overdue"  # member, request: the office has had it for longer than it means to
    WAITING = "waiting"  # member, request: the office has something to decide
    ENDED = "ended"  # request: silence has ended it, and its mentee has nobody
    LAPSED = "lapsed"  # member: a required training has lapsed
    SILENT = "silent"  # mentor: silent again and again, or asked for some time; request: whoever is asked is
    UNTRAINED = "untrained"  # member: approved, and a required training is not on record
    UNANSWERED = "unanswered"  # member, request: the office has asked back, some time ago
    QUIET = "quiet"  # pair: no session for some time, and none is set
    BEHIND = "behind"  # pair: fewer sessions than were due by now
    ENDING = "ending"  # pair: its time is over soon
    UNCONFIRMED = "unconfirmed"  # mentor: their entry in the directory has not been confirmed this year
    LAPSING = "lapsing"  # member: a required training lapses soon


Listed = Literal["members", "requests", "connections"]
"""What the office has lists of."""
NEEDS: Final[Mapping[Listed, tuple[Need, ...]]] = {
    "members": (
        Need.OVERDUE, Need.WAITING, Need.LAPSED, Need.SILENT, Need.UNTRAINED, Need.UNANSWERED, Need.UNCONFIRMED,
        Need.LAPSING,
    ),
    "requests": (Need.OVERDUE, Need.WAITING, Need.ENDED, Need.SILENT, Need.UNANSWERED),
    "connections": (Need.QUIET, Need.BEHIND, Need.ENDING),
}  # fmt: skip
"""What can be needed by whom, the most pressing first."""


@dataclass(frozen=True, slots=True)
class TrainingMark:
    """A required training of a role. Whoever completed it before the day `lapsed` holds it no longer, before `lapsing`
    not for long; None: it is not renewed."""

    role: Role
    key: str
    lapsed: date | None
    lapsing: date | None


@dataclass(frozen=True, slots=True)
class Marks:
    """The moments before which something must have begun to need somebody now."""

    now: datetime
    overdue: datetime | None
    invitation: datetime
    question: datetime
    ended: datetime
    untrained: datetime
    no_session: datetime
    ending: datetime
    silences: int
    trainings: tuple[TrainingMark, ...]
    unconfirmed: datetime | None = None

    @classmethod
    def of(cls, scheme: Scheme, now: datetime) -> Self:
        """As the scheme has them today."""
        rules, within = scheme.attention, scheme.approvals.within
        return cls(
            now,
            within.before(now) if within else None,
            rules.invitation_unanswered.before(now),
            rules.question_unanswered.before(now),
            rules.ended_lately.before(now),
            rules.untrained.before(now),
            rules.no_session.before(now),
            rules.ending.after(now),
            rules.silences,
            tuple(_trainings(scheme, now)),
            refreshing.mark(scheme, now),
        )


def _trainings(scheme: Scheme, now: datetime) -> Iterator[TrainingMark]:
    soon = scheme.attention.training_lapsing.after(now)
    for role in ROLES:
        for training in scheme.roles[role].trainings:
            every = training.renewed_every
            if training.required:
                yield TrainingMark(
                    role, training.key, _held_since(every, now.date()) if every else None,
                    _held_since(every, soon.date()) if every else None,
                )  # fmt: skip


def _held_since(every: Period, on: date) -> date:
    """The first day on which a training can have been completed that is still held on that day."""
    day = every.before(datetime(on.year, on.month, on.day)).date()  # noqa: DTZ001 – a day
    while last_day(day, every) < on:
        day += timedelta(days=1)
    while last_day(day - timedelta(days=1), every) >= on:
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Facts:
    """What else is known of a member or a request. `asked_since`: the longest that a mentor has been asked without an
    answer; `question_since`: since when the office's question waits; `moved_on`: whether the mentee has a later request
    or a mentor."""

    asked_since: datetime | None = None
    question_since: datetime | None = None
    moved_on: bool = False


def of_member(member: Member, facts: Facts, marks: Marks) -> tuple[Need, ...]:
    """What a membership needs, the most pressing first."""
    holds = {
        Need.OVERDUE: _before(member.waiting_since, marks.overdue),
        Need.WAITING: member.waiting_since is not None,
        Need.UNANSWERED: member.question is not None and _before(facts.question_since, marks.question),
    }
    if member.state == "approved":
        role = [each for each in marks.trainings if each.role == member.role]
        holds |= {
            Need.LAPSED: any(_done_before(member, each.key, each.lapsed) for each in role),
            Need.UNTRAINED: _before(member.approved_at, marks.untrained)
            and any(each.key not in member.trainings for each in role),
            Need.LAPSING: any(_done_before(member, each.key, each.lapsing) for each in role),
            Need.UNCONFIRMED: member.role == "mentor" and _before(refreshing.fresh_since(member), marks.unconfirmed),
            Need.SILENT: member.role == "mentor"
            and (member.silences >= marks.silences or _before(facts.asked_since, marks.invitation)),
        }
    return _needed("members", holds.get)


def of_request(request: Request, facts: Facts, marks: Marks) -> tuple[Need, ...]:
    """What a request needs, the most pressing first."""
    answered = (each.answered_at for each in request.invitations)
    lately = any(at is not None and at >= marks.ended for at in answered)
    holds = {
        Need.OVERDUE: _before(request.waiting_since, marks.overdue),
        Need.WAITING: request.waiting_since is not None,
        Need.ENDED: request.state == "expired" and lately and not facts.moved_on,
        Need.SILENT: request.state == "asking" and _before(asked_since(request), marks.invitation),
        Need.UNANSWERED: request.state == "clarifying" and _before(facts.question_since, marks.question),
    }
    return _needed("requests", holds.get)


def asked_since(request: Request) -> datetime | None:
    """Since when the mentor who has been asked for longest has not answered."""
    asked = (each.asked_at for each in request.open_invitations if each.asker != "mentor")
    return min((at for at in asked if at is not None), default=None)


def of_pair(pair: Pair, marks: Marks) -> tuple[Need, ...]:
    """What a pair needs, the most pressing first; two who rest are not asked how far they are."""
    goes_on = pair.state == "active"
    awake = goes_on and (pair.rests_until is None or pair.rests_until <= marks.now)
    behind = behind_from(pair)
    holds = {
        Need.QUIET: awake and _before(quiet_since(pair), marks.no_session),
        Need.BEHIND: awake and behind is not None and behind <= marks.now,
        Need.ENDING: goes_on and _before(pair.ends_at, marks.ending),
    }
    return _needed("connections", holds.get)


def _needed(listed: Listed, holds: Callable[[Need], bool | None]) -> tuple[Need, ...]:
    """The more pressing of two that say the same comes alone."""
    found = [need for need in NEEDS[listed] if holds(need)]
    said = {more for less, more in SAID_BY.items() if less in found}
    return tuple(need for need in found if need not in said)


SAID_BY: Final[Mapping[Need, Need]] = {Need.OVERDUE: Need.WAITING, Need.LAPSED: Need.LAPSING}
"""What goes without saying, by what says it."""


def quiet_since(pair: Pair) -> datetime | None:
    """Since when the two have not met: the last session that took place or is set, or the day they were connected.
    None: as many took place as were expected, so that nobody asks."""
    expected = pair.terms.sessions
    held = sum(each.state == "completed" for each in pair.sessions)
    if expected is not None and held >= expected:
        return None
    times = (each.starts_at for each in pair.sessions if each.state in {"completed", "scheduled"})
    return max([pair.began_at, *(at for at in times if at is not None)])


def behind_from(pair: Pair) -> datetime | None:
    """From when on more sessions were due than took place or are set, if they were spread over the whole time; None:
    nobody said how many, or over what time, or there are enough."""
    expected, ends_at = pair.terms.sessions, pair.ends_at
    timed = sum(each.starts_at is not None for each in pair.sessions)
    if expected is None or ends_at is None or timed >= expected:
        return None
    return pair.began_at + (ends_at - pair.began_at) * ((timed + 1) / expected)


def _before(at: datetime | None, mark: datetime | None) -> bool:
    return at is not None and mark is not None and at < mark


def _done_before(member: Member, training: str, mark: date | None) -> bool:
    done = member.trainings.get(training)
    return done is not None and mark is not None and done < mark
