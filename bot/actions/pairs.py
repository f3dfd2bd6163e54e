"""What the two of a pair do: set sessions, and mark them as completed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import PAIR, keep
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models import PairView
from bot.dialogs.wording import sessions as of_sessions
from bot.dialogs.wording import times
from bot.lifecycle import pairs as rules
from bot.lifecycle import permissions
from bot.lifecycle.pairs import Meeting, Pair
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Verb
from bot.screens import pairs as screens
from bot.storage import pairs


def within_budget(context: Context) -> None:
    """Refuse where the scheme cannot pay for one more pair, counted in this transaction."""
    if context.scheme.capacity.budget is not None:
        rules.may_begin(pairs.count_all_active(context.db, context.scheme.key), context.scheme)


def schedule(context: Context, click: Click) -> Reply:
    """Set or change the time of a session; refused before both have accepted what comes first."""
    before = pairs.by_session(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    meeting = _meeting(context, click, before.terms)
    if isinstance(meeting, Errors):
        return meeting
    step = rules.schedule(before, click.subject, context.person.id, meeting, context.now)
    after = keep(context, PAIR, Verb.SCHEDULE, before, step, click.subject)
    return of_sessions.scheduled_notice(screens.session_of(_seen(context, after), click.subject))


def complete(context: Context, click: Click) -> Reply:
    """Mark a session as completed, once it has begun."""
    before = pairs.by_session(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.complete(before, click.subject, context.person.id, context.now)
    after = keep(context, PAIR, Verb.COMPLETE, before, step, click.subject)
    return of_sessions.completed_notice(_seen(context, after))


def add_session(context: Context, click: Click) -> Reply:
    """One more session, with the time that its form holds."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    meeting = _meeting(context, click, before.terms)
    if isinstance(meeting, Errors):
        return meeting
    number, by = form_input.number(click, "number"), context.person.id
    step = rules.add_session(before, context.new_id(), number, by, meeting, context.now)
    after = keep(context, PAIR, Verb.ADD_SESSION, before, step, before.id)
    return of_sessions.scheduled_notice(screens.session_of(_seen(context, after), after.sessions[-1].id))


def _seen(context: Context, pair: Pair) -> PairView:
    return screens.view_of(context.db, context.scheme, pair, context.person.id, context.now)


def _meeting(context: Context, click: Click, terms: Terms) -> Meeting | Errors:
    """When and how, read in the presser's own zone, with what is missing said at its field."""
    day, at = form_input.day(click, own_fields.DAY), form_input.start(click, own_fields.START)
    place, modes = form_input.text(click, own_fields.PLACE), terms.modes
    for each in (day, at, place):
        if isinstance(each, Errors):
            return each
    if not isinstance(day, date) or not isinstance(at, time) or isinstance(place, Errors):
        raise TypeError("a meeting has a day and a time")
    rules.may_meet_on(day, context.now.astimezone(ZoneInfo(context.person.zone)).date())
    starts_at = moment(day, at, context.person.zone)
    if starts_at is None:
        return Errors({own_fields.START.key: times.no_such_hour()})
    mode = modes[0] if len(modes) == 1 else str((click.values or {}).get(own_fields.MODE.key) or "")
    return Meeting(starts_at, form_input.whole(click, own_fields.MINUTES), mode, place or "")


def moment(day: date, at: time, zone: str) -> datetime | None:
    """That wall time in that zone, in UTC; None for an hour that the clock change leaves out."""
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    return local.astimezone(UTC) if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None) else None
