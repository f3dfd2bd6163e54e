"""Words about a concern for whoever raises it: what they know before they type, and what becomes of it."""

from dataclasses import replace
from typing import Final

from bot.dialogs.own_fields import CONCERN_ABOUT, CONCERN_PERSON, CONCERN_REACH, CONCERN_TEXT, GENERAL, MORE
from bot.dialogs.parts import Bold, Button, Form, Message, Notice, Part, Run, Shown
from bot.dialogs.view_models.concerns import ConcernView, InLine, RaisingView
from bot.dialogs.wording import buttons_of_concerns as buttons
from bot.dialogs.wording.builders import heading, message, notice, press, quoted, say, small
from bot.dialogs.wording.concern_words import named, stands, told
from bot.lifecycle import concerns as rules
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

TITLE: Final = "Raise a concern"


def raise_form(view: RaisingView) -> Form | Notice:
    """Raising one: who reads it and by when they make contact, before anything is typed."""
    if not view.line:
        return notice(TITLE, f"Nobody here could take it up at the moment. Write to {view.scheme.beyond} instead.")
    options = (GENERAL, *view.whom)
    within = f"They make contact with you within {view.scheme.concerns.within.words}, or the next in line hears of it."
    parts: tuple[Part, ...] = (
        say(_readers(view.line)),
        say(f"{within} Whom it is about never reads it, whatever they are here."),
        small(not_for(view.scheme)),
        replace(CONCERN_ABOUT, options=options, initial=view.chosen or GENERAL),
        CONCERN_PERSON,
        CONCERN_TEXT,
        CONCERN_REACH,
    )
    return Form(Verb.RAISE_CONCERN, TITLE, parts, submit="Send")


def _readers(line: tuple[InLine, ...]) -> str:
    """Who reads it, and who does if it is about them."""
    first, *others = [f"the {each.office.title} ({named(each.names)})" for each in line]
    reads = f"It is read by {first} alone."
    if not others:
        return f"{reads} If it is about the only one who could read it, you are told so, and it is not sent."
    return f"{reads} If it is about them, it goes to {', then '.join(others)}."


def not_for(scheme: Scheme) -> str:
    """What it is not for."""
    danger = "Not for an emergency: where somebody is in danger, call the emergency services first."
    return f"{danger} The {scheme.words.office} is at {scheme.contact}."


def choose_again() -> str:
    """Somebody who cannot be chosen any more, said at the field."""
    return "This has changed meanwhile: please choose again."


def nobody_we_know() -> str:
    """Somebody who cannot be picked, said at the field."""
    return "They are not known here. Please leave this empty and name them in your words."


def two_chosen(chosen: str) -> str:
    """Two persons at once, said at the field of the second."""
    return f"You have chosen “{chosen}” above. Please choose “{GENERAL}” there, or leave this empty."


def received(view: ConcernView) -> Message:
    """It has arrived: who has it, and by when they make contact."""
    head = say("Your concern has been received, reference ", Bold(view.concern.reference), ".")
    alone = small("Nobody else is told of it. You find it on Home, where you can add something at any time.")
    return message(view.viewer, head, say(*stands(view)), alone, press(*own_buttons(view)))


def received_notice(view: ConcernView) -> Notice:
    """The answer to raising it."""
    text = f"Your concern has been received, reference {view.concern.reference}."
    return notice("Received", text, say(*stands(view)), small("You have this as a message too."))


def delayed(view: ConcernView) -> Message:
    """It takes longer than was said."""
    last = next((each for each in reversed(view.story) if each.what in {"away", "overdue"}), None)
    why = "the time that was meant for it is over"
    if last and last.what == "away" and last.person:
        why = f"{view.people[last.person].name} is away"
    return _news(view, f" takes longer: {why}. We are sorry.")


def handed_on(view: ConcernView) -> Message:
    """Somebody else has it now, or nobody."""
    return _news(view, " is in other hands now." if view.keepers else " is in nobody’s hands at the moment.")


def contacted(view: ConcernView) -> Message:
    """Contact is said to have been made."""
    last = next((each for each in reversed(view.story) if each.what == "contact"), None)
    who = view.people[last.person].name if last and last.person else "Somebody"
    head: tuple[Run, ...] = (f"{who} says that they have made contact with you about your concern ", _called(view), ".")
    below = small("If that is not so, press No contact was made: it is seen to again.") if _can_deny(view) else None
    return message(view.viewer, say(*head), *((below,) if below else (say(*stands(view)),)), press(*own_buttons(view)))


def closed(view: ConcernView) -> Message:
    """It is closed, with words or without."""
    last = next((each for each in reversed(view.story) if each.what == "closed"), None)
    who = view.people[last.person].name if last and last.person else "Somebody"
    words = quoted(f"{who} writes:", last.text) if last and last.text else ()
    head = say(f"{who} has closed your concern ", _called(view), ".")
    after = small("If something is left, press Add something: it is opened again, and seen to.")
    return message(view.viewer, head, *words, after, press(*own_buttons(view)))


def taken_back(view: ConcernView) -> Message:
    """What they were told last was a slip."""
    return _news(view, ": what we told you a moment ago was a slip.")


def _news(view: ConcernView, what: str) -> Message:
    head = say("Your concern ", _called(view), what)
    return message(view.viewer, head, say(*stands(view)), press(*own_buttons(view)))


def _called(view: ConcernView) -> Bold:
    return Bold(view.concern.reference)


def _can_deny(view: ConcernView) -> bool:
    return allowed(rules.may_deny, view.concern, view.viewer.id)


def own_buttons(view: ConcernView) -> tuple[Button, ...]:
    """What its reporter can do."""
    deny = (buttons.deny(view),) if _can_deny(view) else ()
    return (buttons.view(view), buttons.add(view), *deny)


def own_lines(view: ConcernView) -> tuple[Shown, ...]:
    """It on its reporter's Home."""
    return (say("Concern ", _called(view), ". ", *stands(view)), press(*own_buttons(view)))


def own_form(view: ConcernView) -> Form:
    """All of it, for its reporter."""
    concern = view.concern
    about = f"About {view.about.name}" if view.about else "About the scheme in general"
    parts: list[Part] = [heading(f"Your concern {concern.reference}"), say(*stands(view)), small(about)]
    parts += quoted("You wrote:", concern.text)
    parts += quoted("How and when to reach you:", concern.reach) if concern.reach else ()
    parts += [*told(view), press(*own_buttons(view)[1:])]
    return Form(Verb.OPEN_CONCERN, "Your concern", tuple(parts), concern.id)


def add_form(view: ConcernView) -> Form:
    """Saying more."""
    reads = f"It goes to whoever has your concern {view.concern.reference}, and to nobody else."
    parts = (say(reads), small(not_for(view.scheme)), MORE)
    return Form(Verb.ADD_TO_CONCERN, "Add something", parts, view.concern.id, "Add")


def added_notice(view: ConcernView) -> Notice:
    """The answer to saying more."""
    return notice("Added", f"It has been added to your concern {view.concern.reference}.", say(*stands(view)))


def denied_notice(view: ConcernView) -> Notice:
    """The answer to saying that no contact was made."""
    return notice("Thank you", "Whoever has your concern has been told that no contact was made.", say(*stands(view)))
