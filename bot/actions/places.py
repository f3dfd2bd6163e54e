"""Waiting for a place in a role: going on the list and off it, and who is told when a place is free."""

from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, keep, publish, save
from bot.actions.membership import own, role_of
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.view_models.members import PlaceList
from bot.dialogs.wording import places as wording
from bot.lifecycle import permissions
from bot.lifecycle import places as rules
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role
from bot.screens import places as screens
from bot.storage import members


def wait_for_place(context: Context, click: Click) -> Reply:
    """Be told when a place is free."""
    role, scheme = role_of(click.subject), context.scheme
    members.lock_intake(context.db, scheme.key, role)
    before = members.of(context.db, scheme.key, context.person.id).get(role)
    taken = members.places_held(context.db, scheme.key, role, besides=context.person.id)
    step = rules.wait(scheme, context.new_id(), context.person.id, role, before, taken, context.now)
    keep(context, MEMBER, Verb.WAIT_FOR_PLACE, before, step)
    return wording.on_the_list(scheme, role)


def stop_waiting(context: Context, click: Click) -> Reply:
    """Go off the list; a place that was held goes to the next."""
    role = role_of(click.subject)
    members.lock_intake(context.db, context.scheme.key, role)
    before = own(context, role)
    keep(context, MEMBER, Verb.STOP_WAITING, before, rules.stop_waiting(before))
    hand_out(context, role)
    return wording.off_the_list(role)


def open_place_list(context: Context, click: Click) -> Reply:
    """A page of those who wait for a place, for the office."""
    return wording.list_form(listed(context, subjects.number(click.subject)))


def listed(context: Context, page: int = 0) -> PlaceList:
    """That page, for somebody who looks after members."""
    permissions.office(context.officer, "manage_members")
    return screens.place_list(context.db, context.scheme, context.now, page)


def hand_out(context: Context, role: Role) -> bool:
    """Offer the free places of a role to the first on its list, one each, and whether there were any. Nobody else gives
    or takes one until the transaction ends."""
    scheme = context.scheme
    members.lock_intake(context.db, scheme.key, role)
    taken = members.places_held(context.db, scheme.key, role)
    free = rules.to_offer(scheme, role, taken, members.count_applicants(context.db, scheme.key, role))
    first = members.in_line(context.db, scheme.key, role, free) if free != 0 else ()
    kept = [save(context, MEMBER, "offer_place", each, rules.offer(each, scheme, context.now)) for each in first]
    publish(context, *kept)
    return bool(kept)


def hand_out_all(context: Context) -> None:
    """The same in every role: the scheme's file may have more places than before, or have opened the intake."""
    for role in sorted(context.scheme.roles):
        hand_out(context, role)


def held_no_longer(context: Context, member_id: str) -> bool:
    """The time for which a place was held is over: it goes to the next. Whether it was."""
    role = members.get(context.db, context.scheme.key, member_id).role
    members.lock_intake(context.db, context.scheme.key, role)
    before = members.get(context.db, context.scheme.key, member_id)
    step = rules.lapse(before, context.now)
    if step.state == before:
        return False
    keep(context, MEMBER, "place_passed_on", before, step)
    hand_out(context, role)
    return True
