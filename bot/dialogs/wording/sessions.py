"""Words about the sessions of a pair: setting a time, what the other party hears, marking as completed."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.dialogs import own_fields as own
from bot.dialogs.parts import (
    Bold,
    Button,
    Facts,
    Form,
    Message,
    Notice,
    Paragraph,
    Part,
    Run,
    When,
)
from bot.dialogs.view_models import PairView, SessionView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle import pairs as rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.period import period


def session_buttons(view: PairView, session: Session | None) -> tuple[Button, ...]:
    """What can be done about a session; one more session where there is none left."""
    pair, viewer, other, pressed = view.pair, view.viewer, view.other.name, list[Button]()
    if session is None:
        return (buttons.add_session(pair.id, other),) if allowed(rules.may_have_sessions, pair, viewer) else ()
    if allowed(rules.may_complete, pair, session.id, viewer, view.now):
        pressed.append(buttons.complete(session.id, session.number, other))
    if allowed(rules.may_schedule, pair, session.id, viewer):
        pressed.append(buttons.schedule(session.id, session.number, other, primary=session.starts_at is None))
    return tuple(pressed)


def steps(view: PairView) -> tuple[Button, ...]:
    """What can be done about the next session, and the whole of the pair."""
    look = buttons.view_pair(view.pair.id, view.other.name)
    return (*session_buttons(view, rules.next_session(view.pair)), look)


def status_line(view: PairView) -> tuple[Run, ...]:
    """How the sessions stand, in one line."""
    session, done = rules.next_session(view.pair), completed(view)
    if session is None:
        return (f"{done} Press Add another session to set the next one.",)
    if session.starts_at is None:
        return (f"{done} Session {session.number} has no time yet.",)
    if rules.over(session, view.now):
        return (f"{done} Did session {session.number} take place on ", When(session.starts_at), "?")
    mode = f", {session.mode.lower()}" if session.mode else ""
    return (f"{done} Session {session.number} is on ", When(session.starts_at), f"{mode}.")


def completed(view: PairView) -> str:
    """How many sessions took place, beside what the two agreed to."""
    done = sum(each.state == "completed" for each in view.pair.sessions)
    expected = view.pair.terms.sessions
    pace = _pace(view)
    if expected is not None and done < expected:
        return f"{done} of {expected} sessions completed{pace}."
    return f"1 session completed{pace}." if done == 1 else f"{done} sessions completed{pace}."


def _pace(view: PairView) -> str:
    """How often the two mean to meet, as the end of a sentence; empty where the scheme leaves it open."""
    every = view.pair.terms.every
    if every is None:
        return ""
    words = period(every).words
    return f"; the scheme means one every {words.removeprefix('1 ')}"


def due(view: PairView) -> tuple[Paragraph, Button] | None:
    """What this pair waits for now, as a sentence with its button; None while a set session lies ahead."""
    session, other = rules.next_session(view.pair), view.other.name
    first = next(iter(session_buttons(view, session)), None)
    if first is None:
        return None
    if session is None:
        left = (view.pair.terms.sessions or 0) > len(view.pair.sessions)
        return (say(f"Set a time for your next session with {other}."), first) if left else None
    if session.starts_at is None:
        return say(f"Set a time for session {session.number} with {other}."), first
    if rules.over(session, view.now):
        return say(f"Did session {session.number} with {other} take place on ", When(session.starts_at), "?"), first
    return None


def schedule_form(view: SessionView) -> Form:
    """A time for a session, first or changed."""
    session = view.session
    return Form(Verb.SCHEDULE, f"Schedule session {session.number}", _meeting(view), session.id, "Schedule")


def add_form(view: SessionView) -> Form:
    """A time for one more session, which is there once this form is sent. It carries its number, so that two who send
    it add one."""
    number = view.session.number
    carried = {"number": str(number)}
    return Form(Verb.ADD_SESSION, f"Schedule session {number}", _meeting(view), view.pair.pair.id, "Schedule", carried)


def _meeting(view: SessionView) -> tuple[Part, ...]:
    """Date, time, length, mode and place of a session, in the reader's zone."""
    session, seen = view.session, view.pair
    zone, modes = seen.me.zone, seen.pair.terms.modes
    starts = session.starts_at.astimezone(ZoneInfo(zone)) if session.starts_at else None
    least, most = rules.minutes_of(seen.pair.terms)
    told = f"Session {session.number} with {seen.other.name}, who is told at once. Times are {place_of(zone)} time."
    parts: list[Part] = [
        say(told),
        replace(own.DAY, initial=starts.date() if starts else None),
        replace(own.START, initial=starts.time().replace(second=0, microsecond=0) if starts else None),
        replace(own.MINUTES, lowest=least, highest=most, initial=session.minutes),
    ]
    if len(modes) > 1:
        parts.append(replace(own.MODE, options=modes, initial=session.mode or None))
    hint = "A room, a link or a telephone number. Only the two of you see it."
    parts.append(replace(own.PLACE, hint=hint, initial=session.place))
    return tuple(parts)


