"""Every button of the bot, described once: its label, what it does, and its name for those who do not see the screen.

The spoken name begins with the label that is seen, so that people who speak to their computer are understood too.
"""

from bot.dialogs import subjects
from bot.dialogs.parts import Button
from bot.lifecycle.documents import Document
from bot.lifecycle.member import Member
from bot.lifecycle.membership import under_review
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role


def button(label: str, verb: Verb, subject: str, spoken: str, *, primary: bool = False) -> Button:
    """A button that asks for a verb; `spoken` begins with its label."""
    return Button(label, verb, subject, verb.opens_form, "primary" if primary else "plain", spoken)


def join(role: Role) -> Button:
    """The way in."""
    label = "Join as mentee" if role == "mentee" else "Join as mentor"
    return button(label, Verb.OPEN_JOIN, role, label)


def wait_for_place(role: Role) -> Button:
    """Where nobody can join: hear when somebody can."""
    label = "Tell me when a place is free"
    return button(label, Verb.WAIT_FOR_PLACE, role, f"{label} for a {role}")


def stop_waiting(role: Role) -> Button:
    """Off the list for a place."""
    label = "Take me off the list"
    return button(label, Verb.STOP_WAITING, role, f"{label} for a place as {role}")


def take_back_application(role: Role) -> Button:
    """The same for whoever has only asked."""
    label = "Take back application"
    return button(label, Verb.OPEN_LEAVE, role, f"{label} to join as {role}")


def leave(role: Role) -> Button:
    """The way out; it asks first."""
    return button("Leave the scheme", Verb.OPEN_LEAVE, role, f"Leave the scheme as {role}")


def preferences(role: Role, *, primary: bool = False) -> Button:
    """One's preferences in a role."""
    return button("Update preferences", Verb.OPEN_PREFERENCES, role, f"Update preferences as {role}", primary=primary)


def complete_profile(role: Role) -> Button:
    """A profile, first."""
    label = f"Complete {role} profile"
    return button(label, Verb.OPEN_PROFILE, role, label, primary=True)


def change_profile(role: Role) -> Button:
    """A profile, changed."""
    label = f"Change {role} profile"
    return button(label, Verb.OPEN_PROFILE, role, label)


def answer_office(member: Member) -> Button:
    """The answer to the office's question about an application or a profile."""
    match under_review(member):
        case "application":
            verb, about = Verb.OPEN_JOIN, "your application"
        case "profile":
            verb, about = Verb.OPEN_PROFILE, f"your {member.role} profile"
    return button("Answer", verb, member.role, f"Answer the question about {about}", primary=True)


def create_request() -> Button:
    """A new mentoring request."""
    return button("Create mentoring request", Verb.OPEN_REQUEST, "", "Create mentoring request", primary=True)


def answer_about_request(request: str) -> Button:
    """The answer to the office's question about a request."""
    return button(
        "Answer", Verb.OPEN_REQUEST, request, "Answer the question about your mentoring request", primary=True
    )


def change_request(request: str) -> Button:
    """A request that the office has not decided yet."""
    return button("Change", Verb.OPEN_REQUEST, request, "Change your mentoring request")


def view_request(request: str, whose: str) -> Button:
    """The whole of a request. `whose`: "your mentoring request"."""
    return button("View", Verb.OPEN_REQUEST_VIEW, request, f"View {whose}")


def withdraw(request: str) -> Button:
    """Taking a request back; it asks first."""
    return button("Withdraw", Verb.OPEN_WITHDRAW, request, "Withdraw your mentoring request")


def find_mentors(request: str) -> Button:
    """The list of mentors for a request."""
    return button("Find mentors", Verb.OPEN_FIND, request, "Find mentors for your mentoring request", primary=True)


def name_mentors(request: str) -> Button:
    """The directory, to name mentors for a request."""
    return button("Name mentors", Verb.OPEN_FIND, request, "Name mentors for your mentoring request", primary=True)


def search_mentors(subject: str, label: str = "Search") -> Button:
    """A page of the directory, by what was chosen above it."""
    spoken = "Search the directory" if label == "Search" else f"{label} of the directory"
    return button(label, Verb.SEARCH_MENTORS, subject, spoken)


def add_mentor(subject: str, name: str) -> Button:
    """Put a mentor on the list."""
    return button("Add", Verb.ADD_MENTOR, subject, f"Add {name} to your list")


def remove_mentor(subject: str, name: str) -> Button:
    """Take a mentor off the list again."""
    return button("Remove", Verb.SKIP, subject, f"Remove {name} from your list")


