"""What surveys say, counted. In these figures is who has answered at the first moment and at the last, each once, and
nobody comes into them alone: so no figure is about fewer than five, nor is any difference between two of them, at one
time or from one time to the next.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.lifecycle.figures import SMALLEST, told, told_parts
from bot.schemes.fields import YES_NO, FormField
from bot.schemes.roles import ROLES, Role
from bot.schemes.sheets import COUNTED, MOMENTS, Moment, Sheet

NO_ANSWER: Final = "No answer"
_SEVERAL: Final = frozenset({"choices", "topics"})
"""Kinds of which one person may give several answers: each is a group of its own."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A survey as one person answered it once. `pair`: what it was about."""

    person: str
    pair: str
    role: Role
    moment: Moment
    answers: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """How many gave which answer to a question at each moment; None: it is not told."""

    asked: str
    answers: Mapping[Moment, Mapping[str, int | None]]


@dataclass(frozen=True, slots=True)
class Result:
    """What those of one role answered. `of`: how many they are; 0: fewer than are told."""

    role: Role
    moments: tuple[Moment, ...]
    of: int
    questions: tuple[Question, ...] = ()


Whole = Mapping[Moment, Answered]
"""What one person said at each moment."""


def results(sheet: Sheet, topics: Sequence[str], given: Iterable[Answered], since: datetime) -> Iterator[Result]:
    """By role, for those whose last answers were given since then, five by five; a role that is never asked is left
    out."""
    answered = tuple(given)
    moments = tuple(each for each in MOMENTS if each in sheet.asked)
    for role in ROLES:
        if sheet.by not in (role, "either"):
            continue
        those = counted([each for each in answered if each.role == role], moments, since)
        questions = (_question(each, topics, moments, those) for each in sheet.fields if each.kind in COUNTED)
        yield Result(role, moments, len(those), tuple(questions) if those else ())


def counted(given: Iterable[Answered], moments: Sequence[Moment], since: datetime) -> tuple[Whole, ...]:
    """Who is in the figures: each person with the first connection of which they have answered the first moment and the
    last, in the order in which they came to that, so many as make whole groups; of these the groups that were complete
    no earlier than `since`. A group comes in, and goes out, as a whole."""
    needed = {moments[0], moments[-1]}
    wholes: dict[tuple[str, str], dict[Moment, Answered]] = defaultdict(dict)
    for each in given:
        wholes[each.person, each.pair][each.moment] = each
    ordered = sorted(_completed(whole, needed) for whole in wholes.items() if needed <= whole[1].keys())
    first = {person: (at, wholes[person, pair]) for at, pair, person in reversed(ordered)}
    those = sorted(first.values(), key=lambda each: (each[0], _pair(each[1])))
    groups = [those[at : at + SMALLEST] for at in range(0, len(those) - SMALLEST + 1, SMALLEST)]
    return tuple(whole for group in groups if group[-1][0] >= since for _, whole in group)


def _completed(whole: tuple[tuple[str, str], Whole], needed: set[Moment]) -> tuple[datetime, str, str]:
    (person, pair), said = whole
    return max(said[each].at for each in needed), pair, person


def _pair(whole: Whole) -> str:
    return next(iter(whole.values())).pair


def _question(
    field: FormField, topics: Sequence[str], moments: Sequence[Moment], those: Sequence[Whole]
) -> Question:  # fmt: skip
    said = {moment: [_said(field, whole.get(moment)) for whole in those] for moment in moments}
    return Question(field.heading, {moment: _told(field, topics, each) for moment, each in said.items()})


def _told(field: FormField, topics: Sequence[str], said: Sequence[tuple[str, ...]]) -> Mapping[str, int | None]:
    numbers = Counter(one for each in said for one in set(each))
    options = _options(field, topics)
    if field.kind in _SEVERAL:
        return {each: told(numbers[each], len(said)) for each in options}
    parts = {each: numbers[each] for each in options}
    # Whoever gave none, or one that the scheme's file has no longer, is a part of the whole as well.
    rest = len(said) - sum(parts.values())
    return told_parts(parts | ({NO_ANSWER: rest} if rest or not field.required else {}))


def _options(field: FormField, topics: Sequence[str]) -> tuple[str, ...]:
    match field.kind:
        case "yes_no":
            return YES_NO
        case "number":
            return tuple(map(str, range(field.lowest, field.highest + 1)))
        case "topics":
            return tuple(topics)
        case _:
            return field.options


def _said(field: FormField, answered: Answered | None) -> tuple[str, ...]:
    answer = answered.answers.get(field.key) if answered else None
    if answer is None:
        return ()
    if isinstance(answer, bool):
        return (YES_NO[0 if answer else 1],)
    return tuple(map(str, answer)) if isinstance(answer, list | tuple) else (str(answer),)
