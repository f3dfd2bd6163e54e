"""Pausing: a mentor until a day, with a choice for whatever is open; the two of a pair likewise; and going on."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, PAIR, REQUEST, Kept, keep, keep_if_changed, publish, save
from bot.actions.leaving import alone
from bot.actions.membership import own
from bot.actions.requests import who_can_be_asked
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import standing as wording
from bot.lifecycle import invitations, permissions
from bot.lifecycle import standing as rules
from bot.lifecycle.pairs import Pair, may_act
from bot.lifecycle.request import Request, asked_person
from bot.lifecycle.vocabulary import Verb
from bot.screens import pairs as pair_screens
from bot.screens import standing as screens
from bot.storage import members, pairs, requests


def open_pause(context: Context, _: Click) -> Reply:
    """Until when, and what becomes of whatever is open."""
    member = own(context, "mentor")
    rules.may_pause(member)
    return wording.pause_form(screens.standing(context.db, context.scheme, member, context.now))


def pause(context: Context, click: Click) -> Reply:
    """The mentor pauses; what they chose to hand on is handed on, and whoever they chose rests with them."""
    until = _until(context, click)
    if isinstance(until, Errors):
        return until
    alone(context, own(context, "mentor"))
    before = own(context, "mentor")
    kept = save(context, MEMBER, Verb.PAUSE, before, rules.pause(before, until, context.now))
    handed_on = [*_handed_on(context, click)]
    resting = [save(context, PAIR, Verb.REST, each, rules.rest(each, context.person.id, until, context.now))
               for each in _chosen_pairs(context, click)]  # fmt: skip
    publish(context, kept, *handed_on, *resting)
    return wording.paused(screens.standing(context.db, context.scheme, kept.after, context.now))


def _until(context: Context, click: Click) -> datetime | Errors:
    """The beginning of the day on which somebody is back, in their own zone."""
    day = form_input.day(click, own_fields.UNTIL)
    if isinstance(day, date):
        return datetime.combine(day, time(), tzinfo=ZoneInfo(context.person.zone))
    return day or Errors({})


def _handed_on(context: Context, click: Click) -> Iterator[Kept[Request]]:
    """The invitations that somebody else is to be asked for, each counted anew."""
    me = context.person.id
    for asked in sorted(requests.asked_of(context.db, context.scheme.key, me), key=lambda each: each.id):
        open_ = [each for each in asked.open_invitations if asked_person(asked, each) == me]
        if any(_chosen(click, each.id, own_fields.HAND_ON) for each in open_):
            available = who_can_be_asked(context, asked) - {me}
            step = invitations.no_longer_there(asked, me, available, context.scheme, context.now)
            yield save(context, REQUEST, "pass_on", asked, step)


def _chosen_pairs(context: Context, click: Click) -> list[Pair]:
    held = pairs.of(context.db, context.scheme.key, context.person.id)
    mine = (each for each in held if each.mentor == context.person.id)
    return sorted((each for each in mine if _chosen(click, each.id, own_fields.REST)), key=lambda each: each.id)


def _chosen(click: Click, about: str, what: str) -> bool:
    return (click.values or {}).get(own_fields.choice_about(about).key) == what


def resume(context: Context, _: Click) -> Reply:
    """The mentor can be asked again."""
    before = own(context, "mentor")
    keep(context, MEMBER, Verb.RESUME, before, rules.resume(before, context.now))
    return wording.resumed()


def open_rest(context: Context, click: Click) -> Reply:
    """Until when the two rest."""
    view = pair_screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    may_act(view.pair, context.person.id)
    return wording.rest_form(view)


def rest(context: Context, click: Click) -> Reply:
    """The two of a pair rest until a day."""
    until = _until(context, click)
    if isinstance(until, Errors):
        return until
    before = _pair(context, click)
    after = keep(context, PAIR, Verb.REST, before, rules.rest(before, context.person.id, until, context.now))
    view = pair_screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return wording.rests_notice(view)


def go_on(context: Context, click: Click) -> Reply:
    """One of the two ends the rest."""
    before = _pair(context, click)
    after = keep(context, PAIR, Verb.GO_ON, before, rules.go_on(before, context.person.id, context.now))
    view = pair_screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return form_input.unless_shown(click, lambda: wording.goes_on_notice(view))


def _pair(context: Context, click: Click) -> Pair:
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    return before


def pause_over(context: Context, member_id: str) -> bool:
    """A pause ends by itself. Whether it did."""
    before = members.get(context.db, context.scheme.key, member_id)
    return keep_if_changed(context, MEMBER, "pause_over", before, rules.pause_over(before, context.now))


def rest_over(context: Context, pair_id: str) -> bool:
    """A rest ends by itself. Whether it did."""
    before = pairs.get(context.db, context.scheme.key, pair_id)
    return keep_if_changed(context, PAIR, "rest_over", before, rules.rest_over(before, context.now))
