"""Everything a person's home page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogs.view_models.concerns import ConcernView
from bot.dialogs.view_models.office import Figures, WaitingList
from bot.dialogs.view_models.pairs import AnotherView, PairView
from bot.dialogs.view_models.requests import InvitationView, RequestView
from bot.lifecycle.attention import Listed, Need
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.sheets import FilledSheet
from bot.schemes.roles import Role
from bot.schemes.scheme import Power, Scheme


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything a person's home page shows."""

    scheme: Scheme
    me: Person
    now: datetime
    members: dict[Role, Member]
    request: RequestView | None = None
    invitations: tuple[InvitationView, ...] = ()
    offers: tuple[InvitationView, ...] = ()
    """Offers of this person's own that are open."""
    seekers: int | None = None
    """How many mentees they could offer to; None: they cannot."""
    pairs: tuple[PairView, ...] = ()
    earlier: tuple[PairView, ...] = ()
    """Pairs that have ended, the last first, without request and profile."""
    powers: frozenset[Power] = frozenset()
    waiting_list: WaitingList | None = None
    figures: Figures | None = None
    needs: Mapping[Listed, Mapping[Need, int]] = field(default_factory=dict)
    """Of the lists of the office that this person may read: how many need what."""
    places_held: dict[Role, int] = field(default_factory=dict)
    """How many places are taken, in the roles that are still open to this person."""
    sheets: tuple[FilledSheet, ...] = ()
    """Those about this person's own memberships that have been filled in."""
    other_self: Person | None = None
    """Who they may have been all along, in another place."""
    own_concerns: tuple[ConcernView, ...] = ()
    """What this person has raised."""
    concerns: tuple[ConcernView, ...] = ()
    """What this person has to see to."""
    can_raise: bool = False
    """Whether they have, or have had, any part in the scheme."""
    another: tuple[AnotherView, ...] = ()
    """Whoever has asked this person, who matches, for another mentor."""
