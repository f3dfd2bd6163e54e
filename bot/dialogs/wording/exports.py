"""Words about tables that go out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogs.parts import Attachment, Bold, Form, Message, Notice, Shown
from bot.dialogs.view_models.imports import TableView
from bot.dialogs.wording import buttons_of_office as buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle.exporting import EXPORTS, Export, may_export
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

TITLES: Final[Mapping[Export, str]] = {
    "members": "Members", "connections": "Connections", "hours": "Sessions and hours", "days": "Days to answer",
    "report": "Report as a PDF",
}  # fmt: skip
_HOLDS: Final[Mapping[Export, str]] = {
    "members": "everybody with their answers, as far as the office reads them; it can be imported again",
    "connections": "who with whom, since when, sessions held and expected, how it ended",
    "hours": "of each mentor, month by month",
    "report": "the scheme in figures, for a board; no group smaller than five is told",
    "days": "of each request, until the approval and until the connection, without names",
}


def form(viewer: Actor) -> Form:
    """The tables that this member of the office may have."""
    return Form(Verb.OPEN_EXPORT, "Export", _parts(viewer))


def export_notice(viewer: Actor) -> Notice:
    """The same as the answer to a command."""
    return notice("Export", "", *_parts(viewer))


def _parts(viewer: Actor) -> tuple[Shown, ...]:
    parts: list[Shown] = [say("Each comes to you as a CSV file, the report as a PDF. Nobody else gets your copy.")]
    for each in EXPORTS:
        if allowed(may_export, viewer, each):
            parts += [say(Bold(TITLES[each]), f": {_HOLDS[each]}."), press(buttons.export(each, TITLES[each]))]
    return (*parts, small("Concerns, and what two people keep to themselves, are in none of them."))


def table(view: TableView) -> Message:
    """A table that somebody has asked for."""
    said = message(view.reader, say(Bold(view.title)), small("Nobody else gets this copy."))
    return replace(said, attachment=Attachment(view.name, view.content, view.media_type))


def on_its_way(title: str) -> Notice:
    """The answer to asking for a table."""
    return notice("On its way", f"{title}: it comes to you as a file in a moment.")
