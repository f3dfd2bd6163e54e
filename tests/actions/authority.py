"""The table of authority: every verb, pressed by every kind of person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.lifecycle.files import GivenFile
from tests.actions.population import JOINING
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST

KINDS = ("stranger", "member", "mentee", "mentor", "other", "administrator", "themselves")
"""stranger: never met · member: has no part in the case · mentee: whose case it is (for an application, the applicant)
· mentor: who is asked · other: another mentor, later on the list · themselves: an administrator, about their own case,
or without a part where they have none of that sort."""
USERS = {
    "stranger": "USTRANGER", "member": "UMEMBER", "mentee": "UMENTEE", "mentor": "UASKED", "other": "UOTHER",
    "administrator": "UADMIN", "themselves": "USECOND",
}  # fmt: skip

OFFICERS = ("UADMIN", "USECOND")
OK = ""
NO = "not_yours"
OWN = "about_yourself"
LIST = "for the office only"  # not a refusal: the command says who it is for


@dataclass(frozen=True, slots=True)
class Row:
    """A verb, the case it is pressed about (a name in `Population.ids` or words), and what each kind of person gets."""

    verb: str
    about: str
    outcomes: tuple[str, ...]
    own: str = ""
    """The case of the administrator's own, where there is one."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Who stands for a kind in this case, if not the usual one."""
    values: Mapping[str, Any] | None = None
    shut: bool = False
    """Pressed while nobody can join in any role."""
    carried: tuple[str, ...] = ()
    """Names in `Population.ids` of what the form carries."""


CHOOSER, WAITING, APPLICANT = {"mentee": "UCHOOSER"}, {"mentee": "UWAITING"}, {"mentee": "UAPPLICANT"}
APPLICANT_AND_SELF = {**APPLICANT, "themselves": "UADMIN", "administrator": "USECOND"}
OFFERED = {"mentee": "UOFFERED"}
NAMER = {"mentee": "UNAMER"}
PLACED, HOPEFUL = {"mentee": "UPLACED"}, {"member": "UHOPEFUL"}
REVIEWED = {"mentee": "UREVIEWED"}
EVERYBODY = (NO, *[OK] * 6)
ASKER = (NO, NO, OK, NO, NO, NO, NO)
ASKER_OR_OWN = (NO, NO, OK, NO, NO, NO, OK)
INVITED = (NO, NO, NO, OK, NO, NO, NO)
NOT_YET = (NO, NO, NO, NO, "gone", NO, NO)
OFFERER = (NO, NO, NO, OK, OK, NO, "not_approved")
PAIR = (NO, NO, OK, OK, NO, NO, NO)
OFFICE = (NO, NO, NO, NO, NO, OK, OWN)
OFFICERS_ALONE = (NO, NO, NO, NO, NO, OK, OK)
NEWCOMERS = (NO, OK, OK, "already_member", "already_member", OK, "already_member")
MEMBER, LISTED, OFF = "already_member", "on_the_list", "not_on_the_list"
MENTEES = (NO, OK, OK, "not_admitted", "not_admitted", "not_admitted", OK)
MENTORS = (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)
FREE = (NO, OK, "request_open", "not_admitted", "not_admitted", "not_admitted", "request_open")
GONE = "gone"
REPORTER = (NO, GONE, OK, GONE, GONE, GONE, GONE)
HANDLER = (NO, GONE, NO, GONE, GONE, OK, GONE)
"""Whoever takes concerns up; its reporter sees that there is one. An officer whom it is about does not."""
QUESTION, REPLY, WORDS = {"question": "Which year?"}, {"reply": "Not this time."}, {"words": "Whom else?"}
SOME_DAY = {"trained_on:training": None}
INTAKE = {"intake": "Closed", "criteria": "Resident doctors", "meets:stage": ("Something else",)}
CSV = GivenFile("members.csv", b"E-mail,Role\numember@example.org,mentor\n")
BACK = {"until": date(2027, 1, 4)}

