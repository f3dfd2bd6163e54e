"""Reminding people: in their working hours, all of one day in one message, as often as the scheme's file says; and what
they say to that: later, not any more, only at these hours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import reminders as wording
from bot.dialogs.wording import times
from bot.lifecycle import permissions
from bot.lifecycle import reminding as rules
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.going import all_here
from bot.lifecycle.notices import tell
from bot.lifecycle.people import Person
from bot.lifecycle.reminders import waking_moment, working_moment_of
from bot.lifecycle.reminding import Series
from bot.lifecycle.step import Refused
from bot.lifecycle.surveys import WHEN
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens.reminders import OFFICE
from bot.screens.render import REMINDERS
from bot.storage import deadlines, locks, members, offices, outbox, pairs, people, reminders, requests
from bot.storage.outbox import Letter
from bot.storage.reminders import Reminder

OF_SESSIONS = frozenset(
    {
        DeadlineKind.SESSION_AHEAD, DeadlineKind.SESSION_OVER, DeadlineKind.SESSION_TO_MARK, DeadlineKind.ACTIONS_DUE,
        DeadlineKind.RECORD_WANTED,
    }
)  # fmt: skip

OF_SURVEYS = frozenset(DeadlineKind(each) for each in WHEN.values())
"""About a pair, or a membership."""
OF_CASES = frozenset(
    {DeadlineKind.APPROVAL_WAITING, DeadlineKind.TRAINING_RENEWAL, DeadlineKind.TRAINING_LAPSED,
     DeadlineKind.ENTRY_UNCONFIRMED}
)  # fmt: skip


def remind(context: Context, kind: DeadlineKind, about: str) -> bool:
    """A reminder is to be put down. Whether anybody is reminded."""
    series, here = _series(context, kind, about)
    if series is None:
        return False
    following = series.next(context.now)
    deadlines.put(context.db, context.scheme.key, (following,) if following else ())
    moment = series.latest(context.now)
    if moment is None or not here:
        return False
    if series.at_its_minute(moment):
        return _tell_now(context, series)
    about = OFFICE if series.power else about
    booked = [book(context, person, kind, about, moment, series.until) for person in _whom(context, series)]
    return any(booked)


def begin(context: Context) -> None:
    """What there is to remind of where nothing is put down yet: the scheme's file may remind of more than before."""
    key, now, scheme = context.scheme.key, context.now, context.scheme
    of_pairs = (each for pair in pairs.active(context.db, key) for each in rules.of_pair(pair, scheme, now))
    asked = any(each.is_survey and each.about == "member" for each in scheme.sheets)
    some = (members.every if asked else members.trained)(context.db, key)
    of_members = (each for one in some for each in rules.of_member(one, scheme, now))
    found = [each.next(now) for each in (*of_pairs, *of_members)]
    deadlines.put_missing(context.db, key, [each for each in found if each])


def _series(context: Context, kind: DeadlineKind, about: str) -> tuple[Series | None, bool]:
    """As it follows from how the thing stands now (None: it does not any more), and whether whom it concerns is here:
    nobody is reminded of what they would do with somebody who is gone."""
    db, scheme, now = context.db, context.scheme, context.now
    concerned: tuple[str, ...] = ()
    if kind is DeadlineKind.INVITATION_UNANSWERED:
        requests.lock(db, scheme.key, about)  # an answer at this moment comes before it, or after
        found = rules.of_request(requests.by_invitation(db, scheme.key, about), scheme, now)
    elif kind in OF_CASES or (kind in OF_SURVEYS and not pairs.those(db, scheme.key, [about])):
        found, whose = _of_case(context, about)
        concerned = (whose,)
    else:
        pair = (pairs.by_session if kind in OF_SESSIONS else pairs.get)(db, scheme.key, about)
        found, concerned = rules.of_pair(pair, scheme, now), (pair.mentee, pair.mentor)
    series = next((each for each in found if (each.kind, each.about) == (kind, about)), None)
    return series, all_here(people.many(db, concerned).values())


