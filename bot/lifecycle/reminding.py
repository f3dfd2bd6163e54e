"""What people are reminded of, and when: all that a request, a membership or a pair gives cause to, as it stands.

Nothing is remembered here: the same record gives the same series, so what moves a thing on ends its reminders.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.lifecycle import refreshing, surveys
from bot.lifecycle.attention import behind_from
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.gates import lapses_next
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import power_over
from bot.lifecycle.request import Request, asked_person
from bot.lifecycle.sessions import ends, enough, next_session
from bot.schemes.period import Period
from bot.schemes.scheme import Power, Scheme

AHEAD: Final = timedelta(days=1)
"""So long before its moment a reminder is put down, so that all of one day are there when the day begins."""


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that people are reminded of. `moments`: when, earliest first; `until`: never then or later. `whom`:
    persons, or else whoever holds the `power`."""

    kind: DeadlineKind
    about: str
    moments: tuple[datetime, ...]
    whom: tuple[str, ...] = ()
    until: datetime | None = None
    power: Power | None = None

    def at_its_minute(self, moment: datetime) -> bool:
        """Whether it comes by itself when it is due: it is about something less than a day away, or is out of date
        within one."""
        return self.until is not None and self.until - moment < AHEAD

    def put_down_at(self, moment: datetime) -> datetime:
        """When a reminder is put down for its moment."""
        return moment if self.at_its_minute(moment) else moment - AHEAD

    def next(self, now: datetime) -> Deadline | None:
        """What falls due next of it."""
        ahead = (at for at in map(self.put_down_at, self.moments) if at > now)
        return next((Deadline(self.kind, self.about, at) for at in ahead), None)

    def latest(self, now: datetime) -> datetime | None:
        """The last of its moments that have been reached: after an outage nobody hears of the ones before."""
        reached = [each for each in self.moments if self.put_down_at(each) <= now]
        return reached[-1] if reached and (self.until is None or now < self.until) else None


def of_request(request: Request, scheme: Scheme, _: datetime) -> tuple[Series, ...]:
    """Invitations without an answer, and a request that waits for the office."""
    kind, before = DeadlineKind.INVITATION_UNANSWERED, scheme.reminders.invitation_unanswered
    unanswered = (
        Series(kind, each.id, _before(each.due_at, before), (asked_person(request, each),), each.due_at)
        for each in request.open_invitations
        if each.due_at is not None
    )
    waiting = _waiting(request.id, request.waiting_since, power_over(request), scheme)
    return _given((*unanswered, *waiting))


def of_member(member: Member, scheme: Scheme, now: datetime) -> tuple[Series, ...]:
    """Somebody who waits for the office, whose training lapses, whose entry in the directory is to be confirmed, or who
    is asked something."""
    waiting = _waiting(member.id, member.waiting_since, "approve_members", scheme)
    return _given((*waiting, *_training(member, scheme), *_entry(member, scheme, now), *_surveys(member, scheme)))


def _entry(member: Member, scheme: Scheme, now: datetime) -> Iterator[Series]:
    """This year's, while it is still to be done; else the next one's."""
    open_ = refreshing.wanted(member, scheme, now)
    since = (refreshing.last_refresh if open_ else refreshing.next_refresh)(scheme, now)
    if member.role == "mentor" and member.state == "approved" and since is not None:
        moments = _after(since, scheme.reminders.entry_unconfirmed)
        if open_ and (following := refreshing.next_refresh(scheme, now)):
            moments = (*moments, *_after(following, scheme.reminders.entry_unconfirmed)[:1])
        yield Series(DeadlineKind.ENTRY_UNCONFIRMED, member.id, moments, (member.person,))


def _training(member: Member, scheme: Scheme) -> Iterator[Series]:
    lapses = lapses_next(member, scheme)
    if member.state != "approved" or lapses is None:
        return
    over = datetime.combine(lapses[1] + AHEAD, time(), tzinfo=UTC)
    whom, kinds = (member.person,), scheme.reminders
    yield Series(DeadlineKind.TRAINING_RENEWAL, member.id, _before(over, kinds.training_renewal), whom, over)
    yield Series(DeadlineKind.TRAINING_LAPSED, member.id, _after(over, kinds.training_lapsed), whom)


def _waiting(about: str, since: datetime | None, power: Power, scheme: Scheme) -> Iterator[Series]:
    if since is not None:
        moments = _after(since, scheme.reminders.approval_waiting)
        yield Series(DeadlineKind.APPROVAL_WAITING, about, moments, power=power)


def of_pair(pair: Pair, scheme: Scheme, now: datetime) -> tuple[Series, ...]:
    """All that the two of a pair are reminded of."""
    if pair.state == "ended":
        return _given((*_afterwards(pair, scheme), *_surveys(pair, scheme)))
    if pair.rests_until is not None and pair.rests_until > now:
        return ()
    before = (_unaccepted(pair, scheme), _surveys(pair, scheme))
    parts = (*before, _sessions(pair, scheme, now), _records(pair, scheme), _over_time(pair, scheme))
    return _given(each for part in parts for each in part)


