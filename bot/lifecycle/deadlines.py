"""What only time brings about: the kinds of deadline, and one of them. What follows a kind is in `actions/deadlines`.

A step says which deadlines it sets. They go with their thing: once it asks for nothing any more, it has none. What
people are reminded of follows from how a thing stands (`reminding`): no step has to say it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.schemes.reminders import Reminders


class DeadlineKind(StrEnum):
    """What falls due. The comment says what it is about."""

    INVITATION_LAPSES = "invitation_lapses"  # invitation: the time to answer it is over
    DECLINE_STANDS = "decline_stands"  # invitation: its decline can be taken back no more
    PLACE_HELD = "place_held"  # member: the time for which a place is held for them is over
    CONNECTION_OVER = "connection_over"  # pair: the time that it was promised is over
    PAUSE_OVER = "pause_over"  # member: the day on which they are back has come
    REST_OVER = "rest_over"  # pair: the two go on
    CONCERN_AHEAD = "concern_ahead"  # concern: the time to make contact is nearly over
    CONCERN_OVER = "concern_over"  # concern: it is over
    PERSON_GONE = "person_gone"  # person: what they leave behind is to be seen to
    PERSON_BACK = "person_back"  # person: they and those they meet are to be told
    COLLEAGUE_JOINED = "colleague_joined"  # person: whoever has had them invited is to hear that they take part
    NAMED_APART = "named_apart"  # person: their record keeps them apart from whoever they are asking, or being asked by
    MORNING = "morning"  # person: who holds an office hears what needs it
    # Reminders, called as in a scheme's file; each is put down before its moment.
    INVITATION_UNANSWERED = "invitation_unanswered"  # invitation
    APPROVAL_WAITING = "approval_waiting"  # member, request
    AGREEMENT_UNACCEPTED = "agreement_unaccepted"  # pair
    NO_SESSION = "no_session"  # pair
    SESSION_AHEAD = "session_ahead"  # session
    SESSION_OVER = "session_over"  # session
    SESSION_TO_MARK = "session_to_mark"  # session
    BEHIND_PACE = "behind_pace"  # pair
    ACTIONS_DUE = "actions_due"  # session
    YEAR_ENDING = "year_ending"  # pair
    FEEDBACK_WANTED = "feedback_wanted"  # pair
    RECORD_WANTED = "record_wanted"  # session
    SURVEY_START = "survey_start"  # pair
    SURVEY_MIDDLE = "survey_middle"  # pair
    SURVEY_END = "survey_end"  # pair
    TRAINING_RENEWAL = "training_renewal"  # member
    TRAINING_LAPSED = "training_lapsed"  # member
    ENTRY_UNCONFIRMED = "entry_unconfirmed"  # member


REMINDERS: Final = frozenset(kind for kind in DeadlineKind if kind in Reminders.model_fields)
"""Those that only remind."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that falls due: one of each kind about one thing. `about`: its id; `due_at` is aware."""

    kind: DeadlineKind
    about: str
    due_at: datetime
