"""What people open to read or to fill in: each checks at once what its form will need, so that nobody types in vain."""

from bot.actions.context import Click, Context
from bot.actions.membership import own, role_of
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import members as of_members
from bot.dialogs.wording import mentors as of_mentors
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import pairs as of_pairs
from bot.dialogs.wording import requests as of_requests
from bot.dialogs.wording import reviews as of_reviews
from bot.dialogs.wording import sessions as of_sessions
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.requests import CHANGEABLE, OPEN
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Power
from bot.screens import members as member_screens
from bot.screens import pairs as pair_screens
from bot.screens import requests as request_screens
from bot.screens.waiting_list import waiting_list
from bot.storage import members, people, requests


def open_join(context: Context, click: Click) -> Reply:
    """The form to ask to come in."""
    role = role_of(click.subject)
    before = members.of(context.db, context.scheme.key, context.person.id).get(role)
    membership.may_ask_to_join(context.scheme, role, before, members.places_held(context.db, context.scheme.key, role))
    return of_members.join_form(context.scheme, role, before)


def open_preferences(context: Context, click: Click) -> Reply:
    """One's preferences in a role."""
    member = own(context, role_of(click.subject))
    membership.let_in(member)
    return of_members.preferences_form(context.scheme, member)


def open_profile(context: Context, click: Click) -> Reply:
    """One's profile as a mentor."""
    member = own(context, "mentor")
    membership.let_in(member)
    return of_members.profile_form(context.scheme, member)


def open_request(context: Context, click: Click) -> Reply:
    """The mentoring request: a new one (what was typed in the last one stands in it), or one that can be changed."""
    if click.subject:
        request = requests.get(context.db, context.scheme.key, click.subject)
        permissions.asker(context.actor, request)
        if request.state not in CHANGEABLE:
            raise Refused("not_in_review")
        return of_requests.request_form(context.scheme, request)
    rules.may_create(own(context, "mentee"), requests.count_open(context.db, context.scheme.key, context.person.id))
    return of_requests.request_form(
        context.scheme, requests.latest_of(context.db, context.scheme.key, context.person.id)
    )


def open_request_view(context: Context, click: Click) -> Reply:
    """The whole of a request, for its mentee or for the office."""
    view = request_screens.request(context.db, context.scheme, click.subject, context.now)
    mine = view.request.mentee == context.person.id
    if not mine:
        permissions.office(context.officer, "approve_requests")
    return of_requests.view_form(view, office=not mine)


def open_withdraw(context: Context, click: Click) -> Reply:
    """Withdrawing asks first."""
    view = request_screens.request(context.db, context.scheme, click.subject, context.now)
    permissions.asker(context.actor, view.request)
    if view.request.state not in OPEN:
        rules.withdraw(view.request, context.now)  # refuses, and says why
    return of_requests.withdraw_form(view)


def open_mentor(context: Context, click: Click) -> Reply:
    """A mentor's profile, for a mentee whose approved request could go to them."""
    request_id, mentor = subjects.choice_of(click.subject)
    request = requests.get(context.db, context.scheme.key, request_id)
    permissions.asker(context.actor, request)
    member = members.of(context.db, context.scheme.key, mentor).get("mentor")
    if member is None or member.state != "approved" or request.approved_at is None:
        raise Refused("gone")
    return of_mentors.profile_view(context.scheme, member, people.get(context.db, mentor))


def open_invitation(context: Context, click: Click) -> Reply:
    """The whole request, for the mentor who is asked."""
    view = request_screens.invitation(context.db, context.scheme, click.subject, context.now)
    permissions.invited(context.actor, view.request, click.subject)
    if view.invitation.asked_at is None:
        raise Refused("gone")
    return of_invitations.view_form(view)


def open_decline(context: Context, click: Click) -> Reply:
    """Declining, with a reason or without."""
    view = request_screens.invitation(context.db, context.scheme, click.subject, context.now)
    permissions.invited(context.actor, view.request, click.subject)
    rules.still_open(view.request, click.subject, context.now)
    return of_invitations.decline_form(view)


def open_connection(context: Context, click: Click) -> Reply:
    """The whole of a pair, for the two of it."""
    return of_pairs.view_form(
        pair_screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    )


def open_agreement(context: Context, click: Click) -> Reply:
    """The agreement, for the two of a pair."""
    return of_pairs.agreement_form(
        pair_screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    )


def open_schedule(context: Context, click: Click) -> Reply:
    """The form to set a session; refused before both have agreed."""
    view = pair_screens.session(context.db, context.scheme, click.subject, context.person.id, context.now)
    if not view.pair.pair.agreed:
        raise Refused("agreement_first")
    if view.session.state == "completed":
        raise Refused("session_completed")
    return of_sessions.schedule_form(view)


def open_queue(context: Context, click: Click) -> Reply:
    """A page of what waits for the office."""
    powers = context.officer.powers
    if not powers & {"approve_members", "approve_requests"}:
        raise Refused("not_yours")
    page = int(click.subject) if click.subject.isdecimal() and len(click.subject) < 6 else 0
    return of_office.waiting_list_form(
        waiting_list(context.db, context.scheme, context.person.id, powers, context.now, page)
    )


def open_member(context: Context, click: Click) -> Reply:
    """Everything the office may read of a membership."""
    view = member_screens.member(context.db, context.scheme, click.subject, context.now)
    permissions.office(context.officer, "approve_members", view.member.person)
    return of_reviews.office_view(view)


def open_approve_mentor(context: Context, click: Click) -> Reply:
    """Approving a mentor, with the training."""
    view = member_screens.member(context.db, context.scheme, click.subject, context.now)
    permissions.office(context.officer, "approve_members", view.member.person)
    if view.member.state != "in_review":
        raise Refused("already_decided")
    return of_reviews.approve_mentor_form(view)


def open_training(context: Context, click: Click) -> Reply:
    """Recording a mentor's training."""
    view = member_screens.member(context.db, context.scheme, click.subject, context.now)
    permissions.office(context.officer, "record_training", view.member.person)
    if view.member.state != "approved":
        raise Refused("not_approved")
    return of_reviews.training_form(view)


def open_clarify(context: Context, click: Click) -> Reply:
    """The office's question to somebody."""
    return of_reviews.clarify_form(click.subject, _whom(context, click.subject, asks=True))


def open_turn_down(context: Context, click: Click) -> Reply:
    """The office's words when it cannot say yes."""
    return of_reviews.turn_down_form(click.subject, _whom(context, click.subject))


def _whom(context: Context, subject: str, *, asks: bool = False) -> str:
    """The name of the person a case is about, for somebody who may decide it while it can be decided. While they have
    a question to answer, a member cannot be asked (`asks`) another, and a request is not decided at all."""
    kind, id_ = subjects.case_of(subject)
    power: Power
    if kind == "member":
        member = members.get(context.db, context.scheme.key, id_)
        person, power, waits = member.person, "approve_members", member.state in membership.BEFORE_OFFICE
        answers = asks and member.question is not None
    else:
        request = requests.get(context.db, context.scheme.key, id_)
        person, power, waits = request.mentee, "approve_requests", request.state in CHANGEABLE
        answers = request.state == "clarifying"
    permissions.office(context.officer, power, person)
    if not waits:
        raise Refused("already_decided")
    if answers:
        raise Refused("waits_for_answer")
    return people.get(context.db, person).first
