"""The scheme's pairs as the office sees them: a page of those in one state, or one of them."""

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.pairs import ListedPair, PairList
from bot.lifecycle.pairs import Pair, PairState
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from bot.storage import pairs, people

A_PAGE = 12
"""How many pairs a page holds: each takes up to five parts of a form's hundred."""


def pair_list(db: Db, scheme: Scheme, viewer: Actor, state: PairState, page: int = 0) -> PairList:
    """One page of the pairs in that state; the last one where there is no such page any more."""
    total = pairs.count(db, scheme.key, state)
    pages = pages_of(total, A_PAGE)
    page = min(page, pages - 1)
    found = pairs.listed(db, scheme.key, state, A_PAGE, page * A_PAGE)
    seen = people.many(db, {side for each in found for side in (each.mentee, each.mentor)}) if found else {}
    listed = tuple(ListedPair(each, seen[each.mentee], seen[each.mentor]) for each in found)
    return PairList(scheme, state, listed, total, page, pages, viewer)


def of_office(db: Db, held: Pair) -> ListedPair:
    """A pair already read."""
    seen = people.many(db, {held.mentee, held.mentor})
    return ListedPair(held, seen[held.mentee], seen[held.mentor])
