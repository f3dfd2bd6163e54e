"""Words about the times at which somebody says that they are busy or free."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot.dialogs import own_fields as own
from bot.dialogs import plain
from bot.dialogs.parts import Bullets, Form, Heading, Notice, Shown
from bot.dialogs.view_models.sessions import OwnTimesView
from bot.dialogs.wording.builders import cut, notice, say, small
from bot.dialogs.wording.session_forms import place_of
from bot.lifecycle.own_times import MOST
from bot.lifecycle.vocabulary import Verb

VERSION: Final = "version"
"""What the form carries along: what its sender has seen."""
_TOLD: Final = 3
"""So many wrong lines of a box are told apart."""
_NOBODY: Final = "Nobody else sees these lines, neither whom you meet nor the office."

_WRONG: Final[Mapping[str, str]] = {
    "unread": "this cannot be read; please write it as “Tuesdays 14:00–16:00”, “3 Dec 9:00–12:00” or “10 Dec – 20 Dec”",
    "no_such_time": "there is no such time of day; please write times from 0:00 to 24:00",
    "no_such_day": "there is no such day in the calendar",
    "other_weekday": "{day} is not that day of the week",
    "ends_first": "the end comes after the beginning; past midnight, please write a line for each day",
    "over": "{day} is over; please take the line out",
    "too_long": "this is longer than a year; please write a nearer end",
}


def form(view: OwnTimesView) -> Form:
    """Two boxes of lines."""
    told = f"Times that are proposed to you and others follow this, in {place_of(view.zone)} time. {_NOBODY}"
    parts = (say(told), replace(own.BUSY, initial=view.busy), replace(own.FREE, initial=view.free))
    return Form(Verb.SET_OWN_TIMES, "When I am busy or free", parts, view.about, "Save", {VERSION: str(view.version)})


def changed_meanwhile(view: OwnTimesView, typed: OwnTimesView) -> Form:
    """Somebody saved in another window since this one was opened: what they typed, and what stands there."""
    drawn = form(replace(typed, version=view.version))
    there = (*_said("Busy", view.busy), *_said("Free", view.free)) or (say("Nothing."),)
    told = say("This was saved from another window meanwhile. What you typed is below; Save puts it in place of this:")
    return replace(drawn, parts=(told, *there, *drawn.parts[1:]))


def saved(view: OwnTimesView) -> Notice:
    """What was read of it, so that a slip shows."""
    if not view.busy and not view.free:
        return notice("Saved", "Nothing besides: proposed times follow your working hours and what is set here.")
    told = f"From now on proposed times follow this, in {place_of(view.zone)} time. What is set already stays set."
    lines = (*_said("Busy", view.busy), *_said("Free besides your working hours", view.free))
    return notice("Saved", told, *lines, small(_NOBODY))


def _said(head: str, lines: str) -> tuple[Shown, ...]:
    return (Heading(head), Bullets(tuple((each,) for each in lines.splitlines()))) if lines else ()


def wrong(lines: list[tuple[int, str, str, date | None]]) -> str:
    """What is said at a box: each line that cannot be taken, by its number and its words, and why."""
    told = [
        f"Line {number}, “{cut(text, 60)}”: {_WRONG[why].format(day=plain.day(day) if day else '')}."
        for number, text, why, day in lines[:_TOLD]
    ]
    more = len(lines) - _TOLD
    if more > 0:
        told.append("One line more cannot be read." if more == 1 else f"{more} lines more cannot be read.")
    return " ".join(told)


def too_many(count: int) -> str:
    """More lines than are kept."""
    return f"These are {count} lines; the most is {MOST}. Please put some together."
