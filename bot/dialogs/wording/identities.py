"""Words to somebody who is in two places: whether they are one person, and where they are written to."""

from bot.dialogs.parts import Bold, Home, Notice, Shown
from bot.dialogs.wording.builders import notice, press, say, small
from bot.dialogs.wording.buttons import button
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Verb


def is_that_you(other: Person) -> tuple[Shown, ...]:
    """The first that somebody new reads who may have been here all along."""
    asked = say("You are here already, as ", Bold(other.name), ", where you joined before. Is that you?")
    then = "If it is, all that is yours is here too, and we write to you here from now on. You can change that again."
    yes = button("That is me", Verb.THAT_IS_ME, other.id, f"That is me: {other.name}")
    no = button("No, somebody else", Verb.SOMEBODY_ELSE, other.id, f"No, somebody else, not {other.name}")
    return (asked, small(then), press(yes, no))


def one_person(me: Person) -> Notice:
    """The answer to saying so."""
    text = f"Welcome back, {me.first}: all that is yours is here now, and we write to you here."
    then = "What you have read where you joined before still stands there, and its buttons go on working."
    return notice("Welcome back", text, small(then))


def two_persons() -> Notice:
    """The answer to being somebody else."""
    return notice("Thank you", "Then you are new here: welcome. You are not asked again.")


def not_written_here(page: Home) -> Home:
    """A Home in a place where its reader is not written to."""
    said = small("We write to you in the other app in which you joined. You can do everything here, too.")
    greeting, *below = page.parts
    label = "Write to me here"
    here = button(label, Verb.WRITE_HERE, "", f"{label} from now on")
    return Home((greeting, said, press(here), *below))


def written_here() -> Notice:
    """The answer to wishing to be written to in this place."""
    return notice("Written to here", "We write to you here from now on.")
