"""How a pair ends: either of the two removes it or leaves the scheme, it is completed, the office ends it, or its
time is over.

Whichever it is, the place is free from then on, sessions that were set are off, and both may look back at it for as
long as the scheme keeps it.
"""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import End, Pair, Session, may_act
from bot.lifecycle.sessions import enough
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.period import period
from bot.schemes.scheme import Scheme


def remove(pair: Pair, by: str, reason: str | None, now: datetime) -> Step[Pair]:
    """One of the two ends it, whenever they like; the other is told, and never why: that is for the office alone."""
    may_act(pair, by)
    ended = _ended(pair, "removed", by, now, reason=reason)
    return _off(Step(ended, (tell(Kind.CONNECTION_REMOVED, pair.other(by), pair.id),)), pair, now)


def leave(pair: Pair, person: str, now: datetime) -> Step[Pair]:
    """One of the two is in the scheme no longer: it ends with that, and the other is told kindly."""
    may_act(pair, person)
    told = tell(Kind.CONNECTION_REMOVED, pair.other(person), pair.id)
    return _off(Step(_ended(pair, "left", person, now), (told,)), pair, now)


def complete(pair: Pair, by: str, now: datetime) -> Step[Pair]:
    """One of the two ends it as completed; both are thanked."""
    may_complete(pair, by, now)
    return _off(_both_told(_ended(pair, "completed", by, now), Kind.CONNECTION_COMPLETED), pair, now)


def may_complete(pair: Pair, by: str, now: datetime) -> None:
    """Whether this party can end it as completed: the sessions that were expected have taken place, or the one that the
    two made their last, or the shorter of its lengths is over; where they were promised neither, whenever they find
    so."""
    may_act(pair, by)
    expected, at_least = pair.terms.sessions, pair.terms.length_at_least
    long_enough = at_least is not None and period(at_least).after(pair.began_at) <= now
    if (expected, at_least) != (None, None) and not enough(pair) and not long_enough:
        raise Refused("not_complete_yet")


def end(pair: Pair, by: str, reply: str | None, now: datetime) -> Step[Pair]:
    """The office ends it; both are told, with its words where there are some."""
    may_end(pair)
    return _off(_both_told(_ended(pair, "office", by, now, reply=reply), Kind.CONNECTION_ENDED), pair, now)


def replaced(pair: Pair, by: str, reason: str | None, reply: str | None, now: datetime) -> Step[Pair]:
    """The office ends it because somebody else is to be the mentor: both are told, with its words where there are some;
    `reason` is for the office alone."""
    may_end(pair)
    ended = replace(_ended(pair, "office", by, now, reply=reply), reason=reason)
    return _off(_both_told(ended, Kind.CONNECTION_ENDED), pair, now)


def may_end(pair: Pair) -> None:
    """Whether there is anything to end."""
    if pair.state != "active":
        raise Refused("pair_ended")


def time_over(pair: Pair, now: datetime) -> Step[Pair]:
    """Its time is over: both are told. Nothing happens before."""
    if pair.state != "active" or pair.ends_at is None or pair.ends_at > now:
        return Step(pair)
    return _off(_both_told(_ended(pair, "time", None, now), Kind.CONNECTION_OVER), pair, now)


def may_look_at(pair: Pair, person: str, scheme: Scheme, now: datetime) -> None:
    """Whether this is one of the two, and the pair goes on or is still kept for them to look at."""
    pair.other(person)
    kept = scheme.pairs.kept
    if kept is not None and pair.ended_at is not None and kept.after(pair.ended_at) <= now:
        raise Refused("gone")


def called_off(pair: Pair) -> tuple[Session, ...]:
    """The sessions that were set and that the end came before."""
    return tuple(each for each in pair.sessions if each.state == "called_off")


def ahead(pair: Pair, now: datetime) -> tuple[Session, ...]:
    """The sessions that are set and have not begun: what an end would call off."""
    times = (each for each in pair.sessions if each.state == "scheduled")
    return tuple(each for each in times if each.starts_at is not None and each.starts_at > now)


def _ended(
    pair: Pair, how: End, by: str | None, now: datetime, *, reason: str | None = None, reply: str | None = None
) -> Pair:
    off = {each.id for each in ahead(pair, now)}
    sessions = tuple(
        replace(each, state="called_off", revision=each.revision + 1) if each.id in off else each
        for each in pair.sessions
    )
    return replace(
        pair, state="ended", sessions=sessions, end=how, ended_at=now, ended_by=by, reason=reason, reply=reply
    )


def _both_told(pair: Pair, kind: Kind) -> Step[Pair]:
    return Step(pair, tuple(tell(kind, person, pair.id) for person in (pair.mentee, pair.mentor)))


def _off(step: Step[Pair], before: Pair, now: datetime) -> Step[Pair]:
    """Both calendars hear of the sessions that the end came before; in chat the end itself says it."""
    off = [step.state.session(each.id) for each in ahead(before, now)]
    both = (before.mentee, before.mentor)
    told = (tell(Kind.SESSION_CANCELLED, who, each.id, each.revision) for each in off for who in both)
    return replace(step, notices=(*step.notices, *(replace(each, copy_alone=True) for each in told)))
