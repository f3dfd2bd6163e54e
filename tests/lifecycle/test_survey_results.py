"""What surveys say: right to the number, and nothing by which an answer of fewer than five can be told, whatever is set
beside it: the other moment, the other role, or what was told before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle.figures import SMALLEST
from bot.lifecycle.survey_results import NO_ANSWER, Answered, Result, counted, results
from bot.schemes.roles import Role
from bot.schemes.sheets import Moment, Sheet
from tests.support.schemes import SURVEY

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
BOTH: tuple[Moment, ...] = ("start", "end")
LATER = SINCE + timedelta(days=400)
SHEET = Sheet.model_validate(
    {
        **SURVEY.model_dump(exclude={"middle_after", "end_after", "fields"}, exclude_defaults=True),
        "asked": ("start", "end"),
        "fields": (
            {"key": "stays", "label": "Do you stay?", "kind": "choice", "options": ["Yes", "Perhaps", "No"]},
            {"key": "again", "label": "Again?", "kind": "yes_no", "required": False},
            {"key": "times", "label": "When?", "kind": "choices", "options": ["Mornings", "Evenings"]},
        ),
    }
)
ANSWERS = st.fixed_dictionaries(
    {"stays": st.sampled_from(("Yes", "Perhaps", "No")),
     "times": st.sets(st.sampled_from(("Mornings", "Evenings")), min_size=1).map(sorted)},
    optional={"again": st.booleans()},
)  # fmt: skip


def answered(who: str, moment: Moment, answers: Mapping[str, Any], hour: int, role: Role = "mentee") -> Answered:
    return Answered(who, f"pair of {who}", role, moment, answers, SINCE + timedelta(hours=hour))


@st.composite
def given_answers(draw: st.DrawFn) -> list[Answered]:
    """Up to thirty people, some of whom have answered once only, some in several connections."""
    made = []
    for number in range(draw(st.integers(0, 30))):
        role: Role = draw(st.sampled_from(("mentee", "mentor")))
        person = f"{role}{draw(st.integers(0, number))}" if role == "mentor" else f"{role}{number}"
        moments: Sequence[Moment] = draw(st.sampled_from((BOTH, BOTH, BOTH, ("start",), ("end",))))
        at = SINCE + timedelta(hours=draw(st.integers(-4000, 4000)), seconds=number)
        made += [Answered(person, f"p{number}", role, each, draw(ANSWERS), at) for each in moments]
    return made


def tables(found: Sequence[Result]) -> Iterator[tuple[int, Mapping[str, int | None], str]]:
    """Each table that is told: of how many, and the parts."""
    for result in found:
        for question in result.questions:
            yield from ((result.of, parts, question.asked) for parts in question.answers.values())


def possible(of: int, parts: Mapping[str, int | None], hidden: Sequence[str]) -> list[tuple[int, ...]]:
    """All that the hidden parts of a whole can be, for whoever sees the others."""
    left = of - sum(number or 0 for number in parts.values())
    return [each for each in product(range(left + 1), repeat=len(hidden)) if sum(each) == left]


@given(st.lists(ANSWERS, min_size=5, max_size=21))
def test_no_told_figure_determines_a_group_under_five(said: list[Mapping[str, Any]]) -> None:
    given_ = [answered(f"a{n}", moment, each, n) for n, each in enumerate(said) for moment in BOTH]
    (found, _) = results(SHEET, (), given_, SINCE)
    assert found.of == len(said) // SMALLEST * SMALLEST
    for of, parts, asked in tables([found]):
        assert all(number is None or number == 0 or number >= SMALLEST for number in parts.values())
        if asked == "When?":
            # Each answer is a group of its own: neither it nor those who did not give it are few.
            assert all(number is None or of - number == 0 or of - number >= SMALLEST for number in parts.values())
            continue
        hidden = [name for name, number in parts.items() if number is None]
        ways = possible(of, parts, hidden)
        for at, name in enumerate(hidden):
            assert len({way[at] for way in ways}) > 1, f"{name} of {parts} can be nothing else"


@given(given_answers())
def test_what_is_told_is_right(given_: list[Answered]) -> None:
    for result in results(SHEET, (), given_, SINCE):
        those = counted([each for each in given_ if each.role == result.role], ("start", "end"), SINCE)
        assert len(those) == result.of
        for question in result.questions:
            for moment, parts in question.answers.items():
                said = Counter(_said(question.asked, whole[moment].answers) for whole in those)
                numbers = Counter(one for each, times in said.items() for one in each for _ in range(times))
                assert all(number is None or number == numbers[name] for name, number in parts.items())


def _said(asked: str, answers: Mapping[str, Any]) -> tuple[str, ...]:
    match asked:
        case "Do you stay?":
            return (answers["stays"],)
        case "When?":
            return tuple(answers["times"])
        case _:
            again = answers.get("again")
            return (NO_ANSWER,) if again is None else ("Yes" if again else "No",)


@given(given_answers(), st.integers(0, 60))
def test_each_is_counted_once_and_nobody_comes_or_goes_alone(given_: list[Answered], cut: int) -> None:
    """What is told today is set beside what was told before, and a year later."""
    for role in ("mentee", "mentor"):
        mine = sorted((each for each in given_ if each.role == role), key=lambda each: each.at)
        for before, after, since in ((mine[:cut], mine, SINCE), (mine, mine, LATER)):
            then, now = _people(before, SINCE), _people(after, since)
            for difference in (now - then, then - now):
                assert len(difference) % SMALLEST == 0
        whole = counted(mine, ("start", "end"), SINCE)
        assert len(whole) == len(_people(mine, SINCE))


def _people(given_: Sequence[Answered], since: datetime) -> set[str]:
    return {whole["end"].person for whole in counted(given_, ("start", "end"), since)}


def test_before_and_after_stand_side_by_side_of_those_who_answered_both() -> None:
    times = {"times": ["Mornings"]}
    before = [answered(f"a{n}", "start", {"stays": "No" if n < 5 else "Perhaps", **times}, n) for n in range(10)]
    both = [*before, *(answered(f"a{n}", "end", {"stays": "Yes", **times}, n) for n in range(10))]
    once = [answered(f"b{n}", "start", {"stays": "Yes", **times}, n) for n in range(7)]
    mentees, mentors = results(SHEET, (), [*both, *once], SINCE)
    assert (mentees.of, mentors.of, mentors.questions) == (10, 0, ())
    stays = next(each for each in mentees.questions if each.asked == "Do you stay?")
    assert stays.answers == {
        "start": {"Yes": 0, "Perhaps": 5, "No": 5}, "end": {"Yes": 10, "Perhaps": 0, "No": 0},
    }  # fmt: skip


def test_what_one_person_says_of_five_is_not_five() -> None:
    """A mentor who answers of each of five mentees is one person."""
    said = {"stays": "Yes", "times": ["Mornings"]}
    alone = [Answered("m", f"p{n}", "mentor", moment, said, SINCE) for n in range(5) for moment in ("start", "end")]
    assert [each.of for each in results(SHEET, (), alone, SINCE)] == [0, 0]


def test_who_is_asked_alone_is_told_of() -> None:
    for by in ("mentee", "mentor"):
        assert [each.role for each in results(SHEET.model_copy(update={"by": by}), (), (), SINCE)] == [by]
