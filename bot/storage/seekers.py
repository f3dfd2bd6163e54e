"""Mentees who look for a mentor, as the matching sees them: many at once, by a few statements."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from bot.lifecycle.member import Member
from bot.lifecycle.pairings import NOTHING_SAID, Around
from bot.lifecycle.request import Request
from bot.matching.criteria import Earlier, Seeker
from bot.schemes.scheme import Scheme
from bot.storage import members, pairings, pairs, requests

NOBODY: Final[frozenset[str]] = frozenset()


def of(db: Connection, scheme: Scheme, request: Request, around: Around | None = None) -> Seeker:
    """The mentee of that request, with what they did before: who left an earlier one of theirs comes last. `around`:
    what was said of them, where it has been read."""
    mentee = members.of(db, scheme.key, request.mentee).get("mentee")
    around = around or pairings.around_of(db, scheme.key, request.mentee)
    left = pairs.left_for_another(db, scheme.key, [request.mentee]).get(request.mentee, NOBODY)
    return _seeker(request, mentee, around, left, requests.left_by(db, scheme.key, request.mentee))


def many(db: Connection, scheme: Scheme, found: Sequence[Request]) -> tuple[Seeker, ...]:
    """The mentees of these requests, in their order; what became of earlier ones is not looked at."""
    mentees = members.many(db, scheme.key, [each.mentee for each in found], "mentee")
    around = pairings.around_all(db, scheme.key)
    left = pairs.left_for_another(db, scheme.key, [each.mentee for each in found])
    return tuple(
        _seeker(
            each, mentees.get(each.mentee), around.get(each.mentee, NOTHING_SAID), left.get(each.mentee, NOBODY), {}
        )
        for each in found
    )


def _seeker(
    request: Request, mentee: Member | None, around: Around, left: frozenset[str], earlier: dict[str, Earlier]
) -> Seeker:
    """`left`: from whom the mentee had asked for another, who are asked no more."""
    preferences = (mentee.preferences if mentee else None) or {}
    profile, joining = (mentee.profile or {}, mentee.joining) if mentee else ({}, {})
    about = {**request.answers, **preferences, **profile, **joining}
    first = around.pinned | around.suggested
    return Seeker(
        request.mentee, request.answers, preferences, about, request.asked | left, around.apart, first, earlier
    )