def _unaccepted(pair: Pair, scheme: Scheme) -> Iterator[Series]:
    wanting = tuple(
        person
        for person in (pair.mentee, pair.mentor)
        if any(pair.agreed_at(each.key, person) is None for each in pair.before_sessions)
    )
    moments = _after(pair.began_at, scheme.reminders.agreement_unaccepted)
    yield Series(DeadlineKind.AGREEMENT_UNACCEPTED, pair.id, moments, wanting)


def _sessions(pair: Pair, scheme: Scheme, now: datetime) -> Iterator[Series]:
    """One that has no time, is near, or took place; and what is to be done before it."""
    if not pair.agreed:
        return
    both, kinds = (pair.mentee, pair.mentor), scheme.reminders
    following = next_session(pair)
    if (following is None or following.starts_at is None) and not enough(pair):
        moments = _after(free_since(pair, following), kinds.no_session)
        yield Series(DeadlineKind.NO_SESSION, pair.id, moments, both)
    for session in pair.sessions:
        at, over = session.starts_at, ends(session)
        if session.state != "scheduled" or at is None or over is None:
            continue
        yield Series(DeadlineKind.SESSION_AHEAD, session.id, _before(at, kinds.session_ahead), both, at)
        # Asked at its minute for a day; from then on it is one of the day's reminders.
        yield Series(DeadlineKind.SESSION_OVER, session.id, _after(over, kinds.session_over), both, over + AHEAD)
        yield Series(DeadlineKind.SESSION_TO_MARK, session.id, _after(over, kinds.session_to_mark), both)
    if following is not None and following.starts_at is not None and following.starts_at > now:
        moments = _before(following.starts_at, kinds.actions_due)
        yield Series(DeadlineKind.ACTIONS_DUE, following.id, moments, both, following.starts_at)


def _records(pair: Pair, scheme: Scheme) -> Iterator[Series]:
    """Sheets about sessions that took place, where the scheme requires them."""
    if not any(each.required and each.about == "session" for each in scheme.sheets):
        return
    for session in pair.sessions:
        if session.state == "completed" and session.marked_at is not None:
            moments = _after(session.marked_at, scheme.reminders.record_wanted)
            yield Series(DeadlineKind.RECORD_WANTED, session.id, moments, (pair.mentee, pair.mentor))


def _surveys(held: Pair | Member, scheme: Scheme) -> Iterator[Series]:
    """What is asked at the start, in the middle and at the end, for as long as it can be answered."""
    for moment, key in surveys.WHEN.items():
        whom, window = surveys.asked(scheme, held, moment)
        if window is not None:
            moments = _after(window.opens, getattr(scheme.reminders, key))
            # What is nearly over is not reminded of: it would come at its minute, and it has no hour.
            ahead = tuple(each for each in moments if window.closes is None or each + AHEAD < window.closes)
            yield Series(DeadlineKind(key), held.id, ahead, whom, window.closes)


def _over_time(pair: Pair, scheme: Scheme) -> Iterator[Series]:
    """The pace, and the end of the time that the two were promised."""
    both, ends_at = (pair.mentee, pair.mentor), pair.ends_at
    if ends_at is None or not pair.agreed:
        return
    if not enough(pair):
        moments = _after(pair.began_at, scheme.reminders.behind_pace)
        yield Series(DeadlineKind.BEHIND_PACE, pair.id, moments, both, ends_at)
    yield Series(DeadlineKind.YEAR_ENDING, pair.id, _before(ends_at, scheme.reminders.year_ending), both, ends_at)


def _afterwards(pair: Pair, scheme: Scheme) -> Iterator[Series]:
    if scheme.afterwards and pair.ended_at is not None:
        moments = _after(pair.ended_at, scheme.reminders.feedback_wanted)
        yield Series(DeadlineKind.FEEDBACK_WANTED, pair.id, moments, (pair.mentee, pair.mentor))


def free_since(pair: Pair, following: Session | None) -> datetime:
    """Since when the two could have set their next session: both had accepted, the one before was over, or the time
    that was set and taken back had come."""
    accepted = [each.at for each in pair.consents]
    held = [at for each in pair.sessions if each.state == "completed" and (at := ends(each))]
    was = [following.was_at] if following is not None and following.was_at else []
    return max([pair.began_at, *accepted, *held, *was])


def behind(pair: Pair, now: datetime) -> bool:
    """Whether fewer sessions took place, or are set, than were due by now if they were spread over the whole time."""
    since = behind_from(pair)
    return since is not None and since <= now


def _before(at: datetime | None, times: Sequence[Period]) -> tuple[datetime, ...]:
    return tuple(sorted(at - each.rest for each in times)) if at else ()


def _after(since: datetime, times: Sequence[Period]) -> tuple[datetime, ...]:
    return tuple(sorted(each.after(since) for each in times))


def _given(series: Iterable[Series]) -> tuple[Series, ...]:
    """Those that somebody hears of."""
    return tuple(each for each in series if each.moments and (each.whom or each.power))
