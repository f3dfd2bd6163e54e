"""Who waits for a place in a role, in the order of asking."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.members import MemberView, PlaceList
from bot.schemes.scheme import Scheme
from bot.storage import members, people

A_PAGE = 25
"""How many a page holds: each takes two parts of a form's hundred."""


def place_list(db: Db, scheme: Scheme, now: datetime, page: int = 0) -> PlaceList:
    """One page of the list; the last one where there is no such page any more."""
    total = members.count_for_place(db, scheme.key)
    pages = pages_of(total, A_PAGE)
    page = min(page, pages - 1)
    found = members.for_place(db, scheme.key, A_PAGE, page * A_PAGE)
    seen = people.many(db, {each.person for each in found}) if found else {}
    listed = tuple(MemberView(scheme, each, seen[each.person], now) for each in found)
    return PlaceList(scheme, listed, total, page, pages, page * A_PAGE + 1)
