"""Ranking the mentors for one request, with every point explained.

score = topic_points · Σ w·r / (5 · Σ w) + (100 - topic_points) · Σ met / Σ asked, where r is the mentor's rating
(0 to 5) of a topic and w the weight the mentee gives it; asked is what the two prefer of each other, by its weight, and
met as much of it as holds. Each half is rounded on its own, halves upwards, so that what is shown adds up. Hard rules
are filters and come first. docs/matching.md works it out for a reader.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from bot.matching.criteria import Answers, Criteria, Earlier, PreferenceTerm, Seeker, TopicTerm, wishes_of
from bot.schemes.scheme import Scheme

WhyNot = Literal["oneself", "apart", "asked_before", "not_available", "full", "must", "their_must"]
"""Why a mentor is left out: must, a hard rule of the mentee's; their_must, one of the mentor's. Where several hold, the
first in this order is the one that counts."""


Unmatched = Literal["nobody_suits", "no_room", "no_place"]
"""Why nobody was found among many: no mentor suits at all; whoever does has gone to others; no place for one more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor as the matching sees them. `answers`: profile and preferences together; `load` counts connections
    and pending invitations; `takes_part`: approved and trained; `available`: so, and not paused."""

    person: str
    answers: Answers
    load: int
    limit: int | None
    available: bool = True
    takes_part: bool = True

    @property
    def full(self) -> bool:
        """Whether there is no room for one more; never, where nobody counts."""
        return self.limit is not None and self.load >= self.limit

    @property
    def can_be_asked(self) -> bool:
        """Whether the next invitation could go to this mentor."""
        return self.available and not self.full


@dataclass(frozen=True, slots=True)
class Match:
    """One ranked mentor: the percentage and the terms that make it up.

    topic_points + preference_points == percent, exactly. `preferences`: what the mentee would rather have, `wishes`:
    what the mentor would; `roomier`: listed before a closer match, having more room; `earlier`: why they come after the
    others; `pinned`: the office has put them first.
    """

    person: str
    percent: int
    topic_points: int
    preference_points: int
    topics: tuple[TopicTerm, ...]
    preferences: tuple[PreferenceTerm, ...]
    load: int
    limit: int | None = None
    roomier: bool = False
    earlier: Earlier | None = None
    pinned: bool = False
    wishes: tuple[PreferenceTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The mentors who may be asked, best first, and why the others may not (how many, by reason). `further`: how many
    more may be asked than those in `matches`."""

    matches: tuple[Match, ...]
    left_out: Mapping[WhyNot, int]
    further: int = 0


_MOST: Final = 100
_Group: TypeAlias = list[list[Candidate]]
"""Candidates by how many points they miss, none to all."""


def rank(
    seeker: Seeker,
    candidates: Sequence[Candidate],
    scheme: Scheme,
    *,
    at_most: int | None = None,
    besides: Collection[str] = (),
) -> Ranking:
    """Rank the candidates for a request.

    Same input in any order, same list. Within `scheme.matching.tie` points of the leader of a group the lighter
    load comes first; percentages are shown as they are. The last tie-break is the person's id. With `at_most` only
    so many of the best are put in order, explained and given back, and whoever else of `besides` may be asked: with
    thousands of mentors that takes a third of the time.
    """
    criteria = wishes_of(seeker, scheme)
    groups, left_out = _scored(seeker, candidates, criteria)
    found = sum(len(alike) for group in groups for alike in group)
    ordered = chain.from_iterable(_in_order(each, scheme.matching.tie) for each in groups)
    wanted = [*islice(ordered, at_most)]
    if besides:
        wanted += [each for each in ordered if each.candidate.person in besides]
    matches = tuple(explained(each.candidate, criteria, seeker, roomier=each.roomier) for each in wanted)
    return Ranking(matches, left_out, found - len(wanted))


def _scored(
    seeker: Seeker, candidates: Sequence[Candidate], criteria: Criteria
) -> tuple[tuple[_Group, _Group, _Group], dict[WhyNot, int]]:
    """Everybody who may be asked, those first whom the office has pinned and those last who left an earlier request;
    and how many may not, by the first reason that holds.

    It runs for every mentor, so it looks nothing up twice and makes no object for a candidate.
    """
    first, fresh, again = _group(), _group(), _group()
    elsewhere = dict.fromkeys(seeker.earlier, again) | dict.fromkeys(seeker.pinned, first)
    mentee, apart, asked = seeker.person, frozenset(seeker.apart), frozenset(seeker.asked)
    fits, topic_points, preference_points = criteria.fits, criteria.topic_points, criteria.preference_points
    fits_them = criteria.fits_them if criteria.their_rules else None
    out: Counter[WhyNot] = Counter()
    for candidate in candidates:
        person, answers = candidate.person, candidate.answers
        if person == mentee:
            out["oneself"] += 1
        elif person in apart:
            out["apart"] += 1
        elif person in asked:
            out["asked_before"] += 1
        elif not candidate.available:
            out["not_available"] += 1
        elif candidate.full:
            out["full"] += 1
        elif not fits(answers):
            out["must"] += 1
        elif fits_them and not fits_them(answers):
            out["their_must"] += 1
        else:
            group = elsewhere.get(person, fresh)
            group[_MOST - topic_points(answers) - preference_points(answers)].append(candidate)
    return (first, fresh, again), {reason: out[reason] for reason in get_args(WhyNot) if reason in out}


def _group() -> _Group:
    return [[] for _ in range(_MOST + 1)]


class _Listed(NamedTuple):
    """A candidate at their place in the list. The first three are what a group is sorted by."""

    load: int
    missed: int
    person: str
    candidate: Candidate
    roomier: bool = False


def _in_order(group: _Group, tie: int) -> Iterator[_Listed]:
    """Best first; within `tie` points of the best of a few the lighter load comes first, and is told apart where it
    comes before a closer match."""
    missed = 0
    while missed <= _MOST:
        if group[missed]:
            yield from _within(group, range(missed, min(missed + tie, _MOST) + 1))
            missed += tie
        missed += 1


def _within(group: _Group, alike: range) -> Iterator[_Listed]:
    few = [_Listed(each.load, missed, each.person, each) for missed in alike for each in group[missed]]
    few.sort()
    closest = list(accumulate((each.missed for each in reversed(few)), min))[::-1]
    return (
        each._replace(roomier=True) if each.missed > best else each for each, best in zip(few, closest, strict=True)
    )


def explained(candidate: Candidate, criteria: Criteria, seeker: Seeker, *, roomier: bool = False) -> Match:
    """A candidate's points with the terms they come from."""
    answers, pinned = candidate.answers, candidate.person in seeker.pinned
    ratings = criteria.ratings(answers)
    for_topics, for_preferences = criteria.topic_points(answers), criteria.preference_points(answers)
    return Match(
        candidate.person,
        for_topics + for_preferences,
        for_topics,
        for_preferences,
        tuple([terms[ratings.get(topic) or 0] for topic, terms in criteria.topic_terms]),
        tuple([wish.term(answers) for wish in criteria.prefers]),
        candidate.load,
        candidate.limit,
        roomier,
        None if pinned else seeker.earlier.get(candidate.person),
        pinned,
        criteria.their_terms(answers),
    )
