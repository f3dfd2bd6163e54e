"""What people have as evidence of their mentoring."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.dialogs.parts import Attachment
from bot.lifecycle.hours import Held, Span
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class HoursView:
    """The hours of whoever looks: the sessions of a span, the latest first."""

    scheme: Scheme
    me: Person
    now: datetime
    span: Span
    held: tuple[Held, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Where their days are counted."""
        return ZoneInfo(self.me.zone)


View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class OnPaper(Generic[View]):
    """The same with the file that was made of it."""

    view: View
    attachment: Attachment
