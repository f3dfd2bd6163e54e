"""What the two of a pair hear about their sessions, and what is said to whoever pressed."""

from collections.abc import Mapping
from typing import Final

from bot.dialogs.parts import Bold, Message, Notice, Run, Shown, When
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import buttons, last_session, sheets
from bot.dialogs.wording.builders import message, notice, press, quoted, rows, say, small
from bot.dialogs.wording.sessions import (
    completed,
    corrections,
    offered,
    session_buttons,
    session_facts,
    status_line,
)
from bot.lifecycle import sessions as rules
from bot.lifecycle.pairs import Placing, Session
from bot.lifecycle.step import allowed


def session_set(view: SessionView) -> Message:
    """Both have a session's time in writing: whoever set it, and the other, who is asked whether it suits. Drawn anew,
    it says what has become of it."""
    session, seen = view.session, view.pair
    if session.state == "called_off":
        off = f"Session {session.number} with {seen.other.name} is off, since the connection has ended."
        return message(seen.me, say(off), session_facts(view))
    if session.starts_at is None:
        return message(seen.me, say(f"Session {session.number} with ", Bold(seen.other.name), " has no time now."))
    pressed = session_buttons(seen, session)
    if session.starts_at <= seen.now or not pressed:
        asked = " Did it take place?" if pressed else ""
        done = "is marked as completed." if session.state == "completed" else f"was set for this time.{asked}"
        head = say(f"Session {session.number} with ", Bold(seen.other.name), f" {done}")
        return message(seen.me, head, session_facts(view), *((press(*pressed),) if pressed else ()))
    wrote = _wrote(view) if session.set_by != seen.viewer else ()
    by_file = session.placing not in ("placing", "placed")
    if by_file and allowed(rules.may_add_to_calendar, seen.pair, session.id, seen.viewer, seen.now):
        pressed = (*pressed, buttons.add_to_calendar(session.id, session.number, seen.other.name))
    last = (small("It is your last session."),) if session == seen.pair.last else ()
    below = (*last, *_in_calendars(session), _suits(view))
    return message(seen.me, say(*_news(view)), *wrote, session_facts(view), *below, press(*pressed))


def _news(view: SessionView) -> tuple[Run, ...]:
    """Who has set it, or moved it from when."""
    session, other = view.session, view.pair.other
    mine = session.set_by == view.pair.viewer
    with_ = f"session {session.number} with {other.name if mine else 'you'}"

    def has(what: str) -> tuple[Run, ...]:
        return (f"You have {what}",) if mine else (Bold(other.name), f" has {what}")

    if session.set_by is None:
        return (f"Session {session.number} with ", Bold(other.name), " has a time.")
    if session.was_at is None:
        return has(f"set {with_}.")
    if session.was_at == session.starts_at:
        return has(f"changed {with_}.")
    to: tuple[Run, ...] = (" to ", When(session.starts_at)) if session.starts_at else ()
    return (*has(f"moved {with_} from "), When(session.was_at), *to, ".")


def _suits(view: SessionView) -> Shown:
    """Whether the time suits both, and what can be done where it does not."""
    session, seen = view.session, view.pair
    mine = session.set_by == seen.viewer
    if session.confirmed_at is not None:
        return small(f"{seen.other.first} has confirmed it." if mine else "You have confirmed it.")
    if mine:
        return small(f"{seen.other.first} is asked to confirm it or to suggest another time.")
    if session.set_by is None:
        return small("Either of you can change it.")
    return small("Does it suit you? If you do nothing, it stands.")


_IN_CALENDARS: Final[Mapping[Placing, str]] = {
    "placing": "It is on its way into your calendars.",
    "placed": "It is in your calendars.",
    "failed": "Your calendars could not be reached: Add to calendar brings it as a file.",
}


def _in_calendars(session: Session) -> tuple[Shown, ...]:
    """Whether it stands in people's own calendars, where somebody puts it there."""
    said = _IN_CALENDARS.get(session.placing)
    return (small(said),) if said else ()


def _wrote(view: SessionView) -> tuple[Shown, ...]:
    note = view.session.note
    return quoted(f"{view.pair.other.first} writes:", note) if note else ()


