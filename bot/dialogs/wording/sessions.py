"""Words about how the sessions of a pair stand, and what can be done about them now."""

from collections.abc import Sequence
from typing import Final

from bot.dialogs.parts import Button, Facts, Link, Paragraph, Run, When
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import buttons, last_session, planning
from bot.dialogs.wording.builders import place, say
from bot.lifecycle import planning as planning_rules
from bot.lifecycle import sessions as rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.period import period

_AT_A_GLANCE: Final = 12


def session_buttons(view: PairView, session: Session | None) -> tuple[Button, ...]:
    """What can be done about a session, the first thing first; one more session where there is none left."""
    pair, viewer, other = view.pair, view.viewer, view.other.name
    if session is None:
        return (buttons.add_session(pair.id, other),) if allowed(rules.may_have_sessions, pair, viewer) else ()
    id_, number, pressed = session.id, session.number, list[Button]()
    if allowed(rules.may_complete, pair, id_, viewer, view.now):
        pressed.append(buttons.complete(id_, number, other))
    if allowed(rules.may_correct, pair, id_, viewer, view.now):
        return (*pressed, *corrections(view, session))
    if not allowed(rules.may_schedule, pair, id_, viewer):
        return tuple(pressed)
    asked = allowed(rules.may_confirm, pair, id_, viewer, view.now)
    pressed += [buttons.confirm_session(id_, number, other)] if asked else []
    pressed.append(_set(session, other, asked=asked))
    if allowed(rules.may_cancel, pair, id_, viewer, view.now):
        pressed.append(buttons.cancel_session(id_, number, other))
    return (*pressed, *last_session.button(view, session))


def _set(session: Session, other: str, *, asked: bool) -> Button:
    if session.starts_at is None:
        return buttons.schedule(session.id, session.number, other)
    return (buttons.suggest_time if asked else buttons.change_time)(session.id, session.number, other)


def corrections(view: PairView, session: Session) -> tuple[Button, ...]:
    """What somebody can say who knows better than what is marked, or was set."""
    if not allowed(rules.may_correct, view.pair, session.id, view.viewer, view.now):
        return ()
    other = view.other.name
    return (
        buttons.moved(session.id, session.number, other),
        buttons.not_held(session.id, session.number, other),
    )


def steps(view: PairView) -> tuple[Button, ...]:
    """What can be done about the next session, and the whole of the pair."""
    look, session = buttons.view_pair(view.pair.id, view.other.name), rules.next_session(view.pair)
    ahead = plan_button(view) if session is not None and session.starts_at is None else ()
    pressed = session_buttons(view, session)
    if len(planning_rules.unconfirmed(view.pair, view.viewer, view.now)) > 1:
        pressed = tuple(each for each in pressed if each.verb != Verb.CONFIRM_SESSION)  # all are confirmed at once
    return (*last_session.closing(view), *pressed, *ahead, look)


def plan_button(view: PairView) -> tuple[Button, ...]:
    """Several sessions at once, while several are still to be set."""
    able = allowed(planning_rules.may_plan, view.pair, view.viewer)
    return (buttons.plan_year(view.pair.id, view.other.name),) if able else ()


def offered(view: PairView) -> tuple[Button, ...]:
    """The same on a message about something else: a session that has been set has a card of its own, and one is
    enough."""
    session = rules.next_session(view.pair)
    return steps(view)[-1:] if session is not None and session.revision else steps(view)


def status_line(view: PairView) -> tuple[Run, ...]:
    """How the sessions stand, in one line."""
    session, done, last = rules.next_session(view.pair), completed(view), view.pair.last
    if view.pair.last_held and last is not None and last.starts_at is not None:
        return (f"{done} Your last was on ", When(last.starts_at, "day"), ". Press End connection to close it.")
    if session is None:
        return (f"{done} Press Add another session to set the next one.",)
    if session.starts_at is None:
        return (f"{done} Session {session.number} has no time yet.",)
    if rules.over(session, view.now):
        return (f"{done} Did session {session.number} take place on ", When(session.starts_at), "?")
    suits = f"{_by(session)}{_suits(view, session)}"
    called = f"Session {session.number}{last_session.beside(view, session)}{',' if session == last else ''}"
    return (f"{done} {called} is on ", When(session.starts_at), suits)