TABLE = [
    Row("command", "", EVERYBODY),
    Row("admin_command", "queue", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "roles", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "waiting", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "members silent", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "requests", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "connections", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("hello", "", EVERYBODY),
    Row("open_home", "", EVERYBODY),
    Row("that_is_me", "UMENTEE", (NO, *["gone"] * 6)),
    Row("somebody_else", "UMENTEE", (NO, *["gone"] * 6)),
    Row("write_here", "", EVERYBODY),
    Row("open_join", "mentor", NEWCOMERS),
    Row("join", "mentor", NEWCOMERS, values=JOINING),
    Row("open_preferences", "mentee", MENTEES),
    Row("preferences", "mentee", MENTEES, values={**PREFERENCES, "times": ("Evenings",)}),
    Row("open_profile", "mentor", MENTORS),
    Row("profile", "mentor", MENTORS, values={**PROFILE, "about": "Another word."}),
    Row("open_request", "", FREE),
    Row("open_request", "request UWAITING", ASKER_OR_OWN, own="request USECOND", users=WAITING),
    Row("request", "", FREE, values=REQUEST),
    Row("request", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING, {**REQUEST, "year": "ST6"}),
    Row("open_request_view", "request UWAITING", (NO, NO, OK, NO, NO, OK, OK), "request USECOND", WAITING),
    Row("open_find", "approved", ASKER, users=CHOOSER),
    Row("move_up", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("move_down", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("skip", "approved:UOTHER", ASKER, users=CHOOSER, carried=("order",)),
    Row("search_mentors", "naming:0", ASKER, users=NAMER, carried=("order",)),
    Row("add_mentor", "naming:UOTHER", ASKER, users=NAMER),
    Row("name_mentors", "naming", ASKER, users=NAMER, carried=("order",)),
    Row("open_mentor", "approved:UOTHER", ASKER, users=CHOOSER),
    Row("send", "approved", ASKER, users=CHOOSER, carried=("order",)),
    Row("open_withdraw", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING),
    Row("withdraw", "request UWAITING", ASKER_OR_OWN, "request USECOND", WAITING),
    Row("open_invitation", "open", INVITED),
    Row("open_invitation", "queued", NOT_YET),
    Row("accept", "open", INVITED),
    Row("accept", "queued", NOT_YET),
    Row("open_decline", "open", INVITED),
    Row("open_decline", "queued", NOT_YET),
    Row("decline", "open", INVITED, values={"reason": "Too busy."}),
    Row("decline", "queued", NOT_YET, values={}),
    Row("undo", "invitation:open", (NO, NO, NO, "undo_too_late", NO, NO, NO)),
    Row("offer_conversation", "open", INVITED),
    Row("offer_conversation", "queued", NOT_YET),
    Row("open_seekers", "0", OFFERER),
    Row("open_seeker", "approved", OFFERER, users=CHOOSER),
    Row("offer", "approved", OFFERER, users=CHOOSER),
    Row("open_invitation", "offered", ASKER, users=OFFERED),
    Row("take_back_offer", "offered", (NO, NO, NO, NO, OK, NO, NO), users=OFFERED),
    Row("take_back_offer", "open", (NO, *[NO] * 6)),
    Row("accept", "offered", ASKER, users=OFFERED),
    Row("open_decline", "offered", ASKER, users=OFFERED),
    Row("decline", "offered", ASKER, users=OFFERED, values={}),
    Row("offer_conversation", "offered", (NO, NO, "gone", NO, NO, NO, NO), users=OFFERED),
    Row("open_write", "open", PAIR),
    Row("open_write", "queued", (NO, NO, "gone", NO, "gone", NO, NO)),
    Row("open_write", "offered", (NO, NO, OK, NO, OK, NO, NO), users=OFFERED),
    Row("write", "open", PAIR, values={"message": "When do you meet?"}),
    Row("write", "queued", (NO, NO, "gone", NO, "gone", NO, NO), values={"message": "When do you meet?"}),
    Row("open_connection", "agreed", PAIR),
    Row("open_document", "fresh:agreement", PAIR),
    Row("agree", "fresh:agreement", PAIR),
    Row("open_sheet", "goals:agreed", PAIR),
    Row("fill_in_sheet", "goals:agreed", PAIR, values={"goal": "To lead"}, carried=("version",)),
    Row("open_sheet", "thoughts:agreed", PAIR),
    Row("fill_in_sheet", "thoughts:agreed", PAIR, values={"text": "For me."}, carried=("version",)),
    Row("open_sheet", "record:session", (NO, NO, "sheet_later", "sheet_of_other", NO, NO, NO)),
    Row("open_sheet", "looking_back:agreed", (NO, NO, "sheet_later", "sheet_later", NO, NO, NO)),
    Row("open_sheet", "plan:member UMENTEE", ASKER),
    Row("fill_in_sheet", "plan:member UMENTEE", ASKER, values={"text": "A plan."}, carried=("version",)),
    Row("read_file", "paper", PAIR),
    Row("read_file", "proof", (NO, NO, OK, NO, NO, OK, OK)),
    Row("add_to_calendar", "ahead", PAIR),
    Row("open_calendar", "agreed", PAIR),
    Row("give_address", "agreed", PAIR),
    Row("stop_address", "agreed", PAIR),
    Row("open_own_times", "agreed", PAIR),
    Row("set_own_times", "agreed", PAIR, values={"busy": "every Friday", "free": "Tue 18-20"}),
    Row("open_pages", "", EVERYBODY),
    Row("open_own_connections", "0", EVERYBODY),
    Row("open_page", "first_session", (NO, OK, OK, OK, OK, NO, OK)),
    Row("open_page", "self_check", (NO, NO, NO, OK, OK, NO, OK)),
    Row("open_schedule", "session", PAIR),
    Row("schedule", "session", PAIR, values={"meeting": True}),
    Row("take_time", "offered time", PAIR),
    Row("open_plan", "agreed", PAIR),
    Row("open_pause", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", "not_approved")),
    Row("pause", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", "not_approved"), values=BACK),
    Row(
        "resume",
        "mentor",
        (NO, "not_admitted", "not_admitted", "not_paused", "not_paused", "not_admitted", "not_approved"),
    ),
    Row("ask_more_time", "agreed", (NO, NO, "more_time_early", "more_time_early", NO, NO, NO)),
    Row("agree_more_time", "agreed", (NO, NO, "more_time_not_asked", "more_time_not_asked", NO, NO, NO)),
    Row("open_rest", "agreed", PAIR),
    Row("rest", "agreed", PAIR, values=BACK),
    Row("go_on", "agreed", (NO, NO, "not_paused", "not_paused", NO, NO, NO)),
    Row("open_reminders", "", EVERYBODY),
    Row("set_reminders", "", EVERYBODY, values={"from": time(8), "to": time(9), "days": ("Monday",)}),
    Row("snooze", "session_ahead:ahead", (NO, *["gone"] * 6)),
    Row("stop_reminding", "session_ahead:ahead", (NO, NO, OK, OK, NO, NO, NO)),
    Row("show_plan", "agreed", PAIR, values={"rhythm": True}),
    Row("plan_year", "agreed", PAIR, values={"days": True}, carried=("marker", "time", "minutes", "mode")),
    Row("confirm_all", "imported:1", (NO, NO, "session_confirmed", OK, NO, NO, NO)),
    Row("confirm_session", "ahead", (NO, NO, NO, OK, NO, NO, NO)),
    Row("open_cancel_session", "ahead", PAIR),
    Row("cancel_session", "ahead", PAIR, values={"note": "I am ill."}),
    Row("complete", "session", PAIR),
    Row("open_not_held", "session", PAIR),
    Row("not_held", "session", PAIR, values={"note": ""}),
    Row("open_moved", "session", PAIR),
    Row("moved", "session", PAIR, values={"meeting": True}),
    Row("open_add_session", "agreed", PAIR),
    Row("add_session", "agreed", PAIR, values={"meeting": True}, carried=("number",)),
    Row("open_remove_connection", "fresh", PAIR),
    Row("remove_connection", "fresh", PAIR, values={"reason": "We never met."}),
    Row("open_complete_connection", "imported", PAIR),
    Row("complete_connection", "imported", PAIR),
    Row("open_complete_connection", "agreed", (NO, NO, "not_complete_yet", "not_complete_yet", NO, NO, NO)),
    Row("complete_connection", "agreed", (NO, NO, "not_complete_yet", "not_complete_yet", NO, NO, NO)),
    *(Row(f"open_{listed}", "0:", OFFICERS_ALONE) for listed in ("members", "requests", "connections")),
    Row("find", "members", OFFICERS_ALONE, values={"find": "umentee", "filter": "Needs somebody", "role": "Mentees"}),
    Row("find", "requests", OFFICERS_ALONE, values={"find": ""}),
    Row("find", "connections", OFFICERS_ALONE, values={"find": ""}),
    Row("open_approve_all", "queue", OFFICERS_ALONE),
    Row("approve_all", "bulk", (*[NO] * 5, OK, NO)),
    Row("undo_all", "bulk", (*[NO] * 5, "undo_too_late", NO)),
    Row("open_person", "UASKED", OFFICE, "USECOND id"),
    Row("open_pause_member", "member UASKED", OFFICE, "member USECOND"),
    Row("pause_member", "member UASKED", OFFICE, "member USECOND", values=BACK),
    Row("resume_member", "member UASKED", (*[NO] * 5, "not_paused", OWN), "member USECOND"),
    Row("open_pass_on", "open", OFFICERS_ALONE),
    Row("pass_on_request", "open", OFFICERS_ALONE, values={"reason": "No answer."}),
    Row("open_extend", "agreed", OFFICE, "pair USECOND"),
    Row("extend", "agreed", OFFICE, "pair USECOND", values={"until": date(2028, 1, 4), "reply": "To finish."}),
    Row("open_replace_mentor", "alone", OFFICE, "pair USECOND"),
    Row("open_replace_by", "alone:UASKED", OFFICE, "pair USECOND:UASKED"),
    Row("replace_mentor", "alone:UASKED", OFFICE, "pair USECOND:UASKED", values={"reply": "Thank you both."}),
    Row("open_end_connection", "agreed", OFFICE, "pair USECOND"),
    Row("end_connection", "agreed", OFFICE, "pair USECOND", values={"reply": "Thank you both."}),
    Row("open_queue", "0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("open_member", "member UAPPLICANT", OFFICE, "member USECOND", APPLICANT),
    Row("open_approve_joining", "member UAPPLICANT", OFFICE, "member UADMIN", APPLICANT_AND_SELF),
    Row("approve_joining", "member UAPPLICANT", OFFICE, "member UADMIN", APPLICANT_AND_SELF),
    Row("wait_for_place", "mentor", (NO, LISTED, OK, MEMBER, MEMBER, OK, MEMBER), users=HOPEFUL, shut=True),
    Row("stop_waiting", "mentor", (NO, OK, "not_admitted", OFF, OFF, "not_admitted", OFF), users=HOPEFUL),
    Row("open_place_list", "0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("admin_command", "intake", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "scheme", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("admin_command", "import", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("open_import", "", OFFICERS_ALONE),
    Row("bring_in", "", OFFICERS_ALONE, values={"file": CSV, "what": "Members", "hear": "Tell nobody"}),
    Row("begin_import", "handed in", (*[NO] * 5, OK, NO)),
    Row("cancel_import", "handed in", (*[NO] * 5, OK, NO)),
    Row("export", "import:handed in", (*[NO] * 5, OK, NO)),
    Row("export", "template:members", OFFICERS_ALONE),
    Row("admin_command", "export", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("open_export", "", OFFICERS_ALONE),
    Row("export", "members", OFFICERS_ALONE),
    Row("export", "connections", OFFICERS_ALONE),
    Row("export", "hours", OFFICERS_ALONE),
    Row("export", "days", OFFICERS_ALONE),
    Row("export", "report", OFFICERS_ALONE),
    Row("admin_command", "report", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("open_report", "", OFFICERS_ALONE),
    Row("open_intake", "", OFFICERS_ALONE),
    Row("open_set_intake", "mentee", OFFICERS_ALONE),
    Row("set_intake", "mentee", OFFICERS_ALONE, values=INTAKE),
    Row("give_back_intake", "mentee", (*[NO] * 5, "gone", "gone")),
    Row("open_offices", "", OFFICERS_ALONE),
    Row("open_appoint", "helper", OFFICERS_ALONE),
    Row("appoint", "helper", OFFICERS_ALONE, values={"person": "UMEMBER"}),
    Row("open_dismiss", "helper:UHELPER", OFFICERS_ALONE),
    Row("dismiss", "helper:UHELPER", OFFICERS_ALONE),
    Row("open_leave", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)),
    Row("leave", "mentor", (NO, "not_admitted", "not_admitted", OK, OK, "not_admitted", OK)),
    Row("open_leave", "mentee", (NO, OK, OK, "not_admitted", "not_admitted", OK, OK)),
    Row("leave", "mentee", (NO, OK, OK, "not_admitted", "not_admitted", OK, OK)),
    Row("open_remove_member", "member UASKED", OFFICE, "member USECOND"),
    Row("remove_member", "member UASKED", OFFICE, "member USECOND", values=REPLY),
    Row("open_approve_member", "member UREVIEWED", OFFICE, "member USECOND", REVIEWED),
    Row("approve_member", "member UREVIEWED", OFFICE, "member USECOND", REVIEWED, SOME_DAY),
    Row("open_training", "member UASKED:training", OFFICE, "member USECOND:training"),
    Row(
        "record_training",
        "member UASKED:training",
        OFFICE,
        "member USECOND:training",
        values={"trained_on:training": True},
    ),
    Row("approve_request", "request UWAITING", OFFICE, "request USECOND", WAITING),
    Row("open_assign", "request UPLACED", OFFICE, "request USECOND", PLACED),
    Row("assign", "request UPLACED:UASKED", OFFICE, "request USECOND:UASKED", PLACED),
    Row("open_give_back", "request UPLACED", OFFICE, "request USECOND", PLACED),
    Row("give_back", "request UPLACED", OFFICE, "request USECOND", PLACED, WORDS),
    Row("open_clarify", "member:member UREVIEWED", OFFICE, "member:member USECOND", REVIEWED),
    Row("open_clarify", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING),
    Row("clarify", "member:member UREVIEWED", OFFICE, "member:member USECOND", REVIEWED, QUESTION),
    Row("clarify", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING, QUESTION),
    Row("undo", "member:member UREVIEWED", (*[NO] * 5, "undo_too_late", OWN), "member:member USECOND", REVIEWED),
    Row("undo", "request:request UWAITING", (*[NO] * 5, "undo_too_late", OWN), "request:request USECOND", WAITING),
    Row("open_audit", "0:", OFFICERS_ALONE),
    Row("find_in_audit", "", OFFICERS_ALONE, values={"words": "approved"}),
    Row("admin_command", "audit approved", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("open_raise_concern", "", EVERYBODY),
    Row("raise_concern", "", EVERYBODY, values={"text": "He shouted."}),
    Row("open_concern", "concern", (NO, GONE, OK, GONE, GONE, OK, GONE), "concern about USECOND"),
    Row("open_add_to_concern", "concern", REPORTER),
    Row("add_to_concern", "concern", REPORTER, values={"text": "Once more."}),
    Row("deny_concern_contact", "taken up", REPORTER),
    Row("open_concerns", "closed:0", (NO, NO, NO, NO, NO, OK, OK)),
    Row("admin_command", "concerns", (NO, LIST, LIST, LIST, LIST, OK, OK)),
    Row("open_concern_contact", "concern", HANDLER, "concern about USECOND"),
    Row("concern_contact", "concern", HANDLER, "concern about USECOND", values={"on": True}),
    Row("open_concern_away", "concern", HANDLER, "concern about USECOND"),
    Row("concern_away", "concern", HANDLER, "concern about USECOND", values=BACK),
    Row("open_close_concern", "taken up", HANDLER, "concern about USECOND"),
    Row("close_concern", "taken up", HANDLER, "concern about USECOND", values=REPLY),
    Row("undo_concern", "taken up", (NO, GONE, NO, GONE, GONE, "undo_too_late", GONE), "concern about USECOND"),
    Row("open_turn_down", "member:member UAPPLICANT", OFFICE, "member:member UADMIN", APPLICANT_AND_SELF),
    Row("open_turn_down", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING),
    Row("turn_down", "member:member UAPPLICANT", OFFICE, "member:member UADMIN", APPLICANT_AND_SELF, REPLY),
    Row("turn_down", "request:request UWAITING", OFFICE, "request:request USECOND", WAITING, REPLY),
]
COALESCED = {"open_home", "write_here"}
"""Home waits to be drawn already: asking once more adds nothing."""


def cells() -> Iterator[tuple[Row, str, str]]:
    """Every cell of the table."""
    for row in TABLE:
        for kind, expected in zip(KINDS, row.outcomes, strict=True):
            yield row, kind, expected
