"""The scheme's pairs as the office sees them."""

from collections.abc import Sequence

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.pairs import ListedPair
from bot.lifecycle.pairs import Pair
from bot.storage import people


def of_office(db: Db, held: Sequence[Pair]) -> tuple[ListedPair, ...]:
    """Pairs already read."""
    seen = people.many(db, {side for each in held for side in (each.mentee, each.mentor)})
    return tuple(ListedPair(each, seen[each.mentee], seen[each.mentor]) for each in held)
