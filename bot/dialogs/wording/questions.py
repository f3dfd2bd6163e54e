"""Words about what the office asked and what was answered, as both can read it afterwards."""

from collections.abc import Iterable

from bot.dialogs.parts import Bold, Shown, When, paragraphs
from bot.dialogs.wording.builders import say
from bot.lifecycle.questions import Question
from bot.schemes.scheme import Scheme


def answered(questions: Iterable[Question], scheme: Scheme) -> tuple[Shown, ...]:
    """Every question that has its answer, oldest first; the one that is open is shown where it is answered."""
    parts = list[Shown]()
    for each in questions:
        if each.answer is not None and each.answered_at is not None:
            parts += [say(Bold(f"The {scheme.words.office} asked on "), When(each.asked_at, "day"), ":")]
            parts += paragraphs(each.question)
            parts += [say(Bold("The answer, on "), When(each.answered_at, "day"), ":"), *paragraphs(each.answer)]
    return tuple(parts)
