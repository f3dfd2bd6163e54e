"""Words about an invitation: the mentor's card, its View, declining, and what the mentee hears on the way."""

from dataclasses import replace

from bot.dialogs import forms, subjects
from bot.dialogs.own_fields import COLLEAGUE, REASON
from bot.dialogs.parts import (
    Bold,
    Button,
    Buttons,
    Facts,
    Form,
    Message,
    Note,
    Notice,
    Part,
    Run,
    Shown,
    When,
)
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.wording import buttons as of
from bot.dialogs.wording import exchange, introductory
from bot.dialogs.wording.builders import mention, message, notice, press, say, small
from bot.dialogs.wording.next_steps import after_acceptance
from bot.dialogs.wording.request_states import about
from bot.lifecycle import colleagues
from bot.lifecycle import invitations as rules
from bot.lifecycle.permissions import readable
from bot.lifecycle.reminders import days_left
from bot.lifecycle.request import Invitation, route_of
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

_ENDED = "Nothing more is needed from you."
SOON = "two minutes"
"""For how long a decline can be taken back, `undoing.FOR` in words."""


def card(view: InvitationView) -> Message:
    """The mentor's card: who asks, what for, how long there is, and three buttons; or how it ended."""
    head = say(Bold(view.mentee.name), " asks you to be their mentor", *_about(": ", view), ".")
    if not waits(view):
        return message(view.mentor, head, small(_ended(view)), *undo(view))
    meets = introductory.meeting(view.introduction, view.now)
    return message(view.mentor, head, *window(view), *meets, *_talk(view), *_load(view), press(*buttons(view)))


def _about(before: str, view: InvitationView) -> tuple[Run, ...]:
    called = about(view.request.answers, view.scheme)
    return (before, Bold(called)) if called else ()


def undo(view: InvitationView) -> tuple[Buttons, ...]:
    """The way back after a decline, as long as there is one; and thinking of a colleague."""
    if not allowed(rules.may_undo_decline, view.request, view.invitation.id, view.now):
        return (press(*pressed),) if (pressed := _suggest(view)) else ()
    other = view.mentor if view.invitation.asker == "mentor" else view.mentee
    back = of.undo(subjects.case("invitation", view.invitation.id), f"your answer to {other.name}")
    return (press(back, *_suggest(view)),)


def _suggest(view: InvitationView) -> tuple[Button, ...]:
    """A mentor who has declined may think of somebody else."""
    if not allowed(colleagues.may_suggest, view.request, view.invitation.id, view.scheme):
        return ()
    return (of.suggest_colleague(view.invitation.id, view.mentee.name),)


def taken_back(view: InvitationView, answers: tuple[Button, ...]) -> Notice:
    """The answer to taking a decline back: both answers are open again."""
    due_at = view.invitation.due_at
    by: tuple[Run, ...] = (" until ", When(due_at)) if due_at else ()
    again = say("You can answer as before", *by, ".")
    return notice("Taken back", "Nobody has heard of your answer.", again, press(*answers))


def _talk(view: InvitationView) -> tuple[Note, ...]:
    """That the mentor has offered to talk first."""
    at = view.invitation.talk_offered_at
    return (small("You offered to talk first on ", When(at, "day"), f"; {view.mentee.first} knows."),) if at else ()


def waits(view: InvitationView) -> bool:
    """Whether the mentor can still answer."""
    return allowed(rules.may_answer, view.request, view.invitation.id, view.now)


def _load(view: InvitationView) -> tuple[Note, ...]:
    recommended, load = view.scheme.capacity.recommended, view.load
    if recommended is None or load < recommended:
        return ()
    mentees = "1 mentee" if load == 1 else f"{load} mentees"
    return (small(f"You have {mentees} now; the scheme suggests {recommended} at most. It is up to you."),)


def buttons(view: InvitationView) -> tuple[Button, ...]:
    """What the mentor can press while the invitation is open."""
    id_, name = view.invitation.id, view.mentee.name
    answers = (of.view_invitation(id_, name), of.accept(id_, name), of.decline(id_, name))
    return (*answers, *exchange.write(view, view.mentor))


