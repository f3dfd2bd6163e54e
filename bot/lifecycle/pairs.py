"""A pair: a mentee and a mentor for as long as the scheme gives them, their agreement and their sessions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.lifecycle.notices import Kind, tell
from bot.lifecycle.requests import Request
from bot.lifecycle.step import Refused, Step
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Terms:
    """What the two agree to, copied from the scheme when they connect: later changes of its file do not touch it."""

    title: str
    text: tuple[str, ...]
    sessions: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting. planned: no time yet · scheduled: has a time · completed: took place."""

    id: str
    number: int
    state: Literal["planned", "scheduled", "completed"] = "planned"
    starts_at: datetime | None = None
    minutes: int = 60
    mode: str = ""
    place: str = ""
    revision: int = 0
    """How often a time has been set."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee and a mentor, connected by one accepted invitation."""

    id: str
    scheme: str
    request: str
    invitation: str
    mentee: str
    mentor: str
    state: Literal["active", "ended"]
    terms: Terms
    began_at: datetime
    ends_at: datetime | None
    mentee_agreed_at: datetime | None = None
    mentor_agreed_at: datetime | None = None
    sessions: tuple[Session, ...] = ()
    version: int = 1

    @property
    def agreed(self) -> bool:
        """Whether both have accepted the agreement."""
        return self.mentee_agreed_at is not None and self.mentor_agreed_at is not None

    def other(self, person: str) -> str:
        """The other party; Refused("not_yours") for somebody outside the pair."""
        if person not in (self.mentee, self.mentor):
            raise Refused("not_yours")
        return self.mentor if person == self.mentee else self.mentee

    def agreed_at(self, person: str) -> datetime | None:
        """When that party accepted the agreement."""
        return self.mentee_agreed_at if person == self.mentee else self.mentor_agreed_at

    def session(self, id_: str) -> Session:
        """That session; Refused("gone") where it is not one of this pair."""
        for each in self.sessions:
            if each.id == id_:
                return each
        raise Refused("gone")


def begin(id_: str, first_session: str, request: Request, scheme: Scheme, now: datetime) -> Step[Pair]:
    """What follows an acceptance: the pair, its first session to be planned, and both told."""
    invitation = next(each for each in request.invitations if each.state == "accepted")
    terms = Terms(scheme.agreement.title, scheme.agreement.text, scheme.sessions.expected, scheme.sessions.minutes)
    ends_at = scheme.sessions.length.after(now) if scheme.sessions.length else None
    pair = Pair(
        id_, scheme.key, request.id, invitation.id, request.mentee, invitation.mentor, "active", terms, now, ends_at,
        sessions=(Session(first_session, 1, minutes=terms.minutes),),
    )  # fmt: skip
    return Step(
        pair,
        (tell(Kind.ACCEPTED, pair.mentee, id_), tell(Kind.CONNECTED, pair.mentor, id_)),
    )


def agree(pair: Pair, person: str, now: datetime) -> Step[Pair]:
    """One party accepts the agreement; the other is told, and once both have, both are."""
    other = pair.other(person)
    _going_on(pair)
    if pair.agreed_at(person) is not None:
        raise Refused("already_agreed")
    side = "mentee_agreed_at" if person == pair.mentee else "mentor_agreed_at"
    agreed = replace(pair, **{side: now})  # type: ignore[arg-type]
    if not agreed.agreed:
        return Step(agreed, (tell(Kind.AGREEMENT_WAITS, other, pair.id),))
    return Step(agreed, tuple(tell(Kind.BOTH_AGREED, each, pair.id) for each in (person, other)))


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how a session is to be: an aware start, whole minutes, a mode of meeting and a place or link."""

    starts_at: datetime
    minutes: int
    mode: str
    place: str = ""


def schedule(pair: Pair, session_id: str, by: str, meeting: Meeting, now: datetime) -> Step[Pair]:
    """Set or change a session's time; refused before both have agreed. Either party may; the other is told."""
    other = pair.other(by)
    _going_on(pair)
    if not pair.agreed:
        raise Refused("agreement_first")
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    if meeting.starts_at <= now:
        raise Refused("session_past")
    placed = replace(
        session, state="scheduled", starts_at=meeting.starts_at, minutes=meeting.minutes, mode=meeting.mode,
        place=meeting.place, revision=session.revision + 1,
    )  # fmt: skip
    return Step(_with(pair, placed), (tell(Kind.SESSION_SET, other, session.id, placed.revision),))


def complete(pair: Pair, session_id: str, by: str, now: datetime) -> Step[Pair]:
    """Mark a session as completed, once it has begun; the other party is told."""
    other = pair.other(by)
    _going_on(pair)
    session = pair.session(session_id)
    if session.state == "completed":
        raise Refused("session_completed")
    if session.starts_at is None or session.starts_at > now:
        raise Refused("session_not_yet")
    done = replace(session, state="completed")
    return Step(_with(pair, done), (tell(Kind.SESSION_COMPLETED, other, session.id),))


def add_session(pair: Pair, id_: str, by: str) -> Step[Pair]:
    """One more session to be planned."""
    pair.other(by)
    _going_on(pair)
    if not pair.agreed:
        raise Refused("agreement_first")
    added = Session(id_, len(pair.sessions) + 1, minutes=pair.terms.minutes)
    return Step(replace(pair, sessions=(*pair.sessions, added)))


def ends(session: Session) -> datetime | None:
    """When a session that has a time is over."""
    return session.starts_at + timedelta(minutes=session.minutes) if session.starts_at else None


def _going_on(pair: Pair) -> None:
    if pair.state != "active":
        raise Refused("pair_ended")


def _with(pair: Pair, changed: Session) -> Pair:
    sessions = tuple(changed if each.id == changed.id else each for each in pair.sessions)
    return replace(pair, sessions=sessions)
