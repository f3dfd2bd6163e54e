"""What holds of every ranking, whoever asks and whoever is there."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, Ranking, rank
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme

SCHEME = load("british_cardiovascular_society")
TOPICS = SCHEME.topics
WAYS = ("In person", "Video call", "Telephone")
TIMES = ("Mornings", "Afternoons", "Evenings")
GENDERS = ("A woman", "A man", "Non-binary")
REGIONS = ("London", "Wales", "Scotland")


def some_of(options: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(options), unique=True)


requests = st.fixed_dictionaries(
    {"topics": st.lists(st.sampled_from(TOPICS), min_size=1, unique=True)}, optional={"foremost": some_of(TOPICS)}
)
criteria = st.fixed_dictionaries(
    {},
    optional={
        "ways": some_of(WAYS),
        "mentor_gender": st.sampled_from(("No preference", *GENDERS)),
        "mentor_region": st.sampled_from(("Anywhere", *REGIONS)),
        "times": some_of(TIMES),
    },
)
profiles = st.fixed_dictionaries(
    {"expertise": st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 5))},
    optional={
        "ways": some_of(WAYS),
        "gender": st.sampled_from(GENDERS),
        "region": st.sampled_from(REGIONS),
        "times": some_of(TIMES),
    },
)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    people = draw(st.lists(st.sampled_from([f"m{n}" for n in range(12)] + ["ada"]), unique=True))
    return [
        Candidate(person, draw(profiles), draw(st.integers(0, 2)), draw(st.integers(1, 2)), draw(st.booleans()))
        for person in people
    ]


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    update = {
        "topic_points": draw(st.integers(0, 100)),
        "tie": draw(st.integers(0, 20)),
        "weight": draw(st.integers(1, 3)),
        "foremost_weight": draw(st.integers(1, 3)),
    }
    return SCHEME.model_copy(update={"matching": SCHEME.matching.model_copy(update=update)})


Case = tuple[dict[str, Any], dict[str, Any], list[Candidate], set[str], Scheme]
cases = st.tuples(requests, criteria, candidates(), st.sets(st.sampled_from(["m1", "m2"])), schemes())


def ranking_of(case: Case) -> Ranking:
    request, wants, mentors, asked, scheme = case
    return rank(Seeker("ada", request, wants, asked=asked), mentors, scheme)


@pytest.mark.covers("A11")
@given(cases)
@settings(deadline=None, max_examples=60)
def test_the_terms_add_up_to_the_percentage(case: Case) -> None:
    scheme = case[4]
    most = scheme.matching.topic_points
    for match in ranking_of(case).matches:
        weighed = sum(term.weight * term.rating for term in match.topics)
        whole = 5 * sum(term.weight for term in match.topics)
        assert abs(match.topic_points - most * weighed / whole) <= 0.5
        asked = sum(term.weight for term in match.preferences)
        met = sum(term.weight for term in match.preferences if term.met)
        assert abs(match.preference_points - (100 - most) * (met / asked if asked else 1)) <= 0.5
        assert match.percent == match.topic_points + match.preference_points
        assert 0 <= match.percent <= 100
        assert all(term.met == bool(set(term.asked) & set(term.offered)) for term in match.preferences)


@given(cases, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_candidates_changes_nothing(case: Case, some: Any) -> None:
    request, wants, mentors, asked, scheme = case
    shuffled = list(mentors)
    some.shuffle(shuffled)
    assert rank(Seeker("ada", request, wants, asked=asked), shuffled, scheme) == ranking_of(case)


@given(cases)
@settings(deadline=None, max_examples=40)
def test_everybody_is_ranked_or_left_out_once(case: Case) -> None:
    _, wants, mentors, asked, _ = case
    ranking = ranking_of(case)
    people = [match.person for match in ranking.matches]
    assert len(people) == len(set(people))
    assert len(people) + sum(ranking.left_out.values()) == len(mentors)
    by_person = {each.person: each for each in mentors}
    for person in people:
        each = by_person[person]
        assert person != "ada"
        assert person not in asked
        assert each.available
        assert each.limit is not None
        assert each.load < each.limit
        assert not wants.get("ways") or set(wants["ways"]) & set(each.answers.get("ways", ()))


@given(cases)
@settings(deadline=None, max_examples=40)
def test_groups_of_near_ties_are_in_order_of_load(case: Case) -> None:
    tie = case[4].matching.tie
    rest = list(ranking_of(case).matches)
    while rest:
        best = max(match.percent for match in rest)
        group = [match for match in rest if match.percent >= best - tie]
        assert rest[: len(group)] == group
        order = [(match.load, -match.percent, match.person) for match in group]
        assert order == sorted(order)
        rest = rest[len(group) :]


@given(cases)
@settings(deadline=None, max_examples=25)
def test_a_better_rating_never_costs_points(case: Case) -> None:
    request, wants, mentors, asked, scheme = case
    better = [
        Candidate(each.person, dict(each.answers) | {"expertise": dict.fromkeys(TOPICS, 5)}, each.load, each.limit)
        for each in mentors
        if each.available
    ]
    before = {match.person: match.percent for match in ranking_of(case).matches}
    after = {
        match.person: match.percent
        for match in rank(Seeker("ada", request, wants, asked=asked), better, scheme).matches
    }
    assert all(after[person] >= percent for person, percent in before.items())
