"""Planning the sessions of a year at once: a form, the plan to look at and change, and one press that sets them all."""

from datetime import date, time

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import PAIR, keep
from bot.actions.placing import with_calendar
from bot.actions.sessions import meeting_in, moment
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import planning as wording
from bot.dialogs.wording import times
from bot.lifecycle import permissions
from bot.lifecycle import planning as rules
from bot.lifecycle import sessions as session_rules
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.screens import pairs as screens
from bot.screens import planning as planning_screens
from bot.storage import pairs


def open_plan(context: Context, click: Click) -> Reply:
    """How often, on what day and at what hour; refused before both have accepted what comes first."""
    view = screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    rules.may_plan(view.pair, context.person.id)
    return wording.rhythm_form(view)


def show_plan(context: Context, click: Click) -> Reply:
    """The plan that follows, each day to be changed; nothing is set yet."""
    view = screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    rules.may_plan(view.pair, context.person.id)
    meeting = meeting_in(context, click, view.pair.terms)
    if isinstance(meeting, Errors):
        return meeting
    session_rules.may_meet(meeting, view.pair.terms, context.now)
    weeks, count = form_input.whole(click, own_fields.WEEKS), form_input.whole(click, own_fields.COUNT)
    rules.may_have_rhythm(weeks, count)
    known = context.free_busy.known if context.free_busy else None
    plan = planning_screens.plan(context.db, view, meeting, weeks, count, context.running, known)
    if plan.days:
        return wording.plan_form(plan)
    if plan.crowded:
        return own_fields.filled_in(wording.rhythm_form(view, crowded=True), click.values or {})
    raise Refused("session_after_end", field=own_fields.DAY.key)


def plan_year(context: Context, click: Click) -> Reply:
    """Set every session of the plan."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    meetings = _meetings(context, click)
    if isinstance(meetings, Errors):
        return meetings
    ids, opened_at = [context.new_id() for _ in meetings], form_input.number(click, wording.MARKER)
    step = rules.plan(before, context.person.id, opened_at, meetings, ids, context.now)
    after = keep(context, PAIR, Verb.PLAN_YEAR, before, with_calendar(context, before, step))
    view = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return wording.planned_notice(view, len(meetings))


def _meetings(context: Context, click: Click) -> list[Meeting] | Errors:
    """Each day of the plan with the hour, length, mode and place that the form carries along."""
    count = sum(key.startswith(f"{own_fields.DAY.key}:") for key in click.values or {})
    at = _hour(click)
    minutes, mode, place = (
        click.carried.get(each.key, "") for each in (own_fields.MINUTES, own_fields.MODE, own_fields.PLACE)
    )
    found: list[Meeting] = []
    for number in range(count):
        field = own_fields.planned_day(number, number)
        day = form_input.day(click, field)
        if not isinstance(day, date):
            return day or Errors({field.key: times.day_missing()})
        starts_at = moment(day, at, context.person.zone)
        if starts_at is None:
            return Errors({field.key: times.no_such_hour()})
        found.append(Meeting(starts_at, subjects.number(minutes), mode, place))
    return found


def _hour(click: Click) -> time:
    """The hour that the plan carries along; Refused("gone") for a plan that was never drawn."""
    try:
        return time.fromisoformat(click.carried.get(own_fields.START.key, ""))
    except ValueError:
        raise Refused("gone") from None


def confirm_all(context: Context, click: Click) -> Reply:
    """All the times that the other has set suit."""
    pair, seen = subjects.plan_of(click.subject)
    before = pairs.get(context.db, context.scheme.key, pair)
    permissions.party(context.actor, before)
    step = rules.confirm_all(before, context.person.id, seen, context.now)
    after = keep(context, PAIR, Verb.CONFIRM_ALL, before, step)
    view = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return form_input.unless_shown(click, lambda: wording.confirmed_notice(view))
