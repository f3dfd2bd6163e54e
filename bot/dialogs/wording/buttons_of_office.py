"""The buttons of the scheme's office, in the same way as everybody's."""

from bot.dialogs.parts import Button
from bot.dialogs.wording.buttons import button
from bot.lifecycle.exporting import Export
from bot.lifecycle.importing import Import, What
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role


def place_list_page(label: str, page: int) -> Button:
    """A page of those who wait for a place, counted from 0."""
    return button(label, Verb.OPEN_PLACE_LIST, str(page), f"{label} of those who wait for a place")


def appoint(office: str, title: str) -> Button:
    """Somebody more for an office."""
    return button("Appoint", Verb.OPEN_APPOINT, office, f"Appoint: {title}")


def appoint_as(subject: str, name: str, title: str) -> Button:
    """This person, for an office; it asks first."""
    label = f"Appoint as {title}"[:75]
    return button(label, Verb.OPEN_APPOINT, subject, f"{label}: {name}")


def dismiss(subject: str, name: str, title: str) -> Button:
    """An office taken back; it asks first."""
    return button("Remove", Verb.OPEN_DISMISS, subject, f"Remove {name} as {title}")


def view_member(member: str, whom: str) -> Button:
    """Everything the office may read of somebody."""
    return button("View", Verb.OPEN_MEMBER, member, f"View {whom}")


def remove_member(member: str, whom: str) -> Button:
    """The office takes somebody out; it asks first."""
    return button("Remove from the scheme", Verb.OPEN_REMOVE_MEMBER, member, f"Remove from the scheme: {whom}")


def change_role(member: str, whom: str) -> Button:
    """Somebody is to be here in the other role; it asks first."""
    return button("Change role", Verb.OPEN_CHANGE_ROLE, member, f"Change role of {whom}")


def talked(talk: str, name: str) -> Button:
    """Somebody has talked with whoever asked to talk first."""
    return button("Done", Verb.TALKED, talk, f"Done: you have talked with {name}")


def answer_another(pair: str, mentee: str) -> Button:
    """Words to a mentee who has asked for another mentor."""
    return button("Answer", Verb.OPEN_ANSWER_ANOTHER, pair, f"Answer {mentee}, who asks for another mentor")


def approve_joining(member: str, whom: str) -> Button:
    """Let somebody in."""
    return button("Approve", Verb.APPROVE_JOINING, member, f"Approve {whom}", primary=True)


def approve_joining_all_the_same(member: str, whom: str) -> Button:
    """Let somebody in who does not meet the criteria; it asks first."""
    return button("Approve", Verb.OPEN_APPROVE_JOINING, member, f"Approve {whom}")


def approve_member(member: str, whom: str) -> Button:
    """Approve what somebody filled in."""
    return button("Approve", Verb.OPEN_APPROVE_MEMBER, member, f"Approve {whom}", primary=True)


def approve_request(request: str, whose: str) -> Button:
    """Approve a mentoring request."""
    return button("Approve", Verb.APPROVE_REQUEST, request, f"Approve {whose}", primary=True)


def assign_mentor(request: str, whose: str) -> Button:
    """Pick a mentor for a request."""
    return button("Assign mentor", Verb.OPEN_ASSIGN, request, f"Assign mentor to {whose}", primary=True)


def assign(subject: str, name: str) -> Button:
    """This mentor, for the request."""
    return button("Assign mentor", Verb.ASSIGN, subject, f"Assign mentor {name}")


def more_mentors(request: str) -> Button:
    """The next best for a request."""
    return button("Show others", Verb.OPEN_ASSIGN, request, "Show others who suit the request")


def give_back(request: str, whose: str) -> Button:
    """Leave the choice to the mentee again."""
    return button("Let them choose again", Verb.OPEN_GIVE_BACK, request, f"Let them choose again: {whose}")


def clarify(subject: str, what: str) -> Button:
    """Ask somebody before deciding."""
    return button("Ask for clarification", Verb.OPEN_CLARIFY, subject, f"Ask for clarification: {what}")


def turn_down(subject: str, what: str) -> Button:
    """The office cannot say yes."""
    return button("Turn down", Verb.OPEN_TURN_DOWN, subject, f"Turn down {what}")


def record_training(subject: str, training: str, name: str) -> Button:
    """A training of somebody is done. `training`: its name, or just "training" where there is one."""
    label = f"Record {training}"[:75]
    return button(label, Verb.OPEN_TRAINING, subject, f"{label} of {name}")


def waiting_list_page(label: str, page: int) -> Button:
    """A page of what waits for the office, counted from 0."""
    return button(label, Verb.OPEN_QUEUE, str(page), f"{label} of what waits for the office")


def waiting_list() -> Button:
    """What waits for the office."""
    return button("View", Verb.OPEN_QUEUE, "0", "View what waits for the office", primary=True)


def end_connection(pair: str, mentee: str, mentor: str) -> Button:
    """The office ends it; it asks first."""
    return button("End connection", Verb.OPEN_END_CONNECTION, pair, f"End connection of {mentee} and {mentor}")


def list_page(label: str, verb: Verb, subject: str, listed: str) -> Button:
    """A list of the office, or a page of what was looked for in it."""
    return button(label, verb, subject, f"{label} of the {listed if label.casefold() != listed else 'scheme'}")


def set_intake(role: Role) -> Button:
    """The intake of a role, to be changed."""
    return button("Change", Verb.OPEN_SET_INTAKE, role, f"Change the intake of {role}s")


