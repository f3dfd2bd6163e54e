"""The office's lists: members, requests and connections that somebody looks for."""

from dataclasses import dataclass

from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import ListedPair
from bot.dialogs.view_models.requests import RequestView
from bot.lifecycle.attention import Facts, Marks, Need
from bot.lifecycle.listing import Query
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A membership in a list, and what it needs."""

    view: MemberView
    needs: tuple[Need, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request in a list, and what it needs."""

    view: RequestView
    needs: tuple[Need, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class NeedyPair:
    """A pair in a list, and what it needs."""

    view: ListedPair
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of what was found; `query` says which."""

    scheme: Scheme
    query: Query
    rows: tuple[ListedMember, ...] | tuple[ListedRequest, ...] | tuple[NeedyPair, ...]
    total: int
    pages: int
    viewer: Actor
    marks: Marks


@dataclass(frozen=True, slots=True)
class Pressing:
    """What needs the office most: a few rows, each with the list that it is of; `total`: how many things there are."""

    scheme: Scheme
    rows: tuple[tuple[ListedMember | ListedRequest | NeedyPair, ListView], ...]
    total: int