def _by(session: Session) -> str:
    """How the two meet, if that is said."""
    return f", {session.mode.lower()}" if session.mode else ""


def _suits(view: PairView, session: Session) -> str:
    """Whether its time suits both, as far as that is known: the end of a sentence."""
    if session.confirmed_at is not None:
        return "; confirmed."
    if session.set_by == view.viewer:
        return f"; {view.other.first} has still to confirm it."
    return ". Does it suit you?" if session.set_by else "."


def completed(view: PairView) -> str:
    """How many sessions took place, beside what the two agreed to."""
    done, expected, pace = rules.held(view.pair), view.pair.terms.sessions, _pace(view)
    if expected is not None and done < expected:
        return f"{done} of {expected} sessions completed{pace}."
    return f"1 session completed{pace}." if done == 1 else f"{done} sessions completed{pace}."


def dots(view: PairView) -> str:
    """The same at a glance, beside the words; empty where nobody said how many, or too many for a glance."""
    done, expected = rules.held(view.pair), view.pair.terms.sessions
    if expected is None or expected > _AT_A_GLANCE:
        return ""
    return f"{'●' * min(done, expected)}{'○' * max(0, expected - done)} "


def _pace(view: PairView) -> str:
    """How often the two mean to meet, as the end of a sentence; empty where the scheme leaves it open."""
    every = view.pair.terms.every
    if every is None:
        return ""
    words = period(every).words
    return f"; the scheme means one every {words.removeprefix('1 ')}"


def due(view: PairView) -> tuple[Paragraph, tuple[Button, ...]] | None:
    """What this pair waits for now, as a sentence with what can be done about it, the first thing first; None while all
    that is set lies ahead and suits."""
    waiting = planning_rules.unconfirmed(view.pair, view.viewer, view.now)
    confirm = planning.confirm_button(view)
    if confirm and len(waiting) > 1:
        return say(f"Do these {len(waiting)} sessions with {view.other.name} suit you?", *_when(waiting)), (confirm,)
    session, other = rules.next_session(view.pair), view.other.name
    pressed = (*last_session.closing(view), *session_buttons(view, session))
    if not pressed:
        return None
    if view.pair.last_held:
        return say(
            f"Your last session with {other} has taken place. You can end your connection as completed."
        ), pressed
    if session is None:
        left = (view.pair.terms.sessions or 0) > len(view.pair.sessions)
        return (say(f"Set a time for your next session with {other}."), pressed) if left else None
    if session.starts_at is None:
        return say(f"Set a time for session {session.number} with {other}."), (*pressed, *plan_button(view))
    if rules.over(session, view.now):
        return say(f"Did session {session.number} with {other} take place on ", When(session.starts_at), "?"), pressed
    if allowed(rules.may_confirm, view.pair, session.id, view.viewer, view.now):
        return say(
            f"Does session {session.number} with {other} suit you on ", When(session.starts_at), f"{_by(session)}?"
        ), pressed
    return None


def _when(sessions: Sequence[Session]) -> tuple[Run, ...]:
    starts = [each.starts_at for each in sessions if each.starts_at]
    return tuple(run for n, at in enumerate(starts) for run in (", " if n else " ", When(at)))


def session_facts(view: SessionView) -> Facts:
    """When, how and where a session is."""
    session = view.session
    pairs: list[tuple[str, tuple[Run, ...]]] = []
    if session.starts_at is not None:
        pairs.append(("When", (When(session.starts_at), f", {session.minutes} minutes")))
    pairs.append(("How", (session.mode or "to be settled",)))
    to = where(session)
    if to is not None:
        pairs.append(("Where", (to,)))
    return Facts(tuple(pairs))


def where(session: Session) -> Run | None:
    """Where to go for a session, wherever that is said. None: nobody has said."""
    if not session.place.strip() and session.join_url:
        return Link("Join the meeting", session.join_url)
    return place(session.place) if session.place else None
