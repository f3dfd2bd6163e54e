"""Words about colleagues whom somebody thinks of: a mentor who declines suggests one, a mentee invites one, who is
asked once and kindly whether they would like to join."""

from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields
from bot.dialogs.parts import Bold, Bullets, Form, Message, Notice, Shown
from bot.dialogs.view_models.choosing import ColleagueView
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle.membership import outside
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

_SUGGEST: Final = "Suggest a colleague"
_INVITE: Final = "Invite somebody"


def suggest_form(view: InvitationView) -> Form:
    """Whom a mentor who has declined thinks of."""
    first = view.mentee.first
    chooses = bool({"choose", "name"} & set(view.scheme.route.steps))
    stands = (
        f"A mentor whom you suggest stands first for {first}{', who reads that it comes from you' if chooses else ''}."
    )
    asked = " Who is no mentor yet is asked once whether they would like to be." if view.scheme.route.invites else ""
    parts = (say(f"{stands}{asked}"), replace(own_fields.PERSON, label="Whom do you have in mind?"))
    return Form(Verb.SUGGEST_COLLEAGUE, _SUGGEST, parts, view.invitation.id, "Suggest")


def suggested_notice(view: InvitationView) -> Notice:
    """The answer to it: the same, whatever comes of it."""
    return notice("Thank you", f"We pass it on, as far as the two suit. You are done here, {view.mentor.first}.")


def invite_form(scheme: Scheme) -> Form:
    """Whom a mentee has in mind; words for somebody who is not here."""
    asks = f"{_once()} They read that you have thought of them, and can say no."
    then = f"Once they take part in the {scheme.name}, they stand first for you, and we tell you."
    parts = (
        say("Do you have somebody in mind who is no mentor here yet? We ask them for you."),
        small(f"{asks} {then}"),
        replace(own_fields.PERSON, label="Whom would you like as your mentor?"),
        small(f"Are they not here in this app? Copy these words to them: “{words_to_copy(scheme)}”"),
    )
    return Form(Verb.INVITE_SOMEBODY, _INVITE, parts, "", "Invite")


def words_to_copy(scheme: Scheme) -> str:
    """What a mentee can send to somebody whom the bot does not reach."""
    join = f"If you would like to hear more, write to {scheme.contact}; a no is fine, too."
    return f"I am looking for a mentor in the {scheme.name}, and have thought of you. {join}"


def _once() -> str:
    return "They get one message, and never another one for you."


def invited_notice(view: ColleagueView) -> Notice:
    """The answer to it."""
    hear = "You hear from us once they take part, or if they say no."
    return notice("Invited", f"{view.named.name} is asked now. {hear}")


def asked_to_join(view: ColleagueView) -> Message:
    """Somebody is asked whether they would like to be a mentor; what stands afterwards, once they have said."""
    scheme = view.scheme
    if view.colleague.state == "refused":
        return message(view.named, say("Thank you for your answer: nobody asks you for this again."))
    if view.colleague.state == "joined" or not outside(view.mentor):
        return message(view.named, say(f"Thank you for joining the {scheme.name} as a mentor."))
    for_other = " has thought of you as a mentor for somebody who is looking for one"
    thinks = " would like you as their mentor" if view.by.id == view.mentee.id else for_other
    head = say(Bold(view.by.name), f"{thinks} in the {scheme.name}.")
    criteria = scheme.roles["mentor"].criteria
    who: tuple[Shown, ...] = (say("Mentors here:"), Bullets(tuple((line,) for line in criteria))) if criteria else ()
    then = "Would you like to join as a mentor? A no is fine: we ask this once."
    answers = press(buttons.join("mentor"), buttons.refuse_to_join(view.colleague.id, view.by.name))
    return message(view.named, head, small(scheme.about), *who, say(then), answers)


def refused_notice(view: ColleagueView) -> Notice:
    """The answer to No thank you."""
    told = f" {view.by.first} hears that you cannot, kindly." if view.by.id == view.mentee.id else ""
    return notice("Thank you", f"That is fine.{told} Nobody asks you for this again.")


def suggested(view: ColleagueView) -> Message:
    """The mentee hears of a mentor whom another one suggests."""
    head = say(Bold(view.by.name), " could not take it on, and thinks of ", Bold(view.named.name), " for you.")
    return message(view.mentee, head, small(f"Whenever you choose mentors, {view.named.first} stands first."))


def answered(view: ColleagueView) -> Message:
    """The mentee hears what came of it."""
    invited = ", whom you have invited," if view.by.id == view.mentee.id else ", whom a mentor has thought of for you,"
    if view.colleague.state == "refused":
        text = f"{view.named.name}{invited} cannot be a mentor at the moment, and thanks you for thinking of them."
        return message(view.mentee, say(text), small("You can invite somebody else, or be matched as anybody is."))
    head = say("Good news: ", Bold(view.named.name), f"{invited} is a mentor now.")
    return message(view.mentee, head, small("They stand first for you. Home says what comes next."))
