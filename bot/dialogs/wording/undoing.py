"""Words about decisions that are taken back."""

from bot.dialogs import subjects
from bot.dialogs.parts import Button, Message, Notice
from bot.dialogs.view_models import Decision, MemberView, RequestView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import by_when, message, notice, say
from bot.lifecycle.member import BEFORE_OFFICE
from bot.schemes.scheme import Scheme

_SLIP = "Please take no notice of our last message: it was sent by mistake."


def button(decision: Decision | None, kind: subjects.Kind, id_: str, whom: str) -> tuple[Button, ...]:
    """The way back, as long as there is one."""
    return (buttons.undo(subjects.case(kind, id_), whom),) if decision and decision.can_be_undone else ()


def undone(name: str) -> Notice:
    """The answer to taking a decision back."""
    return notice("Taken back", f"It is as it was before, and {name} has been told that it was a slip.")


def member_taken_back(view: MemberView) -> Message | None:
    """Somebody hears that nothing has been decided about them yet."""
    if view.member.state not in BEFORE_OFFICE:
        return None
    what = "wish to join" if view.member.state == "asked" else "profile"
    return message(view.person, say(_SLIP, _still(what, view.scheme)))


def request_taken_back(view: RequestView) -> Message | None:
    """The same about a mentoring request."""
    if view.request.state not in {"in_review", "assigning"}:
        return None
    return message(view.mentee, say(_SLIP, _still("mentoring request", view.scheme)))


def _still(what: str, scheme: Scheme) -> str:
    return f" Your {what} is with the {scheme.words.office}, as before; you hear from us here{by_when(scheme)}."
