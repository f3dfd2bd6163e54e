"""What people open to read or to fill in: each checks at once what its form will need, so that nobody types in vain."""

from collections.abc import Callable

from bot.actions.context import Click, Context
from bot.actions.membership import own, role_of
from bot.actions.office import who_was_first
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import members as of_members
from bot.dialogs.wording import mentors as of_mentors
from bot.dialogs.wording import offers as of_offers
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import pairs as of_pairs
from bot.dialogs.wording import requests as of_requests
from bot.dialogs.wording import reviews as of_reviews
from bot.lifecycle import invitations, membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.member import Member
from bot.lifecycle.request import Request
from bot.lifecycle.routes.review import may_decide
from bot.lifecycle.step import Refused, allowed
from bot.screens import members as member_screens
from bot.screens import offers as offer_screens
from bot.screens import pairs as pair_screens
from bot.screens import requests as request_screens
from bot.screens.waiting_list import waiting_list
from bot.storage import members, people, requests


def open_join(context: Context, click: Click) -> Reply:
    """The form to ask to come in."""
    role = role_of(click.subject)
    person = context.person.id
    before = members.of(context.db, context.scheme.key, person).get(role)
    taken = members.places_held(context.db, context.scheme.key, role, besides=person)
    membership.may_ask_to_join(context.scheme, role, before, taken)
    return of_members.join_form(context.scheme, role, before)


def open_preferences(context: Context, click: Click) -> Reply:
    """One's preferences in a role."""
    member = own(context, role_of(click.subject))
    membership.may_give_preferences(member, context.scheme)
    return of_members.preferences_form(context.scheme, member)


def open_profile(context: Context, click: Click) -> Reply:
    """One's profile in a role."""
    member = own(context, role_of(click.subject))
    membership.may_give_profile(member, context.scheme)
    return of_members.profile_form(context.scheme, member)


def open_request(context: Context, click: Click) -> Reply:
    """The mentoring request: a new one (what was typed in the last one stands in it), or one that can be changed."""
    if click.subject:
        request = requests.get(context.db, context.scheme.key, click.subject)
        permissions.asker(context.actor, request)
        rules.may_change(request)
        return of_requests.request_form(context.scheme, request)
    open_requests = requests.count_open(context.db, context.scheme.key, context.person.id)
    rules.may_create(own(context, "mentee"), open_requests, context.scheme, context.now)
    return of_requests.request_form(
        context.scheme, requests.latest_of(context.db, context.scheme.key, context.person.id)
    )


def open_request_view(context: Context, click: Click) -> Reply:
    """The whole of a request, for its mentee or for the office."""
    view = request_screens.whole(context.db, context.scheme, click.subject, context.now)
    permissions.reads_request(context.officer, view.request)
    card = allowed(permissions.reads_person, context.officer, view.mentee.id)
    return of_requests.view_form(view, office=view.request.mentee != context.person.id, card=card)


def open_withdraw(context: Context, click: Click) -> Reply:
    """Withdrawing asks first."""
    view = request_screens.request(context.db, context.scheme, click.subject, context.now)
    permissions.asker(context.actor, view.request)
    rules.may_withdraw(view.request)
    return of_requests.withdraw_form(view)


def open_mentor(context: Context, click: Click) -> Reply:
    """A mentor's profile, for a mentee whose approved request could go to them."""
    request_id, mentor = subjects.choice_of(click.subject)
    request = requests.get(context.db, context.scheme.key, request_id)
    permissions.asker(context.actor, request)
    member = members.of(context.db, context.scheme.key, mentor).get("mentor")
    rules.may_see_mentors(request, member)
    if member is None:
        raise Refused("gone")
    return of_mentors.profile_view(context.scheme, member, people.get(context.db, mentor))


