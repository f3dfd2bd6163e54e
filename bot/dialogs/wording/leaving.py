"""Words about the end of a membership: asking first, and what everybody concerned hears."""

from dataclasses import replace

from bot.dialogs.own_fields import REPLY, TO_THEM
from bot.dialogs.parts import Bold, Form, Message, Notice, Shown
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.standing import LeavingView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import cut, message, notice, office_message, press, quoted, say, small
from bot.lifecycle.membership import outside
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import OTHER, Role
from bot.schemes.scheme import Scheme

_TITLE = "Leave the scheme"
_TAKE_BACK = "Take back application"
_REMOVE = "Remove from the scheme"


def leave_form(view: LeavingView) -> Form:
    """Leaving asks first: what happens then. Whoever has only asked takes the application back."""
    if view.member.state == "asked":
        said = say(f"Your application to join as {view.member.role} is taken back. You can ask again at any time.")
        return Form(Verb.LEAVE, _TAKE_BACK, (said,), view.member.role, "Take back")
    parts = (
        say(f"You leave the {view.scheme.name} as a {view.member.role}."),
        *_what_follows(view, "you", "your"),
        small(
            "Your place goes to somebody else. What you filled in is kept, and you can ask to join again at any time."
        ),
    )
    return Form(Verb.LEAVE, _TITLE, parts, view.member.role, _TITLE)


def remove_form(view: LeavingView) -> Form:
    """The office's words to whom it takes out, and what happens then."""
    name = view.person.first
    hint = "They read exactly this. Say why, and what they could do instead."
    parts = (
        say(f"{view.person.name} is no longer in the scheme as a {view.member.role}, and is told with your words."),
        *_what_follows(view, name, "their"),
        replace(REPLY, label=cut(f"{REPLY.label} to {name}", 150), hint=hint),
    )
    return Form(Verb.REMOVE_MEMBER, _REMOVE, parts, view.member.id, "Remove")


def change_role_form(view: LeavingView) -> Form:
    """Another role asks first."""
    name, role = view.person.name, view.member.role
    parts = (
        say(f"{name} becomes a {OTHER[role]}, and is a {role} no longer."),
        say("They are told at once, with what comes next for them."),
        small(f"What they filled in as {role} is kept, for the day on which they are one again."),
        replace(TO_THEM, label=cut(f"Your words to {view.person.first}", 150)),
    )
    return Form(Verb.CHANGE_ROLE, "Change role", parts, view.member.id, "Change role")


def role_changed_notice(view: LeavingView) -> Notice:
    """The answer to it."""
    return notice("Done", f"{view.person.name} is a {OTHER[view.member.role]} from now on, and has been told.")


def role_changed(view: MemberView) -> Message:
    """Somebody is in the other role now."""
    scheme, was = view.scheme, view.member.role
    office = scheme.words.office
    head = f"The {office} has changed your role: you are a {OTHER[was]} from now on, and a {was} no longer."
    wrote = quoted(f"The {office} writes:", view.member.reply) if view.member.reply else ()
    then = small(f"What you can do now is on Home. Is this a mistake? Write to {scheme.contact}.")
    return message(view.person, say(head), *wrote, then)


def _what_follows(view: LeavingView, whom: str, whose: str) -> tuple[Shown, ...]:
    lines = list[Shown]()
    if view.asking:
        lines.append(say(_of_requests(view, whom, whose)))
    if view.others:
        others = _and([other.name for other in view.others])
        connection, ends, is_told = (
            ("connection", "ends", "is") if len(view.others) == 1 else ("connections", "end", "are")
        )
        told = f"{whose.capitalize()} {connection} with {others} {ends}, and {others} {is_told} told kindly."
        lines.append(say(told))
    return tuple(lines)


def _of_requests(view: LeavingView, whom: str, whose: str) -> str:
    if view.member.role == "mentee":
        return f"{whose.capitalize()} mentoring request is withdrawn."
    if view.asking == 1:
        return f"The request that waits for {whom} goes on to the next mentor."
    return f"The {view.asking} requests that wait for {whom} go on to the next mentors."


def _and(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def left_notice(scheme: Scheme, role: Role, *, applied: bool = False) -> Notice:
    """The answer to leaving, or to taking an application back (`applied`)."""
    if applied:
        return notice("Taken back", f"Your application to join as {role} is taken back. You can ask again on Home.")
    text = f"You have left the {scheme.name} as a {role}. Thank you for the time that you gave it."
    return notice("Left", text, small("The way back stays open: join again on Home whenever you like."))


def removed_notice(view: LeavingView) -> Notice:
    """The answer to taking somebody out."""
    name = view.person.name
    return notice(
        "Done", f"{name} is no longer in the scheme as a {view.member.role}. Everybody concerned has been told."
    )


def member_left(view: MemberView) -> Message:
    """The office hears that somebody has left."""
    role = view.member.role
    then = (
        "Requests to them went on to the next mentors. Their connections have ended, and their mentees have been told."
        if role == "mentor"
        else "Their request is withdrawn. Their connections have ended, and their mentors have been told."
    )
    return office_message(say(Bold(view.person.name), f" has left the scheme as a {role}."), small(then))


def member_removed(view: MemberView) -> Message:
    """The office has taken somebody out: its words, and that asking again is open."""
    scheme, member = view.scheme, view.member
    head = f"The {scheme.words.office} has ended your time as a {member.role} in the {scheme.name}."
    wrote = quoted(f"The {scheme.words.office} writes:", member.reply) if member.reply else ()
    then = f"You can ask again whenever something has changed. Questions are welcome at {scheme.contact}."
    again = (press(buttons.join(member.role)),) if outside(member) else ()
    return message(view.person, say(head), *wrote, small(then), *again)
