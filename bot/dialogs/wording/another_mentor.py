"""Words about asking for another mentor: what the mentee reads, and whoever matches. The mentor reads none of them."""

from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields
from bot.dialogs.parts import Bold, Button, Form, Message, Note, Notice, Run, Shown, When
from bot.dialogs.view_models.pairs import AnotherView, PairView
from bot.dialogs.wording import buttons, buttons_of_office, endings
from bot.dialogs.wording.builders import (
    by_when,
    cut,
    mention,
    message,
    notice,
    office_message,
    press,
    quoted,
    say,
    small,
)
from bot.dialogs.wording.office import done
from bot.lifecycle import another_mentor as rules
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import permissions
from bot.lifecycle.reminders import overdue
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Another mentor"
HOW: Final = own_fields.HOW_IT_GOES_ON


def button(view: PairView) -> tuple[Button, ...]:
    """Asking for it, where the scheme has that; or taking it back."""
    pair, mentor = view.pair, view.mentor.name
    if allowed(rules.may_take_back, pair, view.viewer):
        return (buttons.take_back_another(pair.id, mentor),)
    choosing = view.scheme.pairs.another_mentor == "choose" and view.viewer == pair.mentee
    if allowed(rules.may_ask, pair, view.viewer, view.scheme) or (
        choosing and allowed(pair_rules.may_act, pair, view.viewer)
    ):
        return (buttons.another_mentor(pair.id, mentor),)
    return ()


def state(view: PairView) -> tuple[Note, ...]:
    """That it is asked for; for the mentee alone."""
    since = view.pair.another_asked_at
    if since is None or view.viewer != view.pair.mentee or view.pair.state != "active":
        return ()
    asked: tuple[Run, ...] = ("You have asked for another mentor on ", When(since, "day"))
    return (small(*asked, f": the {view.scheme.words.office} writes to you here{by_when(view.scheme)}."),)


def ask_form(view: PairView) -> Form:
    """Asking first: who reads it, and what follows. Where members choose, it is the end of the connection."""
    mentor, office = view.mentor, view.scheme.words.office
    if view.scheme.pairs.another_mentor == "choose":
        return replace(endings.remove_form(view), title=TITLE)
    parts = (
        say(f"The {office} reads this, and {mentor.name} does not: neither that you ask, nor why."),
        small(f"Until you hear from the {office}{by_when(view.scheme)}, all goes on as it is. You can take it back."),
        replace(own_fields.REASON, hint=f"Leave it empty if you like. Only whoever matches in the {office} reads it."),
    )
    return Form(Verb.ASK_ANOTHER_MENTOR, TITLE, parts, view.pair.id, "Ask")


def asked_notice(view: PairView) -> Notice:
    """The answer to it."""
    office = view.scheme.words.office
    text = f"The {office} has been asked for another mentor, and writes to you here{by_when(view.scheme)}."
    return notice("Asked", text, small(f"{view.mentor.name} is not told."))


def taken_back_notice(view: PairView) -> Notice:
    """The answer to taking it back."""
    return notice("Taken back", f"All goes on as it is with {view.mentor.name}, who was not told.")


def card(view: AnotherView) -> Message:
    """Whoever matches hears of it, sees since when, and what can be done."""
    if not allowed(rules.may_answer, view.pair):
        return office_message(*_settled(view))
    return office_message(*lines(view))


def lines(view: AnotherView) -> tuple[Shown, ...]:
    """Who asks, since when, why, and what can be done: on the card, on Home and on the person's own card."""
    pair, since = view.pair, view.pair.another_asked_at
    head = say(Bold(view.mentee.name), " asks for another mentor than ", Bold(view.mentor.name), ".")
    late = since is not None and overdue(view.scheme, since, view.now)
    waits = "Overdue: waiting since " if late else "Waiting since "
    stands: tuple[Run, ...] = (waits, When(since, "day"), ".") if since else ()
    why = quoted("They write, for whoever matches alone:", pair.another_reason) if pair.another_reason else ()
    known = small(f"{view.mentor.first} does not know of it.")
    return (head, small(*stands), *why, known, press(*_acts(view)))


def _acts(view: AnotherView) -> tuple[Button, ...]:
    pair, mentee, mentor = view.pair, view.mentee.name, view.mentor.name
    ends = allowed(permissions.ends_pair, view.viewer, pair)
    other = (buttons_of_office.replace_mentor(pair.id, mentee, mentor),) if ends else ()
    return (*other, buttons_of_office.answer_another(pair.id, mentee))


def _settled(view: AnotherView) -> tuple[Shown, ...]:
    mentee, mentor, nothing = Bold(view.mentee.name), Bold(view.mentor.name), ": nothing more is to be done here."
    if view.pair.state != "active":
        return (say("The connection of ", mentee, " and ", mentor, " has ended", nothing),)
    return (say(mentee, " goes on with ", mentor, nothing),)


def answer_form(view: AnotherView) -> Form:
    """Words to the mentee, and whether it stays as it is."""
    parts = (
        say(mention(view.mentee), f" reads your words; {view.mentor.name} does not."),
        replace(own_fields.WORDS, label=cut(f"Your words to {view.mentee.name}", 150)),
        HOW,
    )
    return Form(Verb.ANSWER_ANOTHER, "Answer", parts, view.pair.id, "Send")


def answered_notice(view: AnotherView) -> Notice:
    """The answer to it."""
    open_ = view.pair.another_asked_at is not None
    then = "It stays on your Home until you replace the mentor or leave it." if open_ else "All goes on as it is."
    return done(f"{view.mentee.name} has your words. {then}")


def answered(view: PairView) -> Message:
    """The mentee hears what whoever matches says to it."""
    pair, office = view.pair, view.scheme.words.office
    wrote = quoted(f"The {office} writes:", pair.another_reply) if pair.another_reply else ()
    if pair.state != "active":
        return message(view.me, say(f"You had asked the {office} for another mentor."), *wrote)
    head = say("You have asked for another mentor than ", Bold(view.other.name), ".")
    asked = pair.another_asked_at is not None
    then = "It is still open, and you hear from us." if asked else "For now all goes on as it is; you can ask again."
    return message(view.me, head, *wrote, say(then), press(buttons.view_pair(pair.id, view.other.name)))
