"""Sessions, the times for them, and the calendars they come into."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.dialogs.view_models.pairs import PairView
from bot.lifecycle.calendars import CalendarAddress
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.lifecycle.planning import Day
from bot.lifecycle.sessions import Meeting


@dataclass(frozen=True, slots=True)
class Proposals:
    """Times that suit the two of a pair, each on another day: so many as stand in one form, after so many that were
    passed over. `more`: whether there are further ones. `calendars`: whether the two's own calendars have been looked
    at for them; none: nobody's is; `waits_for`: whose are still to be, by address; `unknown`: of whom nothing is known.
    """

    starts: tuple[datetime, ...]
    after: int = 0
    more: bool = False
    calendars: Literal["none", "waited_for", "looked_at"] = "none"
    waits_for: tuple[str, ...] = ()
    unknown: tuple[Person, ...] = ()
    mode: str = ""
    """The first mode of meeting that suits both; "": nobody knows."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The days on which a pair's sessions would fall, each at the hour of `meeting`, of so many that were `wanted`.
    `crowded`: with fewer busy days there would be more. `looked_until`: the moment before which the two's own calendars
    are looked at, None: nobody's is; `waits_for`: whose are still to be, by address; `unknown`: of whom nothing is
    known."""

    pair: PairView
    meeting: Meeting
    days: tuple[Day, ...]
    wanted: int
    crowded: bool = False
    looked_until: datetime | None = None
    waits_for: tuple[str, ...] = ()
    unknown: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session of a pair. `proposals`: the times among which its form lets one choose; None: a time is typed."""

    pair: PairView
    session: Session
    proposals: Proposals | None = None


@dataclass(frozen=True, slots=True)
class CalendarView:
    """How the viewer's sessions come into their own calendar. `offered`: a calendar can fetch them; `mailed`: they come
    by e-mail too; `address`: the viewer's, for all their connections; `in_outlook`: they are put there for the viewer.
    """

    pair: PairView
    offered: bool
    mailed: bool
    address: CalendarAddress | None = None
    in_outlook: bool = False


@dataclass(frozen=True, slots=True)
class OwnTimesView:
    """When the viewer says they are busy or free, in lines as they are typed. `about`: the connection from which they
    came; `zone`: the IANA name of the clock they mean; `version`: what they have seen."""

    about: str
    zone: str
    busy: str = ""
    free: str = ""
    version: int = 0
