"""Somebody says when they are busy, and when they are free besides their working hours: proposed times follow it."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.calendars import lines
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply, TextInput
from bot.dialogs.view_models.sessions import OwnTimesView
from bot.dialogs.wording import own_times as wording
from bot.lifecycle import own_times as rules
from bot.lifecycle.own_times import Line, OwnTimes
from bot.lifecycle.vocabulary import Verb
from bot.screens import pairs as screens
from bot.storage import own_times


def open_own_times(context: Context, click: Click) -> Reply:
    """The form, with what was said before; what is over is not brought back."""
    _for_one_of_the_two(context, click)
    return wording.form(_view(context, click, rules.to_come(_mine(context), _today(context))))


def set_own_times(context: Context, click: Click) -> Reply:
    """Keep what is typed. Where the same person saved in another window since the form was opened, it comes back with
    both."""
    _for_one_of_the_two(context, click)
    busy, free = (_lines(context, click, each) for each in (own_fields.BUSY, own_fields.FREE))
    if isinstance(busy, Errors) or isinstance(free, Errors):
        wrong = [each.fields for each in (busy, free) if isinstance(each, Errors)]
        return Errors({key: said for fields in wrong for key, said in fields.items()})
    before = _mine(context)
    after = OwnTimes(context.person.id, busy, free, before.version)
    if form_input.number(click, wording.VERSION) != before.version:
        there = rules.to_come(before, _today(context))
        return wording.changed_meanwhile(_view(context, click, there), _view(context, click, after))
    own_times.save(context.db, after)
    context.note(Verb.SET_OWN_TIMES, context.person.id)
    return wording.saved(_view(context, click, after))


def _for_one_of_the_two(context: Context, click: Click) -> None:
    """It is opened from a connection; Refused for anybody else."""
    screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)


def _mine(context: Context) -> OwnTimes:
    me = context.person.id
    return own_times.of(context.db, (me,))[me]


def _today(context: Context) -> date:
    return context.now.astimezone(ZoneInfo(context.person.zone)).date()


def _lines(context: Context, click: Click, field: TextInput) -> tuple[Line, ...] | Errors:
    typed = form_input.text(click, field)
    if isinstance(typed, Errors):
        return typed
    # As it stands in the box: lines are told by their numbers there.
    found, wrong = lines.read(str((click.values or {}).get(field.key) or ""), _today(context))
    if wrong:
        return Errors({field.key: wording.wrong([(each.number, each.text, each.why, each.day) for each in wrong])})
    return found if len(found) <= rules.MOST else Errors({field.key: wording.too_many(len(found))})


def _view(context: Context, click: Click, times: OwnTimes) -> OwnTimesView:
    busy, free = lines.written(times.busy), lines.written(times.free)
    return OwnTimesView(click.subject, context.person.zone, busy, free, times.version)
