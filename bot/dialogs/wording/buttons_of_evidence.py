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


def my_portfolio(pair: str = "", other: str = "") -> Button:
    """What two people keep together as a file; of one connection, or of whichever is chosen."""
    return button("My portfolio", Verb.OPEN_PORTFOLIO, pair, f"My portfolio with {other}" if other else "My portfolio")


def bring_portfolio(pair: str, other: str, *, primary: bool = False) -> Button:
    """The file itself."""
    return button("Make the PDF", Verb.BRING_PORTFOLIO, pair, f"Make the PDF with {other}", primary=primary)
