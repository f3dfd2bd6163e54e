"""Who is in a round: the mentees whose requests wait for whoever matches, and the mentors with their places; read at
once for all of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec

from sqlalchemy import Connection as Db

from bot.lifecycle.request import Request
from bot.lifecycle.rounds import Round, in_round, limit_in
from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate
from bot.schemes.scheme import Scheme
from bot.storage import candidates, pairs, requests, rounds, seekers


def available() -> bool:
    """Whether what works a round out is installed."""
    return find_spec("scipy") is not None


@dataclass(frozen=True, slots=True)
class RoundTable:
    """What a round is worked out from. `requests`: by mentee; `places`: how many more pairs the scheme can pay for;
    None: any number. `own`: whoever runs it would be in it themselves, and is left out."""

    requests: dict[str, Request]
    seekers: tuple[Seeker, ...]
    candidates: tuple[Candidate, ...]
    places: int | None
    own: bool


def read(db: Db, scheme: Scheme, one: Round, now: datetime) -> RoundTable:
    """All of it, as things are now; whoever runs the round decides nothing about themselves."""
    waiting = {each.mentee: each for each in _waiting(db, scheme)}
    mentors = candidates.candidates(db, scheme, now)
    theirs = {mentee: each for mentee, each in waiting.items() if mentee != one.by}
    others = tuple(_as_given(each, one) for each in mentors if each.person != one.by)
    own = len(theirs) < len(waiting) or len(others) < len(mentors)
    return RoundTable(theirs, seekers.many(db, scheme, tuple(theirs.values())), others, _places(db, scheme), own)


def is_in(db: Db, scheme: Scheme, person: str, now: datetime) -> bool:
    """Whether that person would be in a round themselves."""
    request = requests.open_of(db, scheme.key, person)
    mentors = candidates.for_people(db, scheme, [person], now)
    return bool(request and in_round(request, scheme)) or any(each.takes_part for each in mentors)


def _waiting(db: Db, scheme: Scheme) -> tuple[Request, ...]:
    return tuple(each for each in requests.in_states(db, scheme.key, ["assigning"]) if in_round(each, scheme))


def _as_given(mentor: Candidate, one: Round) -> Candidate:
    limit = limit_in(one, mentor.person, mentor.load, mentor.limit)
    return mentor if limit == mentor.limit else replace(mentor, limit=limit)


def _places(db: Db, scheme: Scheme) -> int | None:
    budget = scheme.capacity.budget
    if budget is None:
        return None
    taken = pairs.count_all_active(db, scheme.key) + rounds.asked_now(db, scheme.key)
    return max(0, budget - taken)
