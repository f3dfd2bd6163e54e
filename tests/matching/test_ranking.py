"""Who is ranked, how the percentage comes about, and who is left out for which reason."""

from typing import Any

import pytest

from bot.matching.criteria import Earlier, PreferenceTerm, Seeker, TopicTerm
from bot.matching.ranking import Candidate, Match, Ranking, WhyNot, rank
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from tests.support.schemes import with_role

SCHEME = load("british_cardiovascular_society")
LEADERSHIP, NETWORK, RESEARCH = "Leadership", "Building a professional network", "Research and academia"
EARLY = "Career progression, early career"
REQUEST = {"topics": [LEADERSHIP, NETWORK], "foremost": [LEADERSHIP]}
NOTHING_ASKED: dict[str, Any] = {}


def mentor(person: str = "bea", load: int = 0, limit: int = 2, available: bool = True, **answers: Any) -> Candidate:
    held = {
        "ways": ["Video call"],
        "times": ["Evenings"],
        "gender": "A woman",
        "region": "Wales",
        "expertise": {LEADERSHIP: 4, NETWORK: 2},
    }
    return Candidate(person, held | answers, load, limit, available)


def ranked(
    *mentors: Candidate, request: Any = None, wants: Any = None, asked: Any = (), scheme: Scheme = SCHEME
) -> Ranking:
    seeker = Seeker("ada", request or REQUEST, wants or NOTHING_ASKED, asked=asked)
    return rank(seeker, mentors, scheme)


def only(ranking: Ranking) -> Match:
    (match,) = ranking.matches
    return match


@pytest.mark.covers("A11")
def test_a_match_is_explained_term_by_term() -> None:
    wants = {"ways": ["Video call", "Telephone"], "mentor_gender": "A man", "mentor_region": "Wales",
             "times": ["Mornings", "Evenings"]}  # fmt: skip
    match = only(ranked(mentor(), wants=wants))
    assert match.topics == (TopicTerm(LEADERSHIP, 4, 3), TopicTerm(NETWORK, 2, 2))
    assert match.topic_points == 48  # 75 · (3·4 + 2·2) / (5 · 5)
    assert match.preferences == (
        PreferenceTerm("Mentor’s gender", ("A man",), ("A woman",), 2, False),
        PreferenceTerm("Mentor’s place", ("Wales",), ("Wales",), 1, True),
        PreferenceTerm("Times", ("Mornings", "Evenings"), ("Evenings",), 1, True),
    )
    assert match.preference_points == 13  # 25 · 2 / 4 = 12.5
    assert match.percent == 61


@pytest.mark.covers("A11")
def test_the_guides_picture_of_57_57_and_47_can_come_about() -> None:
    elsewhere: dict[str, Any] = {"gender": "A man", "region": "London"}
    mentors = (
        mentor("a", expertise={LEADERSHIP: 5, NETWORK: 2}, **elsewhere),
        mentor("b", expertise={LEADERSHIP: 3, NETWORK: 5}, **elsewhere),
        mentor("c", expertise={LEADERSHIP: 3, NETWORK: 2}, gender="A man", region="Wales"),
    )
    ranking = ranked(*mentors, wants={"mentor_gender": "A woman", "mentor_region": "Wales"})
    assert [match.percent for match in ranking.matches] == [57, 57, 47]


@pytest.mark.parametrize(
    ("ratings", "percent"),
    [
        ({LEADERSHIP: 5, NETWORK: 5}, 100),
        ({LEADERSHIP: 5, NETWORK: 0}, 70),
        ({LEADERSHIP: 0, NETWORK: 5}, 55),
        ({LEADERSHIP: 5}, 70),
        ({LEADERSHIP: 5, NETWORK: None}, 70),
        ({RESEARCH: 5}, 25),
        ({}, 25),
        (None, 25),
    ],
)
def test_ratings(ratings: dict[str, int] | None, percent: int) -> None:
    match = only(ranked(mentor(expertise=ratings)))
    assert (match.percent, match.preference_points, match.preferences) == (percent, 25, ())


def test_a_mentor_who_offers_none_of_the_topics_still_appears_last() -> None:
    ranking = ranked(mentor("none", expertise={}), mentor("some"))
    assert [match.person for match in ranking.matches] == ["some", "none"]


def test_a_topic_with_a_comma_is_one_topic() -> None:
    match = only(ranked(mentor(expertise={EARLY: 3}), request={"topics": [EARLY]}))
    assert match.topics == (TopicTerm(EARLY, 3, 2),)