def time_left(view: InvitationView, what: str = "request") -> tuple[Run, ...]:
    """The countdown with its moment; nothing where the scheme sets no window. `what`: a request, or an offer."""
    due_at = view.invitation.due_at
    if due_at is None:
        return ()
    days = days_left(due_at, view.now)
    left = "1 day" if days == 1 else f"{days} days"
    return (f"{left} left before this {what} expires. Answer by ", When(due_at), ".")


def window(view: InvitationView, what: str = "request") -> tuple[Note, ...]:
    """The same as small print."""
    left = time_left(view, what)
    return (small(*left),) if left else ()


def _ended(view: InvitationView) -> str:
    first = view.mentee.first
    match view.invitation.state:
        case "accepted":
            return f"You accepted. {first} is under your connections on Home."
        case "declined":
            return "You declined. Thank you for answering."
        case "withdrawn" if view.request.state == "accepted":
            return f"{first} has found a mentor. {_ENDED}"
        case "withdrawn":
            return f"{first} has withdrawn the request. {_ENDED}"
        case "expired" | "open":
            return f"The time to answer has passed. {_ENDED}"
        case _:
            return _ENDED


def view_form(view: InvitationView) -> Form:
    """The whole request as its mentor reads it, with Accept and Decline under it."""
    facts = forms.facts(view.scheme.request, view.request.answers, readable("party"))
    pairs: tuple[tuple[str, tuple[Run, ...]], ...] = (("Mentee", (view.mentee.name,)),)
    parts: list[Part] = [Facts((*pairs, *(facts.pairs if facts else ())))]
    parts += exchange.of_invitation(view)
    if waits(view):
        parts += [*window(view), *_talk(view), *_load(view), press(*buttons(view)[1:], *_talk_first(view))]
    else:
        parts += (small(_ended(view)), *undo(view))
    return Form(Verb.OPEN_INVITATION, "Mentoring request", tuple(parts), subject=view.invitation.id)


def decline_form(view: InvitationView) -> Form:
    """Declining: fine, with a reason if there is one; a first conversation may be the better answer."""
    first, office, steps = view.mentee.first, view.scheme.words.office, route_of(view.request, view.scheme).steps
    waiting = any(each.state == "queued" for each in view.request.invitations)
    others = "can choose others to ask" if {"choose", "name"} & {*steps} else f"the {office} looks for somebody else"
    then = "the next mentor on the list is asked" if waiting else others
    parts: list[Part] = [
        say(f"That is fine. {first} hears that you cannot take it on this time, and {then}."),
        *_conversation(view),
        replace(REASON, hint=f"Leave it empty if you like. The {office} alone can read it."),
        *((COLLEAGUE,) if view.scheme.route.suggestions else ()),
    ]  # fmt: skip
    return Form(Verb.DECLINE, "Decline request", tuple(parts), view.invitation.id, "Decline")


def _conversation(view: InvitationView) -> tuple[Shown, ...]:
    first, pressed = view.mentee.first, _talk_first(view)
    told = f"Not sure? You can talk once before you decide: {first} is told to get in touch. The time to answer stays."
    return (say(told), press(*pressed)) if pressed else ()


def _talk_first(view: InvitationView) -> tuple[Button, ...]:
    if not allowed(rules.may_offer_conversation, view.request, view.invitation.id, view.scheme, view.now):
        return ()
    return (of.offer_conversation(view.invitation.id, view.mentee.name),)


def accepted_notice(view: InvitationView) -> Notice:
    """The answer to Accept pressed inside the View."""
    return notice("Accepted", f"Thank you. {view.mentee.name} has been told. {after_acceptance(view.scheme)}")


def declined_notice(view: InvitationView) -> Notice:
    """The answer to Decline."""
    text = f"Thank you for answering. {view.mentee.first} hears in {SOON} that you cannot take it on this time."
    return notice("Declined", f"{text} {_ENDED}", *undo(view))


