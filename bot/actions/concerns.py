"""Concerns, for whoever raises them: raising one, adding to it, saying that no contact was made. What those do who take
them up is in `concern_office`."""

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.concerns import ConcernView, RaisingView
from bot.dialogs.wording import concern_office as of_office
from bot.dialogs.wording import concerns as wording
from bot.lifecycle import concerns as rules
from bot.lifecycle.concerns import Concern, Hands, Move
from bot.lifecycle.vocabulary import Verb
from bot.screens import concerns as screens
from bot.storage import concerns, deadlines, offices


def open_raise_concern(context: Context, click: Click) -> Reply:
    """The form; `subject`: the connection from which it was opened, if any."""
    rules.may_raise(screens.belongs(context.db, context.scheme, context.person.id))
    return wording.raise_form(screens.raising(context.db, context.scheme, context.person, click.subject))


def raise_concern(context: Context, click: Click) -> Reply:
    """Raise it. Neither subject nor anything carried says whom it is about: those come into logs."""
    me, scheme = context.person, context.scheme
    rules.may_raise(screens.belongs(context.db, scheme, me.id))
    text, reach = form_input.text(click, own_fields.CONCERN_TEXT), form_input.text(click, own_fields.CONCERN_REACH)
    about = _about(context, click, screens.raising(context.db, scheme, me))
    for wrong in (about, text, reach):
        if isinstance(wrong, Errors):
            return wrong
    offices.lock(context.db, scheme.key)  # nobody leaves an office while it comes to them
    concern = Concern(
        context.new_id(), scheme.key, me.id, str(about) if about else None, str(text), str(reach) if reach else None,
        context.now, scheme.concerns.within.after(context.now),
    )  # fmt: skip
    (hands,) = screens.hands_of(context.db, scheme, [concern])
    kept = keep(context, Verb.RAISE_CONCERN, None, rules.begin(concern, hands, scheme, context.now), hands)
    return wording.received_notice(seen(context, kept))


def _about(context: Context, click: Click, view: RaisingView) -> str | Errors | None:
    """Whom it is about; None for the scheme in general, or somebody who is not here."""
    given = click.values or {}
    chosen = str(given.get("about") or own_fields.GENERAL)
    named = view.whom.get(chosen)
    if named is None and chosen != own_fields.GENERAL:
        return Errors({"about": wording.choose_again()})
    if not given.get(own_fields.CONCERN_PERSON.key):
        return named
    person = form_input.person(context, click, own_fields.CONCERN_PERSON)
    if person is None:
        return Errors({"person": wording.nobody_we_know()})
    if named not in (None, person.id):
        return Errors({"person": wording.two_chosen(chosen)})
    return person.id


def open_concern(context: Context, click: Click) -> Reply:
    """All of it, for its reporter or for whoever takes it up."""
    view = screens.concern(context.db, context.scheme, click.subject, context.person.id, context.now)
    return wording.own_form(view) if view.reader == "reporter" else of_office.view_form(view)


def open_add_to_concern(context: Context, click: Click) -> Reply:
    """Saying more."""
    concern, _ = loaded(context, click.subject)
    rules.may_add(concern, context.person.id)
    return wording.add_form(seen(context, concern))


def add_to_concern(context: Context, click: Click) -> Reply:
    """Say more; what was closed is open again."""
    concern, hands = loaded(context, click.subject)
    rules.may_add(concern, context.person.id)
    text = form_input.text(click, own_fields.MORE)
    if not isinstance(text, str):
        return text or Errors({})
    move = rules.add(concern, text, hands, context.scheme, context.now)
    return wording.added_notice(seen(context, keep(context, Verb.ADD_TO_CONCERN, concern, move, hands)))


def deny_concern_contact(context: Context, click: Click) -> Reply:
    """Nobody has made contact, whoever says so."""
    concern, hands = loaded(context, click.subject)
    rules.may_deny(concern, context.person.id)
    after = keep(context, Verb.DENY_CONCERN_CONTACT, concern, rules.deny(concern, hands, context.now), hands)
    return form_input.unless_shown(click, lambda: wording.denied_notice(seen(context, after)))


def loaded(context: Context, id_: str) -> tuple[Concern, Hands]:
    """That concern, and in whose hands it can be at this moment."""
    concern = concerns.get(context.db, context.scheme.key, id_)
    (hands,) = screens.hands_of(context.db, context.scheme, [concern])
    return concern, hands


def seen(context: Context, concern: Concern) -> ConcernView:
    """The concern as whoever acts sees it."""
    return screens.view_of(context.db, context.scheme, concern, context.person.id, context.now)


def keep(context: Context, verb: str, before: Concern | None, move: Move, hands: Hands) -> Concern:
    """Save a step of it, with its story and deadlines; let those hear who may, and note that something was done. The
    note names the concern alone: those who may not read it are shown none of it."""
    after = concerns.save(context.db, before, move.step.state)
    for one in move.story:
        concerns.add(context.db, after, context.new_id(), one)
    waits = after.state == "waiting"
    if before is not None and (move.step.deadlines or not waits):
        deadlines.clear(context.db, context.scheme.key, [after.id])
    deadlines.put(context.db, context.scheme.key, move.step.deadlines)
    context.note(verb, after.id)
    homes = (after.reporter, *(hands.keepers(before) if before else ()), *hands.keepers(after))
    notify.publish(context, move.step.notices, [after.id] if before else (), homes)
    return after
