"""Offices in chat: who holds which, appointing somebody, and taking an office back."""

from bot.actions import form_input, mornings, notify
from bot.actions.concern_office import look_after
from bot.actions.context import Click, Context
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.offices import OfficeList
from bot.dialogs.wording import offices as wording
from bot.lifecycle import offices as rules
from bot.lifecycle.notices import tell
from bot.lifecycle.offices import Holding
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import offices as screens
from bot.storage import members, offices, people


def open_offices(context: Context, click: Click) -> Reply:
    """Every office, what it may do and who holds it."""
    return wording.offices_form(listed(context))


def listed(context: Context) -> OfficeList:
    """The same, for somebody who manages roles."""
    officer = context.officer
    rules.may_see_offices(officer)
    return screens.office_list(context.db, context.scheme, officer)


def open_appoint(context: Context, click: Click) -> Reply:
    """Picking somebody for an office, or this person, from their card."""
    key, known = subjects.holding_of(click.subject)
    held = offices.all_held(context.db, context.scheme.key)
    rules.may_appoint(context.officer, known, key, held, context.scheme)
    return wording.appoint_form(context.scheme, key, _here(context, known) if known else None)


def appoint(context: Context, click: Click) -> Reply:
    """Give somebody an office."""
    offices.lock(context.db, context.scheme.key)
    key, known = subjects.holding_of(click.subject)
    rules.may_appoint(context.officer, "", key, (), context.scheme)
    person = _here(context, known) if known else form_input.person(context, click, own_fields.PERSON)
    if person is None or not person.active:
        return Errors({own_fields.PERSON.key: wording.nobody_we_know()})
    held = offices.all_held(context.db, context.scheme.key)
    rules.may_appoint(context.officer, person.id, key, held, context.scheme)
    offices.appoint(context.db, context.scheme.key, person.id, key, context.now, "chat")
    mornings.begin(context)
    _heard(context, Kind.APPOINTED, Verb.APPOINT, person.id, key)
    look_after(context, redraw=True)
    return wording.appointed_notice(context.scheme, key, person)


def _here(context: Context, id_: str) -> Person:
    """Somebody of the scheme, who is here; Refused("gone") for anybody else."""
    if not members.of(context.db, context.scheme.key, id_):
        raise Refused("gone")
    person = people.get(context.db, id_)
    if not person.active:
        raise Refused("gone")
    return person


def open_dismiss(context: Context, click: Click) -> Reply:
    """Taking an office back asks first."""
    holding = _dismissible(context, click.subject)
    return wording.dismiss_form(context.scheme, holding, people.get(context.db, holding.person))


def dismiss(context: Context, click: Click) -> Reply:
    """Take an office back."""
    offices.lock(context.db, context.scheme.key)
    holding = _dismissible(context, click.subject)
    shown_on = notify.office_homes(context)
    offices.dismiss(context.db, context.scheme.key, holding.person, holding.office, "chat")
    _heard(context, Kind.DISMISSED, Verb.DISMISS, holding.person, holding.office, shown_on)
    look_after(context, redraw=True)
    return wording.dismissed_notice(context.scheme, holding.office, people.get(context.db, holding.person))


def _dismissible(context: Context, subject: str) -> Holding:
    """The office that a button names, for somebody who may take it back."""
    rules.may_see_offices(context.officer)
    key, person = subjects.holding_of(subject)
    held = offices.all_held(context.db, context.scheme.key)
    holding = next((each for each in held if (each.office, each.person) == (key, person)), None)
    if holding is None:
        raise Refused("gone")
    rules.may_dismiss(context.officer, holding, held, context.scheme)
    return holding


def _heard(context: Context, kind: Kind, verb: Verb, person: str, key: str, homes: tuple[str, ...] = ()) -> None:
    """Whoever it is about is told, and it is noted."""
    told = tell(kind, person, key, int(context.now.timestamp()))
    notify.publish(context, [told], homes=(person, *homes))
    context.note(verb, subjects.holding(key, person))
