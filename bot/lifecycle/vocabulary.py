"""What passes between people and the bot: every verb that a person can ask for, and every kind of message that the bot
sends of itself. What a verb does is the function of its name in `actions`; how a kind is said is in `screens/notices`.
"""

from enum import StrEnum
from typing import Final, Self

_WRITES: Final = "writes"
_OPENS_FORM: Final = "opens form"


class Verb(StrEnum):
    """One thing that can be asked for. Its value is what is drawn into buttons and forms.

    A verb that does not write only looks: it runs beside the writer and never waits for it. A button says when it is
    drawn whether pressing it opens a form, since a platform may have to know beforehand.
    """

    writes: bool
    opens_form: bool

    def __new__(cls, value: str, *also: str) -> Self:
        """A member from its value and what is to be known of it."""
        verb = str.__new__(cls, value)
        verb._value_ = value
        verb.writes = _WRITES in also
        verb.opens_form = _OPENS_FORM in also
        return verb

    COMMAND = "command"
    ADMIN_COMMAND = "admin_command"
    HELLO = "hello"
    OPEN_HOME = "open_home", _WRITES
    THAT_IS_ME = "that_is_me", _WRITES
    SOMEBODY_ELSE = "somebody_else", _WRITES
    WRITE_HERE = "write_here", _WRITES
    OPEN_JOIN = "open_join", _OPENS_FORM
    JOIN = "join", _WRITES
    WAIT_FOR_PLACE = "wait_for_place", _WRITES
    STOP_WAITING = "stop_waiting", _WRITES
    OPEN_PLACE_LIST = "open_place_list", _OPENS_FORM
    OPEN_IMPORT = "open_import", _OPENS_FORM
    BRING_IN = "bring_in", _WRITES
    BEGIN_IMPORT = "begin_import", _WRITES
    CANCEL_IMPORT = "cancel_import", _WRITES
    OPEN_REPORT = "open_report", _OPENS_FORM
    OPEN_EXPORT = "open_export", _OPENS_FORM
    EXPORT = "export", _WRITES
    OPEN_INTAKE = "open_intake", _OPENS_FORM
    OPEN_SET_INTAKE = "open_set_intake", _OPENS_FORM
    SET_INTAKE = "set_intake", _WRITES
    GIVE_BACK_INTAKE = "give_back_intake", _WRITES
    OPEN_OFFICES = "open_offices", _OPENS_FORM
    OPEN_APPOINT = "open_appoint", _OPENS_FORM
    APPOINT = "appoint", _WRITES
    OPEN_DISMISS = "open_dismiss", _OPENS_FORM
    DISMISS = "dismiss", _WRITES
    OPEN_LEAVE = "open_leave", _OPENS_FORM
    LEAVE = "leave", _WRITES
    OPEN_PREFERENCES = "open_preferences", _OPENS_FORM
    PREFERENCES = "preferences", _WRITES
    OPEN_PROFILE = "open_profile", _OPENS_FORM
    PROFILE = "profile", _WRITES
    OPEN_REQUEST = "open_request", _OPENS_FORM
    REQUEST = "request", _WRITES
    OPEN_REQUEST_VIEW = "open_request_view", _OPENS_FORM
    OPEN_FIND = "open_find", _OPENS_FORM
    MOVE_UP = "move_up", _OPENS_FORM
    MOVE_DOWN = "move_down", _OPENS_FORM
    SKIP = "skip", _OPENS_FORM
    SEARCH_MENTORS = "search_mentors", _OPENS_FORM
    ADD_MENTOR = "add_mentor", _OPENS_FORM
    OPEN_MENTOR = "open_mentor", _OPENS_FORM
    NAME_MENTORS = "name_mentors", _WRITES
    SEND = "send", _WRITES
    OPEN_WITHDRAW = "open_withdraw", _OPENS_FORM
    WITHDRAW = "withdraw", _WRITES
    OPEN_INVITATION = "open_invitation", _OPENS_FORM
    ACCEPT = "accept", _WRITES
    OPEN_DECLINE = "open_decline", _OPENS_FORM
    DECLINE = "decline", _WRITES
    OFFER_CONVERSATION = "offer_conversation", _WRITES
    OPEN_WRITE = "open_write", _OPENS_FORM
    WRITE = "write", _WRITES
    OPEN_SEEKERS = "open_seekers", _OPENS_FORM
    OPEN_SEEKER = "open_seeker", _OPENS_FORM
    OFFER = "offer", _WRITES
    TAKE_BACK_OFFER = "take_back_offer", _WRITES
    OPEN_CONNECTION = "open_connection", _OPENS_FORM
    OPEN_OWN_CONNECTIONS = "open_own_connections", _OPENS_FORM
    OPEN_DOCUMENT = "open_document", _OPENS_FORM
    AGREE = "agree", _WRITES
    OPEN_SHEET = "open_sheet", _OPENS_FORM
    FILL_IN_SHEET = "fill_in_sheet", _WRITES
    READ_FILE = "read_file", _WRITES
    OPEN_HOURS = "open_hours", _OPENS_FORM
    BRING_HOURS = "bring_hours", _WRITES
    OPEN_PAGES = "open_pages", _OPENS_FORM
    OPEN_PAGE = "open_page", _OPENS_FORM
    OPEN_SCHEDULE = "open_schedule", _OPENS_FORM
    SCHEDULE = "schedule", _WRITES
    TAKE_TIME = "take_time", _WRITES
    CONFIRM_SESSION = "confirm_session", _WRITES
    ADD_TO_CALENDAR = "add_to_calendar", _WRITES
    OPEN_CALENDAR = "open_calendar", _OPENS_FORM
    GIVE_ADDRESS = "give_address", _WRITES, _OPENS_FORM
    STOP_ADDRESS = "stop_address", _WRITES, _OPENS_FORM
    OPEN_OWN_TIMES = "open_own_times", _OPENS_FORM
    SET_OWN_TIMES = "set_own_times", _WRITES
    OPEN_PLAN = "open_plan", _OPENS_FORM
    OPEN_PAUSE = "open_pause", _OPENS_FORM
    PAUSE = "pause", _WRITES
    RESUME = "resume", _WRITES
    ASK_MORE_TIME = "ask_more_time", _WRITES
    AGREE_MORE_TIME = "agree_more_time", _WRITES
    OPEN_ANOTHER_MENTOR = "open_another_mentor", _OPENS_FORM
    ASK_ANOTHER_MENTOR = "ask_another_mentor", _WRITES
    TAKE_BACK_ANOTHER = "take_back_another", _WRITES
    OPEN_ANSWER_ANOTHER = "open_answer_another", _OPENS_FORM
    ANSWER_ANOTHER = "answer_another", _WRITES
    OPEN_REST = "open_rest", _OPENS_FORM
    REST = "rest", _WRITES
    GO_ON = "go_on", _WRITES
    SNOOZE = "snooze", _WRITES
    STOP_REMINDING = "stop_reminding", _WRITES
    OPEN_REMINDERS = "open_reminders", _OPENS_FORM
    SET_REMINDERS = "set_reminders", _WRITES
    SHOW_PLAN = "show_plan"
    PLAN_YEAR = "plan_year", _WRITES
    CONFIRM_ALL = "confirm_all", _WRITES
    OPEN_CANCEL_SESSION = "open_cancel_session", _OPENS_FORM
    CANCEL_SESSION = "cancel_session", _WRITES
    COMPLETE = "complete", _WRITES
    OPEN_NOT_HELD = "open_not_held", _OPENS_FORM
    NOT_HELD = "not_held", _WRITES
    OPEN_MOVED = "open_moved", _OPENS_FORM
    MOVED = "moved", _WRITES
    OPEN_ADD_SESSION = "open_add_session", _OPENS_FORM
    ADD_SESSION = "add_session", _WRITES
    OPEN_REMOVE_CONNECTION = "open_remove_connection", _OPENS_FORM
    REMOVE_CONNECTION = "remove_connection", _WRITES
    OPEN_COMPLETE_CONNECTION = "open_complete_connection", _OPENS_FORM
    COMPLETE_CONNECTION = "complete_connection", _WRITES
    FIND = "find"
    OPEN_APPROVE_ALL = "open_approve_all", _OPENS_FORM
    APPROVE_ALL = "approve_all", _WRITES
    UNDO_ALL = "undo_all", _WRITES
    OPEN_PERSON = "open_person", _OPENS_FORM
    OPEN_PAUSE_MEMBER = "open_pause_member", _OPENS_FORM
    PAUSE_MEMBER = "pause_member", _WRITES
    RESUME_MEMBER = "resume_member", _WRITES
    OPEN_PASS_ON = "open_pass_on", _OPENS_FORM
    PASS_ON_REQUEST = "pass_on_request", _WRITES
    OPEN_EXTEND = "open_extend", _OPENS_FORM
    EXTEND = "extend", _WRITES
    OPEN_REPLACE_MENTOR = "open_replace_mentor", _OPENS_FORM
    OPEN_REPLACE_BY = "open_replace_by", _OPENS_FORM
    REPLACE_MENTOR = "replace_mentor", _WRITES
    OPEN_KEEP_APART = "open_keep_apart", _OPENS_FORM
    KEEP_APART = "keep_apart", _WRITES
    OPEN_PIN = "open_pin", _OPENS_FORM
    PIN = "pin", _WRITES
    LIFT_PAIRING = "lift_pairing", _WRITES
    OPEN_MEMBERS = "open_members", _OPENS_FORM
    OPEN_REQUESTS = "open_requests", _OPENS_FORM
    OPEN_CONNECTIONS = "open_connections", _OPENS_FORM
    OPEN_END_CONNECTION = "open_end_connection", _OPENS_FORM
    END_CONNECTION = "end_connection", _WRITES
    OPEN_QUEUE = "open_queue", _OPENS_FORM
    OPEN_MEMBER = "open_member", _OPENS_FORM
    OPEN_APPROVE_JOINING = "open_approve_joining", _OPENS_FORM
    APPROVE_JOINING = "approve_joining", _WRITES
    OPEN_CHANGE_ROLE = "open_change_role", _OPENS_FORM
    CHANGE_ROLE = "change_role", _WRITES
    OPEN_APPROVE_MEMBER = "open_approve_member", _OPENS_FORM
    APPROVE_MEMBER = "approve_member", _WRITES
    OPEN_REMOVE_MEMBER = "open_remove_member", _OPENS_FORM
    REMOVE_MEMBER = "remove_member", _WRITES
    OPEN_TRAINING = "open_training", _OPENS_FORM
    RECORD_TRAINING = "record_training", _WRITES
    APPROVE_REQUEST = "approve_request", _WRITES
    OPEN_ASSIGN = "open_assign", _OPENS_FORM
    ASSIGN = "assign", _WRITES
    OPEN_GIVE_BACK = "open_give_back", _OPENS_FORM
    GIVE_BACK = "give_back", _WRITES
    OPEN_CLARIFY = "open_clarify", _OPENS_FORM
    CLARIFY = "clarify", _WRITES
    OPEN_TURN_DOWN = "open_turn_down", _OPENS_FORM
    TURN_DOWN = "turn_down", _WRITES
    UNDO = "undo", _WRITES
    OPEN_AUDIT = "open_audit", _OPENS_FORM
    FIND_IN_AUDIT = "find_in_audit"
    OPEN_RAISE_CONCERN = "open_raise_concern", _OPENS_FORM
    RAISE_CONCERN = "raise_concern", _WRITES
    OPEN_CONCERN = "open_concern", _OPENS_FORM
    OPEN_ADD_TO_CONCERN = "open_add_to_concern", _OPENS_FORM
    ADD_TO_CONCERN = "add_to_concern", _WRITES
    DENY_CONCERN_CONTACT = "deny_concern_contact", _WRITES
    OPEN_CONCERNS = "open_concerns", _OPENS_FORM
    OPEN_CONCERN_CONTACT = "open_concern_contact", _OPENS_FORM
    CONCERN_CONTACT = "concern_contact", _WRITES
    OPEN_CONCERN_AWAY = "open_concern_away", _OPENS_FORM
    CONCERN_AWAY = "concern_away", _WRITES
    OPEN_CLOSE_CONCERN = "open_close_concern", _OPENS_FORM
    CLOSE_CONCERN = "close_concern", _WRITES
    UNDO_CONCERN = "undo_concern", _WRITES


