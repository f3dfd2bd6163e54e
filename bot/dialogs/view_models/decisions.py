"""A decision of the office, as its cards show it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """Who of the office decided about something, by which verb, and when; whether it can still be taken back."""

    name: str
    verb: str
    at: datetime
    can_be_undone: bool = False
