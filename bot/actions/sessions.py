"""What the two of a pair do about their sessions: set them, confirm, cancel and complete them, and say how it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.actions.keeping import PAIR, keep
from bot.actions.placing import with_calendar
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Form, Reply
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import session_cards, session_forms, session_times, times
from bot.lifecycle import last_session, permissions
from bot.lifecycle import sessions as rules
from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Step
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import pairs as screens
from bot.screens import times as times_screens
from bot.storage import pairs


def open_schedule(context: Context, click: Click) -> Reply:
    """The form to set a session, or to suggest another time; refused before both have accepted what comes first."""
    session, after = subjects.times_of(click.subject)
    view = _view(context, session)
    rules.may_schedule(view.pair.pair, session, context.person.id)
    return _form(session_forms.schedule, context, click, view, after)


def schedule(context: Context, click: Click) -> Reply:
    """Set or change the time of a session."""
    before = _pair(context, click)
    meeting = _free(context, click, before, before.session(click.subject))
    if isinstance(meeting, Errors):
        return meeting
    step = rules.schedule(before, click.subject, context.person.id, meeting, context.now)
    return session_cards.scheduled_notice(_kept(context, Verb.SCHEDULE, before, step, click.subject))


def take_time(context: Context, click: Click) -> Reply:
    """Set a session at a time that its card offers."""
    session, starts_at = subjects.offered_time_of(click.subject)
    before = pairs.by_session(context.db, context.scheme.key, session)
    permissions.party(context.actor, before)
    step = rules.take_time(before, session, context.person.id, starts_at, context.now)
    view = _kept(context, Verb.TAKE_TIME, before, step, session)
    return form_input.unless_shown(click, lambda: session_cards.scheduled_notice(view))


def open_add_session(context: Context, click: Click) -> Reply:
    """The form of one more session, which is there once it is sent; where one waits for its time already, that one's
    form."""
    pair, after = subjects.times_of(click.subject)
    view = screens.pair(context.db, context.scheme, pair, context.person.id, context.now)
    rules.may_have_sessions(view.pair, context.person.id)
    waits = rules.without_time(view.pair)
    if waits is not None:
        return _form(session_forms.schedule, context, click, screens.session_of(view, waits.id), after)
    return _form(session_forms.add, context, click, screens.session_to_add(view), after)


def _form(
    drawn: Callable[[SessionView], Form], context: Context, click: Click, view: SessionView, after: int | None
) -> Form:
    """The form with times that suit both, after so many; None: with fields to type one in. What stands in it already
    is kept."""
    proposed = None
    if after is not None:
        minutes = click.entered.get(own_fields.MINUTES.key)
        wanted = minutes if isinstance(minutes, int) else 0
        known = context.free_busy.known if context.free_busy else None
        proposed = times_screens.proposals(context.db, view.pair, view.session, context.running, known, after, wanted)
    return own_fields.filled_in(drawn(replace(view, proposals=proposed)), click.entered)


def _free(context: Context, click: Click, pair: Pair, session: Session) -> Meeting | Errors:
    """What the form holds. A time that was proposed, and that one of the two has set with somebody else since, is said
    to be taken; one that was typed is theirs to know."""
    meeting = meeting_in(context, click, pair.terms)
    proposed = session_times.chosen(click.carried, click.values or {}, context.person.zone)
    if proposed is None or isinstance(meeting, Errors):
        return meeting
    is_free = times_screens.free(context.db, pair, session, meeting, context.running)
    return meeting if is_free else Errors({proposed[0]: session_times.taken()})


def add_session(context: Context, click: Click) -> Reply:
    """One more session, with the time that its form holds."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    number, id_ = form_input.number(click, "number"), context.new_id()
    rules.may_add(before, number, context.person.id)  # sent twice, its own time is in nobody's way
    meeting = _free(context, click, before, Session(id_, number))
    if isinstance(meeting, Errors):
        return meeting
    step = rules.add_session(before, id_, number, context.person.id, meeting, context.now)
    return session_cards.scheduled_notice(_kept(context, Verb.ADD_SESSION, before, step, id_))


def confirm_session(context: Context, click: Click) -> Reply:
    """The time that the other has set suits."""
    before = _pair(context, click)
    step = rules.confirm(before, click.subject, context.person.id, context.now)
    view = _kept(context, Verb.CONFIRM_SESSION, before, step, click.subject)
    return form_input.unless_shown(click, lambda: session_cards.confirmed_notice(view))


def add_to_calendar(context: Context, click: Click) -> Reply:
    """A session comes to whoever wants it as a file for their calendar, as it stands when it is sent."""
    view = _view(context, click.subject)
    rules.may_add_to_calendar(view.pair.pair, click.subject, context.person.id, context.now)
    asked_at = int(context.now.timestamp())
    notify.publish(context, [tell(Kind.APPOINTMENT, context.person.id, click.subject, asked_at)])
    context.note(Verb.ADD_TO_CALENDAR, click.subject)
    return form_input.unless_shown(click, lambda: session_cards.on_its_way(view))


def make_last(context: Context, click: Click) -> Reply:
    """One of the two makes a session that is set their last."""
    before = _pair(context, click)
    step = last_session.make(before, click.subject, context.person.id, context.scheme, context.now)
    view = _kept(context, Verb.MAKE_LAST, before, step, click.subject)
    return form_input.unless_shown(click, lambda: session_cards.made_last_notice(view))