ABOUT_CONCERNS: Final = frozenset(verb for verb in Verb if "concern" in verb)
"""The verbs of whose pressing only those may learn who may read the concern: no log names who pressed them."""


class Kind(StrEnum):
    """The kinds of message. The comment says who gets it and what it is about."""

    JOIN_ASKED = "join_asked"  # office, member
    PROFILE_READY = "profile_ready"  # office, member
    MEMBER_ANSWERED = "member_answered"  # office, member: its question has been answered
    REQUEST_ANSWERED = "request_answered"  # office, request: likewise
    TRAINING_NEXT = "training_next"  # office, member: a training is to be put on record
    REQUEST_READY = "request_ready"  # office, request
    TO_ASSIGN = "to_assign"  # office, request: a mentor is to be picked
    ADMITTED = "admitted"  # member, member
    MEMBER_APPROVED = "member_approved"  # mentor, member
    TAKES_PART = "takes_part"  # member, member: every gate is passed, and nobody had to decide
    MEMBER_CLARIFICATION = "member_clarification"  # member, member
    MEMBER_TURNED_DOWN = "member_turned_down"  # member, member
    PLACE_FREE = "place_free"  # member, member: a place is held for them
    PLACE_PASSED_ON = "place_passed_on"  # member, member: it has gone to the next on the list
    MEMBER_REMOVED = "member_removed"  # member, member: the office has taken them out of the scheme
    ROLE_CHANGED = "role_changed"  # member, member: the office has them in the other role instead
    MEMBER_LEFT = "member_left"  # office, member
    TRAINING_RECORDED = "training_recorded"  # mentor, member
    REQUEST_CLARIFICATION = "request_clarification"  # mentee, request
    REQUEST_TURNED_DOWN = "request_turned_down"  # mentee, request
    MEMBER_TAKEN_BACK = "member_taken_back"  # member, member: what the office decided was a slip
    REQUEST_TAKEN_BACK = "request_taken_back"  # mentee, request: likewise
    REQUEST_APPROVED = "request_approved"  # mentee, request
    INVITATION = "invitation"  # mentor, invitation
    INVITATION_LAPSED = "invitation_lapsed"  # mentor, invitation
    INVITATION_WITHDRAWN = "invitation_withdrawn"  # mentor, invitation
    FOUND_ANOTHER = "found_another"  # mentor, invitation: somebody else was quicker
    OFFER = "offer"  # mentee, invitation: a mentor offers
    OFFER_DECLINED = "offer_declined"  # mentor, invitation
    OFFER_LAPSED = "offer_lapsed"  # mentor, invitation
    WRITTEN = "written"  # the other of the two, message
    NOW_ASKING = "now_asking"  # mentee, invitation: the next mentor has been asked
    FIRST_CONVERSATION = "first_conversation"  # mentee, invitation: the mentor would like to talk before answering
    CHOOSE_AGAIN = "choose_again"  # mentee, request: nobody is left on the list
    GIVEN_BACK = "given_back"  # mentee, request: the office leaves the choice to them again
    REQUEST_EXPIRED = "request_expired"  # mentee, request: silence ended it
    ACCEPTED = "accepted"  # mentee, pair
    CONNECTED = "connected"  # mentor, pair
    INTRODUCED = "introduced"  # the two together, pair
    AGREEMENT_WAITS = "agreement_waits"  # the other party, pair: one has accepted a document
    BOTH_AGREED = "both_agreed"  # both, pair: all that comes before sessions is accepted
    SESSION_SET = "session_set"  # both, session
    SESSION_SOON = "session_soon"  # both, session: it is about to begin
    SESSION_OVER = "session_over"  # both, session: did it take place?
    SESSION_TIME_TAKEN = "session_time_taken"  # both, session: one of them is busy then
    SESSION_MOVED_IN_CALENDAR = "session_moved_in_calendar"  # both, session: it has followed
    SESSION_CANCELLED_IN_CALENDAR = "session_cancelled_in_calendar"  # both, session: it has no time now
    SESSION_DECLINED_IN_CALENDAR = "session_declined_in_calendar"  # both, session: likewise
    SESSION_CONFIRMED = "session_confirmed"  # whoever set it, session
    YEAR_PLANNED = "year_planned"  # both, pair: several sessions were set at once
    YEAR_CONFIRMED = "year_confirmed"  # whoever set them, pair
    APPOINTMENT = "appointment"  # whoever wants it in their calendar, session
    SESSION_CANCELLED = "session_cancelled"  # the other party, session
    SESSION_NOT_HELD = "session_not_held"  # the other party, session: it did not take place
    SESSION_COMPLETED = "session_completed"  # the other party, session
    CONNECTION_REMOVED = "connection_removed"  # the other party, pair
    CONNECTION_COMPLETED = "connection_completed"  # both, pair
    CONNECTION_ENDED = "connection_ended"  # both, pair: the office has ended it
    CONNECTION_OVER = "connection_over"  # both, pair: its time is over
    SHEET_GIVEN = "sheet_given"  # office, member: a sheet that it reads has been filled in
    PAUSE_OVER = "pause_over"  # mentor, member: they can be asked again
    MENTOR_PAUSED = "mentor_paused"  # mentor, member: they were silent too often
    APPROVED_ALL = "approved_all"  # whoever approved many at once, bulk
    PAUSED_BY_OFFICE = "paused_by_office"  # mentor, member: the office has paused them
    RESUMED_BY_OFFICE = "resumed_by_office"  # mentor, member: the office lets them be asked again
    PASSED_ON = "passed_on"  # mentor, invitation: the office has passed the request on
    EXTENDED = "extended"  # both, pair: the office has moved the end of their time
    EXTENSION_TAKEN_BACK = "extension_taken_back"  # both, pair: that was a slip
    MENTOR_SILENT = "mentor_silent"  # office, member: the same
    MORE_TIME_ASKED = "more_time_asked"  # the other party, pair
    MORE_TIME = "more_time"  # both, pair: they go on for longer
    ANOTHER_MENTOR_ASKED = "another_mentor_asked"  # whoever matches, pair: its mentee would like another mentor
    ANOTHER_MENTOR_ANSWERED = "another_mentor_answered"  # mentee, pair: what whoever matches says to that
    FEEDBACK = "feedback"  # office, sheet: what one of the two says once it has ended
    PAIR_RESTS = "pair_rests"  # the other party, pair
    PAIR_GOES_ON = "pair_goes_on"  # the other party, or both, pair
    IMPORT_CHECKED = "import_checked"  # whoever brought the file, import
    IMPORT_OVER = "import_over"  # whoever brought the file, import
    BROUGHT_IN = "brought_in"  # member, member: by a file of the office's
    TABLE = "table"  # whoever asked for it, which table
    FILE = "file"  # whoever wants to read it, file
    HOURS = "hours"  # whoever they are about, which time
    APPOINTED = "appointed"  # whoever has an office now, office
    DISMISSED = "dismissed"  # whoever has an office no longer, office
    CONCERN_RECEIVED = "concern_received"  # reporter, concern: who has it, and by when they make contact
    CONCERN_RAISED = "concern_raised"  # whoever takes it up, concern
    CONCERN_REMINDER = "concern_reminder"  # whoever takes it up, concern: contact is still to be made
    CONCERN_OVERDUE = "concern_overdue"  # whoever had it alone until now, concern
    CONCERN_NEWS = "concern_news"  # whoever takes it up, concern: its reporter has said more, or a colleague is away
    CONCERN_DELAYED = "concern_delayed"  # reporter, concern: it takes longer
    CONCERN_HANDED_ON = "concern_handed_on"  # reporter, concern: somebody else has it now
    CONCERN_CONTACTED = "concern_contacted"  # reporter, concern: contact is said to have been made
    CONCERN_CLOSED = "concern_closed"  # reporter, concern
    CONCERN_TAKEN_BACK = "concern_taken_back"  # reporter, concern: what they were just told was a slip
    NOT_HERE_YET = "not_here_yet"  # office, all of them: they were brought in before they had the app
    PERSON_GONE = "person_gone"  # office, person: they are not here any more
    PARTNER_GONE = "partner_gone"  # the other party, pair: likewise
    PARTNER_BACK = "partner_back"  # the other party, pair
    WELCOME_BACK = "welcome_back"  # whoever is back, person
    GUEST_NOW = "guest_now"  # whoever is a guest of the workspace from now on, person
    PERSON_GUEST = "person_guest"  # office, person: likewise
    HELD = "held"  # office, what somebody must mend: messages wait for it
    UNREACHED = "unreached"  # office, person: a message could not be delivered
