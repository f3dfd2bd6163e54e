"""Every kind of message, one line each: what is looked at for it, how it is said, whether a scheme may have it copied
by e-mail. What people are reminded of comes in one message a day (`reminders`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeVar

from sqlalchemy import Connection as Db

from bot.dialogs.parts import Attachment, Message
from bot.dialogs.view_models.concerns import ConcernView
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.requests import InvitationView, RequestView, WrittenView
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.view_models.sheets import FeedbackView, FileView
from bot.dialogs.wording import another_mentor as of_another_mentor
from bot.dialogs.wording import bulk as words_of_bulk
from bot.dialogs.wording import colleagues as of_colleagues
from bot.dialogs.wording import concern_office as of_concern_office
from bot.dialogs.wording import concerns as of_concerns
from bot.dialogs.wording import documents as of_documents
from bot.dialogs.wording import endings as of_endings
from bot.dialogs.wording import exports as of_exports
from bot.dialogs.wording import files as of_files
from bot.dialogs.wording import going as of_going
from bot.dialogs.wording import hours as of_hours
from bot.dialogs.wording import imports as of_imports
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import leaving as of_leaving
from bot.dialogs.wording import members as of_members
from bot.dialogs.wording import messages as of_messages
from bot.dialogs.wording import more_time as of_more_time
from bot.dialogs.wording import offers as of_offers
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import offices as of_offices
from bot.dialogs.wording import pairs as of_pairs
from bot.dialogs.wording import places as of_places
from bot.dialogs.wording import planning as of_planning
from bot.dialogs.wording import portfolio as of_portfolio
from bot.dialogs.wording import reminders as of_reminders
from bot.dialogs.wording import request_cards as of_cards
from bot.dialogs.wording import requests as of_requests
from bot.dialogs.wording import reviews as of_reviews
from bot.dialogs.wording import rounds as of_rounds
from bot.dialogs.wording import session_cards, session_events
from bot.dialogs.wording import sheets as of_sheets
from bot.dialogs.wording import standing as of_standing
from bot.dialogs.wording import stepping_in as of_stepping_in
from bot.dialogs.wording import talks as of_talks
from bot.dialogs.wording import undoing as of_undoing
from bot.dialogs.wording import welcome as of_welcome
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme
from bot.screens import (
    another_mentor,
    colleagues,
    concerns,
    decisions,
    files,
    going,
    members,
    offices,
    pairs,
    requests,
    sheets,
    talks,
)
from bot.screens.appointments import appointment
from bot.screens.bulk import of_bulk
from bot.screens.evidence import hours_on_paper, portfolio_on_paper
from bot.screens.exports import the_table
from bot.screens.imports import the_import
from bot.screens.rounds import told as the_round
from bot.storage import people

View = TypeVar("View")
Copy = Literal["arrival", "acceptance", "expiry", "session"]
"""What a scheme's file calls the messages that it has copied by e-mail."""


@dataclass(frozen=True, slots=True)
class Said(Generic[View]):
    """How one kind of message is said. `view` reads what it is about, for its reader; `words` give None where it no
    longer needs saying: one that stands in a chat already then says what is left of it, `afterwards`. Where
    `chat_may_be_closed`, what it tells of may keep it from being read there: it goes by e-mail too, if there is any.
    `followed`: what is left of it once there is a later message with the same `followed` about the same to the same
    person; None: all of it. `attached`: what its e-mail copy brings besides."""

    view: Callable[[Db, Scheme, str, str, datetime], View]
    words: Callable[[View], Message | None]
    copy: Copy | None = None
    chat_may_be_closed: bool = False
    followed: Callable[[View], Message] | None = None
    afterwards: Callable[[View], Message] | None = None
    attached: Callable[[View], Attachment | None] | None = None


def the_text(_: Db, __: Scheme, about: str, ___: str, ____: datetime) -> str:
    """What it is about needs no looking up."""
    return about


def the_person(db: Db, _: Scheme, about: str, __: str, ___: datetime) -> Person:
    """A person."""
    return people.get(db, about)