def place_of(zone: str) -> str:
    """A zone as people call it: the city of its name."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def scheduled_notice(view: SessionView) -> Notice:
    """The answer to a session set."""
    number, seen = view.session.number, view.pair
    then = f"{seen.other.name} has been told. If anything changes, press Schedule on Home and set another time."
    return notice("Session set", f"Session {number} is set.", session_facts(view), small(then))


def session_facts(view: SessionView) -> Facts:
    """When, how and where a session is."""
    session = view.session
    pairs: list[tuple[str, tuple[Run, ...]]] = []
    if session.starts_at is not None:
        pairs.append(("When", (When(session.starts_at), f", {session.minutes} minutes")))
    pairs.append(("How", (session.mode or "to be settled",)))
    if session.place:
        pairs.append(("Where", (session.place,)))
    return Facts(tuple(pairs))


def session_set(view: SessionView) -> Message | None:
    """The other party hears of a session set or changed; None where it has no time.

    A change is said without its author: this message is drawn anew when the reader has changed the time, too.
    """
    session, seen = view.session, view.pair
    if session.starts_at is None:
        return None
    if session.state == "called_off":
        off = f"Session {session.number} with {seen.other.name} is off, since the connection has ended."
        return message(seen.me, say(off), session_facts(view))
    first: tuple[Run, ...] = (Bold(seen.other.name), f" has set session {session.number} with you.")
    again: tuple[Run, ...] = (f"Session {session.number} with ", Bold(seen.other.name), " has a new time.")
    head = say(*(first if session.revision <= 1 else again))
    if session.starts_at <= seen.now or not allowed(rules.may_schedule, seen.pair, session.id, seen.viewer):
        return message(seen.me, head, session_facts(view))
    ask = small("Does it not suit you? Press Schedule to set another time; both of you are free to.")
    change = buttons.schedule(session.id, session.number, seen.other.name)
    return message(seen.me, head, session_facts(view), ask, press(change))


def session_completed(view: SessionView) -> Message:
    """The other party hears that a session was marked as completed."""
    seen = view.pair
    head = say(Bold(seen.other.name), f" has marked session {view.session.number} with you as completed.")
    wrong = small(f"Did it not take place? Then write to the {seen.scheme.words.office} at {seen.scheme.contact}.")
    return message(seen.me, head, say(*status_line(seen)), wrong, press(*steps(seen)))


def completed_notice(view: PairView) -> Notice:
    """The answer to Mark as completed."""
    text = f"Marked as completed; {view.other.name} has been told. {completed(view)}"
    next_ = say("It is easiest to find the next time while you are both at it.")
    pressed = session_buttons(view, rules.next_session(view.pair))
    return notice("Completed", text, next_, *((press(*pressed),) if pressed else ()))
