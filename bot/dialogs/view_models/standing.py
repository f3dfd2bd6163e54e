"""A membership that pauses or ends, with what is open of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.requests import InvitationView
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class LeavingView:
    """A membership that may end. `others`: who is connected with it; `asking`: how many requests wait for its mentor,
    or its mentee has open."""

    scheme: Scheme
    member: Member
    person: Person
    others: tuple[Person, ...] = ()
    asking: int = 0


@dataclass(frozen=True, slots=True)
class StandingView:
    """A mentor with what is open: requests that wait for their answer, and their mentees."""

    scheme: Scheme
    member: Member
    person: Person
    now: datetime
    invitations: tuple["InvitationView", ...] = ()
    pairs: tuple["PairView", ...] = ()