def the_member(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> MemberView:
    """A membership."""
    return members.member(db, scheme, about, now)


def the_case_of_a_member(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> MemberView:
    """A membership as the office has it to decide, or decided about it."""
    view = members.member(db, scheme, about, now)
    return replace(view, decision=decisions.last(db, scheme, view.member, now))


def the_case_of_a_request(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> RequestView:
    """A request likewise."""
    view = requests.request(db, scheme, about, now)
    return replace(view, decision=decisions.last(db, scheme, view.request, now))


def the_request(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> RequestView:
    """A mentoring request."""
    return requests.request(db, scheme, about, now)


def the_member_questioned(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> MemberView:
    """A membership with what the office asked about it."""
    return members.whole(db, scheme, about, now)


def the_request_questioned(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> RequestView:
    """A request likewise."""
    return requests.whole(db, scheme, about, now)


def the_invitation(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> InvitationView:
    """An invitation."""
    return requests.invitation(db, scheme, about, now)


def the_offer(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> InvitationView:
    """A mentor's offer."""
    return requests.invitation(db, scheme, about, now)


def the_message(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> WrittenView:
    """A message inside an invitation, for its reader."""
    return requests.message(db, scheme, about, reader, now)


def the_file(db: Db, scheme: Scheme, about: str, reader: str, _: datetime) -> FileView:
    """A file that its reader has asked for."""
    return files.file(db, scheme, about, reader)


def the_pair(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> PairView:
    """A pair, as its reader sees it."""
    return pairs.pair(db, scheme, about, reader, now)


def the_two(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> PairView:
    """A pair, for the two of it together; for one of them, where they are told each alone."""
    return pairs.pair(db, scheme, about, reader, now) if reader else pairs.together(db, scheme, about, now)


def the_feedback(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> FeedbackView:
    """What one of a pair says about it, for the office; never for one of the two."""
    return sheets.feedback(db, scheme, about, reader)


def the_concern(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> ConcernView:
    """A concern, for its reporter or whoever takes it up; never for anybody else, whatever they were sent before."""
    return concerns.concern(db, scheme, about, reader, now)


def the_session(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> SessionView:
    """A session, as its reader sees it."""
    return pairs.session(db, scheme, about, reader, now)


def _of_a_session(words: Callable[[SessionView], Message]) -> Said[SessionView]:
    """One live card for one session: the latest."""
    return Said(the_session, words, followed=session_cards.changed_since)


def _of_its_time(words: Callable[[SessionView], Message]) -> Said[SessionView]:
    """The same of what changes its time: by e-mail it comes as an invitation to a calendar."""
    return replace(_of_a_session(words), copy="session", attached=appointment)


def _for_calendar(view: SessionView) -> Message:
    return replace(session_cards.for_calendar(view), attachment=appointment(view))


NOTICES: Final[Mapping[Kind, Said[Any]]] = {
    Kind.HELD: Said(the_text, of_office.held, chat_may_be_closed=True),
    Kind.NOT_HERE_YET: Said(going.newcomers, of_going.not_here_yet),
    Kind.PERSON_GONE: Said(going.gone, of_going.person_gone),
    Kind.PARTNER_GONE: Said(the_pair, of_going.partner_gone, afterwards=of_going.no_longer_gone),
    Kind.PARTNER_BACK: Said(the_pair, of_going.partner_back),
    Kind.WELCOME_BACK: Said(going.back, of_going.welcome_back),
    Kind.GUEST_NOW: Said(the_person, of_going.guest_now),
    Kind.PERSON_GUEST: Said(the_person, of_going.person_guest),
    Kind.UNREACHED: Said(the_person, of_office.unreached),
    Kind.JOIN_ASKED: Said(the_case_of_a_member, of_reviews.joining_card),
    Kind.TALK_ASKED: Said(talks.talk, of_talks.card),
    Kind.PROFILE_READY: Said(the_case_of_a_member, of_reviews.office_card),
    Kind.MEMBER_ANSWERED: Said(the_member, of_reviews.answered),
    Kind.REQUEST_ANSWERED: Said(the_request, of_cards.answered),
    Kind.TRAINING_NEXT: Said(the_member, of_reviews.training_card),
    Kind.ADMITTED: Said(the_member, of_members.admitted, afterwards=of_undoing.member_unsaid),
    Kind.MEMBER_APPROVED: Said(the_member, of_welcome.member_approved, afterwards=of_undoing.member_unsaid),
    Kind.TAKES_PART: Said(the_member, of_welcome.takes_part, afterwards=of_undoing.member_unsaid),
    Kind.APPOINTED: Said(offices.office, of_offices.appointed),
    Kind.DISMISSED: Said(offices.office, of_offices.dismissed),
    Kind.PLACE_FREE: Said(the_member, of_places.place_free),
    Kind.PLACE_PASSED_ON: Said(the_member, of_places.place_passed_on),
    Kind.MEMBER_REMOVED: Said(the_member, of_leaving.member_removed),
    Kind.ROLE_CHANGED: Said(the_member, of_leaving.role_changed),
    Kind.MEMBER_LEFT: Said(the_member, of_leaving.member_left),
    Kind.TRAINING_RECORDED: Said(the_member, of_welcome.training_recorded),
    Kind.MEMBER_CLARIFICATION: Said(
        the_member_questioned,
        of_members.clarification,
        followed=of_members.asked_again,
        afterwards=of_members.clarified,
    ),
    Kind.MEMBER_TURNED_DOWN: Said(the_member, of_members.turned_down),
    Kind.MEMBER_TAKEN_BACK: Said(the_member, of_undoing.member_taken_back, afterwards=of_undoing.slip_over),
    Kind.REQUEST_TAKEN_BACK: Said(the_request, of_undoing.request_taken_back, afterwards=of_undoing.request_slip_over),
    Kind.REQUEST_READY: Said(the_case_of_a_request, of_cards.review_card),
    Kind.REQUEST_APPROVED: Said(the_request, of_requests.approved, afterwards=of_undoing.request_unsaid),
    Kind.REQUEST_CLARIFICATION: Said(
        the_request_questioned,
        of_requests.clarification,
        followed=of_requests.asked_again,
        afterwards=of_requests.clarified,
    ),
    Kind.REQUEST_TURNED_DOWN: Said(the_request, of_requests.turned_down),
    Kind.TO_ASSIGN: Said(the_case_of_a_request, of_cards.office_card),
    Kind.GIVEN_BACK: Said(the_request, of_requests.given_back),
    Kind.CHOOSE_AGAIN: Said(the_request, of_requests.choose_again),
    Kind.REQUEST_EXPIRED: Said(the_request, of_requests.expired, copy="expiry"),
    Kind.INVITATION: Said(the_invitation, of_invitations.card, copy="arrival"),
    Kind.INVITATION_LAPSED: Said(the_invitation, of_invitations.lapsed, copy="expiry"),
    Kind.INVITATION_WITHDRAWN: Said(the_invitation, of_invitations.withdrawn),
    Kind.FOUND_ANOTHER: Said(the_invitation, of_invitations.found_another),
    Kind.OFFER: Said(the_offer, of_offers.card, copy="arrival"),
    Kind.OFFER_DECLINED: Said(the_offer, of_offers.declined),
    Kind.OFFER_LAPSED: Said(the_offer, of_offers.lapsed, copy="expiry"),
    Kind.WRITTEN: Said(the_message, of_messages.written),
    Kind.COLLEAGUE_SUGGESTED: Said(colleagues.colleague, of_colleagues.suggested),
    Kind.ASKED_TO_JOIN: Said(colleagues.colleague, of_colleagues.asked_to_join),
    Kind.COLLEAGUE_ANSWERED: Said(colleagues.colleague, of_colleagues.answered),
    Kind.NOW_ASKING: Said(the_invitation, of_invitations.now_asking),
    Kind.FIRST_CONVERSATION: Said(the_invitation, of_invitations.first_conversation),
    Kind.ACCEPTED: Said(the_pair, of_pairs.accepted, copy="acceptance"),
    Kind.CONNECTED: Said(the_pair, of_pairs.connected, copy="acceptance"),
    Kind.INTRODUCED: Said(the_two, of_pairs.introduced),
    Kind.AGREEMENT_WAITS: Said(the_pair, of_documents.agreement_waits, afterwards=of_documents.waits_no_more),
    Kind.BOTH_AGREED: Said(the_pair, of_documents.both_agreed),
    Kind.SESSION_SET: _of_its_time(session_cards.session_set),
    Kind.SESSION_TIME_TAKEN: _of_a_session(session_events.time_taken),
    Kind.SESSION_MOVED_IN_CALENDAR: _of_a_session(session_events.moved_in_calendar),
    Kind.SESSION_CANCELLED_IN_CALENDAR: _of_a_session(session_events.cancelled_in_calendar),
    Kind.SESSION_DECLINED_IN_CALENDAR: _of_a_session(session_events.declined_in_calendar),
    Kind.SESSION_SOON: Said(the_session, of_reminders.soon, afterwards=of_reminders.no_longer_soon),
    Kind.SESSION_OVER: _of_a_session(session_cards.how_it_was),
    Kind.SESSION_CONFIRMED: _of_a_session(session_cards.session_confirmed),
    Kind.SESSION_LAST: _of_a_session(session_cards.session_last),
    Kind.APPOINTMENT: Said(the_session, _for_calendar),
    Kind.YEAR_PLANNED: Said(the_pair, of_planning.planned, followed=of_planning.overtaken),
    Kind.YEAR_CONFIRMED: Said(the_pair, of_planning.year_confirmed),
    Kind.SESSION_CANCELLED: _of_its_time(session_cards.session_cancelled),
    Kind.SESSION_NOT_HELD: _of_its_time(session_cards.session_not_held),
    Kind.SESSION_COMPLETED: _of_a_session(session_cards.session_completed),
    Kind.SHEET_GIVEN: Said(the_member, of_reviews.sheet_given),
    Kind.PAUSE_OVER: Said(the_member, of_standing.pause_over),
    Kind.MENTOR_PAUSED: Said(the_member, of_standing.mentor_paused),
    Kind.APPROVED_ALL: Said(of_bulk, words_of_bulk.told),
    Kind.ROUND_READY: Said(the_round, of_rounds.ready),
    Kind.ROUND_PUBLISHED: Said(the_round, of_rounds.published),
    Kind.NOBODY_YET: Said(the_request, of_rounds.nobody_yet, afterwards=of_rounds.found_since),
    Kind.PAUSED_BY_OFFICE: Said(the_member, of_stepping_in.paused_by_office),
    Kind.RESUMED_BY_OFFICE: Said(the_member, of_stepping_in.resumed_by_office),
    Kind.PASSED_ON: Said(the_invitation, of_stepping_in.passed_over),
    Kind.EXTENDED: Said(the_pair, of_stepping_in.goes_on_longer, afterwards=of_stepping_in.does_not_go_on_longer),
    Kind.EXTENSION_TAKEN_BACK: Said(the_pair, of_stepping_in.extension_taken_back),
    Kind.MENTOR_SILENT: Said(the_member, of_standing.mentor_silent),
    Kind.MORE_TIME_ASKED: Said(the_pair, of_more_time.asked),
    Kind.MORE_TIME: Said(the_pair, of_more_time.agreed),
    Kind.ANOTHER_MENTOR_ASKED: Said(another_mentor.asked, of_another_mentor.card),
    Kind.ANOTHER_MENTOR_ANSWERED: Said(the_pair, of_another_mentor.answered),
    Kind.FEEDBACK: Said(the_feedback, of_sheets.feedback),
    Kind.PAIR_RESTS: Said(the_pair, of_standing.pair_rests),
    Kind.PAIR_GOES_ON: Said(the_pair, of_standing.pair_goes_on),
    Kind.IMPORT_CHECKED: Said(the_import, of_imports.card),
    Kind.IMPORT_OVER: Said(the_import, of_imports.over),
    Kind.BROUGHT_IN: Said(the_member, of_imports.brought_in),
    Kind.TABLE: Said(the_table, of_exports.table),
    Kind.FILE: Said(the_file, of_files.brought),
    Kind.PORTFOLIO: Said(portfolio_on_paper, of_portfolio.brought),
    Kind.HOURS: Said(hours_on_paper, of_hours.brought),
    Kind.CONCERN_RECEIVED: Said(the_concern, of_concerns.received),
    Kind.CONCERN_RAISED: Said(the_concern, of_concern_office.card),
    Kind.CONCERN_REMINDER: Said(the_concern, of_concern_office.reminder),
    Kind.CONCERN_OVERDUE: Said(the_concern, of_concern_office.overdue),
    Kind.CONCERN_NEWS: Said(the_concern, of_concern_office.news),
    Kind.CONCERN_DELAYED: Said(the_concern, of_concerns.delayed),
    Kind.CONCERN_HANDED_ON: Said(the_concern, of_concerns.handed_on),
    Kind.CONCERN_CONTACTED: Said(the_concern, of_concerns.contacted),
    Kind.CONCERN_CLOSED: Said(the_concern, of_concerns.closed),
    Kind.CONCERN_TAKEN_BACK: Said(the_concern, of_concerns.taken_back),
    Kind.CONNECTION_REMOVED: Said(the_pair, of_endings.connection_removed),
    Kind.CONNECTION_COMPLETED: Said(the_pair, of_endings.connection_completed),
    Kind.CONNECTION_ENDED: Said(the_pair, of_endings.connection_ended),
    Kind.CONNECTION_OVER: Said(the_pair, of_endings.connection_over),
}

FOLLOWING: Final[Mapping[Kind, frozenset[Kind]]] = {
    kind: frozenset(later for later, each in NOTICES.items() if said.followed and each.followed == said.followed)
    for kind, said in NOTICES.items()
}
"""Which later messages about the same make one give up its place."""

DECIDED_ON: Final = frozenset(
    kind for kind, said in NOTICES.items() if said.view in (the_case_of_a_member, the_case_of_a_request)
) | {Kind.INVITATION, Kind.OFFER, Kind.CONCERN_RAISED}
"""The cards on which somebody decides, and sees what they have decided."""
