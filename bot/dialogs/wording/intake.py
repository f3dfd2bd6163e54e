"""Words about the intake of each role, for the office: how it stands, and changing it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields as own
from bot.dialogs.parts import Bullets, Divider, Form, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.intake import IntakeView
from bot.dialogs.wording import buttons_of_office as buttons
from bot.dialogs.wording.builders import heading, notice, press, say, small
from bot.lifecycle.intake import LONGEST_CRITERION, MOST_CRITERIA, MOST_PLACES, judged
from bot.lifecycle.vocabulary import Verb

VERSION: Final = "version"
"""What the form carries along: what its sender has seen."""
_TITLE: Final = "Intake"


def intake_form(views: Iterable[IntakeView]) -> Form:
    """The intake of each role."""
    return Form(Verb.OPEN_INTAKE, _TITLE, _parts(views))


def intake_notice(views: Iterable[IntakeView]) -> Notice:
    """The same as the answer to a command."""
    return notice(_TITLE, "", *_parts(views))


def _parts(views: Iterable[IntakeView]) -> tuple[Shown, ...]:
    parts = list[Shown]()
    for view in views:
        parts += [*((Divider(),) if parts else ()), heading(f"{view.role.capitalize()}s"), *_stands(view)]
        change = buttons.set_intake(view.role)
        parts.append(press(change, buttons.give_back_intake(view.role)) if view.intake.set_at else press(change))
    return tuple(parts)


def _stands(view: IntakeView) -> tuple[Shown, ...]:
    intake = view.intake
    criteria = (Bullets(tuple((line,) for line in intake.criteria)),) if intake.criteria else ()
    for_whom = "Shown to whoever would like to join:" if criteria else "It says nothing of who it is for."
    return (say(f"{_open(view)}{_places(view)}{_in_line(view)}"), small(for_whom), *criteria, small(*_said_by(view)))


def _open(view: IntakeView) -> str:
    return "Open. " if view.intake.open else f"Closed: nobody new can join as {view.role}. "


def _places(view: IntakeView) -> str:
    held, places = view.held, view.intake.places
    if places is None:
        return f"Any number of places; {held:,} {'is' if held == 1 else 'are'} taken."
    left = f", {places - held:,} free" if held <= places else "; nobody loses theirs"
    return f"{held:,} of {places:,} places {'is' if held == 1 else 'are'} taken{left}."


def _in_line(view: IntakeView) -> str:
    if not view.in_line:
        return ""
    return " 1 person waits for a place." if view.in_line == 1 else f" {view.in_line:,} people wait for a place."


def _said_by(view: IntakeView) -> tuple[Run, ...]:
    if view.intake.set_at is None:
        return ("As the scheme’s file says.",)
    by = f" by {view.set_by.name}" if view.set_by else ""
    return (f"Set here{by} on ", When(view.intake.set_at, "day"), "; it holds until it is changed or given back.")


def set_form(view: IntakeView) -> Form:
    """Changing the intake of a role."""
    intake = view.intake
    places = f"{view.held:,} {'place is' if view.held == 1 else 'places are'} taken now."
    parts: tuple[Part, ...] = (
        say(f"What you set holds at once, in place of the scheme’s file. {places}"),
        replace(own.INTAKE, initial=own.OPEN if intake.open else own.CLOSED),
        replace(own.PLACES, initial=intake.places),
        replace(own.CRITERIA, initial="\n".join(intake.criteria)),
        *(own.meeting(question) for question in judged(view.rules)),
    )
    carried = {VERSION: str(intake.version)}
    return Form(Verb.SET_INTAKE, f"Intake of {view.role}s", parts, view.role, "Save", carried)


def saved(view: IntakeView, *, offered: bool) -> Notice:
    """How it stands from now on."""
    heard = (small("Whoever has waited longest for a place has been told that there is one."),) if offered else ()
    return notice(f"Intake of {view.role}s", "From now on:", *_stands(view), *heard)


def too_much(lines: Sequence[str]) -> str:
    """What is wrong with these criteria; "": nothing."""
    if len(lines) > MOST_CRITERIA:
        return f"These are {len(lines)} lines; the most is {MOST_CRITERIA}. Please put some together."
    long = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_CRITERION), None)
    return f"Line {long} is longer than {LONGEST_CRITERION} characters. Please make it shorter." if long else ""


def no_such_number() -> str:
    """A number of places that cannot be."""
    return f"Please write a whole number from 1 to {MOST_PLACES:,}, or leave it empty for any number."


def nothing_meets() -> str:
    """A question to which no answer would do."""
    return "Please choose at least one answer; with all of them, every answer will do."
