"""Words for platforms where a form stands in the chat, as a message among others, and files are sent there."""

from typing import Final

from bot.dialogs.parts import Notice

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


def file_with_it(name: str, submit: str) -> str:
    """The same, where a file has been sent."""
    return f"“{name}”, which you have sent here, goes with it when you press {submit}. To hand in another, send that."


CLOSED: Final = Notice("Closed.")
"""In the place of a form that was closed."""
DONE: Final = Notice("Done.")
"""In the place of what was pressed, where nothing else shows what became of it."""
BELOW: Final = "It stands below, as the newest message of this chat."
"""To somebody whose press was answered by a message of its own."""
IN_OUR_CHAT: Final = "It is in your own chat with me, where nobody else reads it."
"""The same, in a channel."""
OPEN_OURS_FIRST: Final = "I would show it in a chat with you alone. Please add me as your own app, and press again."
"""The same, to somebody whom the bot cannot write to."""


def file_at_hand(name: str) -> Notice:
    """To somebody who has sent a file."""
    return Notice(
        f"I have “{name}” at hand for an hour. Press the button of the form it belongs to, and it is handed in with it."
    )


def file_too_large(most: int) -> Notice:
    """To somebody who has sent a file of more than `most` bytes."""
    return Notice(
        f"That file is larger than {most // 1_000_000} MB, so I could not take it. Please send a smaller one."
    )


def file_not_fetched() -> Notice:
    """To somebody whose file did not come through."""
    return Notice("That file did not come through. Please send it once more.")


FILE_OFFERED: Final = "Press Allow, and this file is put into your OneDrive: from there it opens here."
"""Beside a file that is offered, where nothing may be given to somebody unasked."""
FILE_DECLINED: Final = Notice("All right, the file was not put anywhere. You can ask for it again at any time.")
"""In the place of a file that was declined."""
FILE_GONE: Final = Notice("That file is not here for you any more. Your Home shows what there is.")
"""In the place of one that may not be read any more, or that there is no more."""


def file_brought(name: str) -> Notice:
    """In the place of a file that was allowed."""
    return Notice(f"“{name}” is in your OneDrive now, and opens from the message below.")


def file_not_brought() -> Notice:
    """To somebody whose OneDrive did not take a file."""
    return Notice("The file did not get into your OneDrive. Press Allow once more, or ask for it again.")
