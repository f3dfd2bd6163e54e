"""How the two of a pair meet: either sets a time and the other confirms it or suggests another; either marks a session
as completed, and for a while the other can say that it was not so: silence agrees."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Because, Pair, Session, may_act
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Kind
from bot.schemes.period import period

SHORTEST, LONGEST = 10, 240
"""Minutes a session has where the scheme does not say."""
FURTHEST: Final = timedelta(days=2 * 366)
"""How far ahead a session can be set: what lies further is a year typed wrong."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how a session is to be: an aware start, whole minutes, a mode of meeting and a place or link. `note`:
    what whoever sets it writes to the other."""

    starts_at: datetime
    minutes: int
    mode: str
    place: str = ""
    note: str | None = None


def schedule(pair: Pair, session_id: str, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """Set or change a session's time; refused before both have agreed. Either party may; the other is asked whether it
    suits them, and whoever set it has it in writing."""
    session = may_schedule(pair, session_id, by)
    may_meet(meeting, pair.terms, now)
    return _set(pair, at(session, by, meeting), by)


def _set(pair: Pair, set_: Session, by: str) -> Step[Pair]:
    over = tuple(filter(None, (ends(set_),)))  # from then on its card asks how it was
    both = (pair.other(by), by)
    told = tuple(tell(Kind.SESSION_SET, each, set_.id, set_.revision, redrawn_at=over) for each in both)
    return Step(with_session(pair, set_), told)


def may_schedule(pair: Pair, session_id: str, by: str) -> Session:
    """The session, where this party can set its time: both have agreed, and it has not taken place."""
    may_have_sessions(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    return session


def take_time(pair: Pair, session_id: str, by: str, starts_at: datetime, now: datetime) -> Step[Pair]:
    """Set it at a time that was offered, held as it was to be before."""
    session = may_take_time(pair, session_id, by, starts_at, now)
    mode = session.mode if session.mode in pair.terms.modes else pair.terms.modes[0]
    return schedule(pair, session_id, by, Meeting(starts_at, session.minutes, mode, session.place), now)


def may_take_time(pair: Pair, session_id: str, by: str, starts_at: datetime, now: datetime) -> Session:
    """The session, where that time is offered to the two and lies ahead."""
    session = may_schedule(pair, session_id, by)
    if starts_at not in session.offers or starts_at <= now:
        raise Refused("offer_over")
    return session


def may_have_sessions(pair: Pair, by: str) -> None:
    """Whether the pair goes on and both have accepted what comes before."""
    may_act(pair, by)
    if pair.waits_for is not None:
        raise Refused("document_first", {"called": pair.waits_for.called, "noun": pair.waits_for.noun})


def may_meet_on(day: date, today: date) -> None:
    """Whether a session can be on that day; both days are the setter's own."""
    if day < today:
        raise Refused("session_past", field="day")
    if day > today + FURTHEST:
        raise Refused("session_too_far", field="day")


def may_meet(meeting: Meeting, terms: Terms, now: datetime) -> None:
    """Whether a session can be so: its mode and length are as the two agreed, and it lies ahead."""
    may_be_so(meeting, terms)
    if meeting.starts_at <= now:
        raise Refused("session_past", field="time")


def may_be_so(meeting: Meeting, terms: Terms) -> None:
    """Whether its mode and length are as the two agreed."""
    least, most = minutes_of(terms)
    if not least <= meeting.minutes <= most:
        raise Refused("session_length", {"shortest": least, "longest": most}, field="minutes")
    if meeting.mode not in terms.modes:
        raise Refused("session_mode", field="mode")


def minutes_of(terms: Terms) -> tuple[int, int]:
    """The fewest and the most minutes that a session may have."""
    return SHORTEST, terms.minutes_at_most or LONGEST


def confirm(pair: Pair, session_id: str, by: str, now: datetime) -> Step[Pair]:
    """The other party says that the time suits them; whoever set it hears so."""
    session = replace(may_confirm(pair, session_id, by, now), confirmed_at=now)
    told = tell(Kind.SESSION_CONFIRMED, pair.other(by), session.id, session.revision)
    return Step(with_session(pair, session), (told,))


