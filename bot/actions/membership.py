"""Joining the scheme and saying what suits one: what a member does about their own membership."""

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, keep
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import members as wording
from bot.lifecycle import membership
from bot.lifecycle.membership import Member
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Role
from bot.screens import members as screens
from bot.storage import members


def role_of(named: str) -> Role:
    """The role a button names; Refused("gone") for anything else."""
    if named == "mentee":
        return "mentee"
    if named == "mentor":
        return "mentor"
    raise Refused("gone")


def join(context: Context, click: Click) -> Reply:
    """Ask to come in, in one role."""
    role = role_of(click.subject)
    given = form_input.of_form(click, context.scheme.intake[role].form, context.scheme)
    if isinstance(given, Errors):
        return given
    before = members.of(context.db, context.scheme.key, context.person.id).get(role)
    taken = members.places_held(context.db, context.scheme.key, role)
    step = membership.ask_to_join(
        context.scheme, context.new_id(), context.person.id, role, before, taken, given, context.now
    )
    keep(context, MEMBER, Verb.JOIN, before, step)
    return wording.joined(context.scheme)


def preferences(context: Context, click: Click) -> Reply:
    """Say what suits one, in one role."""
    role = role_of(click.subject)
    given = form_input.of_form(click, context.scheme.preferences(role), context.scheme)
    if isinstance(given, Errors):
        return given
    before = own(context, role)
    member = keep(context, MEMBER, Verb.PREFERENCES, before, membership.give_preferences(before, given, context.now))
    return wording.saved(screens.view_of(context.db, context.scheme, member, context.now))


def profile(context: Context, click: Click) -> Reply:
    """Write one's profile as a mentor."""
    given = form_input.of_form(click, context.scheme.forms.mentor_profile, context.scheme)
    if isinstance(given, Errors):
        return given
    before = own(context, "mentor")
    member = keep(
        context, MEMBER, Verb.PROFILE, before, membership.give_profile(before, context.scheme, given, context.now)
    )
    return wording.saved(screens.view_of(context.db, context.scheme, member, context.now))


def own(context: Context, role: Role) -> Member:
    """The presser's own membership in that role; Refused("not_admitted") where there is none."""
    member = members.of(context.db, context.scheme.key, context.person.id).get(role)
    if member is None:
        raise Refused("not_admitted")
    return member