def conversation_notice(view: InvitationView) -> Notice:
    """The answer to offering a first conversation."""
    due_at = view.invitation.due_at
    by: tuple[Run, ...] = (" by ", When(due_at)) if due_at else ()
    told = f"{view.mentee.first} knows that you would like to talk first, and will get in touch."
    return notice("Offered", told, say("After that, please accept or decline on the card", *by, "."))


def reminder(view: InvitationView) -> tuple[Shown, ...]:
    """What the mentor is reminded of while it waits."""
    head = say(Bold(view.mentee.name), " is still hoping for your answer", *_about(" on ", view), ".")
    why = small("A no is fine too: it lets the search go on.")
    return (head, *window(view), why)


def lapsed(view: InvitationView) -> Message:
    """The mentor hears that the time has passed."""
    first = view.mentee.first
    text = f"The time to answer {view.mentee.name}’s request has passed, and {first} has been told. {_ENDED}"
    full = "Is this a busy time? On Home you can change how many mentees you take."
    own = view.scheme.capacity.own_limit_field is not None
    return message(view.mentor, say(text), *((small(full), press(of.change_profile("mentor"))) if own else ()))


def withdrawn(view: InvitationView) -> Message:
    """The mentor who was asked, or had offered, hears that no answer is needed or comes any more."""
    if view.request.state in {"expired", "turned_down"}:
        over = f"{view.mentee.name} is no longer looking for a mentor with this request."
        return message(view.mentor, say(f"{over} Thank you for being ready to help. {_ENDED}"))
    if not view.mentee.active:
        text = f"{view.mentee.name} is not here any more, so the mentoring request waits for nobody."
        return message(view.mentor, say(f"{text} Thank you for being ready to help. {_ENDED}"))
    return message(view.mentor, say(f"{view.mentee.name} has withdrawn the mentoring request. {_ENDED}"))


def found_another(view: InvitationView) -> Message:
    """The mentor hears that somebody else has said yes."""
    text = f"{view.mentee.name} has found a mentor; thank you for being ready to help. {_ENDED}"
    return message(view.mentor, say(text))


def now_asking(view: InvitationView) -> Message:
    """The mentee hears that the next one has been asked, and why."""
    before = _before(view)
    why = "did not answer in time" if before and before.state == "expired" else "could not take it on this time"
    text = f"We have now asked {view.mentor.name}, the next on your list; the mentor before {why}."
    if _passed_over(view, before):
        next_ = "the next on your list who can be asked"
        text = f"We have now asked {view.mentor.name}, {next_}; the mentor asked before {why}."
    due_at = view.invitation.due_at
    if due_at is None or not waits(view):
        return message(view.mentee, say(text))
    return message(view.mentee, say(text), say("You hear from us by ", When(due_at), " at the latest."))


def _before(view: InvitationView) -> Invitation | None:
    """The mentor who was asked before this one."""
    position = view.invitation.position
    asked = [
        each
        for each in view.request.invitations
        if each.position < position and each.state in {"declined", "expired"} and each.asker != "mentor"
    ]
    return max(asked, key=lambda each: each.position, default=None)


def _passed_over(view: InvitationView, before: Invitation | None) -> bool:
    """Whether somebody between the two could not be asked."""
    between = range(before.position + 1, view.invitation.position) if before else range(0)
    return any(each.position in between and each.state == "unavailable" for each in view.request.invitations)


def first_conversation(view: InvitationView) -> Message:
    """The mentee hears that the mentor would like to talk first."""
    mentor, due_at = view.mentor, view.invitation.due_at
    head = say(
        mention(mentor), " would like to talk with you once before answering. "
        f"Send {mentor.first} a message to find a time.",
    )  # fmt: skip
    if not waits(view):
        return message(view.mentee, head)
    until: tuple[Run, ...] = (" until ", When(due_at)) if due_at else ()
    return message(view.mentee, head, small("Your request stays open meanwhile", *until, "."))
