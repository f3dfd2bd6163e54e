"""A pair: a mentee and a mentor for as long as the scheme gives them, and their sessions. What the two accept is in
`consents`, how it ends in `endings`."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.documents import Consent, Document, accepted_at
from bot.lifecycle.notices import tell
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

SHORTEST, LONGEST = 10, 240
"""Minutes a session has where the scheme does not say."""
FURTHEST = timedelta(days=2 * 366)
"""How far ahead a session can be set: what lies further is a year typed wrong."""

Origin = Literal["invitation", "offer", "assignment", "import"]
"""How the two came together: the mentor or the mentee was asked and accepted; the office paired them; or they were a
pair before the scheme came here."""
PairState = Literal["active", "ended"]
End = Literal["removed", "left", "office", "time", "completed"]
"""How a pair ended: one of the two removed it or left the scheme, the office ended it, its time was over, or it was
completed."""


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting. planned: no time yet · scheduled: has a time · completed: took place · called_off: had a time, and
    the pair ended before it."""

    id: str
    number: int
    state: Literal["planned", "scheduled", "completed", "called_off"] = "planned"
    starts_at: datetime | None = None
    minutes: int = 60
    mode: str = ""
    place: str = ""
    revision: int = 0
    """How often a time has been set."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee and a mentor, connected. `request`, `invitation`: what led to it, where the two were asked.

    Of its end: `ended_by` is the person who brought it about (None: the clock), `reason` what they wrote for the office
    alone, `reply` what the office wrote to the two.
    """

    id: str
    scheme: str
    request: str | None
    invitation: str | None
    mentee: str
    mentor: str
    state: PairState
    terms: Terms
    began_at: datetime
    ends_at: datetime | None
    consents: tuple[Consent, ...] = ()
    sessions: tuple[Session, ...] = ()
    origin: Origin = "invitation"
    ended_at: datetime | None = None
    ended_by: str | None = None
    end: End | None = None
    reason: str | None = None
    reply: str | None = None
    version: int = 1

    @property
    def before_sessions(self) -> tuple[Document, ...]:
        """The documents that both have to accept before their first session, in their order."""
        return tuple(each for each in self.terms.documents if each.blocks == "sessions")

    @property
    def agreed(self) -> bool:
        """Whether both have accepted all that comes before their sessions."""
        return self.waits_for is None

    @property
    def waits_for(self) -> Document | None:
        """The first document that keeps sessions waiting, since not both have accepted it."""
        return next((each for each in self.before_sessions if not self.both_accepted(each.key)), None)

    def both_accepted(self, document: str) -> bool:
        """Whether both have accepted that document."""
        return all(self.agreed_at(document, person) for person in (self.mentee, self.mentor))

    def document(self, key: str) -> Document:
        """That document; Refused("gone") where the two were never asked to accept it."""
        for each in self.terms.documents:
            if each.key == key:
                return each
        raise Refused("gone")

    def other(self, person: str) -> str:
        """The other party; Refused("not_yours") for somebody outside the pair."""
        if person not in (self.mentee, self.mentor):
            raise Refused("not_yours")
        return self.mentor if person == self.mentee else self.mentee

    def agreed_at(self, document: str, person: str) -> datetime | None:
        """When that party accepted that document."""
        return accepted_at(self.consents, document, person)

    def session(self, id_: str) -> Session:
        """That session; Refused("gone") where it is not one of this pair."""
        for each in self.sessions:
            if each.id == id_:
                return each
        raise Refused("gone")


def begin(id_: str, first_session: str, request: Request, scheme: Scheme, now: datetime) -> Step[Pair]:
    """What follows an acceptance: the pair, its first session to be planned, and both told."""
    invitation = next(each for each in request.invitations if each.state == "accepted")
    terms = Terms.of(scheme)
    ends_at = scheme.sessions.length.after(now) if scheme.sessions.length else None
    pair = Pair(
        id_, scheme.key, request.id, invitation.id, request.mentee, invitation.mentor, "active", terms, now, ends_at,
        sessions=(Session(first_session, 1, minutes=terms.minutes),), origin=_origin(invitation),
    )  # fmt: skip
    return Step(
        pair,
        (tell(Kind.ACCEPTED, pair.mentee, id_), tell(Kind.CONNECTED, pair.mentor, id_)),
        (Deadline(DeadlineKind.CONNECTION_OVER, id_, ends_at),) if ends_at else (),
    )


