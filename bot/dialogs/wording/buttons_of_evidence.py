"""The buttons to what people can show of their mentoring, in the same way as everybody's."""

from bot.dialogs.parts import Button
from bot.dialogs.wording.buttons import button
from bot.lifecycle.vocabulary import Verb


def my_hours() -> Button:
    """One's own hours."""
    return button("My hours", Verb.OPEN_HOURS, "year", "My hours")


def hours(label: str, span: str) -> Button:
    """The same over another span."""
    return button(label, Verb.OPEN_HOURS, span, f"{label}: my hours")


def bring_hours(span: str, label: str) -> Button:
    """The same as a file."""
    return button("As a PDF", Verb.BRING_HOURS, span, f"As a PDF: my hours, {label.lower()}")
