"""A pair: a mentee and a mentor for as long as the scheme gives them. What the two accept is in `consents`, how they
meet in `sessions`, how it ends in `endings`."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Literal

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.documents import Consent, Document, accepted_at
from bot.lifecycle.notices import Notice, tell, tell_together
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

Origin = Literal["invitation", "offer", "assignment", "import"]
"""How the two came together: the mentor or the mentee was asked and accepted; the office paired them; or they were a
pair before the scheme came here."""
PairState = Literal["active", "ended"]
End = Literal["removed", "left", "office", "time", "completed"]
"""How a pair ended: one of the two removed it or left the scheme, the office ended it, its time was over, or it was
completed."""

Because = Literal["agreed", "came_up", "waited"]
"""How a session came not to happen: the two agreed so, something came up for whoever says so, or they waited."""


Placing = Literal["none", "placing", "placed", "taken", "failed"]
"""none: nobody puts it into a calendar · placing: it is to be put there, or moved · placed: it stands there · taken:
one of the two was busy then · failed: the calendar was not reached."""


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
    """How often a time has been set, or taken back."""
    set_by: str | None = None
    """Who of the two did so last; None: before that was kept."""
    was_at: datetime | None = None
    """The time before that, if there was one."""
    note: str | None = None
    """What they wrote to the other about it."""
    confirmed_at: datetime | None = None
    """When the other has said that the time suits them."""
    marked_by: str | None = None
    """Who of the two marked it as completed; None: nobody yet, or before that was kept."""
    marked_at: datetime | None = None
    because: Because | None = None
    """How it came that it did not happen, as `set_by` says; until it has a time again."""
    missed_at: datetime | None = None
    """The last time for which one of the two waited and they did not meet. Who that was is said nowhere but in
    `because` and `set_by`."""
    placing: Placing = "none"
    """How it stands in the calendar of its organiser."""
    mailbox: str | None = None
    """Whose calendar that is: an e-mail address."""
    event: str | None = None
    """Its event there."""
    event_at: datetime | None = None
    """When the event begins there, as far as is known: in it the two are busy by the session itself."""
    event_number: int = 0
    """How many events it has had that are there no more."""
    join_url: str | None = None
    """The link to join that the calendar has made."""
    taken_at: datetime | None = None
    """The time at which one of the two was found busy."""
    offers: tuple[datetime, ...] = ()
    """Times at which both were free then: each can be had by one press, until another time is set."""
    last_by: str | None = None
    """Who of the two has made it their last; None: nobody, or it has lost its time since."""


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
    rests_until: datetime | None = None
    """Until when the two rest: nobody reminds them of anything."""
    more_time_by: str | None = None
    """Who of the two has asked for more time, and waits for the other's answer."""
    extended_at: datetime | None = None
    """When both had agreed to more time."""
    another_asked_at: datetime | None = None
    """When the mentee asked for another mentor, while whoever matches has still to see to it; once it has ended, that
    they had: the two are not matched again."""
    another_reason: str | None = None
    """What they wrote about it, for whoever matches alone: never for the mentor."""
    another_reply: str | None = None
    """What whoever matches wrote to them about it last."""
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

    @property
    def in_time(self) -> tuple[Session, ...]:
        """The sessions that are set or were held, by their times."""
        met = (each for each in self.sessions if each.state in {"scheduled", "completed"} and each.starts_at)
        return tuple(sorted(met, key=attrgetter("starts_at", "number")))

    @property
    def last(self) -> Session | None:
        """The session that one of the two has made their last, for as long as no other is set after it: whoever sets
        one means to go on."""
        latest = next(reversed(self.in_time), None)
        return latest if latest is not None and latest.last_by is not None else None

    @property
    def last_held(self) -> bool:
        """Whether their last session took place."""
        return self.last is not None and self.last.state == "completed"

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
        (tell(Kind.ACCEPTED, pair.mentee, id_), tell(Kind.CONNECTED, pair.mentor, id_), *_introduced(pair, scheme)),
        (Deadline(DeadlineKind.CONNECTION_OVER, id_, ends_at),) if ends_at else (),
    )


def _introduced(pair: Pair, scheme: Scheme) -> tuple[Notice, ...]:
    if not scheme.contact_details.introduced:
        return ()
    return (tell_together(Kind.INTRODUCED, (pair.mentee, pair.mentor), pair.id),)


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
