"""What the two of a pair do: accept the agreement, set sessions, mark them as completed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import pairs as wording
from bot.dialogs.wording import sessions as of_sessions
from bot.dialogs.wording import times
from bot.lifecycle import pairs as rules
from bot.lifecycle import permissions
from bot.lifecycle.pairs import Meeting, Pair
from bot.lifecycle.step import Step
from bot.screens import pairs as screens
from bot.storage import pairs

FURTHEST = timedelta(days=2 * 366)
"""How far ahead a session can be set: what lies further is a year typed wrong."""


def agree(context: Context, click: Click) -> Reply:
    """Accept the agreement."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    after = _keep(context, "agree", before, rules.agree(before, context.person.id, context.now), before.id)
    return wording.agreed_notice(screens.view_of(context.db, context.scheme, after, context.person.id, context.now))


def schedule(context: Context, click: Click) -> Reply:
    """Set or change the time of a session; refused before both have agreed."""
    before = pairs.by_session(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    meeting = _meeting(context, click)
    if isinstance(meeting, Errors):
        return meeting
    step = rules.schedule(before, click.subject, context.person.id, meeting, context.now)
    after = _keep(context, "schedule", before, step, click.subject)
    seen = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return of_sessions.scheduled_notice(screens.session_of(seen, click.subject))


def complete(context: Context, click: Click) -> Reply:
    """Mark a session as completed, once it has begun."""
    before = pairs.by_session(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.complete(before, click.subject, context.person.id, context.now)
    after = _keep(context, "complete", before, step, click.subject)
    return of_sessions.completed_notice(
        screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    )


def add_session(context: Context, click: Click) -> Reply:
    """One more session to be planned, and its form at once; where one waits for its time already, that one's form, so
    that pressing twice adds one."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.add_session(before, context.new_id(), context.person.id)
    waits = next((each.id for each in before.sessions if each.state == "planned"), None)
    after = before if waits else _keep(context, "add_session", before, step, before.id)
    seen = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return of_sessions.schedule_form(screens.session_of(seen, waits or after.sessions[-1].id))


def _keep(context: Context, verb: str, before: Pair, step: Step[Pair], about: str) -> Pair:
    after = pairs.save(context.db, before, step.state)
    context.tell(step.notices)
    context.redraw([after.id, *(session.id for session in after.sessions)], [after.mentee, after.mentor])
    context.note(verb, about)
    return after


def _meeting(context: Context, click: Click) -> Meeting | Errors:
    """When and how, read in the presser's own zone, with what is wrong said at its field."""
    values, sessions = click.values or {}, context.scheme.sessions
    day, at, minutes = values.get("day"), values.get("time"), values.get("minutes")
    if not isinstance(day, date):
        return Errors({"day": times.day_missing()})
    if not isinstance(at, time):
        return Errors({"time": times.time_missing()})
    most = sessions.minutes_at_most or of_sessions.LONGEST
    if not isinstance(minutes, int) or not of_sessions.SHORTEST <= minutes <= most:
        return Errors({"minutes": times.minutes_out_of_range(of_sessions.SHORTEST, most)})
    mode = sessions.modes[0] if len(sessions.modes) == 1 else values.get("mode")
    if mode not in sessions.modes:
        return Errors({"mode": times.mode_missing()})
    place = form_input.text(click, "place", "Place", 300, required=False)
    if isinstance(place, Errors):
        return place
    today = context.now.astimezone(ZoneInfo(context.person.zone)).date()
    if day < today:
        return Errors({"day": times.past()})
    if day > today + FURTHEST:
        return Errors({"day": times.too_far()})
    starts_at = moment(day, at, context.person.zone)
    if starts_at is None:
        return Errors({"time": times.no_such_hour()})
    if starts_at <= context.now:
        return Errors({"time": times.past()})
    return Meeting(starts_at, minutes, mode, place or "")


def moment(day: date, at: time, zone: str) -> datetime | None:
    """That wall time in that zone, in UTC; None for an hour that the clock change leaves out."""
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    return local.astimezone(UTC) if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None) else None
