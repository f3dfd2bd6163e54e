"""Reading what a form holds, with what is wrong said at its field; and what is said to a press."""

from collections.abc import Callable
from typing import Any

from bot.actions.context import Click
from bot.dialogs import field_words, forms
from bot.dialogs.parts import Errors, Nothing, Notice, Reply
from bot.schemes.fields import Form
from bot.schemes.scheme import Scheme


def of_form(click: Click, form: Form, scheme: Scheme) -> dict[str, Any] | Errors:
    """The answers to one of the scheme's forms."""
    answers, errors = forms.answers(form, scheme.topics, click.values or {})
    return Errors(errors) if errors else answers


def text(click: Click, key: str, label: str, longest: int, *, required: bool = True) -> str | Errors | None:
    """One text that somebody typed; None where it may be and is empty."""
    value = (click.values or {}).get(key)
    typed = value.strip() if isinstance(value, str) else ""
    if not typed:
        return Errors({key: field_words.missing(label)}) if required else None
    if len(typed) > longest:
        return Errors({key: field_words.too_long(label, len(typed), longest)})
    return typed


def number(click: Click, key: str) -> int:
    """The number that a form carries along under that key; 0 for anything else."""
    written = click.carried.get(key, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


def carried(click: Click, key: str) -> list[str]:
    """The persons that a form carries along under that key, in their order."""
    return [person for person in click.carried.get(key, "").split(",") if person]


def unless_shown(click: Click, notice: Callable[[], Notice]) -> Reply:
    """On a card or on Home the card itself shows what became of it; in a form the presser is told."""
    return Nothing() if click.shows_itself else notice()
