"""The buttons about concerns. None names whom one is about, or who has raised it: others may see the screen."""

from bot.dialogs import subjects
from bot.dialogs.parts import Button
from bot.dialogs.view_models.concerns import ConcernsShown, ConcernView
from bot.dialogs.wording.buttons import button
from bot.lifecycle.vocabulary import Verb


def raise_concern(scheme_name: str, pair: str = "") -> Button:
    """Raising one. `pair`: the id of the connection in which it stands."""
    label = "Raise a concern"
    return button(label, Verb.OPEN_RAISE_CONCERN, pair, f"{label} in private: {scheme_name}")


def view(seen: ConcernView) -> Button:
    """All of it."""
    return button("View", Verb.OPEN_CONCERN, seen.concern.id, f"View concern {seen.concern.reference}")


def add(seen: ConcernView) -> Button:
    """Saying more."""
    label = "Add something"
    return button(label, Verb.OPEN_ADD_TO_CONCERN, seen.concern.id, f"{label} to concern {seen.concern.reference}")


def deny(seen: ConcernView) -> Button:
    """That nobody has made contact."""
    label = "No contact was made"
    return button(label, Verb.DENY_CONCERN_CONTACT, seen.concern.id, f"{label} about concern {seen.concern.reference}")


def contact(seen: ConcernView) -> Button:
    """That contact has been made; it asks when."""
    label, reference = "I have made contact", seen.concern.reference
    return button(
        label, Verb.OPEN_CONCERN_CONTACT, seen.concern.id, f"{label} about concern {reference}", primary=True
    )  # fmt: skip


def away(seen: ConcernView) -> Button:
    """That it takes longer, since one is away."""
    label = "I am away"
    return button(label, Verb.OPEN_CONCERN_AWAY, seen.concern.id, f"{label}: concern {seen.concern.reference}")


def close(seen: ConcernView) -> Button:
    """The end of it; it asks for words."""
    label = "Close concern"
    return button(label, Verb.OPEN_CLOSE_CONCERN, seen.concern.id, f"{label} {seen.concern.reference}")


def undo(seen: ConcernView) -> Button:
    """What was said last, taken back."""
    reference = seen.concern.reference
    return button("Undo", Verb.UNDO_CONCERN, seen.concern.id, f"Undo what you just said of concern {reference}")


def page(label: str, shown: ConcernsShown, number: int) -> Button:
    """A page of those that one takes up, counted from 0."""
    return button(label, Verb.OPEN_CONCERNS, subjects.concerns_page(shown, number), f"{label} of the {shown} concerns")


def all_of_them(many: int) -> Button:
    """All those that one takes up."""
    label = f"Show all {many}"
    return button(label, Verb.OPEN_CONCERNS, subjects.concerns_page("open", 0), f"{label} concerns")


def over(shown: ConcernsShown) -> Button:
    """The open ones, or the closed ones."""
    label = f"Show {shown}"
    return button(label, Verb.OPEN_CONCERNS, subjects.concerns_page(shown, 0), f"{label} concerns")