def bring_back(request: str) -> Button:
    """The list of mentors with those who were skipped."""
    return button("Bring back skipped mentors", Verb.OPEN_FIND, request, "Bring back skipped mentors to your list")


def move_up(subject: str, name: str) -> Button:
    """One place earlier on the list."""
    return button("Move up", Verb.MOVE_UP, subject, f"Move up {name}")


def move_down(subject: str, name: str) -> Button:
    """One place later on the list."""
    return button("Move down", Verb.MOVE_DOWN, subject, f"Move down {name}")


def skip(subject: str, name: str) -> Button:
    """Leave a mentor out; the next best comes up."""
    return button("Skip", Verb.SKIP, subject, f"Skip {name}")


def view_mentor(subject: str, name: str) -> Button:
    """A mentor's profile."""
    return button("View", Verb.OPEN_MENTOR, subject, f"View the profile of {name}")


def view_invitation(invitation: str, name: str) -> Button:
    """The request, for the mentor who is asked."""
    return button("View", Verb.OPEN_INVITATION, invitation, f"View the request of {name}")


def accept(invitation: str, name: str) -> Button:
    """Yes, to a mentee."""
    return button("Accept", Verb.ACCEPT, invitation, f"Accept the request of {name}", primary=True)


def decline(invitation: str, name: str) -> Button:
    """No, to a mentee."""
    return button("Decline", Verb.OPEN_DECLINE, invitation, f"Decline the request of {name}")


def offer_conversation(invitation: str, name: str) -> Button:
    """Talk once before answering."""
    label = "Talk first"
    return button(label, Verb.OFFER_CONVERSATION, invitation, f"{label} with {name}")


def take_back_offer(invitation: str, name: str) -> Button:
    """A mentor's own offer, while nothing has come of it."""
    label = "Take back offer"
    return button(label, Verb.TAKE_BACK_OFFER, invitation, f"{label} to {name}")


def view_offer(invitation: str, name: str) -> Button:
    """An offer with the mentor's profile, for the mentee."""
    return button("View", Verb.OPEN_INVITATION, invitation, f"View the offer of {name}")


def accept_offer(invitation: str, name: str) -> Button:
    """Yes, to a mentor who offers."""
    return button("Accept offer", Verb.ACCEPT, invitation, f"Accept offer of {name}", primary=True)


def decline_offer(invitation: str, name: str) -> Button:
    """No, to a mentor who offers."""
    return button("Decline", Verb.OPEN_DECLINE, invitation, f"Decline the offer of {name}")


def write_to_them(invitation: str, name: str) -> Button:
    """A short text to the other, before anybody has decided."""
    return button("Write to them", Verb.OPEN_WRITE, invitation, f"Write to them: {name}")


def seekers() -> Button:
    """Who seeks a mentor, for a mentor with room."""
    return button("Show them", Verb.OPEN_SEEKERS, "0", "Show them: mentees who are looking for a mentor")


def seekers_page(label: str, page: int) -> Button:
    """A page of those who seek a mentor, counted from 0."""
    return button(label, Verb.OPEN_SEEKERS, str(page), f"{label} of the mentees who are looking")


def view_seeker(request: str, name: str) -> Button:
    """The request of somebody who seeks a mentor."""
    return button("View", Verb.OPEN_SEEKER, request, f"View the request of {name}")


def offer(request: str, name: str) -> Button:
    """A mentor offers."""
    return button("Offer to mentor", Verb.OFFER, request, f"Offer to mentor {name}", primary=True)


def read_document(about: str, document: Document, whose: str, *, primary: bool = False) -> Button:
    """A document of a pair or a role. `whose`: "between you and Bea", "for mentors"."""
    label, subject = f"Read {document.noun}", subjects.document(about, document.key)
    return button(label, Verb.OPEN_DOCUMENT, subject, f"{label} {whose}", primary=primary)


def read_code(role: Role, document: Document, *, primary: bool = False) -> Button:
    """A document of a role."""
    return read_document(role, document, f"for {role}s", primary=primary)


def view_pair(pair: str, other: str) -> Button:
    """The whole of a pair."""
    return button("View", Verb.OPEN_CONNECTION, pair, f"View your connection with {other}")


def own_connections(label: str, page: int) -> Button:
    """A page of one's own connections, counted from 0."""
    return button(label, Verb.OPEN_OWN_CONNECTIONS, str(page), f"{label} of your connections")


def sessions_page(label: str, subject: str, other: str) -> Button:
    """A page of a pair's sessions."""
    return button(label, Verb.OPEN_CONNECTION, subject, f"{label} with {other}")


def schedule(session: str, number: int, other: str) -> Button:
    """A time for a session, first."""
    return button("Schedule", Verb.OPEN_SCHEDULE, session, f"Schedule session {number} with {other}", primary=True)


