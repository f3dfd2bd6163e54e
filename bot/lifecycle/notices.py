"""Who hears of what: every kind of message the bot sends of itself, and the key that lets it be sent once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.schemes.scheme import Power


class Kind(StrEnum):
    """The kinds of message. The comment says who gets it and what it is about."""

    JOIN_ASKED = "join_asked"  # office, member
    PROFILE_READY = "profile_ready"  # office, member
    REQUEST_READY = "request_ready"  # office, request
    ADMITTED = "admitted"  # member, member
    MENTOR_APPROVED = "mentor_approved"  # mentor, member
    MEMBER_CLARIFICATION = "member_clarification"  # member, member
    MEMBER_TURNED_DOWN = "member_turned_down"  # member, member
    TRAINING_RECORDED = "training_recorded"  # mentor, member
    REQUEST_CLARIFICATION = "request_clarification"  # mentee, request
    REQUEST_TURNED_DOWN = "request_turned_down"  # mentee, request
    REQUEST_APPROVED = "request_approved"  # mentee, request
    INVITATION = "invitation"  # mentor, invitation
    INVITATION_REMINDER = "invitation_reminder"  # mentor, invitation
    INVITATION_LAPSED = "invitation_lapsed"  # mentor, invitation
    INVITATION_WITHDRAWN = "invitation_withdrawn"  # mentor, invitation
    NOW_ASKING = "now_asking"  # mentee, invitation: the next mentor has been asked
    FIRST_CONVERSATION = "first_conversation"  # mentee, invitation: the mentor would like to talk before answering
    CHOOSE_AGAIN = "choose_again"  # mentee, request: nobody is left on the list
    REQUEST_EXPIRED = "request_expired"  # mentee, request: silence ended it
    ACCEPTED = "accepted"  # mentee, pair
    CONNECTED = "connected"  # mentor, pair
    AGREEMENT_WAITS = "agreement_waits"  # the other party, pair
    BOTH_AGREED = "both_agreed"  # both, pair
    SESSION_SET = "session_set"  # the other party, session
    SESSION_COMPLETED = "session_completed"  # the other party, session
    HELD = "held"  # office, what somebody must mend: messages wait for it
    UNREACHED = "unreached"  # office, person: a message could not be delivered


@dataclass(frozen=True, slots=True)
class To:
    """Who a notice goes to: one person, or whoever holds a power in the scheme's office."""

    person: str | None = None
    power: Power | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one recipient hears. The same key twice is the same message."""

    kind: Kind
    to: To
    about: str
    occurrence: int = 0
    """Which time this kind is said about this thing, where it may be said again (a second review)."""
    until: datetime | None = None
    """The deadline of what a reminder is about: it is never sent later."""

    redrawn_at: tuple[datetime, ...] = ()
    """When its card is drawn anew although nothing has happened: it shows how much time is left."""

    @property
    def key(self) -> str:
        """Deterministic: the same move of the same thing gives the same key."""
        whom = self.to.person or f"office.{self.to.power}"
        return f"{self.kind}:{self.about}:{whom}:{self.occurrence}"


def tell(kind: Kind, person: str, about: str, occurrence: int = 0, until: datetime | None = None) -> Notice:
    """A notice to one person."""
    return Notice(kind, To(person=person), about, occurrence, until)


def tell_office(kind: Kind, power: Power, about: str, occurrence: int = 0) -> Notice:
    """A notice to whoever holds the power."""
    return Notice(kind, To(power=power), about, occurrence)
