"""The forms about a session: its time, cancelling it, and saying that it was otherwise."""

from dataclasses import replace
from functools import partial

from bot.dialogs import own_fields as own
from bot.dialogs.parts import Form, Part, When
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import buttons, session_times
from bot.dialogs.wording.builders import cut, say, small
from bot.lifecycle import sessions as rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb


def schedule(view: SessionView) -> Form:
    """A time for a session, first or changed; or another one than the other has set."""
    session, seen = view.session, view.pair
    title = f"Schedule session {session.number}" if session.starts_at is None else "Change time"
    if allowed(rules.may_confirm, seen.pair, session.id, seen.viewer, seen.now):
        title = "Suggest another time"
    told = f"Session {session.number} with {seen.other.name}, who is asked at once whether it suits."
    when = session_times.fields(view, session.id, partial(buttons.times_of_session, session.number, seen.other.name))
    parts, carried = _meeting(view, told, when), session_times.carried(view)
    return Form(Verb.SCHEDULE, title, parts, session.id, "Schedule", carried, waits_for=session_times.waits_for(view))


def add(view: SessionView) -> Form:
    """A time for one more session, which is there once this form is sent. It carries its number, so that two who send
    it add one."""
    number, seen = view.session.number, view.pair
    told = f"Session {number} with {seen.other.name}, who is asked at once whether it suits."
    carried = {"number": str(number), **session_times.carried(view)}
    when = session_times.fields(view, seen.pair.id, partial(buttons.times_of_new_session, number, seen.other.name))
    parts = _meeting(view, told, when)
    title, waits_for = f"Schedule session {number}", session_times.waits_for(view)
    return Form(Verb.ADD_SESSION, title, parts, seen.pair.id, "Schedule", carried, waits_for=waits_for)


def moved(view: SessionView) -> Form:
    """When a session was instead, or is to be."""
    session, seen = view.session, view.pair
    told = f"When did session {session.number} with {seen.other.name} take place, or when will it? They are told."
    return Form(Verb.MOVED, "It moved", _meeting(view, told, session_times.typed(view)), session.id, "Save")


def cancel(view: SessionView) -> Form:
    """Cancelling asks first; a word to the other makes it kind."""
    then = f"{view.pair.other.first} is told at once. Either of you can set another time later."
    return Form(Verb.CANCEL_SESSION, "Cancel session", _off(view, then), view.session.id, "Cancel session")


def not_held(view: SessionView) -> Form:
    """Saying that it did not take place; whose fault, nobody asks."""
    then = f"It does not count then, and {view.pair.other.first} is told. Either of you can set another time."
    *head, word = _off(view, then)
    office = view.pair.scheme.words.office
    hint = f"{view.pair.other.first} sees it. The {office} sees only how many were missed in all, never whose."
    came = replace(own.BECAUSE, hint=cut(hint, 150))
    return Form(Verb.NOT_HELD, "It did not happen", (*head, came, word), view.session.id, "It did not happen")


def _off(view: SessionView, then: str) -> tuple[Part, ...]:
    session, seen = view.session, view.pair
    on = (" on ", When(session.starts_at)) if session.starts_at else ()
    return (say(f"Session {session.number} with {seen.other.name}", *on, "."), say(then), _note(view))


def _note(view: SessionView) -> Part:
    label = cut(f"A word to {view.pair.other.first}", 150)
    return replace(own.NOTE, label=label, hint="Leave it empty if you like. Only the two of you see it.")


def _meeting(view: SessionView, told: str, when: tuple[Part, ...]) -> tuple[Part, ...]:
    """Time, length, mode and place of a session, in the reader's zone, as the two have met before; and a word to the
    other, where it had a time."""
    session, seen = view.session, view.pair
    modes, before = seen.pair.terms.modes, _as_before(view)
    suits = view.proposals.mode if view.proposals else ""
    least, most = rules.minutes_of(seen.pair.terms)
    parts: list[Part] = [
        say(f"{told} Times are {place_of(seen.me.zone)} time."),
        *when,
        replace(own.MINUTES, lowest=least, highest=most, initial=session.minutes),
    ]
    if len(modes) > 1:
        parts.append(replace(own.MODE, options=modes, initial=before.mode or suits or modes[0]))
    if advice := _advice(view):
        parts.append(small(advice))
    hint = "A room, a link or a telephone number. Only the two of you see it."
    parts.append(replace(own.PLACE, hint=hint, initial=before.place))
    return (*parts, _note(view)) if session.starts_at else tuple(parts)


def _advice(view: SessionView) -> str | None:
    """What the scheme has to say of meeting, before the first time."""
    first = view.session.number == 1 and view.session.starts_at is None
    return view.pair.pair.terms.advice if first else None


def _as_before(view: SessionView) -> Session:
    """Where its mode and place come from: the session itself, or the last of the two that has them."""
    have = (each for each in (view.session, *reversed(view.pair.pair.sessions)) if each.mode)
    return next(have, view.session)


def place_of(zone: str) -> str:
    """A zone as people call it: the city of its name."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