def give_back_intake(role: Role) -> Button:
    """What the scheme's file says holds again."""
    label = "Go back to the file"
    return button(label, Verb.GIVE_BACK_INTAKE, role, f"{label} for the intake of {role}s")


def template(what: What) -> Button:
    """The columns of such a file."""
    return button(f"Columns for {what}", Verb.EXPORT, f"template:{what}", f"Columns for {what}, as an empty file")


def begin_import(one: Import, number: int) -> Button:
    """Let a file come in."""
    label = "Import 1 line" if number == 1 else f"Import {number:,} lines"
    return button(label, Verb.BEGIN_IMPORT, one.id, f"{label} of {one.name}", primary=True)


def cancel_import(one: Import) -> Button:
    """Stop it."""
    return button("Cancel import", Verb.CANCEL_IMPORT, one.id, f"Cancel import of {one.name}")


def import_again() -> Button:
    """Another file."""
    return button("Send another file", Verb.OPEN_IMPORT, "", "Send another file to be imported")


def findings(one: Import) -> Button:
    """All that was found in a file, as a file."""
    return button("All findings", Verb.EXPORT, f"import:{one.id}", f"All findings in {one.name}")


def approve_all(subject: str) -> Button:
    """Many at once; it shows first what they are."""
    return button("Approve all", Verb.OPEN_APPROVE_ALL, subject, "Approve all that waits here: it shows first what")


def undo_all(bulk: str, number: int) -> Button:
    """All of it taken back, as far as it can be."""
    return button("Undo", Verb.UNDO_ALL, bulk, f"Undo: all {number} that were approved")


def view_person(person: str, name: str) -> Button:
    """All of somebody, in one place."""
    return button("View", Verb.OPEN_PERSON, person, f"View {name}")


def view_mentee(person: str, name: str) -> Button:
    """The same of whoever asks for a mentor."""
    return button("View mentee", Verb.OPEN_PERSON, person, f"View mentee {name}")


def view_side(subject: str, side: Role, name: str, other: str) -> Button:
    """The same of one of a pair."""
    return button(f"View {side}", Verb.OPEN_PERSON, subject, f"View {side} {name}, with {other}")


def view_answers(member: str, whom: str) -> Button:
    """What somebody has filled in, in one role."""
    return button("View answers", Verb.OPEN_MEMBER, member, f"View answers of {whom}")


def pause_member(member: str, name: str) -> Button:
    """Pause a mentor on their behalf; it asks first."""
    return button("Pause", Verb.OPEN_PAUSE_MEMBER, member, f"Pause {name} as mentor")


def resume_member(member: str, name: str) -> Button:
    """The end of a pause, or a rest."""
    return button("Resume", Verb.RESUME_MEMBER, member, f"Resume {name} as mentor")


def pass_on(invitation: str, name: str) -> Button:
    """Pass over a mentor who does not answer; it asks first."""
    return button("Pass on", Verb.OPEN_PASS_ON, invitation, f"Pass on from {name}")


def extend(pair: str, mentee: str, mentor: str) -> Button:
    """Move the end of a pair's time; it asks first."""
    return button("Extend", Verb.OPEN_EXTEND, pair, f"Extend: {mentee} and {mentor}")


def replace_mentor(pair: str, mentee: str, mentor: str) -> Button:
    """Somebody else as mentor; it asks first."""
    return button("Replace mentor", Verb.OPEN_REPLACE_MENTOR, pair, f"Replace mentor {mentor} of {mentee}")


def more_to_replace(pair: str) -> Button:
    """The next best."""
    return button("Show others", Verb.OPEN_REPLACE_MENTOR, pair, "Show others who suit the mentee")


def replace_by(subject: str, name: str) -> Button:
    """This one; it asks first."""
    return button("Choose", Verb.OPEN_REPLACE_BY, subject, f"Choose {name} as the new mentor")


def keep_apart(person: str, name: str) -> Button:
    """From somebody; it asks from whom."""
    return button("Keep apart", Verb.OPEN_KEEP_APART, person, f"Keep apart: {name} and somebody else")


def pin(mentee: str, name: str) -> Button:
    """A mentor who stands first; it asks which."""
    return button("Pin", Verb.OPEN_PIN, mentee, f"Pin a mentor to {name}")


def unpin(subject: str, mentee: str, mentor: str) -> Button:
    """The mentor stands where any would."""
    return button("Unpin", Verb.LIFT_PAIRING, subject, f"Unpin {mentor} from {mentee}")


def allow_again(subject: str, name: str, other: str) -> Button:
    """Two who were kept apart can be matched."""
    return button("Allow again", Verb.LIFT_PAIRING, subject, f"Allow again: {name} and {other}")


def export(which: Export, title: str) -> Button:
    """One of the tables, as a file."""
    return button(title, Verb.EXPORT, which, f"{title}, as a file")


def payment() -> Button:
    """The sessions to pay for; it asks for which time."""
    return button("Sessions to pay for", Verb.OPEN_PAYMENT, "", "Sessions to pay for: choose the time")


def report() -> Button:
    """The scheme in figures."""
    return button("Report", Verb.OPEN_REPORT, "", "Report: the scheme in figures")


def exports() -> Button:
    """The tables that there are."""
    return button("Export", Verb.OPEN_EXPORT, "", "Export: tables for a spreadsheet")


def import_file() -> Button:
    """A file of members or connections."""
    return button("Import", Verb.OPEN_IMPORT, "", "Import: members and connections from a file")


def intake() -> Button:
    """Who can join."""
    return button("Intake", Verb.OPEN_INTAKE, "", "Intake: who can join")
