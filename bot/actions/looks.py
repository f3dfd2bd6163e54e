"""What people open to read or to fill in: each checks at once what its form will need, so that nobody types in vain."""

from bot.actions.act import Act, Click
from bot.actions.membership import own, role_of
from bot.dialogs.parts import Reply
from bot.dialogs.wording import connections as of_connections
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import members as of_members
from bot.dialogs.wording import mentors as of_mentors
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import requests as of_requests
from bot.dialogs.wording import reviews as of_reviews
from bot.dialogs.wording import sessions as of_sessions
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.requests import CHANGEABLE, OPEN
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Power
from bot.screens import connections as connection_screens
from bot.screens import members as member_screens
from bot.screens import requests as request_screens
from bot.screens.faces import face
from bot.screens.queue import queue
from bot.storage import members, requests


def open_join(act: Act, click: Click) -> Reply:
    """The form to ask to come in."""
    role = role_of(click.subject)
    before = members.of(act.db, act.scheme.key, act.person.id).get(role)
    membership.may_ask_to_join(act.scheme, role, before, members.places_held(act.db, act.scheme.key, role))
    return of_members.join_form(act.scheme, role, before)


def open_preferences(act: Act, click: Click) -> Reply:
    """One's preferences in a role."""
    member = own(act, role_of(click.subject))
    membership.let_in(member)
    return of_members.preferences_form(act.scheme, member)


def open_profile(act: Act, click: Click) -> Reply:
    """One's profile as a mentor."""
    member = own(act, "mentor")
    membership.let_in(member)
    return of_members.profile_form(act.scheme, member)


def open_request(act: Act, click: Click) -> Reply:
    """The mentoring request: a new one (what was typed in the last one stands in it), or one that can be changed."""
    if click.subject:
        request = requests.get(act.db, act.scheme.key, click.subject)
        permissions.asker(act.actor, request)
        if request.state not in CHANGEABLE:
            raise Refused("not_in_review")
        return of_requests.request_form(act.scheme, request)
    rules.may_create(own(act, "mentee"), requests.count_open(act.db, act.scheme.key, act.person.id))
    return of_requests.request_form(act.scheme, requests.latest_of(act.db, act.scheme.key, act.person.id))


def open_request_view(act: Act, click: Click) -> Reply:
    """The whole of a request, for its mentee or for the office."""
    picture = request_screens.request(act.db, act.scheme, click.subject, act.now)
    mine = picture.request.mentee == act.person.id
    if not mine:
        permissions.office(act.officer, "approve_requests")
    return of_requests.view_form(picture, office=not mine)


def open_withdraw(act: Act, click: Click) -> Reply:
    """Withdrawing asks first."""
    picture = request_screens.request(act.db, act.scheme, click.subject, act.now)
    permissions.asker(act.actor, picture.request)
    if picture.request.state not in OPEN:
        rules.withdraw(picture.request, act.now)  # refuses, and says why
    return of_requests.withdraw_form(picture)


def open_mentor(act: Act, click: Click) -> Reply:
    """A mentor's profile, for a mentee whose approved request could go to them."""
    request_id, _, mentor = click.subject.partition(":")
    request = requests.get(act.db, act.scheme.key, request_id)
    permissions.asker(act.actor, request)
    member = members.of(act.db, act.scheme.key, mentor).get("mentor")
    if member is None or member.standing != "approved" or request.approved_at is None:
        raise Refused("gone")
    return of_mentors.profile_view(act.scheme, member, face(act.db, mentor))


def open_invitation(act: Act, click: Click) -> Reply:
    """The whole request, for the mentor who is asked."""
    picture = request_screens.invitation(act.db, act.scheme, click.subject, act.now)
    permissions.invited(act.actor, picture.request, click.subject)
    if picture.invitation.asked_at is None:
        raise Refused("gone")
    return of_invitations.view_form(picture)


def open_decline(act: Act, click: Click) -> Reply:
    """Declining, with a reason or without."""
    picture = request_screens.invitation(act.db, act.scheme, click.subject, act.now)
    permissions.invited(act.actor, picture.request, click.subject)
    rules.still_open(picture.request, click.subject, act.now)
    return of_invitations.decline_form(picture)


def open_connection(act: Act, click: Click) -> Reply:
    """The whole of a connection, for the two of it."""
    return of_connections.view_form(
        connection_screens.connection(act.db, act.scheme, click.subject, act.person.id, act.now)
    )


def open_agreement(act: Act, click: Click) -> Reply:
    """The agreement, for the two of a connection."""
    return of_connections.agreement_form(
        connection_screens.connection(act.db, act.scheme, click.subject, act.person.id, act.now)
    )


def open_schedule(act: Act, click: Click) -> Reply:
    """The form to set a session; refused before both have agreed."""
    picture = connection_screens.session(act.db, act.scheme, click.subject, act.person.id, act.now)
    if not picture.connection.connection.agreed:
        raise Refused("agreement_first")
    if picture.session.state == "completed":
        raise Refused("session_completed")
    return of_sessions.schedule_form(picture)


def open_queue(act: Act, click: Click) -> Reply:
    """A page of what waits for the office."""
    powers = act.officer.powers
    if not powers & {"approve_members", "approve_requests"}:
        raise Refused("not_yours")
    page = int(click.subject) if click.subject.isdecimal() and len(click.subject) < 6 else 0
    return of_office.queue_form(queue(act.db, act.scheme, act.person.id, powers, act.now, page))


def open_member(act: Act, click: Click) -> Reply:
    """Everything the office may read of a membership."""
    picture = member_screens.member(act.db, act.scheme, click.subject, act.now)
    permissions.office(act.officer, "approve_members", picture.member.person)
    return of_reviews.office_view(picture)


def open_approve_mentor(act: Act, click: Click) -> Reply:
    """Approving a mentor, with the training."""
    picture = member_screens.member(act.db, act.scheme, click.subject, act.now)
    permissions.office(act.officer, "approve_members", picture.member.person)
    if picture.member.standing != "in_review":
        raise Refused("already_decided")
    return of_reviews.approve_mentor_form(picture)


def open_training(act: Act, click: Click) -> Reply:
    """Recording a mentor's training."""
    picture = member_screens.member(act.db, act.scheme, click.subject, act.now)
    permissions.office(act.officer, "record_training", picture.member.person)
    if picture.member.standing != "approved":
        raise Refused("not_approved")
    return of_reviews.training_form(picture)


def open_clarify(act: Act, click: Click) -> Reply:
    """The office's question to somebody."""
    return of_reviews.clarify_form(click.subject, _whom(act, click.subject, asks=True))


def open_turn_down(act: Act, click: Click) -> Reply:
    """The office's words when it cannot say yes."""
    return of_reviews.turn_down_form(click.subject, _whom(act, click.subject))


def _whom(act: Act, subject: str, *, asks: bool = False) -> str:
    """The name of the person a case is about, for somebody who may decide it while it can be decided. While they have
    a question to answer, a member cannot be asked (`asks`) another, and a request is not decided at all."""
    kind, _, id_ = subject.partition(":")
    power: Power
    if kind == "member":
        member = members.get(act.db, act.scheme.key, id_)
        person, power, waits = member.person, "approve_members", member.standing in membership.BEFORE_OFFICE
        answers = asks and member.question is not None
    else:
        request = requests.get(act.db, act.scheme.key, id_)
        person, power, waits = request.mentee, "approve_requests", request.state in CHANGEABLE
        answers = request.state == "clarifying"
    permissions.office(act.officer, power, person)
    if not waits:
        raise Refused("already_decided")
    if answers:
        raise Refused("waits_for_answer")
    return face(act.db, person).first
