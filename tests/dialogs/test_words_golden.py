"""All words as people get them, to be read: docs/words.md. UPDATE_GOLDEN=1 writes it anew; read the difference then."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Button,
    Buttons,
    Choice,
    Choices,
    Form,
    Heading,
    Home,
    Input,
    Message,
    Notice,
    NumberInput,
    Part,
)
from bot.dialogs.plain import plain
from tests.dialogs import list_views, office_words, survey_samples
from tests.dialogs.every_word import forms_and_notices, homes, messages_as_sent
from tests.dialogs.sheet_words import sheets_and_pages
from tests.dialogs.typed_words import answers

WORDS = Path(__file__).parents[2] / "docs" / "words.md"
LONDON = ZoneInfo("Europe/London")


def _form(form: Form) -> Iterator[str]:
    yield f"[window] {form.title}"
    yield from _parts(form.parts)
    yield f"[submit: {form.submit}]" if form.submit else "[close]"


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Buttons(buttons):
                yield from (_button(button) for button in buttons)
            case Heading(text):
                yield f"# {text}"
            case _ if isinstance(part, Input):
                yield _input(part)
            case _:
                yield from [line] if (line := plain([part], LONDON)) else []


def _button(button: Button) -> str:
    return f"[{button.label}]" + (f" {button.spoken}" if button.spoken != button.label else "")


def _input(field: Input) -> str:
    match field:
        case Choice(options=options) | Choices(options=options):
            offered = f" {' | '.join(options)}"
        case NumberInput(lowest=lowest, highest=highest):
            offered = f" {lowest} to {highest}"
        case _:
            offered = ""
    need = "" if field.required else " (optional)"
    return f"[field{need}] {field.label}{offered}" + (f" – {field.hint}" if field.hint else "")


def _said(said: Message | Form | Notice | Home) -> str:
    match said:
        case Message():
            return "\n".join([said.text, *(line for line in _parts(said.parts) if line.startswith("["))])
        case Form():
            return "\n".join(_form(said))
        case Notice():
            head = [f"[notice] {said.title}"] if said.title else []
            return "\n".join([*head, *([said.text] if said.text else []), *_parts(said.parts)])
        case Home():
            return "\n".join(_parts(said.parts))


def _written(said: Iterable[tuple[str, Message | Form | Notice | Home]]) -> str:
    """What is said the same in several states stands once, under all their names."""
    names: dict[str, list[str]] = {}
    for name, each in said:
        names.setdefault(_said(each), []).append(name)
    return "\n".join("".join(f"== {name}\n" for name in same) + f"{text}\n" for text, same in names.items())


SAID: dict[str, Callable[[], Iterable[tuple[str, Message | Form | Notice | Home]]]] = {
    "Messages": messages_as_sent,
    "Forms, notices and refusals": forms_and_notices,
    "Home": homes,
    "Sheets and pages": sheets_and_pages,
    "Surveys": survey_samples.forms_and_notices,
    "What is typed": answers,
    "The office's lists": list_views.words,
    "A person's card, and what the office does from there": office_words.words,
}
HEAD = """# What the bot says

Every message, form, notice, refusal and home page of the reference scheme, as its reader sees it in London. After `==`
stand the states in which it is said so; what can be pressed is in brackets, with its name for a screen reader. Written
by `UPDATE_GOLDEN=1 pytest tests/dialogs`: what differs from it fails the tests, and is read before it is kept.
"""


def test_no_platform_is_spoken_of() -> None:
    """The same words are read in every one."""
    assert "workspace" not in WORDS.read_text(encoding="utf-8")


def test_the_words_are_as_they_were_read() -> None:
    parts = (f"\n## {title}\n\n```text\n{_written(said())}```\n" for title, said in SAID.items())
    text = HEAD + "".join(parts)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        WORDS.write_text(text, encoding="utf-8")
    assert text == WORDS.read_text(encoding="utf-8")