def change_time(session: str, number: int, other: str) -> Button:
    """The time of a session, changed."""
    return button("Change time", Verb.OPEN_SCHEDULE, session, f"Change time of session {number} with {other}")


def add_to_calendar(session: str, number: int, other: str) -> Button:
    """A session as a file for one's own calendar."""
    label = "Add to calendar"
    return button(label, Verb.ADD_TO_CALENDAR, session, f"{label}: session {number} with {other}")


def connect_calendar(pair: str, other: str) -> Button:
    """Open the ways in which sessions come into the presser's own calendar."""
    label = "Connect your calendar"
    return button(label, Verb.OPEN_CALENDAR, pair, f"{label}: sessions with {other}")


def give_address(pair: str, *, again: bool) -> Button:
    """Get the private address that a calendar fetches. `again`: in place of the one there is."""
    label = "New address" if again else "Give me my address"
    return button(label, Verb.GIVE_ADDRESS, pair, f"{label} for my calendar", primary=not again)


def stop_address(pair: str) -> Button:
    """Let nothing be read at the private address any more."""
    return button("Stop the address", Verb.STOP_ADDRESS, pair, "Stop the address of my calendar")


def own_times(pair: str) -> Button:
    """Say when the presser is busy or free, whoever they meet."""
    label = "When I am busy or free"
    return button(label, Verb.OPEN_OWN_TIMES, pair, f"{label}, whoever I meet")


def suggest_time(session: str, number: int, other: str) -> Button:
    """Another time than the other has set."""
    label = "Suggest another time"
    return button(label, Verb.OPEN_SCHEDULE, session, f"{label} for session {number} with {other}")


def take_time(subject: str, label: str, number: int, other: str) -> Button:
    """A time at which both are free: one press sets it."""
    return button(label, Verb.TAKE_TIME, subject, f"{label}: set session {number} with {other}")


def times_of_session(number: int, other: str, label: str, subject: str) -> Button:
    """Other times among which one is chosen for a session, or a time that is typed."""
    return button(label, Verb.OPEN_SCHEDULE, subject, f"{label} for session {number} with {other}")


def times_of_new_session(number: int, other: str, label: str, subject: str) -> Button:
    """The same for one more session."""
    return button(label, Verb.OPEN_ADD_SESSION, subject, f"{label} for session {number} with {other}")


def confirm_session(session: str, number: int, other: str) -> Button:
    """The time that the other has set suits."""
    return button("Confirm", Verb.CONFIRM_SESSION, session, f"Confirm session {number} with {other}", primary=True)


def plan_year(pair: str, other: str) -> Button:
    """Several sessions at once."""
    return button("Plan the year", Verb.OPEN_PLAN, pair, f"Plan the year with {other}")


def confirm_all(subject: str, count: int, other: str) -> Button:
    """The times that the other has set all suit."""
    return button("Confirm", Verb.CONFIRM_ALL, subject, f"Confirm {count} sessions with {other}", primary=True)


def cancel_session(session: str, number: int, other: str) -> Button:
    """A session that was set is off; it asks first."""
    return button("Cancel session", Verb.OPEN_CANCEL_SESSION, session, f"Cancel session {number} with {other}")


def make_last(session: str, number: int, other: str) -> Button:
    """A session is to be their last."""
    label = "Make it our last"
    return button(label, Verb.MAKE_LAST, session, f"{label}: session {number} with {other}")


def not_last(session: str, number: int, other: str) -> Button:
    """It is not, after all."""
    return button("Not our last", Verb.NOT_LAST, session, f"Not our last: session {number} with {other}")


def not_held(session: str, number: int, other: str) -> Button:
    """The session did not take place; it asks first."""
    label = "It did not happen"
    return button(label, Verb.OPEN_NOT_HELD, session, f"{label}: session {number} with {other}")


def moved(session: str, number: int, other: str) -> Button:
    """The session was, or is to be, at another time."""
    return button("It moved", Verb.OPEN_MOVED, session, f"It moved: session {number} with {other}")


def complete(session: str, number: int, other: str) -> Button:
    """The session took place."""
    spoken = f"Mark as completed: session {number} with {other}"
    return button("Mark as completed", Verb.COMPLETE, session, spoken, primary=True)


def add_session(pair: str, other: str) -> Button:
    """One more session."""
    return button("Add another session", Verb.OPEN_ADD_SESSION, pair, f"Add another session with {other}")


def read_file(id_: str, name: str, what: str) -> Button:
    """A file that was handed in, to be read; `what` it is in its sheet."""
    label = f"Open {name}"
    return button(label, Verb.READ_FILE, id_, f"{label}: {what}")


