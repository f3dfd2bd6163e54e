"""The office's lists: a page of members, requests or connections, with what each of them needs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, ListView, NeedyPair
from bot.lifecycle import attention, permissions
from bot.lifecycle.attention import Listed, Marks, Need
from bot.lifecycle.listing import Query
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import Request
from bot.schemes.scheme import Scheme
from bot.screens import members as of_members
from bot.screens import requests as of_requests
from bot.screens.connections import of_office
from bot.storage import listing, members, pairs, requests

A_PAGE = 8
"""How many a page holds: each takes four parts of a message's fifty."""


def page(db: Db, scheme: Scheme, query: Query, viewer: Actor, now: datetime, size: int = A_PAGE) -> ListView:
    """That page of what was found; the last one where there is no such page any more."""
    marks = Marks.of(scheme, now)
    found = listing.find(db, scheme.key, query, marks, size)
    query = Query(query.listed, query.words, query.filters, found.page)
    rows = _rows(db, scheme, query.listed, found.ids, marks)
    return ListView(scheme, query, rows, found.total, pages_of(found.total, size), viewer, marks)


def _rows(
    db: Db, scheme: Scheme, listed: Listed, ids: tuple[str, ...], marks: Marks
) -> tuple[ListedMember, ...] | tuple[ListedRequest, ...] | tuple[NeedyPair, ...]:
    match listed:
        case "members":
            return rows_of_members(db, scheme, members.those(db, scheme.key, ids), marks)
        case "requests":
            return rows_of_requests(db, scheme, requests.those(db, scheme.key, ids), marks)
        case "connections":
            return rows_of_pairs(db, pairs.those(db, scheme.key, ids), marks)


def rows_of_members(db: Db, scheme: Scheme, held: Sequence[Member], marks: Marks) -> tuple[ListedMember, ...]:
    """Memberships already read."""
    facts = listing.facts(db, scheme.key, "members", {each.id: each.person for each in held})
    return tuple(
        ListedMember(
            of_members.view_of(db, scheme, each, marks.now), attention.of_member(each, facts[each.id], marks),
            facts[each.id],
        )
        for each in held
    )  # fmt: skip


def rows_of_requests(db: Db, scheme: Scheme, held: Sequence[Request], marks: Marks) -> tuple[ListedRequest, ...]:
    """Requests already read."""
    facts = listing.facts(db, scheme.key, "requests", {each.id: each.mentee for each in held})
    return tuple(
        ListedRequest(
            of_requests.view_of(db, scheme, each, marks.now), attention.of_request(each, facts[each.id], marks),
            facts[each.id],
        )
        for each in held
    )  # fmt: skip


def rows_of_pairs(db: Db, held: Sequence[Pair], marks: Marks) -> tuple[NeedyPair, ...]:
    """Pairs already read."""
    return tuple(NeedyPair(each, attention.of_pair(each.pair, marks)) for each in of_office(db, held))


def needs(db: Db, scheme: Scheme, viewer: Actor, now: datetime) -> dict[Listed, dict[Need, int]]:
    """How many need what, of the lists that the viewer may read."""
    may = [listed for listed, powers in permissions.LISTED_FOR.items() if powers & viewer.powers]
    marks = Marks.of(scheme, now) if may else None
    return {listed: listing.count(db, scheme.key, listed, marks) for listed in may if marks}