def open_invitation(context: Context, click: Click) -> Reply:
    """The whole request, for the mentor who is asked; or the mentor's profile, for the mentee to whom they offer."""
    view = request_screens.invitation(context.db, context.scheme, click.subject, context.now)
    permissions.invited(context.actor, view.request, click.subject)
    invitations.may_read(view.request, click.subject)
    if view.invitation.asker == "mentor":
        return of_offers.view_form(offer_screens.with_profile(context.db, view))
    return of_invitations.view_form(view)


def open_decline(context: Context, click: Click) -> Reply:
    """Declining, with a reason or without."""
    view = request_screens.invitation(context.db, context.scheme, click.subject, context.now)
    permissions.invited(context.actor, view.request, click.subject)
    invitations.may_answer(view.request, click.subject, context.now)
    if view.invitation.asker == "mentor":
        return of_offers.decline_form(view)
    return of_invitations.decline_form(view)


def open_connection(context: Context, click: Click) -> Reply:
    """The whole of a pair, for the two of it."""
    pair, page = subjects.pair_page_of(click.subject)
    return of_pairs.view_form(pair_screens.pair(context.db, context.scheme, pair, context.person.id, context.now), page)


def open_own_connections(context: Context, click: Click) -> Reply:
    """A page of the presser's own connections."""
    mine = pair_screens.of_person(context.db, context.scheme, context.person.id, context.now)
    return of_pairs.own_form(mine, subjects.number(click.subject))


def open_queue(context: Context, click: Click) -> Reply:
    """A page of what waits for the office."""
    officer = context.officer
    permissions.decides(officer)
    page = subjects.number(click.subject)
    return of_office.waiting_list_form(waiting_list(context.db, context.scheme, officer, context.now, page))


def open_member(context: Context, click: Click) -> Reply:
    """Everything the office may read of a membership."""
    view = member_screens.whole(context.db, context.scheme, click.subject, context.now)
    permissions.office(context.officer, "approve_members", view.member.person)
    return of_reviews.office_view(view, context.officer)


def open_approve_joining(context: Context, click: Click) -> Reply:
    """Letting in somebody who does not meet the criteria."""
    return of_reviews.approve_joining_form(_waiting(context, click.subject, membership.may_decide))


def open_approve_member(context: Context, click: Click) -> Reply:
    """Approving what a member filled in, with the trainings."""
    return of_reviews.approve_member_form(_waiting(context, click.subject, membership.may_approve))


def _waiting(context: Context, id_: str, may: Callable[[Member], None]) -> MemberView:
    """Somebody about whom the office can decide now."""
    view = member_screens.member(context.db, context.scheme, id_, context.now)
    permissions.office(context.officer, "approve_members", view.member.person)
    with who_was_first(context, id_):
        may(view.member)
    return view


def open_training(context: Context, click: Click) -> Reply:
    """Recording a training."""
    id_, training = subjects.training_of(click.subject)
    view = member_screens.member(context.db, context.scheme, id_, context.now)
    permissions.office(context.officer, "record_training", view.member.person)
    membership.may_record_training(view.member, context.scheme, training)
    return of_reviews.training_form(view, training)


def open_clarify(context: Context, click: Click) -> Reply:
    """The office's question to somebody."""
    return of_reviews.clarify_form(click.subject, _whom(context, click.subject, may_decide))


def open_turn_down(context: Context, click: Click) -> Reply:
    """The office's words when it cannot say yes."""
    return of_reviews.turn_down_form(click.subject, _whom(context, click.subject, rules.may_turn_down))


def _whom(context: Context, subject: str, may: Callable[[Request], None]) -> str:
    """The name of the person a case is about, for somebody who may decide it while it can be decided. `may`: the rule
    where that is a request."""
    kind, id_ = subjects.case_of(subject)
    if kind == "member":
        member = members.get(context.db, context.scheme.key, id_)
        permissions.office(context.officer, "approve_members", member.person)
        with who_was_first(context, id_):
            membership.may_decide(member)
        return people.get(context.db, member.person).first
    request = requests.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, permissions.power_over(request), request.mentee)
    with who_was_first(context, id_):
        may(request)
    return people.get(context.db, request.mentee).first