def _of_case(context: Context, about: str) -> tuple[tuple[Series, ...], str]:
    """A membership or a request that waits for the office, and whose it is."""
    try:
        member = members.get(context.db, context.scheme.key, about)
    except Refused:
        request = requests.get(context.db, context.scheme.key, about)
        return rules.of_request(request, context.scheme, context.now), request.mentee
    return rules.of_member(member, context.scheme, context.now), member.person


def _whom(context: Context, series: Series) -> Sequence[str]:
    return offices.holders(context.db, context.scheme, series.power) if series.power else series.whom


def _tell_now(context: Context, series: Series) -> bool:
    """What is less than a day away comes by itself: that a session is near whatever the hour, since whoever set it
    chose it; what is asked after it to whoever is awake."""
    kept = (reminders.get(context.db, context.scheme.key, each, series.kind, series.about) for each in series.whom)
    hear = [each.person for each in kept if each.stopped_at is None]
    at = int(series.until.timestamp()) if series.until else 0
    if series.kind is DeadlineKind.SESSION_OVER:
        return _ask(context, series, hear, at)
    over = (series.until,) if series.until else ()  # then it has begun, and is coming up no more
    told = [tell(Kind.SESSION_SOON, person, series.about, at, series.until, over) for person in hear]
    notify.publish(context, told)
    return bool(told)


def _ask(context: Context, series: Series, hear: Sequence[str], occurrence: int) -> bool:
    """Both are asked how a session was as soon as it is over, outside their working hours and days too: it was set for
    that hour, and then they know. Nobody is woken: who sleeps is asked in the morning, and who has been asked already
    is not asked again, since their message has the same key."""
    now, moments = context.now, dict[str, datetime]()
    for person in hear:
        moments[person] = waking_moment(now, people.get(context.db, person).zone)
    if later := [at for at in moments.values() if at > now]:
        deadlines.put(context.db, context.scheme.key, (Deadline(series.kind, series.about, min(later)),))
    awake = [person for person, at in moments.items() if at <= now]
    told = [tell(Kind.SESSION_OVER, person, series.about, occurrence, series.until) for person in awake]
    # The cards before it give up their place to it.
    notify.publish(context, told, cards=[series.about] if told else ())
    return bool(told)


def book(
    context: Context, person: str, kind: DeadlineKind, about: str, moment: datetime, until: datetime | None
) -> bool:
    """Put it into the person's message of the day of that moment, unless they want to hear of it no more. Whether there
    is one in time."""
    me = people.get(context.db, person)
    kept = replace(reminders.get(context.db, context.scheme.key, person, kind, about), until=until)
    if kept.stopped_at is not None:
        return False
    return _put(context, me, kept, _begins(me, moment)) is not None


def _begins(person: Person, moment: datetime) -> datetime:
    """When that person's day begins in which the moment lies."""
    here = ZoneInfo(person.zone)
    return datetime.combine(moment.astimezone(here).date(), person.works_from, tzinfo=here)


def _put(context: Context, person: Person, reminder: Reminder, at: datetime) -> datetime | None:
    """Into the first message from `at` on that is still to be written, which is put into the outbox if there is none
    yet. Its moment; None: that would be too late."""
    locks.hold(context.db, f"reminders:{person.id}")
    earliest = max(filter(None, (at, context.now, reminder.not_before)))
    while True:
        at = working_moment_of(person, earliest)
        day = at.astimezone(ZoneInfo(person.zone)).date()
        about = subjects.day_of(person.id, day)
        begun = outbox.begun(context.db, context.running, REMINDERS, about)
        if not begun:
            break
        earliest = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(person.zone))
    if reminder.until is not None and at >= reminder.until:
        return None
    reminders.save(context.db, replace(reminder, day=day))
    if begun is None:
        outbox.put(context.db, [_letter(context, person, about, at)])
    return at


