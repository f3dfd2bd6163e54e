"""Every button of the bot, described once: its label, what it does, and its name for those who do not see the screen.

The spoken name begins with the label that is seen, so that people who speak to their computer are understood too.
"""

from bot.dialogs.parts import Button
from bot.lifecycle.membership import Member
from bot.schemes.scheme import Role


def _form(label: str, verb: str, subject: str, spoken: str, *, primary: bool = False) -> Button:
    """A button that opens a form or draws the open one anew."""
    return Button(label, verb, subject, True, "primary" if primary else "plain", spoken)


def _act(label: str, verb: str, subject: str, spoken: str, *, primary: bool = False) -> Button:
    """A button that does what it says at once."""
    return Button(label, verb, subject, False, "primary" if primary else "plain", spoken)


def join(role: Role) -> Button:
    """The way in."""
    label = "Join as mentee" if role == "mentee" else "Join as mentor"
    return _form(label, "open_join", role, label)


def preferences(role: Role, *, primary: bool = False) -> Button:
    """One's preferences in a role."""
    return _form("Update preferences", "open_preferences", role, f"Update preferences as {role}", primary=primary)


def complete_profile() -> Button:
    """The mentor's profile, first."""
    return _form("Complete mentor profile", "open_profile", "mentor", "Complete mentor profile", primary=True)


def change_profile() -> Button:
    """The mentor's profile, changed."""
    return _form("Change mentor profile", "open_profile", "mentor", "Change mentor profile")


def answer_office(member: Member) -> Button:
    """The answer to the office's question about an application or a profile."""
    verb = "open_join" if member.state == "asked" else "open_profile"
    about = "your application" if member.state == "asked" else "your mentor profile"
    return _form("Answer", verb, member.role, f"Answer the question about {about}", primary=True)


def create_request() -> Button:
    """A new mentoring request."""
    return _form("Create mentoring request", "open_request", "", "Create mentoring request", primary=True)


def answer_about_request(request: str) -> Button:
    """The answer to the office's question about a request."""
    return _form("Answer", "open_request", request, "Answer the question about your mentoring request", primary=True)


def change_request(request: str) -> Button:
    """A request that the office has not decided yet."""
    return _form("Change", "open_request", request, "Change your mentoring request")


def view_request(request: str, whose: str) -> Button:
    """The whole of a request. `whose`: "your mentoring request"."""
    return _form("View", "open_request_view", request, f"View {whose}")


def withdraw(request: str) -> Button:
    """Taking a request back; it asks first."""
    return _form("Withdraw", "open_withdraw", request, "Withdraw your mentoring request")


def find_mentors(request: str) -> Button:
    """The list of mentors for a request."""
    return _form("Find mentors", "open_find", request, "Find mentors for your mentoring request", primary=True)


def bring_back(request: str) -> Button:
    """The list of mentors with those who were skipped."""
    return _form("Bring back skipped mentors", "open_find", request, "Bring back skipped mentors to your list")


def move_up(subject: str, name: str) -> Button:
    """One place earlier on the list."""
    return _form("Move up", "move_up", subject, f"Move up {name}")


def move_down(subject: str, name: str) -> Button:
    """One place later on the list."""
    return _form("Move down", "move_down", subject, f"Move down {name}")


def skip(subject: str, name: str) -> Button:
    """Leave a mentor out; the next best comes up."""
    return _form("Skip", "skip", subject, f"Skip {name}")


def view_mentor(subject: str, name: str) -> Button:
    """A mentor's profile."""
    return _form("View", "open_mentor", subject, f"View the profile of {name}")


def view_invitation(invitation: str, name: str) -> Button:
    """The request, for the mentor who is asked."""
    return _form("View", "open_invitation", invitation, f"View the request of {name}")


def accept(invitation: str, name: str) -> Button:
    """Yes, to a mentee."""
    return _act("Accept", "accept", invitation, f"Accept the request of {name}", primary=True)


def decline(invitation: str, name: str) -> Button:
    """No, to a mentee."""
    return _form("Decline", "open_decline", invitation, f"Decline the request of {name}")


def offer_conversation(invitation: str, name: str) -> Button:
    """Talk once before answering."""
    label = "Offer a first conversation"
    return _act(label, "offer_conversation", invitation, f"{label} to {name}")


def read_agreement(pair: str, other: str, *, primary: bool = False) -> Button:
    """The agreement of a pair."""
    return _form("Read agreement", "open_agreement", pair, f"Read agreement between you and {other}", primary=primary)


def view_pair(pair: str, other: str) -> Button:
    """The whole of a pair."""
    return _form("View", "open_connection", pair, f"View your connection with {other}")


def schedule(session: str, number: int, other: str, *, primary: bool = False) -> Button:
    """A time for a session, first or changed."""
    return _form("Schedule", "open_schedule", session, f"Schedule session {number} with {other}", primary=primary)


def complete(session: str, number: int, other: str) -> Button:
    """The session took place."""
    spoken = f"Mark as completed: session {number} with {other}"
    return _act("Mark as completed", "complete", session, spoken, primary=True)


def add_session(pair: str, other: str) -> Button:
    """One more session."""
    return _form("Add another session", "add_session", pair, f"Add another session with {other}")


def view_member(member: str, whom: str) -> Button:
    """Everything the office may read of somebody."""
    return _form("View", "open_member", member, f"View {whom}")


def approve_joining(member: str, whom: str) -> Button:
    """Let somebody in."""
    return _act("Approve", "approve_joining", member, f"Approve {whom}", primary=True)


def approve_mentor(member: str, whom: str) -> Button:
    """Approve a mentor's profile."""
    return _form("Approve", "open_approve_mentor", member, f"Approve {whom}", primary=True)


def approve_request(request: str, whose: str) -> Button:
    """Approve a mentoring request."""
    return _act("Approve", "approve_request", request, f"Approve {whose}", primary=True)


def clarify(subject: str, what: str) -> Button:
    """Ask somebody before deciding."""
    return _form("Ask for clarification", "open_clarify", subject, f"Ask for clarification: {what}")


def turn_down(subject: str, what: str) -> Button:
    """The office cannot say yes."""
    return _form("Turn down", "open_turn_down", subject, f"Turn down {what}")


def record_training(member: str, name: str) -> Button:
    """The training of a mentor is done."""
    return _form("Record training", "open_training", member, f"Record training of {name}")


def waiting_list_page(label: str, page: int) -> Button:
    """A page of what waits for the office, counted from 0."""
    return _form(label, "open_queue", str(page), f"{label} of what waits for the office")
