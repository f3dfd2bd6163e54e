"""The words of a scheme's forms: fixed options, and what is said at a field whose answer cannot be taken."""

from typing import Final

YES: Final = "Yes"
NO: Final = "No"

RATINGS: Final = (
    "0 – not my field",
    "1 – a little",
    "2 – some",
    "3 – a fair amount",
    "4 – a lot",
    "5 – very much",
)
"""What a person can offer on a topic; the index in the list is the rating."""


def rating_label(field: str, topic: str) -> str:
    """The label of one topic's rating, at most 150 characters: the topic alone where both do not fit."""
    between = " " if field.endswith(("?", ":", ".", "…")) else ": "
    both = f"{field}{between}{topic}"
    return both if len(both) <= 150 else topic


def cell_label(field: str, line: int, column: str) -> str:
    """The label of one cell of rows, at most 150 characters: "Actions 2: By when"."""
    of = f" {line}: {column}"
    return f"{field[: 150 - len(of)].rstrip(' ?:.…')}{of}"


def rated(topic: str, rating: int) -> str:
    """A topic with its rating, for a reader."""
    return f"{topic} ({rating})"


def missing(label: str) -> str:
    """Nothing was given where something must be."""
    return f"“{label}” is needed before this can go on."


def too_long(label: str, length: int, longest: int) -> str:
    """A text beyond its longest, both in characters."""
    return f"“{label}” has {length:,} characters; the most is {longest:,}."


def nothing_chosen(label: str) -> str:
    """None of several was ticked."""
    return f"Please choose at least one for “{label}”."


def nothing_rated(label: str) -> str:
    """Every topic was left at 0."""
    return f"Please give at least one topic more than 0 under “{label}”."


def not_offered(option: str) -> str:
    """An option that the form does not have (any more)."""
    return f"“{option}” is no longer offered; please choose again."


def not_a_number(label: str) -> str:
    """Something else than a whole number."""
    return f"“{label}” needs a whole number."


def out_of_range(lowest: int, highest: int) -> str:
    """A number below the lowest or above the highest."""
    return f"Please give a number from {lowest:,} to {highest:,}."


def not_a_date(label: str) -> str:
    """Something else than a day."""
    return f"“{label}” needs a day, for example 2026-11-24."


def nobody_we_know() -> str:
    """Somebody whom the bot cannot know: an app, or a person of another workspace."""
    return "Please choose a member of this workspace: apps and people from elsewhere cannot be chosen here."
