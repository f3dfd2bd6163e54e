"""Words for platforms where a form stands in the chat, as a message among others, and files are sent there."""

from typing import Final

MISSING: Final = "Please fill this in."
"""Said by the client itself at a required field that is empty."""
CHOOSE: Final = "Choose…"
"""In a list that is not opened yet, and of which nothing is chosen."""
WHO: Final = "Type a name"
"""In the field where somebody is looked for."""
CHOSEN_BEFORE: Final = "The person chosen before"
"""Stands for somebody whose name the client looks up by itself."""
TO_MEND: Final = "Not sent yet: something above is still to be put right."
"""Beside the button of a long form, whose errors may be out of sight."""


def optional(label: str) -> str:
    """The label of a field that may be left empty."""
    return f"{label} (optional)"


def error(said: str) -> str:
    """An error at its field: the word says what the colour says."""
    return f"Error: {said}"


def send_file(submit: str) -> str:
    """Under the field of a file, which no form in a chat can take."""
    return f"Send the file here in the chat first; then press {submit}. It is kept for an hour."
