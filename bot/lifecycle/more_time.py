"""More time for a pair whose time is nearly over: one of the two asks, the other agrees, and the scheme has it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, may_act
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.period import period

BEFORE: Final = timedelta(days=90)
"""How long before the end the two can ask for more time."""


def ask(pair: Pair, by: str, now: datetime) -> Step[Pair]:
    """One of the two would like to go on for longer; the other is asked."""
    may_ask(pair, by, now)
    return Step(replace(pair, more_time_by=by), (tell(Kind.MORE_TIME_ASKED, pair.other(by), pair.id),))


def may_ask(pair: Pair, by: str, now: datetime) -> None:
    """Whether this party can ask for more time now: the two were promised some, once, and the end is near."""
    may_act(pair, by)
    if pair.terms.more_time is None or pair.ends_at is None or pair.extended_at is not None:
        raise Refused("no_more_time")
    if pair.more_time_by is not None:
        raise Refused("more_time_asked")
    if pair.ends_at - now > BEFORE:
        raise Refused("more_time_early")


def agree(pair: Pair, by: str, now: datetime) -> Step[Pair]:
    """The other agrees: the time they were promised is longer, and both have it in writing."""
    ends_at = may_agree(pair, by)
    longer = replace(pair, ends_at=ends_at, extended_at=now, more_time_by=None)
    told = tuple(tell(Kind.MORE_TIME, each, pair.id) for each in (pair.mentee, pair.mentor))
    return Step(longer, told, (Deadline(DeadlineKind.CONNECTION_OVER, pair.id, ends_at),))


def may_agree(pair: Pair, by: str) -> datetime:
    """Until when it would go on, where the other has asked this party."""
    may_act(pair, by)
    if pair.more_time_by != pair.other(by) or pair.ends_at is None or pair.terms.more_time is None:
        raise Refused("more_time_not_asked")
    return period(pair.terms.more_time).after(pair.ends_at)