def session_confirmed(view: SessionView) -> Message:
    """Whoever set the time hears that it suits the other."""
    session, seen = view.session, view.pair
    if session.confirmed_at is None or session.starts_at is None:
        return session_set(view)
    head = (Bold(seen.other.name), f" has confirmed session {session.number} with you: ", When(session.starts_at), ".")
    pressed = session_buttons(seen, session)
    return message(seen.me, say(*head), *((press(*pressed),) if pressed else ()))


def session_last(view: SessionView) -> Message:
    """The other hears that a session is to be their last, or is not any more, and can say otherwise by a press."""
    session, seen = view.session, view.pair
    pressed, ahead = session_buttons(seen, session), session.starts_at is not None and session.starts_at > seen.now
    if session.starts_at is None or session.state != "scheduled" or not ahead or not pressed:
        return session_set(view)
    if session.last_by == seen.viewer:  # the reader has put it otherwise
        return session_set(view)
    if session != seen.pair.last:
        head = say(f"Session {session.number} with ", Bold(seen.other.name), " is not to be your last: you go on.")
        return message(seen.me, head, session_facts(view), press(*pressed))
    head = say(
        Bold(seen.other.name), f" has made session {session.number} your last, on ", When(session.starts_at), "."
    )
    then = small("A good moment to look back on your goals. Is it too early? Press Not our last.")
    return message(seen.me, head, session_facts(view), then, *rows((*last_session.brought(seen), *pressed)))


def made_last_notice(view: SessionView) -> Notice:
    """The answer to Make it our last."""
    told = f"Session {view.session.number} is your last, and {view.pair.other.name} has been told."
    then = small("It stands in the reminders of your sessions, too.")
    return notice("Your last session", told, session_facts(view), then, *rows(last_session.brought(view.pair)))


def not_last_notice(view: SessionView) -> Notice:
    """The answer to Not our last."""
    return notice("Done", f"Session {view.session.number} is not your last. {view.pair.other.name} has been told.")


def session_cancelled(view: SessionView) -> Message:
    """Both have it in writing that a session is off."""
    return _off(view, "cancelled", "which was to be on ")


def session_not_held(view: SessionView) -> Message:
    """Both have it in writing that a session did not take place, as far as whoever says so knows."""
    return _off(view, "said that", "which was set for ", " did not take place", _how_it_came(view))


def _how_it_came(view: SessionView) -> tuple[Shown, ...]:
    """How it came that it did not happen, in words that blame nobody."""
    session, first = view.session, view.pair.other.first
    mine = session.set_by == view.pair.viewer
    if session.because == "agreed":
        return (say("You had agreed to move it." if mine else f"{first} says that you had agreed to move it."),)
    if session.because == "came_up":
        return (say("Something came up for you." if mine else f"Something came up for {first}."),)
    if session.because == "waited" and mine:
        return (say("Thank you for waiting. The next time may well work out."),)
    if session.because == "waited":
        return (say(f"{first} waited, and you did not meet. It happens to everybody: another time is soon found."),)
    return ()


def _off(view: SessionView, what: str, was: str, after: str = "", came: tuple[Shown, ...] = ()) -> Message:
    session, seen = view.session, view.pair
    if session.starts_at is not None:
        return session_set(view)
    on: tuple[Run, ...] = (f", {was}", When(session.was_at)) if session.was_at else ()
    comma = "," if after and on else ""
    mine = session.set_by == seen.viewer
    who: tuple[Run, ...] = (f"You have {what}",) if mine else (Bold(seen.other.name), f" has {what}")
    with_ = f" session {session.number} with {seen.other.name if mine else 'you'}"
    head = say(*who, with_, *on, f"{comma}{after}.")
    wrote = () if mine else _wrote(view)
    if not allowed(rules.may_schedule, seen.pair, session.id, seen.viewer):
        return message(seen.me, head, *came, *wrote)
    return message(
        seen.me,
        head,
        *came,
        *wrote,
        small("Either of you can set another time."),
        press(*session_buttons(seen, session)),
    )


