"""Times at which the two of a pair can meet, from all that is known of both."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection as Db

from bot.calendars import local, slots
from bot.calendars.calendar import Busy
from bot.calendars.hours import hours
from bot.calendars.slots import Hours, Span, span
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import Proposals
from bot.lifecycle.member import Member
from bot.lifecycle.own_times import OwnTimes
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.sessions import LONGEST, Meeting
from bot.schemes.holidays import holiday
from bot.schemes.roles import Role
from bot.storage import members, own_times, pairs
from bot.storage import people as persons

Known = Callable[[Sequence[str]], Mapping[str, Busy] | None] | None
"""What is known of the calendars of people with these addresses, None: somebody has still to be asked about. None
instead of all of it: nobody's is looked at."""
AT_ONCE: Final = 5
"""How many times stand in one form."""
AHEAD: Final = timedelta(days=60)
"""How far is looked ahead."""


def proposals(
    db: Db, view: PairView, session: Session, schemes: Collection[str], known: Known, after: int = 0, minutes: int = 0
) -> Proposals:
    """Times for that session, on different days, those passed over that come first. `schemes`: the keys of all that
    run here, in each of which the two may meet others; `known`: what their own calendars say; `minutes`: how long it is
    to be, if not as it says itself."""
    since = _since(view)
    until = min(filter(None, (since + AHEAD, view.pair.ends_at)))
    both = (view.me, view.other)
    off = frozenset(_holidays(view, since, until))
    held = {each.id: members.of(db, view.scheme.key, each.id).get(_role(view, each.id)) for each in both}
    said = own_times.of(db, held)
    people = [
        _besides(hours(each, held[each.id], view.scheme, off), each, said[each.id], since, until) for each in both
    ]
    addresses = view.addresses if known else ()
    answers = known(addresses) if known else None
    busy = [
        *_taken(db, view, session, schemes, since, until),
        *_busy(answers or {}, session),
        *said_busy(both, said, since, until),
    ]
    found = slots.proposals(people, busy, minutes or session.minutes, since, until, AT_ONCE + 1, after)
    mode = _mode(view, held.values())
    shown = Proposals(found[:AT_ONCE], after, len(found) > AT_ONCE, mode=mode)
    if not addresses:
        return shown
    if answers is None:
        return replace(shown, calendars="waited_for", waits_for=addresses)
    return replace(shown, calendars="looked_at", unknown=unknown(view, answers))


def unknown(view: PairView, answers: Mapping[str, Busy]) -> tuple[Person, ...]:
    """Those of the two of whose own calendars nothing is known."""
    both = (view.me, view.other)
    return tuple(each for each in both if each.email is None or answers[each.email].why is not None)


def _mode(view: PairView, both: Iterable[Member | None]) -> str:
    """The first mode of the two that both have said they are happy with."""
    key = view.scheme.sessions.modes_field or ""
    said = [{**(each.profile or {}), **(each.preferences or {})}.get(key) or () if each else () for each in both]
    return next((mode for mode in view.pair.terms.modes if all(mode in answers for answers in said)), "")


def _busy(answers: Mapping[str, Busy], session: Session) -> Iterator[Span]:
    """When their calendars say that they are busy, but for the session itself."""
    return (span(*each) for busy in answers.values() for each in busy.spans if each[0] != session.event_at)


def free(db: Db, pair: Pair, session: Session, meeting: Meeting, schemes: Collection[str]) -> bool:
    """Whether neither of the two has another session set then, or says that they are busy."""
    ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
    earliest = meeting.starts_at - timedelta(minutes=LONGEST)
    found = pairs.taken(db, schemes, (pair.mentee, pair.mentor), earliest, ends)
    if any(id_ != session.id and begins < ends and meeting.starts_at < end for id_, begins, end in found):
        return False
    both = persons.many(db, {pair.mentee, pair.mentor}).values()
    said = own_times.of(db, (pair.mentee, pair.mentor))
    return not any(said_busy(both, said, meeting.starts_at, ends))


def _besides(hours: Hours, person: Person, said: OwnTimes, since: datetime, until: datetime) -> Hours:
    """With the times at which they say they are free besides; of a day without hours those in which they work."""
    whole = (person.works_from, person.works_to)
    free = local.spans(said.free, person.zone, since, until, whole, hours.free_of_work)
    return replace(hours, besides=tuple(span(*each) for each in free))


def said_busy(both: Iterable[Person], said: Mapping[str, OwnTimes], since: datetime, until: datetime) -> Iterator[Span]:
    """When one of them says that they are busy."""
    for person in both:
        yield from (span(*each) for each in local.spans(said[person.id].busy, person.zone, since, until))


def _role(view: PairView, person: str) -> Role:
    return "mentee" if person == view.pair.mentee else "mentor"


def _since(view: PairView) -> datetime:
    """Not before the scheme's notice has passed; where it says how far sessions are apart, from a week before the
    next one is due."""
    earliest = view.scheme.sessions.notice.after(view.now)
    every, held = view.scheme.sessions.every, [each.starts_at for each in view.pair.sessions if each.starts_at]
    if every is None or not held:
        return earliest
    return max(earliest, every.after(max(held)) - timedelta(weeks=1))


def _holidays(view: PairView, since: datetime, until: datetime) -> Iterator[date]:
    """The days between the two on which nobody works, with one more at either end: somewhere it is another day."""
    day, last = since.date() - timedelta(days=1), until.date() + timedelta(days=1)
    while day <= last:
        if holiday(view.scheme.sessions.holidays, day):
            yield day
        day += timedelta(days=1)


def _taken(
    db: Db, view: PairView, session: Session, schemes: Collection[str], since: datetime, until: datetime
) -> list[Span]:
    """When either of the two meets somebody already. The session itself may stay where it is."""
    both = (view.pair.mentee, view.pair.mentor)
    found = pairs.taken(db, schemes, both, since - timedelta(minutes=LONGEST), until)
    return [span(begins, ends) for id_, begins, ends in found if id_ != session.id]
