"""What is said where no rule speaks: to people whom the scheme cannot serve, and when the bot itself is in trouble."""

from bot.dialogs.parts import Notice


def not_from_here() -> Notice:
    """To somebody from elsewhere, for instance in a shared channel."""
    return Notice("This mentoring scheme is not for people from elsewhere, so there is nothing I can do here for you.")


def cannot_look_up() -> Notice:
    """To somebody who is new to the bot while their platform does not say who they are."""
    return Notice("I could not look up your name just now, and nothing was changed. Please try again in a minute.")


def trouble() -> Notice:
    """To somebody whose click met a fault of the bot."""
    return Notice(
        "Something went wrong on my side, and nothing was changed. Please try again in a minute; "
        "if it goes on, the scheme’s office can help."
    )


def too_late() -> Notice:
    """To somebody whose window could not be opened in the seconds that its platform gives."""
    return Notice("That took me too long to open. Please press it once more.")
