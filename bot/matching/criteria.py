"""What a mentee asks for, read once for all mentors: topics with their weights, hard rules and preferences.

Each half of the score is rounded on its own, halves upwards, so that what is shown adds up. Where nothing is asked,
nothing is missed: that half's points are given whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.schemes.fields import Compare, FormField
from bot.schemes.scheme import Scheme

Answers = Mapping[str, Any]

BEST_RATING = 5


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """One topic's part of the score."""

    topic: str
    rating: int
    weight: int


@dataclass(frozen=True, slots=True)
class PreferenceTerm:
    """One preference's part: the field's label, what was asked, what the mentor offers, and whether it is met."""

    label: str
    asked: tuple[str, ...]
    offered: tuple[str, ...]
    weight: int
    met: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One compared field: what the mentee asks for and where the mentor's answer to it stands."""

    label: str
    asked: tuple[str, ...]
    offered_in: str
    weight: int
    any_of: frozenset[str]
    terms: dict[tuple[str, ...], PreferenceTerm] = field(default_factory=dict)
    """The terms made so far, by the mentor's answer: thousands of mentors give a few different answers."""

    def met_by(self, answers: Answers) -> bool:
        """Whether the mentor offers at least one of what is asked."""
        answer = answers.get(self.offered_in)
        if isinstance(answer, str):
            return answer in self.any_of
        return not self.any_of.isdisjoint(answer if isinstance(answer, list) else values(answer))

    def term(self, answers: Answers) -> PreferenceTerm:
        """The wish as a part of the score, with what the mentor offers."""
        offered = values(answers.get(self.offered_in))
        term = self.terms.get(offered)
        if term is None:
            term = PreferenceTerm(self.label, self.asked, offered, self.weight, self.met_by(answers))
            self.terms[offered] = term
        return term


@dataclass(frozen=True, slots=True)
class Criteria:
    """All that one request asks for."""

    ratings_field: str
    weights: tuple[tuple[str, int], ...]
    topic_terms: tuple[tuple[str, tuple[TopicTerm, ...]], ...]
    """Each topic with its term for every rating from 0 up."""
    topic_shares: tuple[int, ...]
    """The points by what the ratings weigh together."""
    musts: tuple[Criterion, ...]
    prefers: tuple[Criterion, ...]
    preference_shares: tuple[int, ...]
    """The points by what the preferences met weigh together."""

    def ratings(self, answers: Answers) -> Mapping[str, int]:
        """What the mentor offers by topic; a topic that was ticked, where there are no ratings, counts as the best."""
        given = answers.get(self.ratings_field) or {}
        return given if isinstance(given, dict) else dict.fromkeys(given, BEST_RATING)

    def topic_points(self, answers: Answers) -> int:
        """The mentor's points for the topics; a topic they have not rated counts as 0."""
        ratings = self.ratings(answers)
        rated = 0
        for topic, weight in self.weights:
            rated += weight * (ratings.get(topic) or 0)
        return self.topic_shares[rated]

    def preference_points(self, answers: Answers) -> int:
        """The mentor's points for the preferences."""
        met = 0
        for wish in self.prefers:
            if wish.met_by(answers):
                met += wish.weight
        return self.preference_shares[met]


def all_met(wishes: tuple[Criterion, ...], answers: Answers) -> bool:
    """Whether the mentor meets every one of these."""
    for wish in wishes:  # noqa: SIM110 – a generator costs twice the time, and it runs for every mentor
        if not wish.met_by(answers):
            return False
    return True


def wishes_of(request: Answers, preferences: Answers, scheme: Scheme) -> Criteria:
    """Read the request and the mentee's preferences against the scheme's forms."""
    matching = scheme.matching
    foremost = values(request.get(matching.foremost_field)) if matching.foremost_field else ()
    weights = {
        topic: matching.foremost_weight if topic in foremost else matching.weight
        for topic in values(request.get(matching.topics_field))
    }
    wishes = scheme.roles["mentee"].preferences
    compared = [*_compared(preferences, wishes.fields if wishes else ())]
    compared += _compared(request, scheme.request.fields)
    prefers = tuple(wish for rule, wish in compared if rule.strength == "prefer")
    return Criteria(
        ratings_field=matching.ratings_field,
        weights=tuple(weights.items()),
        topic_terms=tuple((topic, _terms(topic, weight)) for topic, weight in weights.items()),
        topic_shares=_shares(matching.topic_points, BEST_RATING * sum(weights.values())),
        musts=tuple(wish for rule, wish in compared if rule.strength == "must"),
        prefers=prefers,
        preference_shares=_shares(100 - matching.topic_points, sum(wish.weight for wish in prefers)),
    )


def _terms(topic: str, weight: int) -> tuple[TopicTerm, ...]:
    return tuple(TopicTerm(topic, rating, weight) for rating in range(BEST_RATING + 1))


def _compared(answers: Answers, fields: tuple[FormField, ...]) -> Iterator[tuple[Compare, Criterion]]:
    """What the answers to one form ask for. Each form is read for its own fields: a key may stand in both."""
    for each in fields:
        if each.compare is None:
            continue
        rule = each.compare
        asked = tuple(value for value in values(answers.get(each.key)) if value not in rule.indifferent)
        if asked:
            yield rule, Criterion(each.heading, asked, rule.with_, rule.weight, frozenset(asked))


def _shares(points: int, whole: int) -> tuple[int, ...]:
    """For each part of the whole its share of the points, halves upwards; for a whole of nothing all of them."""
    return tuple((2 * points * part + whole) // (2 * whole) for part in range(whole + 1)) if whole else (points,)


def values(answer: Any) -> tuple[str, ...]:
    """An answer of any kind as the texts that can be compared; nothing where none was given."""
    if isinstance(answer, str):
        return (answer,) if answer else ()
    if isinstance(answer, (list, tuple)):
        return tuple(answer)
    if isinstance(answer, (set, frozenset)):
        return tuple(sorted(answer))
    if isinstance(answer, bool):
        return ("Yes" if answer else "No",)
    return () if answer is None else (str(answer),)
