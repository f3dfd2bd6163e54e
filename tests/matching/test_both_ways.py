"""What mentors ask of mentees, and what never may be: rules and preferences in both directions."""

from typing import Any

import pytest

from bot.matching.criteria import PreferenceTerm, Seeker
from bot.matching.directory import entries
from bot.matching.ranking import Candidate, Ranking, rank
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from tests.support.schemes import with_role

PROFESSIONS = ("Nurse", "Doctor", "Paramedic")


def _choice(key: str, compare: dict[str, Any] | None = None, *more: str) -> FormField:
    given = {"key": key, "label": key.capitalize(), "kind": "choice", "options": [*more, *PROFESSIONS]}
    return FormField.model_validate(given | ({"compare": compare} if compare else {}))


def scheme(strength: str = "prefer") -> Scheme:
    """Mentees say their profession and site; mentors wish for a profession, and are never of the mentee's site."""
    held = load("bsw_hub")
    rule: dict[str, Any] = {"with": "profession", "strength": strength, "indifferent": ["Any"]}
    rule["weight"] = 2 if strength == "prefer" else 1
    wish = _choice("mentee_profession", rule, "Any")
    site = {"key": "site", "label": "Site", "kind": "text"}
    never = FormField.model_validate({**site, "compare": {"with": "mentor_site", "strength": "never"}})
    own = FormField.model_validate({**site, "key": "mentor_site"})
    application = SchemeForm(title="Join", fields=(_choice("profession"), never))
    held = with_role(held, "mentee", application=application)
    return with_role(held, "mentor", preferences=SchemeForm(title="Suits", fields=(wish, own)))


def ranking(wishes: Any, *, strength: str = "prefer", site: str = "Bath", asks: Any = "No preference") -> Ranking:
    about = {"profession": "Nurse", "site": "Bath"}
    seeker = Seeker("ada", {"topics": ["Leading a team"]}, {"mentor_profession": asks}, about)
    answers = {"offers": ["Leading a team"], "profession": "Doctor", "mentee_profession": wishes, "mentor_site": site}
    return rank(seeker, [Candidate("bea", answers, 0, 2)], scheme(strength))


@pytest.mark.covers("C8")
@pytest.mark.parametrize(
    ("wishes", "asks", "points"),
    [
        ("Nurse", "No preference", 40),
        ("Doctor", "No preference", 0),
        ("Any", "No preference", 40),
        (None, "No preference", 40),
        ("Doctor", "Doctor", 20),
        ("Nurse", "Doctor", 40),
        ("Nurse", "Nurse", 20),
        ("Doctor", "Nurse", 0),
    ],
)
def test_what_either_would_rather_have_weighs_alike(wishes: Any, asks: str, points: int) -> None:
    (match,) = ranking(wishes, site="Bristol", asks=asks).matches
    assert (match.topic_points, match.preference_points) == (60, points)
    asked = wishes not in (None, "Any")
    term = PreferenceTerm("Mentee_profession", (wishes,), ("Nurse",), 2, wishes == "Nurse")
    assert match.wishes == ((term,) if asked else ())


@pytest.mark.parametrize(
    ("strength", "wishes", "left_out"),
    [("must", "Doctor", 1), ("must", "Nurse", 0), ("must", "Any", 0), ("never", "Nurse", 1), ("never", "Doctor", 0)],
)
def test_a_hard_rule_of_the_mentors_leaves_them_out(strength: str, wishes: str, left_out: int) -> None:
    found = ranking(wishes, strength=strength, site="Bristol")
    assert found.left_out == ({"their_must": 1} if left_out else {})


def test_what_never_may_be_in_common_leaves_a_mentor_out_everywhere() -> None:
    assert ranking("Any").left_out == {"must": 1}
    assert ranking("Any", site="").left_out == {}, "where nothing is said, nothing is in common"
    seeker = Seeker("ada", {}, {}, {"site": "Bath", "profession": "Nurse"})
    mentors = [Candidate("bea", {"mentor_site": "Bath"}, 0, 2), Candidate("cyd", {"mentor_site": "Wells"}, 0, 2)]
    assert [each.person for each in entries(seeker, mentors, scheme())] == ["cyd"]
