"""What a rule gives back: the new state with its notices, or a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, ParamSpec, TypeVar

from bot.lifecycle.deadlines import Deadline
from bot.lifecycle.notices import Notice

State = TypeVar("State")
Asked = ParamSpec("Asked")

Reason = Literal[
    "not_yours",  # the person has no part in this
    "about_yourself",  # nobody decides about themselves
    "gone",  # there is no such thing (any more)
    "conflict",  # somebody else changed it at the same moment; look again
    "already_member",
    "not_member",
    "already_waiting",
    "intake_closed",
    "not_installed",  # what draws a report on paper
    "not_offered",  # by this scheme
    "import_over",  # it has been begun, or cancelled
    "intake_changed",  # by somebody else of the office, since the form was opened
    "no_places",
    "on_the_list",
    "place_is_free",
    "holds_already",
    "by_settings",
    "last_holder",
    "not_on_the_list",
    "places_taken",
    "not_admitted",
    "not_approved",
    "gate_first",  # one of the gates before it has not been passed; `facts` name it
    "already_decided",
    "decided_by",  # as before, with who decided what and when
    "waits_for_answer",
    "undo_too_late",
    "undo_gone_on",  # something has come of the decision already
    "request_open",
    "topic_not_asked",
    "not_in_review",
    "not_ready_to_ask",
    "being_asked",
    "nobody_chosen",
    "nobody_named",
    "too_many_mentors",
    "asked_before",
    "mentor_unavailable",
    "kept_apart",  # the office has said so
    "no_mentor",  # is whom the office would pin
    "not_here",  # is whom the office would keep apart
    "role_in_use",  # which the office would change
    "role_full",  # likewise
    "has_role_already",  # into which it would
    "already_accepted",
    "already_declined",
    "already_expired",
    "already_withdrawn",
    "talk_offered",
    "at_limit",
    "mentor_full",  # whom the office picked
    "no_place_free",
    "on_list_already",
    "mentor_not_free",
    "written_enough",
    "budget_spent",
    "document_first",  # one that both have to accept before they meet; `facts` name it
    "already_agreed",
    "offer_over",  # of a time for a session: another one has been set since
    "session_added",
    "session_past",
    "session_too_far",
    "session_length",
    "session_mode",
    "session_not_yet",
    "session_completed",
    "session_not_set",
    "session_begun",
    "session_confirmed",
    "last_already",
    "last_not_agreed",  # it is not their last
    "last_of_several",  # it is not the one after which nothing is set, or there is none before it
    "session_after_end",  # of the connection
    "session_not_in_order",
    "nothing_to_plan",
    "no_more_time",
    "more_time_asked",
    "more_time_early",
    "span_backwards",
    "span_not_over",  # of which sessions are to be counted
    "no_end",
    "extend_earlier",
    "extend_too_long",
    "extend_says_why",
    "replace_request_open",
    "more_time_not_asked",
    "talk_asked",
    "talk_done",
    "entry_fresh",
    "mentor_already",
    "invited_before",
    "invited_enough",
    "cannot_be_invited",
    "already_answered",
    "another_asked",
    "another_not_asked",
    "pause_past",
    "pause_too_long",
    "not_paused",
    "plan_weeks",
    "plan_count",
    "session_agreed",  # silence has, that it took place
    "pair_ended",
    "not_complete_yet",
    "sheet_of_other",  # the other party fills it in
    "sheet_later",  # its time has not come
    "survey_later",  # its moment has not come
    "survey_over",  # it has gone
    "survey_given",
    "no_addresses",  # the bot is not reached from outside, so no calendar can fetch anything
    "address_stopped",  # there is none to stop
    "no_concern_here",  # from somebody who has no part in the scheme
    "concern_nowhere",  # nobody could take it up but whom it is about
    "concern_contacted",  # contact has been made already
    "concern_not_contacted",  # it has not been made yet
    "concern_closed",
    "concern_too_long",  # is how long somebody would be away
    "rounds_not_installed",  # what works them out
    "no_rounds",  # the scheme's mentees find mentors themselves
    "round_open",  # another one, still
    "round_at_work",  # it is being worked out, or published
    "round_over",  # it has been published, or dropped
    "round_empty",  # nobody is placed in it, or nobody waits
    "round_places",  # more than there can be
    "round_own_limit",  # of the mentor, which they would pass
    "round_meets_past",
    "round_meets_far",
    "concern_waits",  # nobody says that contact has been made
]


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """One move that was allowed: the state after it, who hears of it, and what falls due because of it."""

    state: State
    notices: tuple[Notice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def preceded_by(self, *notices: Notice) -> "Step[State]":
        """The same step, with these heard first."""
        return replace(self, notices=(*notices, *self.notices))

    def joined_by(self, other: "Step[Any]") -> "Step[State]":
        """The same step, with what else is heard and falls due because of another that comes with it."""
        return replace(self, notices=(*self.notices, *other.notices), deadlines=(*self.deadlines, *other.deadlines))


@dataclass(slots=True)
class Refused(Exception):  # noqa: N818 – it is an answer, not an error
    """A move that is not allowed. The words for it live in the dialogs; `facts` fill them."""

    reason: Reason
    facts: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    """The key of the form's field whose answer is refused, where it is one."""

    def __str__(self) -> str:
        return self.reason

    @property
    def settled(self) -> bool:
        """Whether nothing that somebody could type would change it: what the form was for is over."""
        return self.reason in _SETTLED


_SETTLED: frozenset[Reason] = frozenset(
    {
        "about_yourself", "already_accepted", "already_agreed", "already_declined", "already_decided",
        "already_expired", "already_withdrawn", "concern_closed", "concern_contacted", "decided_by", "gone",
        "last_already", "last_not_agreed", "not_yours", "pair_ended",
        "session_added", "session_agreed", "session_begun", "session_completed", "session_confirmed",
        "session_not_set", "undo_gone_on",
        "undo_too_late", "waits_for_answer",
    }
)  # fmt: skip


def refusal(rule: Callable[Asked, object], *args: Asked.args, **kwargs: Asked.kwargs) -> Refused | None:
    """Why the rule says no; None where it does not. Buttons and Home ask so what the move itself will ask."""
    try:
        rule(*args, **kwargs)
    except Refused as refused:
        return refused
    return None


def allowed(rule: Callable[Asked, object], *args: Asked.args, **kwargs: Asked.kwargs) -> bool:
    """Whether the rule lets it happen."""
    return refusal(rule, *args, **kwargs) is None
