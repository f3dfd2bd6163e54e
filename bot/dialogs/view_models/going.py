"""Somebody who has gone, or has come back, as the office and they themselves are told."""

from dataclasses import dataclass

from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import ListedPair, PairView
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import Request
from bot.schemes.scheme import Office, Power, Scheme


@dataclass(frozen=True, slots=True)
class GoneView:
    """Somebody who is not here, or was not, as the office sees it. `offices`: those that they hold; `unheld`: what
    nobody who is here may do meanwhile; `viewer`: nobody in particular in a channel."""

    scheme: Scheme
    person: Person
    members: tuple[MemberView, ...]
    pairs: tuple[ListedPair, ...]
    offices: tuple[Office, ...]
    unheld: tuple[Power, ...]
    viewer: Actor


@dataclass(frozen=True, slots=True)
class NewcomersView:
    """Those who were brought in before they had the app, by name."""

    scheme: Scheme
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class BackView:
    """What somebody who is back finds. `withdrawn`: the request that was taken out of others' hands; `passed_on`: how
    many requests have gone on to others; `ended`: their pairs that have ended meanwhile."""

    scheme: Scheme
    person: Person
    members: tuple[MemberView, ...]
    withdrawn: Request | None
    passed_on: int
    pairs: tuple[PairView, ...]
    ended: tuple[PairView, ...]
    offices: tuple[Office, ...]