def how_it_was(view: SessionView) -> Message:
    """Both are asked whether a session that is over took place. Once one has said, it says what; the other hears it by
    a message of its own, which follows this one."""
    session, seen = view.session, view.pair
    pressed = session_buttons(seen, session)
    if session.starts_at is None and session.was_at is not None:
        return session_not_held(view)
    if session.state != "scheduled" or not rules.over(session, seen.now) or not pressed:
        return session_set(view)
    head = say(f"Did session {session.number} with ", Bold(seen.other.name), " take place?")
    then = small("One answer is enough for both of you. The other hears it, and can put it right.")
    return message(seen.me, head, session_facts(view), press(*pressed), then)


def changed_since(view: SessionView) -> Message:
    """An earlier message about a session, once there is a later one: there is one live card for one session. It says
    what has become of it in a word."""
    session, seen = view.session, view.pair
    called = f"ession {session.number} with "
    if session.state == "completed" and session.marked_by is not None:
        mine = session.marked_by == seen.viewer
        has, whom = ("You have", seen.other.name) if mine else (f"{seen.other.name} has", "you")
        said = f"{has} marked s{called}{whom} as completed: the latest message says more."
    elif session.state == "scheduled" and rules.over(session, seen.now):
        said = f"S{called}{seen.other.name} is over: the latest message asks whether it took place."
    else:
        said = f"S{called}{seen.other.name} has changed since: the latest message says how it stands."
    return message(seen.me, say(said))


def session_completed(view: SessionView) -> Message:
    """The other party hears that a session was marked as completed, and can say for a while that it was not so."""
    session, seen = view.session, view.pair
    on: tuple[Run, ...] = (", on ", When(session.starts_at, "day"), ",") if session.starts_at else ()
    marked = (Bold(seen.other.name), f" has marked session {session.number} with you", *on, " as completed.")
    if session.state != "completed" or session.marked_by == seen.viewer:
        return session_set(view)  # the reader has put it right
    wrong, over = corrections(seen, session), rules.agreed_at(seen.pair, session)
    until: tuple[Run, ...] = ("Was it otherwise? You can say so until ", When(over), ".") if wrong and over else ()
    said = (small(*until), press(*wrong)) if until else ()
    keep = (*offered(seen), *sheets.of_session(seen, session))
    return message(seen.me, say(*marked), *said, say(*status_line(seen)), *rows(keep))


def scheduled_notice(view: SessionView) -> Notice:
    """The answer to a session set."""
    number, seen = view.session.number, view.pair
    then = f"{seen.other.name} is asked whether it suits. You have it as a message too, with Change time."
    return notice("Session set", f"Session {number} is set.", session_facts(view), small(then))


def for_calendar(view: SessionView) -> Message:
    """What comes with the file for a calendar."""
    seen = view.pair
    head = say(f"Session {view.session.number} with ", Bold(seen.other.name), ", for your calendar: open the file.")
    return message(seen.me, head, small("If the time changes, press Add to calendar again: it moves there too."))


def on_its_way(view: SessionView) -> Notice:
    """The answer to Add to calendar."""
    text = f"Session {view.session.number} with {view.pair.other.name} comes to you in a message, as a file."
    return notice("On its way", f"{text} Open it, and your calendar takes it.")


def confirmed_notice(view: SessionView) -> Notice:
    """The answer to Confirm."""
    return notice("Confirmed", f"{view.pair.other.name} knows that the time suits you.", session_facts(view))


def without_time_notice(view: SessionView) -> Notice:
    """The answer to cancelling a session, or to saying that it did not take place."""
    seen, pressed = view.pair, session_buttons(view.pair, view.session)
    waited = "We are sorry that you waited. " if view.session.because == "waited" else ""
    told = f"{waited}{seen.other.name} has been told. Session {view.session.number} has no time now."
    return notice("Done", told, *((press(*pressed),) if pressed else ()))


def completed_notice(view: SessionView) -> Notice:
    """The answer to Mark as completed."""
    seen = view.pair
    text = f"Marked as completed; {seen.other.name} has been told. {completed(seen)}"
    find = "It is easiest to find the next time while you are both at it."
    next_ = say("That was your last session: press End connection to close it." if seen.pair.last_held else find)
    following = session_buttons(seen, rules.next_session(seen.pair))
    pressed = (*last_session.closing(seen), *following, *sheets.of_session(seen, view.session))
    return notice("Completed", text, next_, *rows(pressed))
