"""What the office asked somebody before it decided, and what they answered. It is kept and shown to both."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, once there is one. `about`: the id of the membership or request."""

    id: str
    scheme: str
    about: str
    asker: str
    question: str
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
