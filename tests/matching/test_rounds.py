"""Many mentees at once: most of them placed, then the best total; what hard rules, pins and budgets do to it."""

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, rank
from bot.matching.rounds import Outcome, match_all
from bot.schemes.scheme import Scheme
from tests.matching.test_both_ways import PROFESSIONS, scheme

TOPICS = ("Leading a team", "Clinical career", "Returning to work")
SITES = ("Bath", "Wells", "")
MENTEES, MENTORS = tuple("abcd"), tuple("awxyz")


@st.composite
def seekers(draw: st.DrawFn) -> list[Seeker]:
    people = draw(st.lists(st.sampled_from(MENTEES), unique=True, min_size=1))
    return [
        Seeker(
            person,
            {"topics": draw(st.lists(st.sampled_from(TOPICS), unique=True))},
            {
                "mentor_profession": draw(st.sampled_from(("No preference", *PROFESSIONS))),
                "mentor_gender": draw(st.sampled_from(("No preference", "A woman"))),
            },
            {"profession": draw(st.sampled_from(PROFESSIONS)), "site": draw(st.sampled_from(SITES))},
            apart=draw(st.sets(st.sampled_from(MENTORS), max_size=1)),
            asked=draw(st.sets(st.sampled_from(MENTORS), max_size=1)),
        )
        for person in people
    ]


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            person,
            {
                "offers": draw(
                    st.one_of(
                        st.lists(st.sampled_from(TOPICS), unique=True),
                        st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 5)),
                    )
                ),
                "profession": draw(st.sampled_from(PROFESSIONS)),
                "gender": draw(st.sampled_from(("A woman", "A man", None))),
                "mentee_profession": draw(st.sampled_from(("Any", *PROFESSIONS))),
                "mentor_site": draw(st.sampled_from(SITES)),
            },
            draw(st.integers(0, 1)),
            draw(st.integers(1, 3)),
            draw(st.sampled_from((True, True, True, False))),
        )
        for person in draw(st.lists(st.sampled_from(MENTORS), unique=True))
    ]


rules = st.sampled_from(("prefer", "must", "never")).map(scheme)


def scored(some: list[Seeker], mentors: list[Candidate], held: Scheme) -> list[dict[str, int]]:
    """The percentage of each mentor who can be had, mentee by mentee, as the ranking gives it."""
    return [{match.person: match.percent for match in rank(each, mentors, held).matches} for each in some]


def best(percents: list[dict[str, int]], room: dict[str, int], places: int | None) -> tuple[int, int]:
    """How many can be placed and how many points they have in all, by trying everything."""
    found = (0, 0)
    for choice in product(*[(None, *each) for each in percents]):
        taken = [person for person in choice if person is not None]
        fits = all(taken.count(person) <= room[person] for person in taken)
        if fits and (places is None or len(taken) <= places):
            total = sum(percents[row][person] for row, person in enumerate(choice) if person is not None)
            found = max(found, (len(taken), total))
    return found


@pytest.mark.covers("C8", "C10", "E4")
@given(seekers(), candidates(), rules, st.one_of(st.none(), st.integers(0, 4)))
@settings(deadline=None, max_examples=150)
def test_most_are_placed_and_then_the_total_is_the_best_there_is(
    some: list[Seeker], mentors: list[Candidate], held: Scheme, places: int | None
) -> None:
    outcome = match_all(some, mentors, held, places=places)
    some = sorted(some, key=lambda each: each.person)
    percents = scored(some, mentors, held)
    of = {each.person: percents[row] for row, each in enumerate(some)}
    for each in outcome.placed:
        assert of[each.mentee][each.match.person] == each.match.percent, "as the ranking has it"
    room = {each.person: max(0, (each.limit or 0) - each.load) for each in mentors}
    total = sum(each.match.percent for each in outcome.placed)
    assert (len(outcome.placed), total) == best(percents, room, places)
    for seeker in some:
        theirs = [each for each in outcome.unplaced if each.mentee == seeker.person]
        for one in theirs:
            assert one.left_out == rank(seeker, mentors, held).left_out
            assert (one.why == "nobody_suits") == (not of[seeker.person])
            assert one.why != "no_place" or len(outcome.placed) == places


@given(seekers(), candidates(), rules, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_same_people_in_any_order_come_to_the_same(
    some: list[Seeker], mentors: list[Candidate], held: Scheme, order: random.Random
) -> None:
    before = match_all(some, mentors, held)
    order.shuffle(some)
    order.shuffle(mentors)
    assert match_all(some, mentors, held) == before


def mentor(person: str, room: int = 1, **answers: Any) -> Candidate:
    return Candidate(person, {"offers": {"Leading a team": 5}, **answers}, 0, room)


def mentee(person: str, **more: Any) -> Seeker:
    return Seeker(person, {"topics": ["Leading a team"]}, {}, **more)


def pairs(outcome: Outcome) -> dict[str, str]:
    return {each.mentee: each.match.person for each in outcome.placed}


def test_what_is_pinned_is_kept_whatever_it_costs_and_is_said() -> None:
    worse = mentor("x", offers={"Leading a team": 1})
    outcome = match_all([mentee("a", pinned={"x"}), mentee("b")], [worse, mentor("y")], scheme())
    assert pairs(outcome) == {"a": "x", "b": "y"}
    assert outcome.placed[0].match.pinned
    apart = match_all([mentee("a", pinned={"x"}, apart={"x"})], [worse, mentor("y")], scheme())
    assert pairs(apart) == {"a": "y"}, "whoever is kept apart stays so"
    both = match_all([mentee("a", pinned={"x"}), mentee("b", pinned={"x"})], [worse], scheme())
    assert len(both.placed) == 1


def test_a_budget_is_spent_on_those_who_suit_best() -> None:
    some = [mentee("a"), Seeker("b", {"topics": ["Clinical career"]}, {}), mentee("c")]
    outcome = match_all(some, [mentor("x", 3)], scheme(), places=2)
    assert pairs(outcome) == {"a": "x", "c": "x"}
    assert [(each.mentee, each.why) for each in outcome.unplaced] == [("b", "no_place")]
    assert not match_all(some, [mentor("x", 3)], scheme(), places=0).placed


def test_where_nobody_counts_there_is_room_for_many() -> None:
    uncounted = Candidate("x", {}, 3, None)
    outcome = match_all([mentee(f"m{n:02}") for n in range(22)], [uncounted], scheme())
    assert len(outcome.placed) == 20
    assert {each.why for each in outcome.unplaced} == {"no_room"}
    assert match_all([], [uncounted], scheme()) == Outcome((), ())
    assert [each.why for each in match_all([mentee("a")], [], scheme()).unplaced] == ["nobody_suits"]
