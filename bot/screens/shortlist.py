"""The list of mentors that a mentee is about to ask, and a mentor's profile read from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.choosing import Ranked, Shortlist
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.matching.ranking import Candidate, Match, rank
from bot.schemes.scheme import Scheme
from bot.storage import candidates, pairings, people, seekers


def shortlist(
    db: Db, scheme: Scheme, request: Request, order: Sequence[str], skipped: Sequence[str], now: datetime
) -> Shortlist:
    """The best mentors in the mentee's own order. Who is not in `order` yet comes after, best first; `skipped` are
    left out. Somebody in `order` who can no longer be asked drops out."""
    found = candidates.candidates(db, scheme, now)
    # With thousands of mentors it counts that only those are explained who can be on this list.
    at_most = scheme.route.mentors + len(order) + len(skipped)
    ranking = rank(seekers.of(db, scheme, request), found, scheme, at_most=at_most, besides={*order, *skipped})
    matches = {match.person: match for match in ranking.matches}
    left_out = set(skipped)
    wanted = [person for person in order if person in matches and person not in left_out]
    wanted += [person for person in matches if person not in left_out and person not in wanted]
    shown = [matches[person] for person in wanted[: scheme.route.mentors]]
    seen = people.many(db, [match.person for match in shown])
    answers = {candidate.person: candidate for candidate in found if candidate.person in seen}
    said = {each.other: each.by for each in pairings.of(db, scheme.key, request.mentee) if each.said == "suggested"}
    entries = tuple(_entry(match, answers[match.person], seen, scheme, said, request.mentee) for match in shown)
    return Shortlist(scheme, request, entries, tuple(person for person in skipped if person in matches), ranking)


def _entry(
    match: Match, candidate: Candidate, seen: dict[str, Person], scheme: Scheme, said: Mapping[str, str], mentee: str
) -> Ranked:
    field = scheme.matching.headline_field
    headline = str(candidate.answers.get(field) or "") if field else ""
    by = said.get(match.person)
    return Ranked(match, seen[match.person], headline, None if by is None else "mentee" if by == mentee else "mentor")