def _letter(context: Context, person: Person, about: str, at: datetime) -> Letter:
    return Letter(
        id=context.new_id(), scheme=context.scheme.key, key=f"{REMINDERS}:{about}", kind=REMINDERS,
        about=about, person=person.id, channel=None, by="chat", made_at=context.now, not_before=at,
    )  # fmt: skip


def put_off(context: Context, letter: Letter) -> None:
    """A message whose day or hours are over before it could go: all of it comes in the next one."""
    person, day = subjects.day_from(letter.about)
    me = people.get(context.db, person)
    outbox.sent(context.db, letter.id, None, None, context.now)
    for each in reminders.of_day(context.db, person, day):
        _put(context, me, each, context.now)


def snooze(context: Context, click: Click) -> Reply:
    """Not now: it comes again a few days later, where there is time."""
    kept = _mine(context, click)
    later = context.scheme.reminders.snooze.after(context.now)
    at = _put(context, context.person, replace(kept, not_before=later), later)
    if at is None:
        reminders.save(context.db, replace(kept, not_before=later, day=None))
    _redraw(context, kept.day)
    context.note(Verb.SNOOZE, click.subject)
    return wording.snoozed(at)


def stop_reminding(context: Context, click: Click) -> Reply:
    """Not any more: it is never reminded of again."""
    kept = _told(context, click)
    reminders.save(context.db, replace(kept, stopped_at=context.now))
    _redraw(context, kept.day, kept.about)
    context.note(Verb.STOP_REMINDING, click.subject)
    return wording.stopped()


def _mine(context: Context, click: Click) -> Reminder:
    """What the presser was reminded of."""
    kept = _kept(context, click)
    if kept.day is None:
        raise Refused("gone")
    return kept


def _kept(context: Context, click: Click) -> Reminder:
    kind, about = subjects.reminder_of(click.subject)
    return reminders.get(context.db, context.scheme.key, context.person.id, kind, about)


def _told(context: Context, click: Click) -> Reminder:
    """The same, or a session of theirs: a message of its own tells them that it is near."""
    kept = _kept(context, click)
    if kept.day is None and kept.kind == DeadlineKind.SESSION_AHEAD:
        permissions.party(context.actor, pairs.by_session(context.db, context.scheme.key, kept.about))
        return kept
    return _mine(context, click)


def _redraw(context: Context, day: date | None, *also: str) -> None:
    about = (subjects.day_of(context.person.id, day),) if day else ()
    notify.publish(context, cards=[*about, *also])


def open_reminders(context: Context, _: Click) -> Reply:
    """When somebody wants to be reminded."""
    return wording.hours_form(context.person, reminders.count_stopped(context.db, context.person.id))


def set_reminders(context: Context, click: Click) -> Reply:
    """Their hours and days; and what they had stopped begins again, if they say so."""
    starts = form_input.start(click, own_fields.WORKS_FROM)
    ends = form_input.start(click, own_fields.WORKS_TO)
    chosen = (click.values or {}).get(own_fields.DAYS.key) or ()
    days = tuple(n for n, each in enumerate(own_fields.DAYS.options) if each in chosen)
    for given in (starts, ends):
        if isinstance(given, Errors):
            return given
    if not isinstance(starts, time) or not isinstance(ends, time) or ends <= starts:
        return Errors({own_fields.WORKS_TO.key: times.ends_before()})
    if not days:
        return Errors({own_fields.DAYS.key: times.day_missing()})
    me = replace(context.person, works_from=starts, works_to=ends, works_days=days)
    people.save(context.db, me, context.now)
    if (click.values or {}).get(own_fields.AGAIN.key) == own_fields.START_AGAIN:
        reminders.start_again(context.db, me.id)
    context.note(Verb.SET_REMINDERS, me.id)
    return wording.hours_saved(me)
