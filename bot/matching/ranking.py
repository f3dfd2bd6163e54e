"""Ranking the mentors for one request, with every point explained.

score = topic_points · Σ w·r / (5 · Σ w) + (100 - topic_points) · Σ met / Σ asked, where r is the mentor's rating
(0 to 5) of a topic and w the weight the mentee gives it. Each half is rounded on its own, halves upwards, so that
what is shown adds up. Hard rules are filters and come first.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import Final, Literal, NamedTuple, get_args

from bot.matching.criteria import Answers, Criteria, PreferenceTerm, TopicTerm, all_met, wishes_of
from bot.schemes.scheme import Scheme

WhyNot = Literal["oneself", "apart", "asked_before", "not_available", "full", "must"]
"""Why a mentor is left out. Where several hold, the first in this order is the one that counts."""


Earlier = Literal["declined", "silent"]
"""How a mentor left an earlier request of the same mentee: they come after the others."""


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

    topic_points + preference_points == percent, exactly. `roomier`: listed before a closer match, having more room;
    `earlier`: why they come after the others; `pinned`: the office has put them first.
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


@dataclass(frozen=True, slots=True)
class Ranking:
    """The mentors who may be asked, best first, and why the others may not (how many, by reason). `further`: how many
    more may be asked than those in `matches`."""

    matches: tuple[Match, ...]
    left_out: Mapping[WhyNot, int]
    further: int = 0


NOBODY: Final[Mapping[str, Earlier]] = {}


def rank(
    mentee: str,
    request: Answers,
    preferences: Answers,
    candidates: Sequence[Candidate],
    asked: Collection[str],
    scheme: Scheme,
    *,
    at_most: int | None = None,
    besides: Collection[str] = (),
    earlier: Mapping[str, Earlier] = NOBODY,
    apart: Collection[str] = (),
    pinned: Collection[str] = (),
) -> Ranking:
    """Rank the candidates for a request. `asked`: mentors already on this request's list; `earlier`: those who left an
    earlier one, who come last; `apart`: from whom the mentee is kept; `pinned`: who come first as far as they can be
    asked.

    Same input in any order, same list. Within `scheme.matching.tie` points of the leader of a group the lighter
    load comes first; percentages are shown as they are. The last tie-break is the person's id. With `at_most` only
    so many of the best are explained and given back, and whoever else of `besides` may be asked: with thousands of
    mentors that halves the time.
    """
    criteria = wishes_of(request, preferences, scheme)
    scored, left_out = _scored(mentee, candidates, frozenset(asked), frozenset(apart), criteria)
    tie = scheme.matching.tie
    first, rest = _split(scored, pinned)
    again, fresh = _split(rest, earlier)
    ordered = chain.from_iterable(_in_order(each, tie) for each in (first, fresh, again))
    wanted = [*islice(ordered, at_most), *(each for each in ordered if each[0].person in besides)]
    matches = [
        _match(each, criteria, roomier, earlier.get(each.person), each.person in pinned) for each, roomier in wanted
    ]
    return Ranking(tuple(matches), left_out, len(scored) - len(wanted))


class _Scored(NamedTuple):
    """A candidate and its points, not yet explained. The first two are what the list is sorted by."""

    missed: int
    """Points short of 100."""
    person: str
    candidate: Candidate
    for_topics: int
    for_preferences: int


def _split(scored: list[_Scored], named: Collection[str]) -> tuple[list[_Scored], list[_Scored]]:
    """Those who are named, and the others."""
    if not named:
        return [], scored
    return [each for each in scored if each.person in named], [each for each in scored if each.person not in named]


def _scored(
    mentee: str,
    candidates: Sequence[Candidate],
    passed_over: frozenset[str],
    apart: frozenset[str],
    criteria: Criteria,
) -> tuple[list[_Scored], dict[WhyNot, int]]:
    """The points of everybody who may be asked, and how many may not, by the first reason that holds."""
    scored: list[_Scored] = []
    out: Counter[WhyNot] = Counter()
    for candidate in candidates:
        person, answers = candidate.person, candidate.answers
        if person == mentee:
            out["oneself"] += 1
        elif person in apart:
            out["apart"] += 1
        elif person in passed_over:
            out["asked_before"] += 1
        elif not candidate.available:
            out["not_available"] += 1
        elif candidate.full:
            out["full"] += 1
        elif not all_met(criteria.musts, answers):
            out["must"] += 1
        else:
            for_topics = criteria.topic_points(answers)
            for_preferences = criteria.preference_points(answers)
            missed = 100 - for_topics - for_preferences
            scored.append(_Scored(missed, person, candidate, for_topics, for_preferences))
    return scored, {reason: out[reason] for reason in get_args(WhyNot) if reason in out}


def _in_order(scored: list[_Scored], tie: int) -> Iterator[tuple[_Scored, bool]]:
    """Best first; within `tie` points of the best of a group the lighter load comes first, and is told apart where it
    comes before a closer match."""
    group: list[_Scored] = []
    for each in sorted(scored, key=itemgetter(0, 1)):
        if group and each.missed > group[0].missed + tie:
            yield from _within(group)
            group = []
        group.append(each)
    yield from _within(group)


def _within(group: list[_Scored]) -> Iterator[tuple[_Scored, bool]]:
    ordered = sorted(group, key=_lighter_first)
    closest = list(accumulate((each.missed for each in reversed(ordered)), min))[::-1]
    return ((each, each.missed > best) for each, best in zip(ordered, closest, strict=True))


def _lighter_first(each: _Scored) -> tuple[int, int, str]:
    return each.candidate.load, each.missed, each.person


def _match(scored: _Scored, criteria: Criteria, roomier: bool, earlier: Earlier | None, pinned: bool) -> Match:
    """The same points with the terms they come from."""
    answers = scored.candidate.answers
    ratings = criteria.ratings(answers)
    return Match(
        scored.person,
        scored.for_topics + scored.for_preferences,
        scored.for_topics,
        scored.for_preferences,
        tuple([terms[ratings.get(topic) or 0] for topic, terms in criteria.topic_terms]),
        tuple([wish.term(answers) for wish in criteria.prefers]),
        scored.candidate.load,
        scored.candidate.limit,
        roomier,
        None if pinned else earlier,
        pinned,
    )
