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
LONGEST: Final = timedelta(days=3 * 366)
"""How long two are connected at most: whoever goes on for longer is connected anew."""


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


def extend(pair: Pair, until: datetime, words: str | None, now: datetime) -> Step[Pair]:
    """The office moves the end of their time to a day; both are told, with its words where there are some. More than
    the scheme gives needs words: both read why."""
    may_extend(pair)
    may_extend_until(pair, until, words, now)
    longer = replace(pair, ends_at=until, extended_at=now, more_time_by=None, reply=words)
    at = int(now.timestamp())
    told = tuple(tell(Kind.EXTENDED, each, pair.id, at) for each in (pair.mentee, pair.mentor))
    return Step(longer, told, (Deadline(DeadlineKind.CONNECTION_OVER, pair.id, until),))


def take_back(pair: Pair, before: Pair, now: datetime) -> Step[Pair]:
    """The office takes back what it has just given: their time is over when it was (`before`), and both hear of it."""
    ends_at = may_extend(before)
    if pair.state != "active" or ends_at <= now:
        raise Refused("undo_gone_on")
    at = int(now.timestamp())
    told = tuple(tell(Kind.EXTENSION_TAKEN_BACK, each, pair.id, at) for each in (pair.mentee, pair.mentor))
    return Step(before, told, (Deadline(DeadlineKind.CONNECTION_OVER, pair.id, ends_at),))


def may_extend(pair: Pair) -> datetime:
    """The end of their time, where they have one that can be moved."""
    if pair.state != "active":
        raise Refused("pair_ended")
    if pair.ends_at is None:
        raise Refused("no_end")
    return pair.ends_at


def given(pair: Pair) -> datetime | None:
    """Until when the scheme gives them time without anybody having to say why; None: no longer than now."""
    if pair.terms.more_time is None or pair.ends_at is None or pair.extended_at is not None:
        return None
    return period(pair.terms.more_time).after(pair.ends_at)


def may_extend_until(pair: Pair, until: datetime, words: str | None, now: datetime) -> None:
    """Whether their time can be over then."""
    if until <= max(may_extend(pair), now):
        raise Refused("extend_earlier", field="until")
    if until > pair.began_at + LONGEST:
        raise Refused("extend_too_long", field="until")
    most = given(pair)
    if (most is None or until.date() > most.date()) and not words:
        raise Refused("extend_says_why", field="reply")


def may_agree(pair: Pair, by: str) -> datetime:
    """Until when it would go on, where the other has asked this party."""
    may_act(pair, by)
    if pair.more_time_by != pair.other(by) or pair.ends_at is None or pair.terms.more_time is None:
        raise Refused("more_time_not_asked")
    return period(pair.terms.more_time).after(pair.ends_at)
