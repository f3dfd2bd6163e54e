"""The words of a scheme's forms: fixed options, and what is said at a field whose answer cannot be taken."""

from typing import Final

from bot.lifecycle.files import ENDINGS, LARGEST
from bot.schemes.fields import YES_NO

YES, NO = YES_NO

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


NOT_HERE_YET: Final = "Somebody who has not been here yet"
"""What is read of a person whom somebody has chosen and the bot has not met."""


def nobody_we_know() -> str:
    """Somebody whom the bot cannot know: an app, or a person from elsewhere."""
    return "Please choose somebody who belongs here: apps and people from elsewhere cannot be chosen."


FILE_ENDINGS: Final = tuple(ending for endings in ENDINGS.values() for ending in endings)
WHICH_FILES: Final = f"A PDF, PNG or JPEG of up to {LARGEST // 1_000_000} MB."
LEAVE_OUT: Final = "No, take it out"


def stays(name: str) -> str:
    """Under the field of a file that was handed in before; a hint has 150 characters at most."""
    return f"“{name}” stays, unless you choose another. {WHICH_FILES}"


def keep_it(name: str) -> str:
    """The label of what takes a file out."""
    return f"Keep “{name}”?"


def file_named(name: str, size: int) -> str:
    """A file by its name and size."""
    return f"{name} ({size / 1_000_000:.1f} MB)" if size >= 1_000_000 else f"{name} ({max(1, round(size / 1000))} kB)"


def too_large(label: str) -> str:
    """A file beyond the most that is taken."""
    return f"“{label}” is too large. {WHICH_FILES}"


def not_such_a_file(label: str) -> str:
    """A file of a kind that is not taken, whatever it is called."""
    return f"“{label}” is neither a PDF nor a picture that can be read. {WHICH_FILES}"


def not_fetched(label: str) -> str:
    """A file that did not come through in time."""
    return f"“{label}” has not come through. Please give it again, and send the form once more."
