"""Rounds: whoever matches has mentors found for many at once, looks at it, changes what does not suit, and publishes
it. What takes long goes on in `round_steps`, beside the clicks."""

from datetime import date

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.actions.sessions import moment
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Notice, Reply
from bot.dialogs.wording import round_forms, times
from bot.dialogs.wording import rounds as wording
from bot.lifecycle import rounds as rules
from bot.lifecycle.rounds import Introduction, Round
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.screens import rounds as screens
from bot.screens.round_table import available
from bot.storage import rounds


def open_round(context: Context, click: Click) -> Reply:
    """The round that goes on, a page of it; what a new one would be about, where there is none."""
    id_, shown, page = subjects.round_page_of(click.subject)
    rules.may_see(context.officer)
    one = rounds.get(context.db, context.scheme.key, id_) if id_ else rounds.open_of(context.db, context.scheme.key)
    if one is None:
        rules.may_look_ahead(context.officer, context.scheme)
        return wording.preview_form(screens.preview(context.db, context.scheme, context.officer, context.now))
    return wording.form(screens.of_round(context.db, context.scheme, one, context.officer, context.now, shown, page))


def opened(context: Context) -> Notice:
    """The same as the answer to a command."""
    rules.may_see(context.officer)
    one = rounds.open_of(context.db, context.scheme.key)
    if one is None:
        rules.may_look_ahead(context.officer, context.scheme)
        return wording.preview_notice(screens.preview(context.db, context.scheme, context.officer, context.now))
    return wording.answer(screens.of_round(context.db, context.scheme, one, context.officer, context.now))


def run_round(context: Context, click: Click) -> Reply:
    """Have a new one worked out; "" names none, an id the one that is to be worked out anew."""
    scheme, officer = context.scheme, context.officer
    rules.may_see(officer)
    if not available():
        raise Refused("rounds_not_installed")
    if not click.subject:
        one = rules.begin(context.new_id(), officer, scheme, rounds.open_of(context.db, scheme.key), context.now)
        rounds.add(context.db, one)
    else:
        before = rounds.get(context.db, scheme.key, click.subject)
        one = rounds.save(context.db, before, rules.run_again(before, officer, context.now))
    _shown(context, one, Verb.RUN_ROUND)
    return form_input.unless_shown(click, lambda: wording.begun(one))


def open_round_places(context: Context, click: Click) -> Reply:
    """How many mentees one mentor gets."""
    id_, mentor = subjects.choice_of(click.subject)
    one = rounds.get(context.db, context.scheme.key, id_)
    rules.may_change(one, context.officer, mentor)
    return round_forms.places_form(screens.places(context.db, context.scheme, one, mentor, context.now))


def set_round_places(context: Context, click: Click) -> Reply:
    """So many, when the round is run again."""
    id_, mentor = subjects.choice_of(click.subject)
    before, many = rounds.get(context.db, context.scheme.key, id_), form_input.whole(click, own_fields.ROUND_PLACES)
    rules.may_change(before, context.officer, mentor)
    view = screens.places(context.db, context.scheme, before, mentor, context.now)
    after = rules.with_places(before, context.officer, mentor, many, view.load, view.limit)
    one = rounds.save(context.db, before, after)
    _shown(context, one, Verb.SET_ROUND_PLACES)
    return round_forms.places_set(screens.places(context.db, context.scheme, one, mentor, context.now))


def open_publish_round(context: Context, click: Click) -> Reply:
    """Who would hear of it; nobody does before that has been read."""
    one = rounds.get(context.db, context.scheme.key, click.subject)
    rules.may_publish(one, context.officer)
    return round_forms.publish_form(screens.of_round(context.db, context.scheme, one, context.officer, context.now))


def publish_round(context: Context, click: Click) -> Reply:
    """Each pair is decided now, a few at a time."""
    id_, run = subjects.round_run_of(click.subject)
    before = rounds.get(context.db, context.scheme.key, id_)
    meets = _introduction(context, click)
    if isinstance(meets, Errors):
        return meets
    after = rules.publish(before, context.officer, context.scheme, run, meets, context.now)
    one = rounds.save(context.db, before, after)
    _shown(context, one, Verb.PUBLISH_ROUND)
    return wording.publishing(one)


def drop_round(context: Context, click: Click) -> Reply:
    """Nothing comes of it."""
    before = rounds.get(context.db, context.scheme.key, click.subject)
    one = rounds.save(context.db, before, rules.drop(before, context.officer, context.now))
    _shown(context, one, Verb.DROP_ROUND)
    return form_input.unless_shown(click, wording.dropped)


def _introduction(context: Context, click: Click) -> Introduction | Errors | None:
    """The introductory meeting, where one is given: all of it, or nothing."""
    day, place = form_input.day(click, own_fields.MEETS_ON), form_input.text(click, own_fields.MEETS_IN)
    for each in (day, place):
        if isinstance(each, Errors):
            return each
    if not isinstance(day, date):
        return Errors({own_fields.MEETS_ON.key: times.day_missing()}) if place else None
    if not isinstance(place, str):
        return Errors({own_fields.MEETS_IN.key: round_forms.place_missing()})
    start = form_input.start(click, own_fields.MEETS_AT)
    if isinstance(start, Errors):
        return start
    at = moment(day, start, context.person.zone)
    return Introduction(at, place) if at else Errors({own_fields.MEETS_AT.key: times.no_such_hour()})


def _shown(context: Context, one: Round, verb: str) -> None:
    notify.publish(context, cards=[one.id])
    context.note(verb, one.id)
