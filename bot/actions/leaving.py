"""The end of a membership: somebody leaves the scheme in one role, or the office takes them out of it."""

from collections.abc import Iterable, Iterator

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, PAIR, REQUEST, Kept, publish, save
from bot.actions.membership import own, role_of
from bot.actions.places import hand_out
from bot.actions.requests import who_can_be_asked
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import leaving as wording
from bot.lifecycle import endings, invitations, leaving, membership, permissions
from bot.lifecycle import requests as request_rules
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import OTHER, ROLES, Role
from bot.screens import leaving as screens
from bot.storage import members, pairs, requests
from bot.storage.database import Conflict


def open_leave(context: Context, click: Click) -> Reply:
    """Leaving asks first."""
    member = own(context, role_of(click.subject))
    leaving.may_leave(member)
    return wording.leave_form(screens.leaving(context.db, context.scheme, member))


def leave(context: Context, click: Click) -> Reply:
    """Leave the scheme in one role, with all that hangs on it."""
    role = role_of(click.subject)
    alone(context, own(context, role))
    before = own(context, role)
    _end(context, Verb.LEAVE, before, leaving.leave(before))
    return wording.left_notice(context.scheme, role, applied=before.state == "asked")


def open_remove_member(context: Context, click: Click) -> Reply:
    """Taking somebody out asks the office first."""
    member = members.get(context.db, context.scheme.key, click.subject)
    permissions.office(context.officer, "manage_members", member.person)
    leaving.may_be_taken_out(member)
    return wording.remove_form(screens.leaving(context.db, context.scheme, member))


def remove_member(context: Context, click: Click) -> Reply:
    """The office takes somebody out of the scheme in one role, with words for them."""
    reply = form_input.text(click, own_fields.REPLY)
    if not isinstance(reply, str):
        return reply if isinstance(reply, Errors) else Nothing()
    member = members.get(context.db, context.scheme.key, click.subject)
    permissions.office(context.officer, "manage_members", member.person)
    alone(context, member)
    before = members.get(context.db, context.scheme.key, click.subject)
    _end(context, Verb.REMOVE_MEMBER, before, leaving.remove(before, reply))
    return wording.removed_notice(screens.leaving(context.db, context.scheme, before))


def open_change_role(context: Context, click: Click) -> Reply:
    """Another role asks first."""
    member = members.get(context.db, context.scheme.key, click.subject)
    permissions.office(context.officer, "manage_members", member.person)
    leaving.may_change_role(member, _other(context, member), in_use=_in_use(context, member))
    return wording.change_role_form(screens.leaving(context.db, context.scheme, member))


def change_role(context: Context, click: Click) -> Reply:
    """The office has somebody in the other role instead, with words for them."""
    words = form_input.text(click, own_fields.TO_THEM)
    if isinstance(words, Errors):
        return words
    member = members.get(context.db, context.scheme.key, click.subject)
    permissions.office(context.officer, "manage_members", member.person)
    for role in sorted(ROLES):  # both, in the order in which everybody locks them
        members.lock_intake(context.db, context.scheme.key, role)
    alone(context, member)
    before = members.get(context.db, context.scheme.key, click.subject)
    other, role = _other(context, before), OTHER[before.role]
    out = leaving.out_of_role(before, other, words, in_use=_in_use(context, before))
    taken = members.places_held(context.db, context.scheme.key, role, besides=before.person)
    step = membership.into_role(context.scheme, context.new_id(), role, before, other, taken, context.now)
    publish(
        context,
        save(context, MEMBER, Verb.CHANGE_ROLE, before, out),
        save(context, MEMBER, Verb.CHANGE_ROLE, other, step),
    )
    hand_out(context, before.role)
    return wording.role_changed_notice(screens.leaving(context.db, context.scheme, before))


def _other(context: Context, member: Member) -> Member | None:
    """What they are, or were, in the other role."""
    return members.of(context.db, context.scheme.key, member.person).get(OTHER[member.role])


def _in_use(context: Context, member: Member) -> bool:
    hanging = screens.leaving(context.db, context.scheme, member)
    return bool(hanging.asking or hanging.others)


def alone(context: Context, member: Member) -> None:
    """Lock all that the end of this membership reads and changes, in one order: whoever accepts, asks or files at the
    same moment comes before it, or after."""
    scheme = context.scheme.key
    members.lock_intake(context.db, scheme, member.role)
    if member.role == "mentee":
        members.lock(context.db, scheme, [member.person], "mentee")
        return
    lock_with_next(context, member.person)


def lock_with_next(context: Context, *mentors: str) -> None:
    """Lock these mentors, and whoever would be asked in their place."""
    concerned = _concerned(context, mentors)
    members.lock(context.db, context.scheme.key, concerned)
    if not _concerned(context, mentors) <= concerned:
        raise Conflict("somebody has been asked meanwhile")


def _concerned(context: Context, mentors: Iterable[str]) -> frozenset[str]:
    asked = (each for mentor in mentors for each in requests.asked_of(context.db, context.scheme.key, mentor))
    following = (one.mentor for each in asked for one in each.invitations if one.state == "queued")
    return frozenset({*mentors, *following})


def _end(context: Context, verb: Verb, before: Member, step: Step[Member]) -> None:
    """Everything is saved before anybody is told: rows are locked in one order, whoever ends what."""
    ended = save(context, MEMBER, verb, before, step)
    of_requests = passed_on(context, before.person) if before.role == "mentor" else withdrawn(context, before.person)
    publish(context, ended, *of_requests, *_pairs_ended(context, before.person, before.role))
    hand_out(context, before.role)


def passed_on(context: Context, mentor: str) -> Iterator[Kept[Request]]:
    """Who is asked for a request goes to the next on its list, who is counted anew each time."""
    for asked in sorted(requests.asked_of(context.db, context.scheme.key, mentor), key=lambda each: each.id):
        available = who_can_be_asked(context, asked) - {mentor}
        step = invitations.no_longer_there(asked, mentor, available, context.scheme, context.now)
        yield save(context, REQUEST, "pass_on", asked, step)


def withdrawn(context: Context, mentee: str) -> Iterator[Kept[Request]]:
    asked = requests.open_of(context.db, context.scheme.key, mentee)
    if asked is not None:
        yield save(context, REQUEST, Verb.WITHDRAW, asked, request_rules.withdraw(asked, context.now))


def _pairs_ended(context: Context, person: str, role: Role) -> list[Kept[Pair]]:
    held = sorted(pairs.of(context.db, context.scheme.key, person), key=lambda each: each.id)
    theirs = [each for each in held if (each.mentor if role == "mentor" else each.mentee) == person]
    return [save(context, PAIR, "left", each, endings.leave(each, person, context.now)) for each in theirs]
