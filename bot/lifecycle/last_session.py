"""How two people part on purpose: either makes a session that is set their last, the other is told, and is reminded of
it at the meeting before it.

It is said in the reminders of sessions that go out anyway, and in none of its own. Where the one before has none left
to send (the last was set too late, or is made the last after that reminder went), nothing is sent in its place: both
have read it as the last was agreed on, and its own reminder says it once more.
"""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import may_cancel, may_have_sessions
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def make(pair: Pair, session_id: str, by: str, scheme: Scheme, now: datetime) -> Step[Pair]:
    """One of the two makes it their last, and no other one; the other is told."""
    return _as_last(pair, may_make(pair, session_id, by, scheme, now), by, by, now)


def may_make(pair: Pair, session_id: str, by: str, scheme: Scheme, now: datetime) -> Session:
    """The session, where this party can make it their last: it is set and lies ahead, nothing is set after it, and
    there is a meeting before it."""
    if not scheme.pairs.last_agreed:
        raise Refused("not_offered")
    may_have_sessions(pair, by)
    session = may_cancel(pair, session_id, by, now)
    if session == pair.last:
        raise Refused("last_already")
    if len(pair.in_time) < 2 or session != pair.in_time[-1]:
        raise Refused("last_of_several")
    return session


def unmake(pair: Pair, session_id: str, by: str, now: datetime) -> Step[Pair]:
    """It is not their last after all; the other is told."""
    return _as_last(pair, may_unmake(pair, session_id, by, now), None, by, now)


def may_unmake(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where it is their last and has not begun. A scheme that has dropped last sessions lets them."""
    session = may_cancel(pair, session_id, by, now)
    if session != pair.last:
        raise Refused("last_not_agreed")
    return session


def _as_last(pair: Pair, session: Session, last_by: str | None, by: str, now: datetime) -> Step[Pair]:
    sessions = tuple(replace(each, last_by=last_by if each.id == session.id else None) for each in pair.sessions)
    # It can be made the last again: which time this is, the moment says.
    told = tell(Kind.SESSION_LAST, pair.other(by), session.id, int(now.timestamp()))
    return Step(replace(pair, sessions=sessions), (told,))


def follows(pair: Pair, session: Session) -> Session | None:
    """Their last session, where the next after this one is it."""
    return pair.last if pair.last is not None and session in pair.in_time[-2:-1] else None