@pytest.mark.parametrize(
    ("request_", "weights"),
    [
        ({"topics": [LEADERSHIP, NETWORK]}, [2, 2]),
        ({"topics": [LEADERSHIP, NETWORK], "foremost": [NETWORK]}, [2, 3]),
        ({"topics": [LEADERSHIP, NETWORK], "foremost": [LEADERSHIP, NETWORK]}, [3, 3]),
        ({"topics": [LEADERSHIP], "foremost": [RESEARCH]}, [2]),
        ({"topics": [LEADERSHIP, LEADERSHIP], "foremost": None}, [2]),
        ({"topics": (LEADERSHIP,), "foremost": ""}, [2]),
    ],
)
def test_what_matters_most_weighs_more(request_: dict[str, Any], weights: list[int]) -> None:
    assert [term.weight for term in only(ranked(mentor(), request=request_)).topics] == weights


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        ({}, None),
        ({"mentor_gender": None}, None),
        ({"mentor_gender": ""}, None),
        ({"mentor_gender": "No preference"}, None),
        ({"mentor_gender": ["No preference"]}, None),
        ({"mentor_gender": "A woman"}, ("A woman",)),
        ({"mentor_gender": ["No preference", "A man"]}, ("A man",)),
        ({"times": []}, None),
        ({"times": {"Mornings", "Evenings"}}, ("Evenings", "Mornings")),
    ],
)
def test_an_empty_or_indifferent_answer_asks_for_nothing(wanted: dict[str, Any], asked: tuple[str, ...] | None) -> None:
    terms = only(ranked(mentor(), wants=wanted)).preferences
    assert [term.asked for term in terms] == ([] if asked is None else [asked])


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"person": "ada"}, "oneself"),
        ({"person": "old"}, "asked_before"),
        ({"available": False}, "not_available"),
        ({"load": 2}, "full"),
        ({"load": 3}, "full"),
        ({"limit": 0}, "full"),
        ({"ways": ["In person"]}, "must"),
        ({"ways": "In person"}, "must"),
        ({"ways": []}, "must"),
        ({"ways": None}, "must"),
        # Each counts once, under the first reason that holds.
        ({"person": "ada", "available": False, "load": 2, "ways": []}, "oneself"),
        ({"person": "old", "available": False, "load": 2, "ways": []}, "asked_before"),
        ({"available": False, "load": 2, "ways": []}, "not_available"),
        ({"load": 2, "ways": []}, "full"),
        ({"load": 1}, None),
        ({"ways": "Video call"}, None),
        ({"ways": ["In person", "Video call"]}, None),
    ],
)
def test_who_is_left_out_and_why(answers: dict[str, Any], reason: WhyNot | None) -> None:
    ranking = ranked(mentor(**answers), wants={"ways": ["Video call"]}, asked={"old", "ada"})
    assert dict(ranking.left_out) == ({reason: 1} if reason else {})
    assert len(ranking.matches) == (0 if reason else 1)


def test_everybody_left_out_is_counted() -> None:
    ranking = ranked(mentor("a", load=2), mentor("b", load=2), mentor("c", available=False), mentor("ada"))
    assert ranking == Ranking((), {"oneself": 1, "not_available": 1, "full": 2})
    assert list(ranking.left_out) == ["oneself", "not_available", "full"]


def test_no_candidates_no_matches() -> None:
    assert ranked() == Ranking((), {})


@pytest.mark.parametrize(
    ("stars_and_loads", "order"),
    [
        # 5 topics' worth of stars, each 3 points: 25 stars are 100 %.
        ({"a": (25, 1), "b": (24, 0)}, "ba"),
        ({"a": (25, 0), "b": (24, 0)}, "ab"),
        ({"a": (25, 1), "b": (23, 0)}, "ab"),  # 6 points apart: no tie
        ({"b": (25, 0), "a": (25, 0)}, "ab"),
        ({"a": (25, 1), "b": (24, 1), "c": (24, 0)}, "cab"),
        # A group holds what is near its first, not near its last: c starts the next one.
        ({"a": (25, 1), "b": (24, 1), "c": (23, 0), "d": (22, 1)}, "abcd"),
        ({"a": (25, 1), "b": (24, 0), "c": (23, 1), "d": (22, 0)}, "badc"),
    ],
)
def test_near_ties_go_to_the_lighter_load_and_percentages_stay(
    stars_and_loads: dict[str, tuple[int, int]], order: str
) -> None:
    five = list(SCHEME.topics[:5])
    mentors = [
        mentor(person, load=load, expertise=dict(zip(five, spread(stars), strict=True)))
        for person, (stars, load) in stars_and_loads.items()
    ]
    ranking = ranked(*mentors, request={"topics": five})
    assert "".join(match.person for match in ranking.matches) == order
    assert {match.person: match.percent for match in ranking.matches} == {
        person: 25 + 3 * stars for person, (stars, _) in stars_and_loads.items()
    }