def undo(subject: str, whom: str) -> Button:
    """Take back what was decided a moment ago."""
    return button("Undo", Verb.UNDO, subject, f"Undo: {whom}")


def pause() -> Button:
    """A mentor is asked by nobody for a while."""
    return button("Pause", Verb.OPEN_PAUSE, "mentor", "Pause: nobody asks you for a while")


def resume() -> Button:
    """The mentor can be asked again."""
    return button("Resume", Verb.RESUME, "mentor", "Resume: you can be asked again", primary=True)


def ask_more_time(pair: str, other: str) -> Button:
    """To go on for longer than was planned."""
    return button("Ask for more time", Verb.ASK_MORE_TIME, pair, f"Ask for more time with {other}")


def agree_more_time(pair: str, other: str) -> Button:
    """Yes, to more time."""
    return button("Agree", Verb.AGREE_MORE_TIME, pair, f"Agree to more time with {other}", primary=True)


def rest(pair: str, other: str) -> Button:
    """The two rest for a while."""
    return button("Pause", Verb.OPEN_REST, pair, f"Pause your mentoring with {other}")


def go_on(pair: str, other: str) -> Button:
    """The two go on."""
    return button("Resume", Verb.GO_ON, pair, f"Resume your mentoring with {other}", primary=True)


def snooze(subject: str, called: str) -> Button:
    """Not now: it comes again later."""
    return button("Snooze", Verb.SNOOZE, subject, f"Snooze: {called}")


def stop_reminding(subject: str, called: str) -> Button:
    """Not any more."""
    return button("Stop reminding me", Verb.STOP_REMINDING, subject, f"Stop reminding me: {called}")


def reminders() -> Button:
    """When somebody wants to be reminded."""
    return button("Reminders", Verb.OPEN_REMINDERS, "", "Reminders: when they may come")


def talk_first() -> Button:
    """Somebody is unsure, and would like to talk before they join."""
    label = "Talk to somebody first"
    return button(label, Verb.OPEN_TALK_FIRST, "", f"{label}: you are unsure about mentoring")


def confirm_entry() -> Button:
    """A mentor's entry is right as it stands."""
    label = "Confirm my entry"
    return button(label, Verb.CONFIRM_ENTRY, "mentor", f"{label} in the directory of mentors", primary=True)


def suggest_colleague(invitation: str, mentee: str) -> Button:
    """Somebody else who may suit a mentee."""
    label = "Suggest a colleague"
    return button(label, Verb.OPEN_SUGGEST_COLLEAGUE, invitation, f"{label} for {mentee}")


def invite_somebody() -> Button:
    """Somebody who is no mentor yet, whom the mentee has in mind."""
    label = "Invite somebody"
    return button(label, Verb.OPEN_INVITE_SOMEBODY, "", f"{label} whom you have in mind as your mentor")


def refuse_to_join(colleague: str, by: str) -> Button:
    """Somebody who was invited does not join."""
    return button("No thank you", Verb.REFUSE_TO_JOIN, colleague, f"No thank you: you do not join for {by}")


def another_mentor(pair: str, mentor: str) -> Button:
    """The mentee would like another mentor; it asks first."""
    label = "Ask for another mentor"
    return button(label, Verb.OPEN_ANOTHER_MENTOR, pair, f"{label} than {mentor}")


def take_back_another(pair: str, mentor: str) -> Button:
    """The mentee stays with this one after all."""
    return button("Keep my mentor", Verb.TAKE_BACK_ANOTHER, pair, f"Keep my mentor {mentor}: ask for no other")


def remove_connection(pair: str, other: str) -> Button:
    """One of the two ends it; it asks first."""
    return button("Remove connection", Verb.OPEN_REMOVE_CONNECTION, pair, f"Remove connection with {other}")


def complete_connection(pair: str, other: str) -> Button:
    """One of the two ends it as completed; it asks first."""
    return button("End connection", Verb.OPEN_COMPLETE_CONNECTION, pair, f"End connection with {other} as completed")


def sheet(title: str, subject: str, of: str, *, primary: bool = False) -> Button:
    """A sheet, to fill in or to read; `of` says what it is about."""
    return button(title, Verb.OPEN_SHEET, subject, f"{title}: {of}", primary=primary)


def pages() -> Button:
    """What there is to read."""
    label = "To read"
    return button(label, Verb.OPEN_PAGES, "", f"{label}: advice and prompts of the scheme")


def page(key: str, title: str, label: str = "Read") -> Button:
    """One page."""
    return button(label, Verb.OPEN_PAGE, key, label if label == title else f"{label} {title}")
