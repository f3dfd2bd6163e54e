"""What each act is called in the record: as it was done, and as somebody wanted to do it and was refused. Whom it was
about is said after it."""

from collections.abc import Mapping
from typing import Final

from bot.lifecycle.searching import folded

SAID: Final[Mapping[str, tuple[str, str]]] = {
    "open_home": ("looked at Home", "look at Home"),
    "that_is_me": ("said that they are known in another place", "say that they are known in another place"),
    "somebody_else": ("said that they are somebody else", "say that they are somebody else"),
    "write_here": ("chose where they are written to", "choose where they are written to"),
    "join": ("asked to join", "ask to join"),
    "wait_for_place": ("went on the list for a place", "go on the list for a place"),
    "stop_waiting": ("left the list for a place", "leave the list for a place"),
    "set_intake": ("changed the intake", "change the intake"),
    "give_back_intake": ("gave the intake back to the scheme’s file", "give the intake back to the scheme’s file"),
    "appoint": ("appointed somebody to an office", "appoint somebody to an office"),
    "dismiss": ("took an office back", "take an office back"),
    "leave": ("left the scheme", "leave the scheme"),
    "preferences": ("gave their preferences", "give their preferences"),
    "profile": ("filled in their profile", "fill in their profile"),
    "request": ("sent a mentoring request", "send a mentoring request"),
    "ask_talk_first": ("asked to talk first", "ask to talk first"),
    "talked": ("talked with somebody before they joined", "say that they talked with somebody"),
    "confirm_entry": ("confirmed their entry", "confirm their entry"),
    "name_mentors": ("named mentors", "name mentors"),
    "send": ("sent a request to mentors", "send a request to mentors"),
    "withdraw": ("withdrew a request", "withdraw a request"),
    "accept": ("accepted a request", "accept a request"),
    "decline": ("declined a request", "decline a request"),
    "offer_conversation": ("offered to talk first", "offer to talk first"),
    "write": ("wrote a message", "write a message"),
    "offer": ("offered to mentor", "offer to mentor"),
    "take_back_offer": ("took an offer back", "take an offer back"),
    "agree": ("accepted a document", "accept a document"),
    "fill_in_sheet": ("filled in a sheet", "fill in a sheet"),
    "read_file": ("had a file brought", "have a file brought"),
    "bring_hours": ("had their hours written down", "have their hours written down"),
    "bring_portfolio": ("had their portfolio made", "have their portfolio made"),
    "run_round": ("ran a round", "run a round"),
    "set_round_places": ("changed places in a round", "change places in a round"),
    "publish_round": ("published a round", "publish a round"),
    "drop_round": ("dropped a round", "drop a round"),
    "round_given_up": ("gave a round up that could not be worked out", "give a round up"),
    "round_stopped": ("stopped publishing a round", "stop publishing a round"),
    "schedule": ("set a session", "set a session"),
    "take_time": ("took a time that was offered", "take a time that was offered"),
    "confirm_session": ("confirmed a session", "confirm a session"),
    "make_last": ("made a session the last", "make a session the last"),
    "not_last": ("made a session the last no more", "make a session the last no more"),
    "add_to_calendar": ("had a session brought for a calendar", "have a session brought for a calendar"),
    "give_address": ("got an address for their calendar", "get an address for their calendar"),
    "stop_address": ("stopped the address for their calendar", "stop the address for their calendar"),
    "set_own_times": ("said when they are busy or free", "say when they are busy or free"),
    "pause": ("paused", "pause"),
    "resume": ("resumed", "resume"),
    "ask_more_time": ("asked for more time", "ask for more time"),
    "agree_more_time": ("agreed to more time", "agree to more time"),
    "suggest_colleague": ("suggested a colleague", "suggest a colleague"),
    "invite_somebody": ("had somebody invited to join", "have somebody invited to join"),
    "refuse_to_join": ("did not wish to join", "say that they do not wish to join"),
    "ask_another_mentor": ("asked for another mentor", "ask for another mentor"),
    "take_back_another": ("asked for no other mentor after all", "ask for no other mentor after all"),
    "answer_another": ("answered who asked for another mentor", "answer who asked for another mentor"),
    "rest": ("let a connection rest", "let a connection rest"),
    "go_on": ("let somebody or something go on", "let somebody or something go on"),
    "snooze": ("put a reminder off", "put a reminder off"),
    "stop_reminding": ("stopped a reminder", "stop a reminder"),
    "set_reminders": ("set their reminders", "set their reminders"),
    "plan_year": ("planned the year", "plan the year"),
    "confirm_all": ("confirmed a plan", "confirm a plan"),
    "cancel_session": ("cancelled a session", "cancel a session"),
    "complete": ("marked a session as completed", "mark a session as completed"),
    "not_held": ("said that a session did not happen", "say that a session did not happen"),
    "moved": ("said that a session moved", "say that a session moved"),
    "add_session": ("added a session", "add a session"),
    "remove_connection": ("removed a connection", "remove a connection"),
    "complete_connection": ("ended a connection as completed", "end a connection as completed"),
    "end_connection": ("ended a connection for the office", "end a connection for the office"),
    "approve_joining": ("approved an application", "approve an application"),
    "approve_member": ("approved a profile", "approve a profile"),
    "change_role": ("changed somebody’s role", "change somebody’s role"),
    "remove_member": ("took somebody out of the scheme", "take somebody out of the scheme"),
    "record_training": ("recorded a training", "record a training"),
    "approve_request": ("approved a request", "approve a request"),
    "assign": ("assigned a mentor", "assign a mentor"),
    "give_back": ("left the choice to the mentee", "leave the choice to the mentee"),
    "clarify": ("asked for clarification", "ask for clarification"),
    "turn_down": ("turned somebody down", "turn somebody down"),
    "pause_member": ("paused a mentor for the office", "pause a mentor for the office"),
    "resume_member": ("ended a pause for the office", "end a pause for the office"),
    "pass_on_request": ("moved a request on", "move a request on"),
    "replace_mentor": ("replaced a mentor", "replace a mentor"),
    "keep_apart": ("kept two people apart", "keep two people apart"),
    "pin": ("pinned a mentor to a mentee", "pin a mentor to a mentee"),
    "lift_pairing": ("let two people be matched as any", "let two people be matched as any"),
    "extend": ("gave a connection more time", "give a connection more time"),
    "approve_all": ("approved several at once", "approve several at once"),
    "undo_all": ("took back several approvals at once", "take back several approvals at once"),
    "undo": ("took a decision back", "take a decision back"),
    "bring_in": ("handed in a table to import", "hand in a table to import"),
    "begin_import": ("began an import", "begin an import"),
    "cancel_import": ("cancelled an import", "cancel an import"),
    "import_member": ("let somebody in by an import", "let somebody in by an import"),
    "import_connection": ("brought in a connection by an import", "bring in a connection by an import"),
    "export": ("took out a table", "take out a table"),
    "export_payment": ("took out the sessions to pay for", "take out the sessions to pay for"),
    "raise_concern": ("raised a concern", "raise a concern"),
    "add_to_concern": ("added to a concern", "add to a concern"),
    "deny_concern_contact": ("said that no contact was made", "say that no contact was made"),
    "concern_contact": ("said that contact was made about a concern", "say that contact was made about a concern"),
    "concern_away": ("said that they are away", "say that they are away"),
    "close_concern": ("closed a concern", "close a concern"),
    "undo_concern": ("took back what was said of a concern", "take back what was said of a concern"),
    # What only time brings about, or what follows from something else.
    "concern_overdue": ("handed a concern on that was not taken up in time", ""),
    "concern_handed_on": ("handed a concern on that nobody had", ""),
    "time_over": ("ended a connection whose time was over", ""),
    "pass_on": ("asked the next mentor", ""),
    "left": ("ended a connection of somebody who left", ""),
    "offer_place": ("offered a place that came free", ""),
    "place_passed_on": ("passed on a place that nobody took", ""),
    "decline_stands": ("let a decline stand", ""),
    "lapse": ("let a request lapse that nobody answered", ""),
    "silent": ("counted a request left unanswered", ""),
    "pause_over": ("ended a pause", ""),
    "rest_over": ("ended a rest", ""),
    "gone": ("saw to what waited for somebody who is not here", ""),
    "back": ("welcomed somebody back", ""),
    "calendar": ("followed a calendar", ""),
}
"""By verb, or by what is noted of what time brings about."""
_WHY: Final[Mapping[str, str]] = {
    "not_yours": "it was not theirs to do", "about_yourself": "it was about themselves",
    "gone": "it was no longer there", "conflict": "somebody else was faster",
    "decided_by": "somebody had decided already", "already_decided": "it was decided already",
}  # fmt: skip
_FOLDED: Final = {verb: folded(" ".join(said)).split() for verb, said in SAID.items()}


def done(verb: str) -> str:
    """What was done, after the name of who did it. A verb of an earlier version is said as it is kept."""
    return SAID[verb][0] if verb in SAID else f"did “{verb.replace('_', ' ')}”"


def refused(verb: str, outcome: str) -> str:
    """What somebody wanted to do, and why they could not."""
    wanted = SAID[verb][1] if verb in SAID else f"do “{verb.replace('_', ' ')}”"
    return f"wanted to {wanted}, and was refused: {_WHY.get(outcome, outcome.replace('_', ' '))}"


def called(word: str) -> tuple[str, ...]:
    """The verbs in whose words that word stands, or begins one."""
    return tuple(verb for verb, words in _FOLDED.items() if any(each.startswith(word) for each in words))
