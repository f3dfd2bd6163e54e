"""What an outbox row says when it is sent: as things are at that moment, never as it was when it was put."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Home, Message
from bot.dialogs.view_models import (
    InvitationView,
    MemberView,
    PairView,
    RequestView,
    SessionView,
)
from bot.dialogs.wording import builders
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import members as of_members
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import pairs as of_pairs
from bot.dialogs.wording import requests as of_requests
from bot.dialogs.wording import reviews as of_reviews
from bot.dialogs.wording import sessions as of_sessions
from bot.lifecycle.notices import Kind
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme
from bot.screens import home, members, pairs, requests
from bot.storage import people
from bot.storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready for its sender. `user`: the platform's id of the person, None for the office's channel;
    `email`: their address; `zone`: the zone in which moments are written, None in a shared channel."""

    content: Message | Home
    platform: str
    team: str
    user: str | None
    email: str | None
    zone: ZoneInfo | None


_TEXT: dict[Kind, Callable[[str], Message | None]] = {
    Kind.HELD: of_office.held,
}
_PERSON: dict[Kind, Callable[[Person], Message | None]] = {
    Kind.UNREACHED: of_office.unreached,
}
_MEMBER: dict[Kind, Callable[[MemberView], Message | None]] = {
    Kind.JOIN_ASKED: of_reviews.joining_card,
    Kind.PROFILE_READY: of_reviews.office_card,
    Kind.ADMITTED: of_members.admitted,
    Kind.MENTOR_APPROVED: of_members.approved,
    Kind.TRAINING_RECORDED: of_members.training_recorded,
    Kind.MEMBER_CLARIFICATION: of_members.clarification,
    Kind.MEMBER_TURNED_DOWN: of_members.turned_down,
}
_REQUEST: dict[Kind, Callable[[RequestView], Message | None]] = {
    Kind.REQUEST_READY: of_requests.office_card,
    Kind.REQUEST_APPROVED: of_requests.approved,
    Kind.REQUEST_CLARIFICATION: of_requests.clarification,
    Kind.REQUEST_TURNED_DOWN: of_requests.turned_down,
    Kind.CHOOSE_AGAIN: of_requests.choose_again,
    Kind.REQUEST_EXPIRED: of_requests.expired,
}
_INVITATION: dict[Kind, Callable[[InvitationView], Message | None]] = {
    Kind.INVITATION: of_invitations.card,
    Kind.INVITATION_REMINDER: of_invitations.reminder,
    Kind.INVITATION_LAPSED: of_invitations.lapsed,
    Kind.INVITATION_WITHDRAWN: of_invitations.withdrawn,
    Kind.NOW_ASKING: of_invitations.now_asking,
    Kind.FIRST_CONVERSATION: of_invitations.first_conversation,
}
_PAIR: dict[Kind, Callable[[PairView], Message | None]] = {
    Kind.ACCEPTED: of_pairs.accepted,
    Kind.CONNECTED: of_pairs.connected,
    Kind.AGREEMENT_WAITS: of_pairs.agreement_waits,
    Kind.BOTH_AGREED: of_pairs.both_agreed,
}
_SESSION: dict[Kind, Callable[[SessionView], Message | None]] = {
    Kind.SESSION_SET: of_sessions.session_set,
    Kind.SESSION_COMPLETED: of_sessions.session_completed,
}


def draw(db: Db, scheme: Scheme, letter: Letter, now: datetime) -> Rendered | None:
    """The letter as it is to be sent now; None where what it is about is gone or no longer needs saying."""
    try:
        content = _content(db, scheme, letter, now)
    except Refused:
        return None
    if content is None and letter.edits:
        content = builders.settled()  # the message stands in a chat: its buttons must not
    if content is None:
        return None
    if letter.person is None:
        return Rendered(content, "", "", None, None, None)
    person = people.get(db, letter.person)
    if not person.active:
        return None
    return Rendered(content, person.platform, person.team, person.user, person.email, ZoneInfo(person.zone))


def _content(db: Db, scheme: Scheme, letter: Letter, now: datetime) -> Message | Home | None:
    if letter.kind == "home":
        return draw_home(home.home(db, scheme, letter.about, now))
    kind, about, reader = Kind(letter.kind), letter.about, letter.person or ""
    if kind in _TEXT:
        return _TEXT[kind](about)
    if kind in _PERSON:
        return _PERSON[kind](people.get(db, about))
    if kind in _MEMBER:
        return _MEMBER[kind](members.member(db, scheme, about, now))
    if kind in _REQUEST:
        return _REQUEST[kind](requests.request(db, scheme, about, now))
    if kind in _INVITATION:
        return _INVITATION[kind](requests.invitation(db, scheme, about, now))
    if kind in _PAIR:
        return _PAIR[kind](pairs.pair(db, scheme, about, reader, now))
    return _SESSION[kind](pairs.session(db, scheme, about, reader, now))
