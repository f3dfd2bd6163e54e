"""The office's lists: a page of members, requests or connections, with what each of them needs."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, ListView, NeedyPair
from bot.lifecycle import attention, permissions
from bot.lifecycle.attention import Listed, Marks, Need
from bot.lifecycle.listing import Query
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from bot.screens import members as of_members
from bot.screens import requests as of_requests
from bot.screens.connections import of_office
from bot.storage import listing, members, pairs, requests

A_PAGE = 8
"""How many a page holds: each takes four parts of a message's fifty."""


def page(db: Db, scheme: Scheme, query: Query, viewer: Actor, now: datetime) -> ListView:
    """That page of what was found; the last one where there is no such page any more."""
    marks = Marks.of(scheme, now)
    found = listing.find(db, scheme.key, query, marks, A_PAGE)
    query = Query(query.listed, query.words, query.filters, found.page)
    rows = _rows(db, scheme, query.listed, found.ids, marks)
    return ListView(scheme, query, rows, found.total, pages_of(found.total, A_PAGE), viewer, marks)


def _rows(
    db: Db, scheme: Scheme, listed: Listed, ids: tuple[str, ...], marks: Marks
) -> tuple[ListedMember, ...] | tuple[ListedRequest, ...] | tuple[NeedyPair, ...]:
    match listed:
        case "members":
            return _members(db, scheme, ids, marks)
        case "requests":
            return _requests(db, scheme, ids, marks)
        case "connections":
            return _pairs(db, scheme, ids, marks)


def _members(db: Db, scheme: Scheme, ids: tuple[str, ...], marks: Marks) -> tuple[ListedMember, ...]:
    held = members.those(db, scheme.key, ids)
    facts = listing.facts(db, scheme.key, "members", {each.id: each.person for each in held})
    return tuple(
        ListedMember(
            of_members.view_of(db, scheme, each, marks.now), attention.of_member(each, facts[each.id], marks),
            facts[each.id],
        )
        for each in held
    )  # fmt: skip


def _requests(db: Db, scheme: Scheme, ids: tuple[str, ...], marks: Marks) -> tuple[ListedRequest, ...]:
    held = requests.those(db, scheme.key, ids)
    facts = listing.facts(db, scheme.key, "requests", {each.id: each.mentee for each in held})
    return tuple(
        ListedRequest(
            of_requests.view_of(db, scheme, each, marks.now), attention.of_request(each, facts[each.id], marks),
            facts[each.id],
        )
        for each in held
    )  # fmt: skip


def _pairs(db: Db, scheme: Scheme, ids: tuple[str, ...], marks: Marks) -> tuple[NeedyPair, ...]:
    held = pairs.those(db, scheme.key, ids)
    return tuple(NeedyPair(each, attention.of_pair(each.pair, marks)) for each in of_office(db, held))


def needs(db: Db, scheme: Scheme, viewer: Actor, now: datetime) -> dict[Listed, dict[Need, int]]:
    """How many need what, of the lists that the viewer may read."""
    may = [listed for listed, powers in permissions.LISTED_FOR.items() if powers & viewer.powers]
    marks = Marks.of(scheme, now) if may else None
    return {listed: listing.count(db, scheme.key, listed, marks) for listed in may if marks}
