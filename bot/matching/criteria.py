"""What a mentee and a mentor ask for of each other, read once for all mentors: topics with their weights, hard rules
and preferences.

Each half of the score is rounded on its own, halves upwards, so that what is shown adds up. Where nothing is asked,
nothing is missed: that half's points are given whole.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from bot.schemes.fields import Compare, FormField, Strength
from bot.schemes.scheme import Scheme

Answers = Mapping[str, Any]
Earlier = Literal["declined", "silent"]
"""How a mentor left an earlier request of the same mentee: they come after the others."""

BEST_RATING = 5
_NOBODY: Final[Mapping[str, Earlier]] = {}


@dataclass(frozen=True, slots=True)
class Seeker:
    """A mentee who looks for a mentor, as the matching sees them."""

    person: str
    request: Answers
    preferences: Answers
    about: Answers = field(default_factory=dict)
    """What they say of themselves, in whichever form: mentors' wishes are held against it."""
    asked: Collection[str] = frozenset()
    """The mentors who have been on this request's list."""
    apart: Collection[str] = frozenset()
    """From whom the office keeps them."""
    pinned: Collection[str] = frozenset()
    """Whom the office puts first for them, as far as they can be asked."""
    earlier: Mapping[str, Earlier] = field(default_factory=lambda: _NOBODY)
    """Who left an earlier request of theirs, and comes last."""


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """One topic's part of the score."""

    topic: str
    rating: int
    weight: int


@dataclass(frozen=True, slots=True)
class PreferenceTerm:
    """One preference's part: the field's label, what was asked, what the other offers, and whether it is met."""

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
class TheirWish:
    """One question in which mentors say what they wish of a mentee, and what this mentee answers to it."""

    label: str
    asked_in: str
    strength: Strength
    weight: int
    indifferent: frozenset[str]
    offered: tuple[str, ...]

    def asked(self, answers: Answers) -> tuple[str, ...]:
        """What a mentor of these answers wishes; nothing where they leave it open."""
        return tuple(each for each in values(answers.get(self.asked_in)) if each not in self.indifferent)

    def holds(self, answers: Answers) -> bool:
        """Whether what is a hard rule for a mentor of these answers is kept."""
        asked = self.asked(answers)
        return not asked or (self.met(asked) is (self.strength == "must"))

    def met(self, asked: tuple[str, ...]) -> bool:
        """Whether the mentee is one of those wished for."""
        return not set(asked).isdisjoint(self.offered)


@dataclass(frozen=True, slots=True)
class Criteria:
    """All that one request asks for, and what mentors may ask for in return."""

    ratings_field: str
    weights: tuple[tuple[str, int], ...]
    topic_terms: tuple[tuple[str, tuple[TopicTerm, ...]], ...]
    """Each topic with its term for every rating from 0 up."""
    topic_shares: tuple[int, ...]
    """The points by what the ratings weigh together."""
    musts: tuple[Criterion, ...]
    nevers: tuple[Criterion, ...]
    prefers: tuple[Criterion, ...]
    preference_most: int
    """The points for preferences where all of them are met."""
    preference_shares: tuple[int, ...]
    """The points by what the preferences met weigh together, where the mentor wishes for nothing."""
    their_rules: tuple[TheirWish, ...]
    their_wishes: tuple[TheirWish, ...]

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
        """The points for what the two prefer of each other."""
        met = 0
        for wish in self.prefers:
            if wish.met_by(answers):
                met += wish.weight
        return self.preference_shares[met] if not self.their_wishes else self._both(met, answers)

    def _both(self, met: int, answers: Answers) -> int:
        """The same where mentors wish for something, too: what each asks weighs alike, whoever asks it."""
        whole = len(self.preference_shares) - 1 if self.prefers else 0
        for wish in self.their_wishes:
            asked = wish.asked(answers)
            whole += wish.weight if asked else 0
            met += wish.weight if wish.met(asked) else 0
        return _share(self.preference_most, met, whole)

    def fits(self, answers: Answers) -> bool:
        """Whether nothing that the mentee holds to be a must, or a never, leaves this mentor out."""
        for wish in self.musts:
            if not wish.met_by(answers):
                return False
        for wish in self.nevers:  # noqa: SIM110 – a generator costs twice the time, and it runs for every mentor
            if wish.met_by(answers):
                return False
        return True

    def fits_them(self, answers: Answers) -> bool:
        """Whether nothing that the mentor holds to be a must, or a never, leaves this mentee out."""
        return all(rule.holds(answers) for rule in self.their_rules)

    def their_terms(self, answers: Answers) -> tuple[PreferenceTerm, ...]:
        """What this mentor wishes for, and whether the mentee is it."""
        asked = ((wish, wish.asked(answers)) for wish in self.their_wishes)
        return tuple(
            PreferenceTerm(wish.label, what, wish.offered, wish.weight, wish.met(what)) for wish, what in asked if what
        )


