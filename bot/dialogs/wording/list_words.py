"""Words for what became of those on a request's list, and of those who offered of themselves."""

from bot.dialogs.view_models.requests import Asked, RequestView
from bot.lifecycle.permissions import Reader, reads_reasons
from bot.lifecycle.request import InvitationState

HOW: dict[InvitationState, str] = {
    "queued": "next on the list",
    "open": "being asked",
    "accepted": "accepted",
    "declined": "could not take it on this time",
    "expired": "did not answer in time",
    "withdrawn": "no longer asked",
    "unavailable": "was no longer available",
    "not_needed": "was not asked",
}
"""What became of one mentor on the list."""

_HOW_OFFERED: dict[InvitationState, str] = {
    **HOW,
    "open": "offers to mentor",
    "accepted": "offered, and was accepted",
    "declined": "offered, and was declined",
    "expired": "offered, and had no answer in time",
    "withdrawn": "had offered",
}
"""What became of one mentor's offer."""


def how(asked: Asked, reader: Reader) -> str:
    """What became of one mentor; a reason for declining was written for the office alone."""
    words = _HOW_OFFERED if asked.invitation.asker == "mentor" else HOW
    became, reason = words[asked.invitation.state], asked.invitation.reason
    return f"{became}: {reason}" if reason and reads_reasons(reader) else became


def asked_by_mentee(view: RequestView) -> tuple[Asked, ...]:
    """Who was on the mentee's list, without those who offered of themselves."""
    return tuple(each for each in view.asked if each.invitation.asker != "mentor")


def passed_over(view: RequestView) -> str:
    """Which of those whom the mentee named could not be asked, as a sentence; empty where there is none."""
    missed = [each.mentor.name for each in view.asked if each.invitation.state == "unavailable"]
    if not missed:
        return ""
    was = "was" if len(missed) == 1 else "were"
    return f"{' and '.join(missed)} {was} not available, and {was} passed over."
