"""What follows for a session from what its calendar shows: moved, cancelled, declined or accepted there.

Heard only where our side is settled: a change of ours that is still on its way is the later one, and wins. What was
done in a calendar names nobody: the organiser's assistant may have done it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.lifecycle import sessions
from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import with_session
from bot.lifecycle.step import Step, allowed
from bot.lifecycle.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as its calendar shows it now. `starts_at` None: it is there no more. `accepted`, `declined`: those of
    the two who have said so there."""

    event: str
    starts_at: datetime | None
    minutes: int = 0
    join_url: str | None = None
    accepted: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


def settled(session: Session, revision: int) -> bool:
    """Whether the session is as it was at that revision, with nothing on its way into the calendar."""
    return session.revision == revision and session.placing != "placing"


def heard(
    pair: Pair, session_id: str, revision: int, shown: Shown, now: datetime, offers: tuple[datetime, ...] = ()
) -> Step[Pair]:
    """The session follows its event, and both are told; nothing, where the session has changed since that revision, or
    its time has been and both know how it was. Heard again, nothing follows any more. `offers`: other times, for where
    it loses its own."""
    session = pair.session(session_id)
    if not settled(session, revision) or not _follows(pair, session) or session.event != shown.event:
        return Step(pair)
    if shown.starts_at is None:
        return _gone(pair, session, now, offers)
    if shown.declined and shown.starts_at > now:
        return _without_time(pair, session, Kind.SESSION_DECLINED_IN_CALENDAR, offers)
    known = replace(session, join_url=shown.join_url or session.join_url)
    minutes = max(shown.minutes, 1)
    if (session.starts_at, session.minutes) != (shown.starts_at, minutes):
        return _moved(pair, known, shown.starts_at, minutes, now)
    return _accepted(with_session(pair, known), session_id, shown.accepted, now)


def _follows(pair: Pair, session: Session) -> bool:
    return pair.state == "active" and session.state == "scheduled" and session.placing == "placed"


def _moved(pair: Pair, session: Session, starts_at: datetime, minutes: int, now: datetime) -> Step[Pair]:
    """It is as there, and stands there already. Moved to a time that is over, its card asks whether it took place."""
    moved = replace(
        session, starts_at=starts_at, minutes=minutes, was_at=session.starts_at, revision=session.revision + 1,
        set_by=None, note=None, confirmed_at=None, because=None, event_at=starts_at, offers=(),
    )  # fmt: skip
    over = tuple(at for at in (sessions.ends(moved),) if at is not None and at > now)
    return Step(with_session(pair, moved), _told(pair, Kind.SESSION_MOVED_IN_CALENDAR, moved, over))


def _gone(pair: Pair, session: Session, now: datetime, offers: tuple[datetime, ...]) -> Step[Pair]:
    """Deleted before it began, it has no time; afterwards somebody has tidied up, and that says nothing of how it
    was."""
    without = replace(session, event=None, event_at=None, join_url=None, event_number=session.event_number + 1)
    if session.starts_at is not None and session.starts_at <= now:
        return Step(with_session(pair, replace(without, placing="none")))
    return _without_time(pair, without, Kind.SESSION_CANCELLED_IN_CALENDAR, offers)


def _without_time(pair: Pair, session: Session, kind: Kind, offers: tuple[datetime, ...]) -> Step[Pair]:
    """It is there to be set again. An event that is left is called off, as after any other cancellation."""
    off = replace(sessions.off(session, None), offers=offers)
    return Step(with_session(pair, off), _told(pair, kind, off))


def _accepted(pair: Pair, session_id: str, accepted: Iterable[str], now: datetime) -> Step[Pair]:
    """Whoever is asked to confirm has done so in their calendar."""
    for person in sorted(accepted):
        if allowed(sessions.may_confirm, pair, session_id, person, now):
            return sessions.confirm(pair, session_id, person, now)
    return Step(pair)


def _told(pair: Pair, kind: Kind, session: Session, redrawn_at: tuple[datetime, ...] = ()) -> tuple[Notice, ...]:
    both = (pair.mentee, pair.mentor)
    return tuple(tell(kind, each, session.id, session.revision, redrawn_at=redrawn_at) for each in both)