def spread(stars: int) -> list[int]:
    return [min(5, max(0, stars - 5 * n)) for n in range(5)]


def test_the_best_few_alone_are_the_same_few() -> None:
    mentors = [mentor(f"m{n:02}", load=n % 2, expertise={LEADERSHIP: n % 6}) for n in range(20)]
    whole = rank(Seeker("ada", REQUEST, {}), mentors, SCHEME)
    few = rank(Seeker("ada", REQUEST, {}), mentors, SCHEME, at_most=3)
    assert few == Ranking(whole.matches[:3], whole.left_out, further=17)
    last = whole.matches[-1]
    few = rank(
        Seeker("ada", REQUEST, {}), mentors, SCHEME, at_most=3, besides={last.person, whole.matches[0].person, "ada"}
    )
    assert few == Ranking((*whole.matches[:3], last), whole.left_out, further=16)


def test_a_form_is_read_for_its_own_fields_alone() -> None:
    """The request asks for the mentee's own gender under a key that a preferences form might use for a wish."""
    wishes = SCHEME.roles["mentee"].preferences
    assert wishes
    data = wishes.model_dump(by_alias=True)
    data["fields"][1]["key"] = "gender"
    scheme = with_role(SCHEME, "mentee", preferences=SchemeForm.model_validate(data))
    request = REQUEST | {"gender": "Woman"}
    assert only(ranked(mentor(), request=request, scheme=scheme)).preferences == ()
    assert only(ranked(mentor(), request=request, wants={"gender": "A woman"}, scheme=scheme)).preferences[0].met


def test_yes_no_and_request_fields_can_be_compared() -> None:
    rule = {"with": "outside_hours", "strength": "must", "indifferent": ["No"]}
    asks = FormField.model_validate({"key": "late", "label": "Only outside hours?", "kind": "yes_no", "compare": rule})
    form = SCHEME.request.model_copy(update={"fields": (*SCHEME.request.fields, asks)})
    scheme = SCHEME.model_copy(update={"request": form})
    mentors = mentor("can", outside_hours=True), mentor("cannot", outside_hours=False)
    late = ranked(*mentors, request=REQUEST | {"late": True}, scheme=scheme)
    assert [match.person for match in late.matches] == ["can"]
    assert len(ranked(*mentors, request=REQUEST | {"late": False}, scheme=scheme).matches) == 2


def test_who_left_an_earlier_request_comes_after_the_others_and_it_is_known_why() -> None:
    mentors = (mentor("bea"), mentor("cyd"), mentor("dan", expertise={LEADERSHIP: 1}))
    left: dict[str, Earlier] = {"bea": "silent", "cyd": "declined", "zoe": "silent"}
    ranking = rank(Seeker("ada", REQUEST, {}, earlier=left), mentors, SCHEME)
    assert [(each.person, each.earlier) for each in ranking.matches] == [
        ("dan", None), ("bea", "silent"), ("cyd", "declined"),
    ]  # fmt: skip
    best = rank(Seeker("ada", REQUEST, {}, earlier={"bea": "silent"}), mentors, SCHEME, at_most=1)
    assert [each.person for each in best.matches] == ["cyd"]


def test_who_is_kept_apart_is_left_out_and_who_is_pinned_comes_first_if_they_can_be_asked() -> None:
    mentors = (mentor("bea"), mentor("cyd", expertise={LEADERSHIP: 1}), mentor("dan"), mentor("eve", load=2))
    left: dict[str, Earlier] = {"cyd": "declined"}
    ranking = rank(
        Seeker("ada", REQUEST, {}, earlier=left, apart={"dan"}, pinned={"cyd", "eve", "dan"}), mentors, SCHEME
    )
    assert [(each.person, each.pinned, each.earlier) for each in ranking.matches] == [
        ("cyd", True, None), ("bea", False, None),
    ]  # fmt: skip
    assert ranking.left_out == {"apart": 1, "full": 1}


def test_who_comes_before_a_closer_match_for_having_more_room_is_told_apart() -> None:
    closer, roomier = mentor("bea", load=1), mentor("cyd", expertise={LEADERSHIP: 3, NETWORK: 3})
    ranking = ranked(closer, roomier)
    assert [(each.person, each.roomier, each.load, each.limit) for each in ranking.matches] == [
        ("cyd", True, 0, 2), ("bea", False, 1, 2),
    ]  # fmt: skip
    assert [each.roomier for each in ranked(mentor("bea"), roomier).matches] == [False, False]
