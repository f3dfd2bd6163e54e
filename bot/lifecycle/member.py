"""A membership: one person in one scheme in one role, as the rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from bot.lifecycle.documents import Consent
from bot.schemes.roles import Role

MemberState = Literal["asked", "admitted", "in_review", "approved", "turned_down", "waiting", "left"]
Answers = Mapping[str, Any]

BEFORE_OFFICE: frozenset[MemberState] = frozenset({"asked", "in_review"})
"""The states in which the office has something to decide, or has asked back before it does."""

LET_IN: frozenset[MemberState] = frozenset({"admitted", "in_review", "approved"})
"""The states of whoever has the way to the forms; each takes one of the role's places."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person's membership of the scheme in one role.

    asked: waits for the office · admitted: has the way in, with gates to pass · in_review: what they filled in waits
    for the office · approved: takes part, once what comes after is passed too (`gates.next_gate`) · waiting: for a
    place · turned_down, left: has no part in it, and may ask again. `question` is the office's open question to the
    person, if any.
    """

    id: str
    scheme: str
    person: str
    role: Role
    state: MemberState
    asked_at: datetime
    joining: Answers
    preferences: Answers | None = None
    profile: Answers | None = None
    question: str | None = None
    reply: str | None = None
    """The office's words on turning down, or on taking them out."""
    trainings: Mapping[str, date] = field(default_factory=dict)
    """When each training on their record was completed, by its key in the scheme's file."""
    consents: tuple[Consent, ...] = ()
    """What of the documents of their role they have accepted."""
    own_limit: int | None = None
    paused_until: datetime | None = None
    """Until when nobody asks this mentor: as they wished, or after they had been silent too often."""
    rests_until: datetime | None = None
    """Until when nobody else asks them, since they have declined or let an invitation lapse."""
    silences: int = 0
    """How many invitations in a row they have let lapse."""
    approved_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When they last said that their entry in the directory is right, or changed it."""
    waiting_since: datetime | None = None
    """Since when the office has had something to decide; None: nothing waits."""
    place_wanted_since: datetime | None = None
    """Since when they have been on the list for a place; None: they are not."""
    place_held_until: datetime | None = None
    """Until when a free place is held for them, also while the office decides about it; None: none is."""
    revision: int = 0
    """How often something has been put before the office; it tells one review's card from the next."""
    known_for: str | None = None
    """What they are found by besides their name (`searching.of_member`); None: not written down yet."""
    version: int = 1