def wishes_of(seeker: Seeker, scheme: Scheme) -> Criteria:
    """Read the mentee's request and preferences against the scheme's forms, and what mentors wish of a mentee against
    what this one says of themselves."""
    matching = scheme.matching
    foremost = values(seeker.request.get(matching.foremost_field)) if matching.foremost_field else ()
    weights = {
        topic: matching.foremost_weight if topic in foremost else matching.weight
        for topic in values(seeker.request.get(matching.topics_field))
    }
    compared = [*_asked_by(seeker, scheme)]
    prefers = tuple(wish for rule, wish in compared if rule.strength == "prefer")
    theirs = tuple(_their_wish(each, each.compare, seeker.about) for each in scheme.wished if each.compare)
    return Criteria(
        ratings_field=matching.ratings_field,
        weights=tuple(weights.items()),
        topic_terms=tuple((topic, _terms(topic, weight)) for topic, weight in weights.items()),
        topic_shares=_shares(matching.topic_points, BEST_RATING * sum(weights.values())),
        musts=tuple(wish for rule, wish in compared if rule.strength == "must"),
        nevers=tuple(wish for rule, wish in compared if rule.strength == "never"),
        prefers=prefers,
        preference_most=100 - matching.topic_points,
        preference_shares=_shares(100 - matching.topic_points, sum(wish.weight for wish in prefers)),
        their_rules=tuple(each for each in theirs if each.strength != "prefer"),
        their_wishes=tuple(each for each in theirs if each.strength == "prefer"),
    )


def _asked_by(seeker: Seeker, scheme: Scheme) -> Iterator[tuple[Compare, Criterion]]:
    """What a mentee's answers ask for. Each form is read for its own fields: a key may stand in two of them."""
    rules = scheme.roles["mentee"]
    for form, answers in (
        (rules.application, seeker.about), (rules.profile, seeker.about), (rules.preferences, seeker.preferences),
        (scheme.request, seeker.request),
    ):  # fmt: skip
        yield from _compared(answers, form.fields if form else ())


def _their_wish(asking: FormField, rule: Compare, own: Answers) -> TheirWish:
    indifferent, offered = frozenset(rule.indifferent), values(own.get(rule.with_))
    return TheirWish(asking.heading, asking.key, rule.strength, rule.weight, indifferent, offered)


def _terms(topic: str, weight: int) -> tuple[TopicTerm, ...]:
    return tuple(TopicTerm(topic, rating, weight) for rating in range(BEST_RATING + 1))


def _compared(answers: Answers, fields: tuple[FormField, ...]) -> Iterator[tuple[Compare, Criterion]]:
    """What the answers to these fields ask for."""
    for each in fields:
        if each.compare is None:
            continue
        rule = each.compare
        asked = tuple(value for value in values(answers.get(each.key)) if value not in rule.indifferent)
        if asked:
            yield rule, Criterion(each.heading, asked, rule.with_, rule.weight, frozenset(asked))


def _shares(points: int, whole: int) -> tuple[int, ...]:
    """For each part of the whole its share of the points."""
    return tuple(_share(points, part, whole) for part in range(whole + 1))


def _share(points: int, part: int, whole: int) -> int:
    """The part's share of the points, halves upwards; of a whole of nothing, all of them."""
    return (2 * points * part + whole) // (2 * whole) if whole else points


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
