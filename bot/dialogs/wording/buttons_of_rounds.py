"""The buttons of rounds, in which mentors are found for many at once."""

from bot.dialogs import subjects
from bot.dialogs.parts import Button
from bot.dialogs.subjects import RoundShown
from bot.dialogs.wording.buttons import button
from bot.lifecycle.rounds import Round
from bot.lifecycle.vocabulary import Verb


def look() -> Button:
    """What a round would be about, or the one that goes on."""
    return button("Run round", Verb.OPEN_ROUND, "", "Run round: it shows first for whom")


def run() -> Button:
    """Have one worked out."""
    return button("Run round", Verb.RUN_ROUND, "", "Run round: who suits whom is worked out", primary=True)


def run_again(one: Round) -> Button:
    """The same once more, from how things are now."""
    return button("Run round", Verb.RUN_ROUND, one.id, "Run round again, from how things are now")


def view(one: Round) -> Button:
    """Who is in it with whom."""
    return button(
        "View round",
        Verb.OPEN_ROUND,
        subjects.round_page(one.id, "best", 0),
        "View round: who is with whom",
        primary=True,
    )


def look_again(one: Round) -> Button:
    """How far it is by now."""
    subject = subjects.round_page(one.id, "best", 0)
    return button("Look again", Verb.OPEN_ROUND, subject, "Look again how far the round is", primary=True)


def show(one: Round, label: str, shown: RoundShown, page: int = 0) -> Button:
    """A page of it."""
    return button(label, Verb.OPEN_ROUND, subjects.round_page(one.id, shown, page), f"{label} of the round")


def publish(one: Round) -> Button:
    """Let everybody hear of it; it asks first."""
    spoken = "Publish the round: it shows first who hears of it"
    return button("Publish", Verb.OPEN_PUBLISH_ROUND, one.id, spoken, primary=True)


def drop(one: Round) -> Button:
    """Nothing comes of it."""
    return button("Drop round", Verb.DROP_ROUND, one.id, "Drop round: nobody hears of it")


def as_file(one: Round) -> Button:
    """All of it, for a spreadsheet."""
    return button("As a file", Verb.EXPORT, f"round:{one.id}", "As a file: the whole round as a table")


def places(one: Round, mentor: str, name: str) -> Button:
    """How many mentees one mentor gets in it."""
    subject = subjects.choice(one.id, mentor)
    return button("Change places", Verb.OPEN_ROUND_PLACES, subject, f"Change places of {name}")


def pin(mentee: str, name: str, mentor: str, other: str) -> Button:
    """This mentor, or another, for the mentee."""
    return button("Pin", Verb.OPEN_PIN, subjects.two(mentee, mentor), f"Pin {other} to {name}")


def keep_apart(mentee: str, name: str, mentor: str, other: str) -> Button:
    """The two are not put to each other any more."""
    subject = subjects.two(mentee, mentor)
    return button("Keep apart", Verb.OPEN_KEEP_APART, subject, f"Keep apart {name} and {other}")
