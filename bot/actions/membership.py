"""Joining the scheme and saying what suits one: what a member does about their own membership."""

from typing import Any, Final

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, keep
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import members as wording
from bot.lifecycle import membership, refreshing, searching
from bot.lifecycle.member import Member
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.fields import SchemeForm
from bot.schemes.roles import Role
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
    """Ask to come in, in one role; the last place goes to one person only."""
    role = role_of(click.subject)
    form = context.scheme.roles[role].application
    given = form_input.of_record(context, click, form) if form else {}
    if isinstance(given, Errors):
        return given
    members.lock_intake(context.db, context.scheme.key, role)
    before = members.of(context.db, context.scheme.key, context.person.id).get(role)
    if before and (wrong := form_input.answer(context, click, before.id, before.question)):
        return wrong
    taken = members.places_held(context.db, context.scheme.key, role, besides=context.person.id)
    step = membership.ask_to_join(
        context.scheme, context.new_id(), context.person.id, role, before, taken, given, context.now
    )
    member = keep(context, MEMBER, Verb.JOIN, before, step)
    return wording.joined(screens.view_of(context.db, context.scheme, member, context.now))


def preferences(context: Context, click: Click) -> Reply:
    """Say what suits one, in one role."""
    role = role_of(click.subject)
    before = own(context, role)
    given = _given(context, click, context.scheme.roles[role].preferences)
    if isinstance(given, Errors):
        return given
    step = membership.give_preferences(before, context.scheme, given, context.now)
    member = keep(context, MEMBER, Verb.PREFERENCES, before, step)
    return wording.saved(screens.view_of(context.db, context.scheme, member, context.now))


def profile(context: Context, click: Click) -> Reply:
    """Write one's profile, in one role."""
    role = role_of(click.subject)
    before = own(context, role)
    given = _given(context, click, context.scheme.roles[role].profile)
    if isinstance(given, Errors):
        return given
    if wrong := form_input.answer(context, click, before.id, before.question):
        return wrong
    step = membership.give_profile(before, context.scheme, given, context.now)
    member = keep(context, MEMBER, Verb.PROFILE, before, step)
    return wording.saved(screens.view_of(context.db, context.scheme, member, context.now))


def confirm_entry(context: Context, click: Click) -> Reply:
    """A mentor's entry in the directory is right as it stands."""
    before = own(context, "mentor")
    member = keep(context, MEMBER, Verb.CONFIRM_ENTRY, before, refreshing.confirm(before, context.scheme, context.now))
    view = screens.view_of(context.db, context.scheme, member, context.now)
    return form_input.unless_shown(click, lambda: wording.entry_confirmed(view))


def _given(context: Context, click: Click, form: SchemeForm | None) -> dict[str, Any] | Errors:
    if form is None:
        raise Refused("not_yours")
    return form_input.of_record(context, click, form)


def go_on_all(context: Context) -> None:
    """Whoever is on the way in goes on as far as they can: the scheme's file may have fewer gates than before."""
    for member in members.in_state(context.db, context.scheme.key, "admitted"):
        step = membership.go_on(member, context.scheme, context.now)
        if step.state != member:
            keep(context, MEMBER, "go_on", member, step)


AT_ONCE: Final = 200
"""How many members are written down in one transaction, so that nothing else waits long."""


def write_down_all(context: Context) -> int:
    """What some of those are found by of whom it is not written down yet: those who were in before that was kept, or
    have come in by another way than their forms. How many these were."""
    some = members.not_known_for(context.db, context.scheme.key, AT_ONCE)
    members.know_for(context.db, {each.id: searching.of_member(each, context.scheme) for each in some})
    return len(some)


def own(context: Context, role: Role) -> Member:
    """The presser's own membership in that role; Refused("not_admitted") where there is none."""
    member = members.of(context.db, context.scheme.key, context.person.id).get(role)
    if member is None:
        raise Refused("not_admitted", {"role": role})
    return member
