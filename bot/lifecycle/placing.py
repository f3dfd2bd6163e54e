"""A session in its organiser's calendar: what is asked of the calendar, and what has come of it.

The calendar follows the session. Whatever changes one says nothing of calendars; what is to be done there follows from
how the session stands.
"""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sessions import with_session
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Kind


def ask(before: Pair | None, step: Step[Pair], mailbox: str | None) -> Step[Pair]:
    """The same step, with every session that has got a time asked for in that calendar; None: nobody keeps one. The
    calendar invites people and tells them of changes itself: no other invitation goes by e-mail."""
    if mailbox is None:
        return step
    were = {each.id: each for each in before.sessions} if before else {}
    sessions = tuple(_asked(were.get(each.id), each, mailbox) for each in step.state.sessions)
    theirs = {each.id for each in sessions if each.placing == "placing" or each.event}
    notices = tuple(_in_chat_alone(each) if each.about in theirs else each for each in step.notices)
    return replace(
        step,
        state=replace(step.state, sessions=sessions),
        notices=tuple(each for each in notices if not (each.copy_alone and each.about in theirs)),
    )


def _asked(before: Session | None, session: Session, mailbox: str) -> Session:
    if session.state != "scheduled" or (before and before.revision == session.revision):
        return session
    return replace(session, placing="placing", mailbox=session.mailbox if session.event else mailbox)


def _in_chat_alone(notice: Notice) -> Notice:
    return replace(notice, in_chat_alone=True)


def behind(session: Session) -> bool:
    """Whether the calendar does not show the session as it stands: it is to be put there, moved, or taken out."""
    if session.state == "scheduled":
        return session.placing == "placing"
    return session.event is not None and session.state != "completed"


def may_be_lost(session: Session) -> bool:
    """Whether an event may stand in the calendar of which nobody has heard: the session was called off while it was on
    its way there."""
    return session.event is None and session.state not in {"scheduled", "completed"}


def following(before: Pair | None, after: Pair) -> tuple[str, ...]:
    """The sessions that a calendar has to follow from this change on."""
    were = {each.id: each for each in before.sessions} if before else {}
    return tuple(each.id for each in after.sessions if behind(each) and were.get(each.id) != each)


def transaction(session: Session) -> str:
    """What names the making of this event: the same for as long as it is the same event."""
    return f"{session.id}:{session.event_number}"


def placed(
    pair: Pair, session_id: str, revision: int, event: str, event_at: datetime, join_url: str | None
) -> Step[Pair]:
    """The calendar shows the session as it was at that revision."""
    session = pair.session(session_id)
    now = "placed" if session.revision == revision and session.placing == "placing" else session.placing
    join_url = join_url or session.join_url
    shown = replace(session, placing=now, event=event, event_at=event_at, join_url=join_url)
    return Step(with_session(pair, shown))


def never_made(pair: Pair, session_id: str) -> Step[Pair]:
    """The event of which nobody had heard is called off, or was never made: if there is one again, it is another."""
    session = pair.session(session_id)
    if session.event is not None:
        return Step(pair)
    return Step(with_session(pair, replace(session, event_number=session.event_number + 1)))


def taken_out(pair: Pair, session_id: str, event: str) -> Step[Pair]:
    """That event is not in the calendar any more; another one may be made. Where one is on its way, it is made anew: a
    time that was set in chat after somebody had deleted the event is the later word."""
    session = pair.session(session_id)
    if session.event != event:
        return Step(pair)
    out = replace(session, event=None, event_at=None, join_url=None, event_number=session.event_number + 1)
    return Step(with_session(pair, out))


def time_taken(pair: Pair, session_id: str, revision: int, offers: tuple[datetime, ...], now: datetime) -> Step[Pair]:
    """One of the two is busy then: the session goes back to the time that the calendar shows, or has none; both are
    told, and other times are offered. Nothing, where it has changed since."""
    session = pair.session(session_id)
    if session.revision != revision or session.placing != "placing":
        return Step(pair)
    again = session.was_at if session.event and session.was_at and session.was_at > now else None
    changed = replace(
        session, state="scheduled" if again else "planned", placing="placed" if again else "taken", starts_at=again,
        was_at=session.starts_at, taken_at=session.starts_at, revision=session.revision + 1, confirmed_at=None,
        offers=offers,
    )  # fmt: skip
    told = (tell(Kind.SESSION_TIME_TAKEN, each, changed.id, changed.revision) for each in (pair.mentee, pair.mentor))
    return Step(with_session(pair, changed), tuple(told))


def not_placed(pair: Pair, session_id: str) -> Step[Pair]:
    """The calendar could not be reached for so long that nobody tries any more: its card says so."""
    session = pair.session(session_id)
    return Step(with_session(pair, replace(session, placing="failed")) if session.placing == "placing" else pair)


def to_be_looked_at(session: Session) -> bool:
    """Whether people's calendars are looked at before the event is made: not for a time that was found taken, and has
    been set once more all the same."""
    return session.starts_at != session.taken_at