def may_begin(pairs_now: int, scheme: Scheme) -> None:
    """Whether the scheme can pay for one more pair. `pairs_now`: all that are active, counted under a lock."""
    budget = scheme.capacity.budget
    if budget is not None and pairs_now >= budget:
        raise Refused("budget_spent", {"budget": budget})


def _origin(invitation: Invitation) -> Origin:
    if invitation.asked_at is None:
        return "assignment"
    return "offer" if invitation.asker == "mentor" else "invitation"


def may_act(pair: Pair, person: str) -> None:
    """Whether this is one of the two, and the pair goes on."""
    pair.other(person)
    if pair.state != "active":
        raise Refused("pair_ended")


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how a session is to be: an aware start, whole minutes, a mode of meeting and a place or link."""

    starts_at: datetime
    minutes: int
    mode: str
    place: str = ""


def schedule(pair: Pair, session_id: str, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """Set or change a session's time; refused before both have agreed. Either party may; the other is told."""
    session = may_schedule(pair, session_id, by)
    may_meet(meeting, pair.terms, now)
    set_ = _at(session, meeting)
    return Step(_with(pair, set_), (tell(Kind.SESSION_SET, pair.other(by), session.id, set_.revision),))


def may_schedule(pair: Pair, session_id: str, by: str) -> Session:
    """The session, where this party can set its time: both have agreed, and it has not taken place."""
    may_have_sessions(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
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
    least, most = minutes_of(terms)
    if not least <= meeting.minutes <= most:
        raise Refused("session_length", {"shortest": least, "longest": most}, field="minutes")
    if meeting.mode not in terms.modes:
        raise Refused("session_mode", field="mode")
    if meeting.starts_at <= now:
        raise Refused("session_past", field="time")


def minutes_of(terms: Terms) -> tuple[int, int]:
    """The fewest and the most minutes that a session may have."""
    return SHORTEST, terms.minutes_at_most or LONGEST


def complete(pair: Pair, session_id: str, by: str, now: datetime) -> Step[Pair]:
    """Mark a session as completed, once it has begun; the other party is told."""
    done = replace(may_complete(pair, session_id, by, now), state="completed")
    return Step(_with(pair, done), (tell(Kind.SESSION_COMPLETED, pair.other(by), done.id),))


def may_complete(pair: Pair, session_id: str, by: str, now: datetime) -> Session:
    """The session, where this party can mark it as completed: it has begun."""
    may_act(pair, by)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    if session.starts_at is None or session.starts_at > now:
        raise Refused("session_not_yet")
    return session


def add_session(pair: Pair, id_: str, number: int, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """One more session, with its time; the other party is told. `number` is the one it was to have when its form was
    opened: where somebody has added that one meanwhile, there is nothing left to add."""
    may_have_sessions(pair, by)
    if number != next_number(pair):
        raise Refused("session_added")
    may_meet(meeting, pair.terms, now)
    added = _at(Session(id_, number), meeting)
    after = replace(pair, sessions=(*pair.sessions, added))
    return Step(after, (tell(Kind.SESSION_SET, pair.other(by), added.id, added.revision),))


def next_number(pair: Pair) -> int:
    """The number of the session that comes after those there are."""
    return len(pair.sessions) + 1


def without_time(pair: Pair) -> Session | None:
    """The first session whose time is still to be set: it comes before one more."""
    return next((each for each in pair.sessions if each.state == "planned"), None)


def next_session(pair: Pair) -> Session | None:
    """The first session that has not been marked as completed."""
    return next((each for each in pair.sessions if each.state != "completed"), None)


def over(session: Session, now: datetime) -> bool:
    """Whether a session that was set should have taken place by now."""
    at = ends(session)
    return at is not None and at <= now


def _at(session: Session, meeting: Meeting) -> Session:
    return replace(
        session, state="scheduled", starts_at=meeting.starts_at, minutes=meeting.minutes, mode=meeting.mode,
        place=meeting.place, revision=session.revision + 1,
    )  # fmt: skip


def ends(session: Session) -> datetime | None:
    """When a session that has a time is over."""
    return session.starts_at + timedelta(minutes=session.minutes) if session.starts_at else None


def _with(pair: Pair, changed: Session) -> Pair:
    sessions = tuple(changed if each.id == changed.id else each for each in pair.sessions)
    return replace(pair, sessions=sessions)
