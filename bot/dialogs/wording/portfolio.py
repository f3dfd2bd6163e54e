"""Words about a portfolio: where it is asked for, and all that stands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.dialogs import forms
from bot.dialogs.parts import Bold, Divider, Form, Message, Notice, Part, When
from bot.dialogs.plain import day, moment, words
from bot.dialogs.view_models.evidence import OnPaper
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons_of_evidence as buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle import portfolio as rules
from bot.lifecycle.documents import Document
from bot.lifecycle.pairs import Session
from bot.lifecycle.permissions import readable
from bot.lifecycle.portfolio import Action, Kept
from bot.lifecycle.sessions import agreed_at
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

_ALONE: Final = "Only you get this copy: neither the office nor anybody else. Whom you show it to is up to you."
_HOLDS: Final = (
    "A PDF to keep, or to print: what you have both accepted, what you write down together, your sessions and what "
    "you said you would do, with places for both of you to sign. What one of you keeps alone is not in it."
)


def form(scheme: Scheme, views: Sequence[PairView]) -> Form:
    """Of which connection; what one's portfolio holds, and who gets it."""
    parts: list[Part] = [say(_HOLDS)]
    parts += [small(scheme.evidence.note)] if scheme.evidence.note else []
    for view in views:
        made = buttons.bring_portfolio(view.pair.id, view.other.name, primary=len(views) == 1)
        parts += [Divider(), say(Bold(view.other.name), f", your {view.role_of_other}"), press(made)]
    parts += [] if views else [Divider(), say("There is none to make yet: it begins with your first connection.")]
    return Form(Verb.OPEN_PORTFOLIO, "My portfolio", (*parts, Divider(), small(_ALONE)))


def on_its_way(view: PairView) -> Notice:
    """The answer to asking for it."""
    with_ = f"Your portfolio with {view.other.name} comes to you as a PDF in a moment."
    return notice("On its way", f"{with_} Nobody else gets this copy.")


def brought(made: OnPaper[PairView]) -> Message:
    """The message that brings it."""
    said = message(made.view.me, say(Bold("Your portfolio"), f" with {made.view.other.name}."), small(_ALONE))
    return replace(said, attachment=made.attachment)


SESSIONS: Final = ("Session", "When", "Length", "How it stands")
ACTIONS: Final = ("What", "State")
TO_SIGN: Final = ("Signature of", "Date")


def head(view: PairView) -> tuple[str, ...]:
    """The lines at its head, the title first."""
    pair, zone = view.pair, _zone(view)
    began = f"Connected since {day(pair.began_at.astimezone(zone))}"
    until = f"; ended on {day(pair.ended_at.astimezone(zone))}" if pair.ended_at else ""
    if pair.ends_at and not pair.ended_at:
        until = f", until {day(pair.ends_at.astimezone(zone))}"
    both = f"{view.mentee.name}, mentee, and {view.mentor.name}, mentor"
    return ("Mentoring portfolio", both, f"{view.scheme.name}, {view.scheme.organisation}", f"{began}{until}.")


def accepted(view: PairView, document: Document) -> tuple[str, ...]:
    """Who accepted it when."""
    both = ((each.name, view.pair.agreed_at(document.key, each.id)) for each in (view.mentee, view.mentor))
    return tuple(
        f"{name} accepted on {day(at.astimezone(_zone(view)))}." if at else f"{name} has not accepted yet."
        for name, at in both
    )


def kept(view: PairView) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The sheets about the pair: the title of each, and its answers by their labels."""
    found = rules.kept(view.scheme, view.pair, view.sheets)
    return tuple((each.sheet.title, _facts(view, each)) for each in found)


def records(view: PairView) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The same about the sessions."""
    found = rules.records(view.scheme, view.pair, view.sheets)
    numbered = ((f"Session {each.session.number if each.session else ''}: {each.sheet.title}", each) for each in found)
    return tuple((title, _facts(view, each)) for title, each in numbered)


def _facts(view: PairView, kept: Kept) -> tuple[tuple[str, str], ...]:
    facts = forms.facts(kept.sheet, kept.answers, readable("party"))
    return tuple((label, words(runs, _zone(view))) for label, runs in facts.pairs) if facts else ()


def sessions(view: PairView) -> tuple[tuple[str, ...], ...]:
    """A line for each session that took place or is set, below SESSIONS."""
    wanted = (each for each in view.pair.sessions if each.state in {"completed", "scheduled"})
    return tuple(
        (str(each.number), _when(view, each), f"{each.minutes} minutes", _stands(view, each)) for each in wanted
    )


def _when(view: PairView, session: Session) -> str:
    return moment(When(session.starts_at), _zone(view)) if session.starts_at else "Not known"


def _stands(view: PairView, session: Session) -> str:
    if session.state != "completed":
        return "Confirmed by both" if session.confirmed_at else "Set, not confirmed yet"
    if session.marked_at is None:
        return "Took place"
    by = next((each.name for each in (view.mentee, view.mentor) if each.id == session.marked_by), "one of the two")
    marked = f"Took place, as {by} confirmed on {day(session.marked_at.astimezone(_zone(view)))}"
    agreed = agreed_at(view.pair, session)
    if agreed is None or agreed <= view.now:
        return marked
    return f"{marked}; until {day(agreed.astimezone(_zone(view)))} either can say that it was not so"


def actions(view: PairView) -> tuple[tuple[str, str], ...]:
    """A line for each thing that they said they would do, below ACTIONS: what is open first."""
    found = rules.actions(view.scheme, view.pair, view.sheets)
    ordered = sorted(found, key=lambda each: each.done)
    return tuple((_said(each), "done" if each.done else "open") for each in ordered)


def _said(action: Action) -> str:
    """What it is, and the other columns after their labels: "Ask for a day a week (by when: Tue 1 Dec 2026)"."""
    first, *others = [(each, action.line[each.key]) for each in action.field.columns if each.key in action.line]
    more = [f"{each.label.lower()}: {_cell(each.kind, value)}" for each, value in others]
    return _cell(first[0].kind, first[1]) + (f" ({', '.join(more)})" if more else "")


def _cell(kind: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(date.fromisoformat(value)) if kind == "date" and isinstance(value, str) else str(value)


def small_print(view: PairView) -> str:
    """What is in it and what is not, when it was made and for whom."""
    made = f"Made on {day(view.now.astimezone(_zone(view)))} for {view.me.name} alone."
    return f"What one of the two keeps alone is not in it, nor what they said and did not write down. {made}"


def note(view: PairView) -> Iterator[str]:
    """What the scheme says on every portfolio."""
    if view.scheme.evidence.note:
        yield view.scheme.evidence.note


def _zone(view: PairView) -> ZoneInfo:
    return ZoneInfo(view.me.zone)
