"""What the two of a pair hear of a session from their own calendars: its time is taken, or something was done there."""

from datetime import datetime

from bot.dialogs import subjects
from bot.dialogs.parts import Bold, Button, Message, Run, Shown, When
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, press, say, small
from bot.dialogs.wording.session_cards import session_set
from bot.dialogs.wording.session_times import words
from bot.dialogs.wording.sessions import session_buttons, session_facts
from bot.lifecycle import sessions as rules
from bot.lifecycle.step import allowed


def time_taken(view: SessionView) -> Message:
    """The time that was set is one at which a calendar says that one of them is busy; nobody is told who."""
    session, seen = view.session, view.pair
    on: tuple[Run, ...] = (" on ", When(session.taken_at)) if session.taken_at else (" then",)
    so = ("One of you is busy", *on, f", so session {session.number} with ", Bold(seen.other.name))
    if session.starts_at is None:
        head = say(*so, " has no time now.")
    elif session.placing == "placed" and session.was_at == session.taken_at:
        head = say(*so, " stays on ", When(session.starts_at), ".")
    else:
        return session_set(view)
    return message(seen.me, head, *other_times(view))


def other_times(view: SessionView) -> tuple[Shown, ...]:
    """What is to be done where a time does not suit: the times that are offered, and the form with further ones."""
    session, seen = view.session, view.pair
    pressed = session_buttons(seen, session)
    if not pressed:
        return ()
    able = [
        each
        for each in session.offers
        if allowed(rules.may_take_time, seen.pair, session.id, seen.viewer, each, seen.now)
    ]
    offered = tuple(_offer(view, each) for each in able)
    if not offered:
        return (small(f"{pressed[0].label} shows times at which both of you are free."), press(*pressed))
    then = f"Both of you are free at these times. {seen.other.first} is told which one you press."
    return (small(then), press(*offered), press(*pressed))


def _offer(view: SessionView, at: datetime) -> Button:
    subject = subjects.offered_time(view.session.id, at)
    return buttons.take_time(subject, words(at, view.pair.me.zone), view.session.number, view.pair.other.name)


def moved_in_calendar(view: SessionView) -> Message:
    """The event was moved, or made longer or shorter, in somebody's own calendar, and the session has followed."""
    session, seen = view.session, view.pair
    set_here = session.set_by is not None or session.was_at is None
    if session.state != "scheduled" or session.starts_at is None or set_here:
        return session_set(view)
    called: tuple[Run, ...] = (f"Session {session.number} with ", Bold(seen.other.name))
    if session.was_at is None or session.was_at == session.starts_at:
        head = say(*called, " was changed in the calendar.")
    else:
        between = (" from ", When(session.was_at), " to ", When(session.starts_at), ".")
        head = say(*called, " was moved in the calendar", *between)
    pressed = session_buttons(seen, session)
    then = "Did it take place?" if session.starts_at <= seen.now else "Either of you can change it."
    below = (small(then), press(*pressed)) if pressed else ()
    return message(seen.me, head, session_facts(view), *below)


def cancelled_in_calendar(view: SessionView) -> Message:
    """The event was cancelled or deleted in its organiser's calendar, so that the session has no time."""
    return _off_in_calendar(view, "cancelled")


def declined_in_calendar(view: SessionView) -> Message:
    """The event was declined in somebody's calendar. It is not said by whom: both know, and nobody is to explain."""
    return _off_in_calendar(view, "declined")


def _off_in_calendar(view: SessionView, what: str) -> Message:
    session, seen = view.session, view.pair
    if session.starts_at is not None or session.set_by is not None or session.was_at is None:
        return session_set(view)
    was: tuple[Run, ...] = (
        ", which was to be on ",
        When(session.was_at),
        f", was {what} in the calendar. It has no time now.",
    )
    head = say(f"Session {session.number} with ", Bold(seen.other.name), *was)
    return message(seen.me, head, *other_times(view))
