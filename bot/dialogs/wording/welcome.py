"""Words to somebody who has come to take part, or as far as a training."""

from bot.dialogs.parts import Message
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.wording.builders import message, say
from bot.dialogs.wording.members import accept_next, code_button, from_now_on, training, what_comes
from bot.lifecycle.member import BEFORE_OFFICE


def member_approved(view: MemberView) -> Message | None:
    """The office has approved somebody; training, where it is still wanted, is said with its link. Nothing where that
    has been taken back."""
    if view.member.state in BEFORE_OFFICE:
        return None
    wanted, role, name = training(view), view.member.role, view.person.first
    code = code_button(view)
    if code:
        return accept_next(view, f"You are approved as a {role}, {name}: thank you.", code)
    if wanted:
        first = "mentee" if role == "mentor" else "mentor"
        text = f"Your profile is approved, {name}: thank you. One thing comes before your first {first}."
        return message(view.person, say(text), say(*wanted))
    return _welcome(view, f"You are approved as a {role}, {name}.")


def takes_part(view: MemberView) -> Message | None:
    """Somebody has passed the last gate, and nobody had to decide any more. Nothing where the way in has been taken
    back."""
    if view.member.state in BEFORE_OFFICE:
        return None
    return _welcome(view, f"You are in as a {view.member.role}, {view.person.first}.")


def _welcome(view: MemberView, head: str) -> Message:
    return message(view.person, *from_now_on(view, head, "here"))


def training_recorded(view: MemberView) -> Message:
    """A training is on record."""
    head = f"Your training is on record, {view.person.first}."
    wanted, code = training(view), code_button(view)
    if code:
        return accept_next(view, head, code)
    if wanted:
        return message(view.person, say(f"{head} One more to go."), say(*wanted))
    if view.member.role == "mentor" and view.member.state == "approved":
        return message(view.person, say(f"{head} {what_comes(view.scheme, 'here')}"))
    return message(view.person, say(f"{head} Home shows what comes next."))
