"""The office opens and closes the intake in chat, and says how many places there are and for whom."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.actions.membership import role_of
from bot.actions.places import hand_out
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.intake import IntakeView
from bot.dialogs.wording import intake as wording
from bot.lifecycle import intake as rules
from bot.lifecycle.intake import Intake
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role
from bot.screens import intake as screens
from bot.storage import intakes, members


def open_intake(context: Context, click: Click) -> Reply:
    """The intake of each role."""
    return wording.intake_form(listed(context))


def listed(context: Context) -> tuple[IntakeView, ...]:
    """The same, for somebody who looks after members."""
    rules.may_see(context.officer)
    return screens.every_intake(context.db, context.scheme)


def open_set_intake(context: Context, click: Click) -> Reply:
    """Changing the intake of a role."""
    rules.may_see(context.officer)
    return wording.set_form(screens.of_role(context.db, context.scheme, role_of(click.subject)))


def set_intake(context: Context, click: Click) -> Reply:
    """Set the intake of a role; whoever waits for a place hears at once that there is one."""
    role = role_of(click.subject)
    members.lock_intake(context.db, context.scheme.key, role)
    before = screens.of_role(context.db, context.scheme, role)
    rules.may_set(context.officer, form_input.number(click, wording.VERSION), before.intake)
    typed = _typed(click, before)
    if isinstance(typed, Errors):
        return typed
    after = replace(typed, set_by=context.person.id, set_at=context.now)
    saved = intakes.save(context.db, after)
    offered = _in_force(context, role, Verb.SET_INTAKE, [saved])
    there = replace(context, scheme=rules.applied(context.scheme, [saved]))
    return wording.saved(screens.of_role(there.db, there.scheme, role), offered=offered)


def give_back_intake(context: Context, click: Click) -> Reply:
    """What the scheme's file says of the intake holds again."""
    role = role_of(click.subject)
    members.lock_intake(context.db, context.scheme.key, role)
    rules.may_give_back(context.officer, screens.of_role(context.db, context.scheme, role).intake)
    if context.written is None:
        raise Refused("gone")
    intakes.remove(context.db, context.scheme.key, role)
    file = rules.of_file(context.written[context.scheme.key], role)
    offered = _in_force(context, role, Verb.GIVE_BACK_INTAKE, [file])
    return wording.saved(screens.of_role(context.db, rules.applied(context.scheme, [file]), role), offered=offered)


def _in_force(context: Context, role: Role, verb: Verb, intake: Sequence[Intake]) -> bool:
    """It is noted, and places that there are now are offered. Whether there were any, and somebody to offer them to."""
    context.note(verb, role)
    offered = hand_out(replace(context, scheme=rules.applied(context.scheme, intake)), role)
    notify.publish(context, homes=notify.office_homes(context))
    return offered


def _typed(click: Click, before: IntakeView) -> Intake | Errors:
    """What the form says, or what is wrong with it."""
    values = click.values or {}
    criteria = form_input.text(click, own_fields.CRITERIA)
    if isinstance(criteria, Errors):
        return criteria
    lines = tuple(each.strip() for each in (criteria or "").splitlines() if each.strip())
    if said := wording.too_much(lines):
        return Errors({own_fields.CRITERIA.key: said})
    places = values.get(own_fields.PLACES.key)
    if places is not None and not (isinstance(places, int) and 1 <= places <= rules.MOST_PLACES):
        return Errors({own_fields.PLACES.key: wording.no_such_number()})
    meets = {}
    for question in rules.judged(before.rules):
        field = own_fields.meeting(question)
        meets[question.key] = tuple(each for each in field.options if each in (values.get(field.key) or ()))
        if not meets[question.key]:
            return Errors({field.key: wording.nothing_meets()})
    is_open = values.get(own_fields.INTAKE.key) != own_fields.CLOSED
    return replace(before.intake, open=is_open, places=places, criteria=lines, meets=meets)