def not_last(context: Context, click: Click) -> Reply:
    """It is not their last after all."""
    before = _pair(context, click)
    step = last_session.unmake(before, click.subject, context.person.id, context.now)
    view = _kept(context, Verb.NOT_LAST, before, step, click.subject)
    return form_input.unless_shown(click, lambda: session_cards.not_last_notice(view))


def open_cancel_session(context: Context, click: Click) -> Reply:
    """Cancelling asks first, with a word for the other."""
    view = _view(context, click.subject)
    rules.may_cancel(view.pair.pair, click.subject, context.person.id, context.now)
    return session_forms.cancel(view)


def cancel_session(context: Context, click: Click) -> Reply:
    """A session that was set does not take place."""
    return _taken_back(context, click, Verb.CANCEL_SESSION, rules.cancel)


def complete(context: Context, click: Click) -> Reply:
    """Mark a session as completed, once it has begun."""
    before = _pair(context, click)
    step = rules.complete(before, click.subject, context.person.id, context.now)
    return session_cards.completed_notice(_kept(context, Verb.COMPLETE, before, step, click.subject))


def open_not_held(context: Context, click: Click) -> Reply:
    """Saying that a session did not take place, with a word for the other."""
    return session_forms.not_held(_to_correct(context, click))


def not_held(context: Context, click: Click) -> Reply:
    """A session did not take place, whatever the other has said."""
    said = str((click.values or {}).get(own_fields.BECAUSE.key) or "")
    rule = partial(rules.not_held, because=own_fields.HOW_IT_CAME.get(said))
    return _taken_back(context, click, Verb.NOT_HELD, rule)


def open_moved(context: Context, click: Click) -> Reply:
    """Saying when a session was, or is to be, instead."""
    return session_forms.moved(_to_correct(context, click))


def moved(context: Context, click: Click) -> Reply:
    """A session was at another time than was set, or is to be."""
    before = _pair(context, click)
    meeting = meeting_in(context, click, before.terms, past=True)
    if isinstance(meeting, Errors):
        return meeting
    step = rules.moved(before, click.subject, context.person.id, meeting, context.now)
    view = _kept(context, Verb.MOVED, before, step, click.subject)
    done = view.session.state == "completed"
    return (session_cards.completed_notice if done else session_cards.scheduled_notice)(view)


def _pair(context: Context, click: Click) -> Pair:
    """The pair of a session, for one of the two."""
    before = pairs.by_session(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    return before


def _view(context: Context, session: str) -> SessionView:
    return screens.session(context.db, context.scheme, session, context.person.id, context.now)


def _to_correct(context: Context, click: Click) -> SessionView:
    view = _view(context, click.subject)
    rules.may_correct(view.pair.pair, click.subject, context.person.id, context.now)
    return view


def _taken_back(
    context: Context,
    click: Click,
    verb: Verb,
    rule: Callable[[Pair, str, str, str | None, datetime], Step[Pair]],
) -> Reply:
    """A session has its time no more, with a word for the other or without."""
    note = form_input.text(click, own_fields.NOTE)
    if isinstance(note, Errors):
        return note
    before = _pair(context, click)
    step = rule(before, click.subject, context.person.id, note, context.now)
    return session_cards.without_time_notice(_kept(context, verb, before, step, click.subject))


def _kept(context: Context, verb: Verb, before: Pair, step: Step[Pair], session: str) -> SessionView:
    """Keep the step, and see the session as the presser does now."""
    after = keep(context, PAIR, verb, before, with_calendar(context, before, step), session)
    view = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return screens.session_of(view, session)


def meeting_in(context: Context, click: Click, terms: Terms, *, past: bool = False) -> Meeting | Errors:
    """When and how, read in the presser's own zone, with what is missing said at its field. `past`: it may be over."""
    starts_at = _starts_at(context, click, past=past)
    place, note = form_input.text(click, own_fields.PLACE), form_input.text(click, own_fields.NOTE)
    for each in (starts_at, place, note):
        if isinstance(each, Errors):
            return each
    if not isinstance(starts_at, datetime) or isinstance(place, Errors) or isinstance(note, Errors):
        raise TypeError("a meeting has a time")
    mode = terms.modes[0] if len(terms.modes) == 1 else str((click.values or {}).get(own_fields.MODE.key) or "")
    return Meeting(starts_at, form_input.whole(click, own_fields.MINUTES), mode, place or "", note)


def _starts_at(context: Context, click: Click, *, past: bool) -> datetime | Errors:
    """The time that was chosen among those proposed, or typed."""
    zone = context.person.zone
    proposed = session_times.chosen(click.carried, click.values or {}, zone)
    if proposed is not None:
        key, chosen = proposed
        return chosen or Errors({key: session_times.choose_again()})
    day, at = form_input.day(click, own_fields.DAY), form_input.start(click, own_fields.START)
    for each in (day, at):
        if isinstance(each, Errors):
            return each
    if not isinstance(day, date) or not isinstance(at, time):
        raise TypeError("a typed time has a day and an hour")
    today = context.now.astimezone(ZoneInfo(zone)).date()
    rules.may_meet_on(max(day, today) if past else day, today)
    return moment(day, at, zone) or Errors({own_fields.START.key: times.no_such_hour()})


def moment(day: date, at: time, zone: str) -> datetime | None:
    """That wall time in that zone, in UTC; None for an hour that the clock change leaves out."""
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    return local.astimezone(UTC) if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None) else None
