"""What only time brings about: the kinds of deadline, and one of them. What follows a kind is in `actions/deadlines`.

A step says which deadlines it sets. They go with their thing: once it asks for nothing any more, it has none.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What falls due. The comment says what it is about."""

    INVITATION_REMINDER = "invitation_reminder"  # invitation: its mentor has not answered yet
    INVITATION_LAPSES = "invitation_lapses"  # invitation: the time to answer it is over
    DECLINE_STANDS = "decline_stands"  # invitation: its decline can be taken back no more
    PLACE_HELD = "place_held"  # member: the time for which a place is held for them is over
    CONNECTION_OVER = "connection_over"  # pair: the time that it was promised is over


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that falls due: one of each kind about one thing. `about`: its id; `due_at` is aware."""

    kind: DeadlineKind
    about: str
    due_at: datetime
