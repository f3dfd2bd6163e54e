"""What surveys say, in words, as pictures and as lines of a table: the same numbers, the moments side by side."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.dialogs.parts import Chart
from bot.dialogs.wording.builders import cut
from bot.lifecycle.figures import SMALLEST
from bot.lifecycle.survey_results import Question, Result
from bot.schemes.sheets import Moment

UNTOLD: Final = "not told"
MOMENT: Final[Mapping[Moment, str]] = {"start": "At the start", "middle": "In the middle", "end": "At the end"}
_MOST: Final = 20
"""Answers that a picture shows."""
_WIDEST: Final = 20
"""Characters of what stands below a bar."""
HEAD: Final = ("Survey", "Who", "People", "Question", "When", "Answer", "Number")


def title(survey: str, result: Result) -> str:
    """Which survey, and who answered it."""
    return cut(f"{survey}: {result.role}s", 150)


def whom(result: Result) -> str:
    """Of how many it is told."""
    when = " and ".join(MOMENT[each].lower() for each in dict.fromkeys((result.moments[0], result.moments[-1])))
    if not result.of:
        return f"Answered {when} by fewer than {SMALLEST} so far."
    return f"Of {result.of:,} who answered {when}. Whoever is new comes in once there are {SMALLEST} of them."


def lines(result: Result) -> tuple[str, ...]:
    """Each question, with how many gave which answer at each moment."""
    return (whom(result), *(_line(each) for each in result.questions))


def _line(question: Question) -> str:
    said = "; ".join(f"{MOMENT[moment].lower()} {_numbers(each)}" for moment, each in question.answers.items())
    asked = question.asked if question.asked.endswith(("?", ":", ".")) else f"{question.asked}:"
    return f"{asked} {said}."


def _numbers(answers: Mapping[str, int | None]) -> str:
    told = [f"{answer} ({number:,})" for answer, number in answers.items() if number]
    hidden = [answer for answer, number in answers.items() if number is None]
    return ", ".join(told + ([f"{UNTOLD} {', '.join(hidden)}"] if hidden else [])) or "none"


def pictures(result: Result) -> Iterator[tuple[str, tuple[str, ...], Chart | None]]:
    """Each question by itself: as a picture, and in words where there are too many answers for one."""
    for question in result.questions:
        options = tuple(dict.fromkeys(answer for each in question.answers.values() for answer in each))
        if len(options) > _MOST:
            yield question.asked, (_line(question),), None
            continue
        series = tuple(
            (MOMENT[moment], tuple(each.get(option, 0) for option in options))
            for moment, each in question.answers.items()
        )
        yield question.asked, (), Chart(cut(question.asked, 50), tuple(_short(options)), series, UNTOLD, ": ")


def _short(options: Iterable[str]) -> Iterator[str]:
    """Short enough to stand below a bar, and still told apart."""
    seen = set[str]()
    for number, option in enumerate(options, start=1):
        short = cut(option, _WIDEST)
        short = cut(f"{number} {option}", _WIDEST) if short in seen else short
        seen.add(short)
        yield short


def rows(found: Iterable[tuple[str, Result]]) -> Iterator[tuple[str, ...]]:
    """A line for each answer at each moment, below HEAD."""
    for survey, result in found:
        if not result.of:
            yield survey, f"{result.role}s", f"fewer than {SMALLEST}", "", "", "", ""
        for question in result.questions:
            for moment, answers in question.answers.items():
                for answer, number in answers.items():
                    told = UNTOLD if number is None else str(number)
                    yield (
                        survey, f"{result.role}s", str(result.of), question.asked, MOMENT[moment], answer, told,
                    )  # fmt: skip