def may_confirm(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where this party is asked whether its time suits them: the other has set it, and it lies ahead."""
    session = may_cancel(pair, session_id, by, now)
    if session.confirmed_at is not None:
        raise Refused("session_confirmed")
    if session.set_by != pair.other(by):
        raise Refused("not_yours")
    return session


def may_add_to_calendar(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where it lies ahead and has a time that this party's calendar can take."""
    return may_cancel(pair, session_id, by, now)


def cancel(pair: Pair, session_id: str, by: str, note: str | None, now: datetime) -> Step[Pair]:
    """A session that was set does not take place; it is there to be set again, and the other is told."""
    return _off(pair, may_cancel(pair, session_id, by, now), by, note, Kind.SESSION_CANCELLED)


def _off(
    pair: Pair, session: Session, by: str, note: str | None, kind: Kind, because: Because | None = None
) -> Step[Pair]:
    """The session has its time no more, and the other hears why."""
    free = off(session, by, note, because)
    told = tell(kind, pair.other(by), free.id, free.revision)
    mine = replace(tell(kind, by, free.id, free.revision), copy_alone=True)
    return Step(with_session(pair, free), (told, mine))


def off(session: Session, by: str | None, note: str | None = None, because: Because | None = None) -> Session:
    """The same session without its time, which its calendar gives up too. `by`: None where a calendar said it."""
    return replace(
        session, state="planned", starts_at=None, revision=session.revision + 1, set_by=by, was_at=session.starts_at,
        note=note, confirmed_at=None, marked_by=None, marked_at=None, because=because, placing="none", offers=(),
        last_by=None,
    )  # fmt: skip


def may_cancel(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where it is set and has not begun."""
    may_act(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    if session.state != "scheduled" or session.starts_at is None:
        raise Refused("session_not_set")
    if session.starts_at <= now:
        raise Refused("session_begun")
    return session


def complete(pair: Pair, session_id: str, by: str, now: datetime) -> Step[Pair]:
    """Mark a session as completed, once it has begun; the other party is told, and can say for a while that it was
    not so."""
    return _completed(pair, may_complete(pair, session_id, by, now), by, now)


def may_complete(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where this party can mark it as completed: it has begun."""
    may_act(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    if session.starts_at is None or session.starts_at > now:
        raise Refused("session_not_yet")
    return session


def not_held(
    pair: Pair, session_id: str, by: str, note: str | None, now: datetime, because: Because | None = None
) -> Step[Pair]:
    """It did not take place, whatever the other has said; it is there to be set again, and the other is told. Only
    where somebody waited it counts as missed."""
    session = may_correct(pair, session_id, by, now)
    missed_at = session.starts_at if because == "waited" else session.missed_at
    return _off(pair, replace(session, missed_at=missed_at), by, note, Kind.SESSION_NOT_HELD, because)


def moved(pair: Pair, session_id: str, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """It was, or is to be, at another time than was set: in the past it has taken place then, ahead it is set."""
    session = may_correct(pair, session_id, by, now)
    may_be_so(meeting, pair.terms)
    changed = replace(at(session, by, meeting), marked_by=None, marked_at=None)
    if meeting.starts_at > now:
        return _set(pair, changed, by)
    return _completed(pair, changed, by, now)


def may_correct(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where this party can say that it was not as it is marked, or was set: it has begun, and nobody's
    silence has agreed yet."""
    may_act(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        over = agreed_at(pair, session)
        if over is None or over <= now:
            raise Refused("session_agreed")
    elif session.starts_at is None or session.starts_at > now:
        raise Refused("session_not_yet")
    return session


def agreed_at(pair: Pair, session: Session) -> datetime | None:
    """When silence has agreed that a session marked as completed took place; None: it is not marked, or was so before
    that was kept."""
    return period(pair.terms.agreed_after).after(session.marked_at) if session.marked_at else None


def _completed(pair: Pair, session: Session, by: str, now: datetime) -> Step[Pair]:
    done = replace(session, state="completed", marked_by=by, marked_at=now)
    over = tuple(filter(None, (agreed_at(pair, done),)))  # from then on nothing can be said against it
    told = tell(Kind.SESSION_COMPLETED, pair.other(by), done.id, done.revision, redrawn_at=over)
    return Step(with_session(pair, done), (told,))


def add_session(pair: Pair, id_: str, number: int, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """One more session, with its time; as for any other, both are told."""
    may_add(pair, number, by)
    may_meet(meeting, pair.terms, now)
    return _set(pair, at(Session(id_, number), by, meeting), by)


def may_add(pair: Pair, number: int, by: str) -> None:
    """Whether there is one more to add. `number` is the one it was to have when its form was opened: where somebody has
    added that one meanwhile, there is nothing left."""
    may_have_sessions(pair, by)
    if number != next_number(pair):
        raise Refused("session_added")


def next_number(pair: Pair) -> int:
    """The number of the session that comes after those there are."""
    return len(pair.sessions) + 1


def without_time(pair: Pair) -> Session | None:
    """The first session whose time is still to be set: it comes before one more."""
    return next((each for each in pair.sessions if each.state == "planned"), None)


def next_session(pair: Pair) -> Session | None:
    """The first session that has not been marked as completed; None once their last has been."""
    return None if pair.last_held else next((each for each in pair.sessions if each.state != "completed"), None)


def held(pair: Pair) -> int:
    """How many sessions took place."""
    return sum(each.state == "completed" for each in pair.sessions)


def enough(pair: Pair) -> bool:
    """Whether as many sessions took place as were expected, or the last that the two agreed on; where nobody said how
    many, only then."""
    expected = pair.terms.sessions
    return pair.last_held or (expected is not None and held(pair) >= expected)


def over(session: Session, now: datetime) -> bool:
    """Whether a session that was set should have taken place by now."""
    at = ends(session)
    return at is not None and at <= now


def ends(session: Session) -> datetime | None:
    """When a session that has a time is over."""
    return session.starts_at + timedelta(minutes=session.minutes) if session.starts_at else None


def at(session: Session, by: str, meeting: Meeting) -> Session:
    """The session with that time, as this party sets it."""
    return replace(
        session, state="scheduled", starts_at=meeting.starts_at, minutes=meeting.minutes, mode=meeting.mode,
        place=meeting.place, revision=session.revision + 1, set_by=by, was_at=session.starts_at,
        note=meeting.note, confirmed_at=None, because=None, placing="none", offers=(),
    )  # fmt: skip


def with_session(pair: Pair, changed: Session) -> Pair:
    """The pair with that session as it is now; one that it does not have yet comes last."""
    if all(each.id != changed.id for each in pair.sessions):
        return replace(pair, sessions=(*pair.sessions, changed))
    sessions = tuple(changed if each.id == changed.id else each for each in pair.sessions)
    return replace(pair, sessions=sessions)
