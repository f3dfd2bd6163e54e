"""Colleagues whom somebody thinks of: a mentor who declines suggests one, a mentee has somebody invited."""

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import field_words, own_fields
from bot.dialogs.parts import Errors, PersonInput, Reply
from bot.dialogs.wording import colleagues as wording
from bot.lifecycle import colleagues as rules
from bot.lifecycle import permissions
from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.gates import may_take_part
from bot.lifecycle.membership import outside
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused, Step, allowed
from bot.lifecycle.vocabulary import Verb
from bot.screens import colleagues as screens
from bot.screens import requests as request_screens
from bot.storage import colleagues, members, pairings, requests


def open_suggest_colleague(context: Context, click: Click) -> Reply:
    """Whom a mentor who has declined thinks of."""
    request = _declined(context, click.subject)
    return wording.suggest_form(
        request_screens.invitation_of(context.db, context.scheme, request, click.subject, context.now)
    )


def suggest_colleague(context: Context, click: Click) -> Reply:
    """The mentor thinks of somebody; while the decline can be taken back, that waits."""
    request = _declined(context, click.subject)
    found = picked(context, click, own_fields.PERSON)
    if not isinstance(found, Person):
        return found or Errors({own_fields.PERSON.key: field_words.missing("Name")})
    note(context, request, click.subject, found.id)
    if request.invitation(click.subject).undo_until is None:
        stands(context, request, click.subject)
    context.note(Verb.SUGGEST_COLLEAGUE, click.subject)
    return wording.suggested_notice(
        request_screens.invitation_of(context.db, context.scheme, request, click.subject, context.now)
    )


def _declined(context: Context, invitation_id: str) -> Request:
    request = requests.by_invitation(context.db, context.scheme.key, invitation_id)
    permissions.invited(context.actor, request, invitation_id)
    rules.may_suggest(request, invitation_id, context.scheme)
    return request


def picked(context: Context, click: Click, field: PersonInput) -> Person | Errors | None:
    """Whom the form names; None where it names nobody, Errors where it is nobody the bot can know."""
    found = form_input.person(context, click, field)
    chosen = (click.values or {}).get(field.key)
    return Errors({field.key: field_words.nobody_we_know()}) if chosen and found is None else found


def note(context: Context, request: Request, invitation_id: str, named: str) -> None:
    """Keep in mind whom a mentor has thought of, until their decline stands; nothing where there has been anything of
    the two before."""
    scheme, by = context.scheme.key, request.invitation(invitation_id).mentor
    around = pairings.around_of(context.db, scheme, request.mentee)
    if not rules.may_be_thought_of(named, request.mentee, by, around):
        return
    if colleagues.of_two(context.db, scheme, request.mentee, named) is None:
        made = Colleague(context.new_id(), scheme, request.mentee, named, by, context.now, "noted", invitation_id)
        colleagues.save(context.db, None, made)


def stands(context: Context, request: Request, invitation_id: str) -> None:
    """A decline can be taken back no more: whoever its mentor has thought of stands first, or is asked to join."""
    noted = colleagues.noted(context.db, context.scheme.key, invitation_id)
    if noted is None:
        return
    mentor = members.of(context.db, context.scheme.key, noted.named).get("mentor")
    scheme, now = context.scheme, context.now
    if not outside(mentor):
        step = rules.suggest(noted.id, request, noted.named, noted.by, invitation_id, scheme, now)
        _keep(context, noted, step, cards=(request.id,))
    elif scheme.route.invites:
        lately = colleagues.lately(context.db, scheme.key, noted.by, noted.named)
        others = [each for each in lately if each.id != noted.id]
        try:
            step = rules.invite(
                noted.id, noted.mentee, noted.named, noted.by, noted, others, mentor, scheme, now, invitation_id
            )
        except Refused:
            colleagues.remove(context.db, scheme.key, noted.id)
            return
        _keep(context, noted, step)
    else:
        colleagues.remove(context.db, scheme.key, noted.id)


def taken_back(context: Context, invitation_id: str) -> None:
    """A decline is taken back: nobody is thought of."""
    if noted := colleagues.noted(context.db, context.scheme.key, invitation_id):
        colleagues.remove(context.db, context.scheme.key, noted.id)


def open_invite_somebody(context: Context, click: Click) -> Reply:
    """Whom a mentee has in mind."""
    rules.may_invite(members.of(context.db, context.scheme.key, context.person.id).get("mentee"), context.scheme)
    return wording.invite_form(context.scheme)


def invite_somebody(context: Context, click: Click) -> Reply:
    """They get their one message."""
    scheme, me = context.scheme, context.person.id
    rules.may_invite(members.of(context.db, scheme.key, me).get("mentee"), scheme)
    found = picked(context, click, own_fields.PERSON)
    if not isinstance(found, Person):
        return found or Errors({own_fields.PERSON.key: field_words.missing("Name")})
    if not rules.may_be_thought_of(found.id, me, "", pairings.around_of(context.db, scheme.key, me)):
        raise Refused("cannot_be_invited", field=own_fields.PERSON.key)
    before = colleagues.of_two(context.db, scheme.key, me, found.id)
    lately = colleagues.lately(context.db, scheme.key, me, found.id)
    mentor = members.of(context.db, scheme.key, found.id).get("mentor")
    step = rules.invite(context.new_id(), me, found.id, me, before, lately, mentor, scheme, context.now)
    one = _keep(context, before, step)
    context.note(Verb.INVITE_SOMEBODY, me)
    return wording.invited_notice(screens.colleague(context.db, scheme, one.id, me, context.now))


def refuse_to_join(context: Context, click: Click) -> Reply:
    """No thank you."""
    before = colleagues.get(context.db, context.scheme.key, click.subject)
    one = _keep(context, before, rules.refuse(before, context.person.id, context.now))
    context.note(Verb.REFUSE_TO_JOIN, context.person.id)
    view = screens.colleague(context.db, context.scheme, one.id, context.person.id, context.now)
    return form_input.unless_shown(click, lambda: wording.refused_notice(view))


def joined(context: Context, person: str) -> bool:
    """Somebody takes part as a mentor: whoever has had them invited hears of it. Whether anybody did."""
    mentor = members.of(context.db, context.scheme.key, person).get("mentor")
    asked = colleagues.asked(context.db, context.scheme.key, person)
    if mentor is None or not allowed(may_take_part, mentor, context.scheme, context.now):
        return False
    for each in asked:
        step = rules.joined(each, context.now)
        around = pairings.around_of(context.db, context.scheme.key, each.mentee)
        if not rules.may_be_thought_of(person, each.mentee, "", around):
            step = Step(step.state)  # kept apart since: nobody is told, and they do not stand first
        _keep(context, each, step)
    return bool(asked)


def _keep(context: Context, before: Colleague | None, step: Step[Colleague], cards: tuple[str, ...] = ()) -> Colleague:
    after = colleagues.save(context.db, before, step.state)
    notify.publish(context, step.notices, cards=(after.id, *cards), homes=(after.mentee,))
    return after
