"""Words about the last session of two people: agreeing on it, looking forward to it, and closing the connection."""

from bot.dialogs import subjects
from bot.dialogs.parts import Button, Shown, When
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import buttons, endings, pages, sheets
from bot.dialogs.wording.builders import say, small
from bot.lifecycle import endings as ending_rules
from bot.lifecycle import last_session as rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.step import allowed


def button(view: PairView, session: Session) -> tuple[Button, ...]:
    """Making a session their last, or taking that back."""
    other = view.other.name
    if allowed(rules.may_make, view.pair, session.id, view.viewer, view.scheme, view.now):
        return (buttons.make_last(session.id, session.number, other),)
    if allowed(rules.may_unmake, view.pair, session.id, view.viewer, view.now):
        return (buttons.not_last(session.id, session.number, other),)
    return ()


def beside(view: PairView, session: Session) -> str:
    """That a session is their last, beside its number; empty where it is not."""
    return ", your last" if session == view.pair.last else ""


def ahead(view: SessionView) -> tuple[Shown, ...]:
    """What a session's reminder says of their last one: that it is the next, or this."""
    seen, following = view.pair, rules.follows(view.pair.pair, view.session)
    if following is not None and following.starts_at is not None:
        then = " is your last: a good moment to look back on your goals."
        return (say("The one after it, on ", When(following.starts_at), f",{then}"),)
    if view.session == seen.pair.last:
        return (say("It is your last."), small(f"{endings.looked_back(seen)} Look back together, and say goodbye."))
    return ()


def brought(view: PairView) -> tuple[Button, ...]:
    """What there is to look at before they part: the scheme's words on it, and what the two set out to do."""
    read = [each for each in pages.of_pair(view) if each.subject == view.scheme.pairs.ending_page]
    key = view.scheme.pairs.looked_back_on
    sheet = subjects.sheet(key, view.pair.id) if key else None
    return (*read, *(each for each in sheets.of_pair(view) if each.subject == sheet))


def closing(view: PairView) -> tuple[Button, ...]:
    """Once it was held, ending the connection as completed."""
    able = view.pair.last_held and allowed(ending_rules.may_complete, view.pair, view.viewer, view.now)
    return (buttons.complete_connection(view.pair.id, view.other.name),) if able else ()
