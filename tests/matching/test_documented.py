"""What docs/matching.md works out on paper is what the matching gives."""

from pathlib import Path

from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, rank
from bot.schemes.loading import load
from tests.matching.test_both_ways import scheme

PAGE = (Path(__file__).parents[2] / "docs" / "matching.md").read_text("utf-8")


def test_with_ratings() -> None:
    leadership, network = "Leadership", "Building a professional network"
    wants = {"mentor_gender": "A man", "mentor_region": "Wales", "times": ["Mornings", "Evenings"]}
    seeker = Seeker("ada", {"topics": [leadership, network], "foremost": [leadership]}, wants)
    bea = {"expertise": {leadership: 4, network: 2}, "gender": "A woman", "region": "Wales", "times": ["Evenings"]}
    (match,) = rank(seeker, [Candidate("bea", bea, 0, 2)], load("british_cardiovascular_society")).matches
    assert (match.topic_points, match.preference_points, match.percent) == (48, 13, 61)
    assert "75 · 16 / 25 | 48 |" in PAGE
    assert "12.5 | 13 |" in PAGE
    assert "**61 %**" in PAGE


def test_without_ratings_and_both_ways() -> None:
    seeker = Seeker("ben", {"topics": ["Leading a team"]}, {"mentor_profession": "Doctor"}, {"profession": "Nurse"})
    cyd = {"offers": ["Leading a team"], "profession": "Doctor", "mentee_profession": "Doctor"}
    (match,) = rank(seeker, [Candidate("cyd", cyd, 0, 2)], scheme()).matches
    assert (match.topic_points, match.preference_points, match.percent) == (60, 20, 80)
    assert "60 · (2·5) / (5 · 2) | 60 |" in PAGE
    assert "(2 + 0) / (2 + 2) | 20 |" in PAGE
    assert "**80 %**" in PAGE
    assert rank(seeker, [Candidate("cyd", cyd, 0, 2)], scheme("must")).left_out == {"their_must": 1}
