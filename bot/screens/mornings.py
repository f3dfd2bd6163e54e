"""What needs somebody of the office most, at this moment, of all that they may read."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.lists import ListedMember, ListedRequest, ListView, NeedyPair, Pressing
from bot.lifecycle.attention import Need
from bot.lifecycle.listing import Filter, Query
from bot.lifecycle.mornings import MOST
from bot.lifecycle.permissions import LISTED_FOR, Actor
from bot.schemes.scheme import Scheme
from bot.screens import lists

_RANK: Final = {need: at for at, need in enumerate(Need)}


def pressing(db: Db, scheme: Scheme, viewer: Actor, now: datetime) -> Pressing:
    """The most pressing few of all lists, and how many things there are."""
    found = list[tuple[ListedMember | ListedRequest | NeedyPair, ListView]]()
    total = 0
    for listed, powers in LISTED_FOR.items():
        if powers & viewer.powers:
            page = lists.page(db, scheme, Query(listed, (), (Filter.ANY_NEED,)), viewer, now, MOST)
            found += [(row, page) for row in page.rows]
            total += page.total
    found.sort(key=lambda one: _RANK[one[0].needs[0]] if one[0].needs else len(_RANK))
    return Pressing(scheme, tuple(found[:MOST]), total)
