"""A person's whole card, for the office."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.view_models.decisions import Decision
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, NeedyPair
from bot.dialogs.view_models.offices import Holder
from bot.dialogs.view_models.pairs import ListedPair
from bot.lifecycle.attention import Marks
from bot.lifecycle.pairings import Pairing
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Noted:
    """What the office did, and about what of theirs."""

    about: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """What the office said of two people. `person`: from whose card; `other`: the other one."""

    scheme: Scheme
    pairing: Pairing
    person: Person
    other: Person


@dataclass(frozen=True, slots=True)
class PersonCard:
    """All of somebody in one scheme that the viewer may read: no requests, pairs or offices where these are none of the
    viewer's business."""

    scheme: Scheme
    person: Person
    viewer: Actor
    marks: Marks
    members: tuple[ListedMember, ...]
    requests: tuple[ListedRequest, ...] = ()
    pairs: tuple[NeedyPair, ...] = ()
    earlier: tuple[ListedPair, ...] = ()
    offices: tuple[Holder, ...] = ()
    noted: tuple[Noted, ...] = ()
    pairings: tuple[TwoPeople, ...] = ()

    @property
    def now(self) -> datetime:
        """When it was looked at."""
        return self.marks.now


@dataclass(frozen=True, slots=True)
class ReplaceView:
    """A pair whose mentor is to be replaced by somebody else."""

    scheme: Scheme
    pair: ListedPair
    by: Person
    asks: bool
    """Whether the new mentor is asked first, rather than connected at once."""
