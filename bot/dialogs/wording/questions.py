"""Words about what the office asked and what was answered, as both can read it afterwards."""

from collections.abc import Iterable, Sequence

from bot.dialogs.parts import Bold, Message, Shown, When, paragraphs
from bot.dialogs.wording.builders import message, say, small
from bot.lifecycle.people import Person
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


def head(scheme: Scheme, about: str = "before it decides") -> str:
    """Who asks something."""
    return f"The {scheme.words.office} has a question {about}:"


def closed(reader: Person, head: str, questions: Sequence[Question]) -> Message:
    """The last question as it stands in the chat, once it waits for no answer any more. `head`: who asked."""
    last = questions[-1] if questions else None
    if last is None or last.answered_at is None:
        return message(reader, say(head), *paragraphs(last.question if last else ""), small("It needs no answer now."))
    answered_on = small("You answered on ", When(last.answered_at, "day"), ".")
    return message(reader, say(head), *paragraphs(last.question), answered_on)


def overtaken(reader: Person, scheme: Scheme) -> Message:
    """An earlier question, where there has been another since."""
    return message(reader, say(f"The {scheme.words.office} has asked you again since: see its latest question."))
