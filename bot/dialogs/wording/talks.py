"""Words around talking to somebody before one joins."""

from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields
from bot.dialogs.parts import Bold, Form, Message, Notice, Run, When
from bot.dialogs.view_models.members import TalkView
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import by_when, mention, notice, office_message, press, quoted, say, small
from bot.dialogs.wording.office import done
from bot.lifecycle.reminders import overdue
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

TITLE: Final = "Talk first"
WORDS: Final = replace(
    own_fields.WORDS, label="What would you like to talk about?", required=False, hint="Leave it empty if you like."
)


def form(scheme: Scheme) -> Form:
    """What they may write, and who reads it."""
    parts = (
        say(f"Not sure whether it is for you? Somebody of the {scheme.words.office} gets in touch{by_when(scheme)}."),
        small("It commits you to nothing. You can join at any time, or not at all."),
        WORDS,
    )
    return Form(Verb.ASK_TALK_FIRST, TITLE, parts, "", "Ask to talk")


def asked(scheme: Scheme) -> Notice:
    """The answer to it."""
    return notice("Asked", f"Somebody of the {scheme.words.office} gets in touch with you{by_when(scheme)}.")


def card(view: TalkView) -> Message:
    """Whoever approves members reads who it is and what they wrote; afterwards, who has talked with them."""
    if view.by is not None:
        when: tuple[Run, ...] = (" on ", When(view.talk.done_at, "day")) if view.talk.done_at else ()
        return office_message(say(Bold(view.by.name), " has talked with ", Bold(view.person.name), *when, "."))
    head = say(mention(view.person), " is unsure about mentoring, and would like to talk to somebody first.")
    late = overdue(view.scheme, view.talk.asked_at, view.now)
    since = small("Overdue: waiting since " if late else "Waiting since ", When(view.talk.asked_at, "day"), ".")
    wrote = quoted("They write:", view.talk.words) if view.talk.words else ()
    reach = f"Send them a message{f' or write to {view.person.email}' if view.person.email else ''}, then press Done."
    seen = press(buttons_of_office.talked(view.talk.id, view.person.name))
    return office_message(head, *wrote, since, small(reach), seen)


def talked(view: TalkView) -> Notice:
    """The answer to Done."""
    return done(f"Thank you for talking with {view.person.name}.")
