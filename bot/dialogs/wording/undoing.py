"""Words about decisions that are taken back."""

from bot.dialogs import subjects
from bot.dialogs.parts import Button, Message, Notice, Run, When
from bot.dialogs.view_models.decisions import Decision
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import ListedPair
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import by_when, message, notice, say
from bot.lifecycle.member import BEFORE_OFFICE
from bot.schemes.scheme import Scheme

_SLIP = "Please take no notice of our last message: it was sent by mistake."
_BY_MISTAKE = "This message was sent by mistake."
_OVER = "We told you here that our message was sent by mistake. The latest one says how it stands now."


def button(decision: Decision | None, kind: subjects.Kind, id_: str, whom: str) -> tuple[Button, ...]:
    """The way back, as long as there is one."""
    return (buttons.undo(subjects.case(kind, id_), whom),) if decision and decision.can_be_undone else ()


def undone(name: str) -> Notice:
    """The answer to taking a decision back."""
    return notice("Taken back", f"It is as it was before, and {name} has been told that it was a slip.")


def time_undone(listed: ListedPair) -> Notice:
    """The same of the end of a connection."""
    both = f"{listed.mentee.name} and {listed.mentor.name}"
    until: tuple[Run, ...] = (" until ", When(listed.pair.ends_at, "day"), ", as before") if listed.pair.ends_at else ()
    return notice("Taken back", "", say(f"{both} go on", *until, "; both have been told that it was a slip."))


def member_taken_back(view: MemberView) -> Message | None:
    """Somebody hears that nothing has been decided about them yet."""
    if view.member.state not in BEFORE_OFFICE:
        return None
    return message(view.person, say(_SLIP, _still(_wish(view), view.scheme)))


def request_taken_back(view: RequestView) -> Message | None:
    """The same about a mentoring request."""
    if view.request.state not in {"in_review", "assigning"}:
        return None
    return message(view.mentee, say(_SLIP, _still("mentoring request", view.scheme)))


def member_unsaid(view: MemberView) -> Message:
    """A message about a decision, as it stands in the chat once that has been taken back."""
    return message(view.person, say(_BY_MISTAKE, _still(_wish(view), view.scheme)))


def request_unsaid(view: RequestView) -> Message:
    """The same about a mentoring request."""
    return message(view.mentee, say(_BY_MISTAKE, _still("mentoring request", view.scheme)))


def slip_over(view: MemberView) -> Message:
    """A word about a slip, once it has gone on."""
    return message(view.person, say(_OVER))


def request_slip_over(view: RequestView) -> Message:
    """The same about a mentoring request."""
    return message(view.mentee, say(_OVER))


def _wish(view: MemberView) -> str:
    return "application to join" if view.member.state == "asked" else "profile"


def _still(what: str, scheme: Scheme) -> str:
    return f" Your {what} is with the {scheme.words.office}, as before; you hear from us here{by_when(scheme)}."
