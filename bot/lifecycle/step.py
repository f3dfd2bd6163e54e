"""What a rule gives back: the new state with its notices, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from bot.lifecycle.notices import Notice

State = TypeVar("State")

Reason = Literal[
    "not_yours",  # the person has no part in this
    "about_yourself",  # nobody decides about themselves
    "gone",  # there is no such thing (any more)
    "conflict",  # somebody else changed it at the same moment; look again
    "already_member",
    "already_waiting",
    "intake_closed",
    "no_places",
    "places_taken",
    "not_admitted",
    "not_approved",
    "preferences_first",
    "already_decided",
    "waits_for_answer",
    "request_open",
    "not_in_review",
    "not_ready_to_ask",
    "nobody_chosen",
    "too_many_mentors",
    "asked_before",
    "mentor_unavailable",
    "already_accepted",
    "already_declined",
    "already_expired",
    "already_withdrawn",
    "at_limit",
    "agreement_first",
    "already_agreed",
    "session_past",
    "session_not_yet",
    "session_completed",
    "pair_ended",
]


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """One move that was allowed: the state after it and who hears of it."""

    state: State
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class Refused(Exception):  # noqa: N818 – it is an answer, not an error
    """A move that is not allowed. The words for it live in the dialogs; `facts` fill them."""

    reason: Reason
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason
