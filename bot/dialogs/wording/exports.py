"""Words about tables that go out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields
from bot.dialogs.parts import Attachment, Bold, Form, Message, Notice, Shown
from bot.dialogs.plain import day
from bot.dialogs.view_models.imports import TableView
from bot.dialogs.wording import buttons_of_office as buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle.exporting import EXPORTS, Export, may_export
from bot.lifecycle.paying import Span, may_count
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme

TITLES: Final[Mapping[Export, str]] = {
    "members": "Members", "connections": "Connections", "hours": "Sessions and hours", "days": "Days to answer",
    "report": "Report as a PDF", "surveys": "Survey results",
}  # fmt: skip
_HOLDS: Final[Mapping[Export, str]] = {
    "members": "everybody with their answers, as far as the office reads them; it can be imported again",
    "connections": "who with whom, since when, sessions held and expected, how it ended",
    "hours": "of each mentor, month by month",
    "report": "the scheme in figures, for a board; no group smaller than five is told",
    "surveys": "what was answered at the start and at the end, counted; no group smaller than five is told",
    "days": "of each request, until the approval and until the connection, without names",
}


PAYMENT: Final = "Sessions to pay for"
_FOR_PAYMENT: Final = "how many each mentor held, by month, with their minutes; nobody else is named"


def payment_form(scheme: Scheme, span: Span) -> Form:
    """For which time; the month before this one, if nothing else is said."""
    after = scheme.sessions.agreed_after.words
    once = (
        f"Each session counts once: on the day on which it is agreed that it took place, {after} after it was marked. "
        "So what you pay for month by month leaves none out, and counts none twice."
    )
    days = (replace(own_fields.FIRST_DAY, initial=span.first), replace(own_fields.LAST_DAY, initial=span.last))
    return Form(Verb.EXPORT_PAYMENT, PAYMENT, (say(once), *days, small("Days are those of UTC.")), "", "Export")


def payment_title(span: Span) -> str:
    """What the table is called."""
    return f"{PAYMENT}, {day(span.first)} to {day(span.last)}"


def form(scheme: Scheme, viewer: Actor) -> Form:
    """The tables that this member of the office may have."""
    return Form(Verb.OPEN_EXPORT, "Export", _parts(scheme, viewer))


def export_notice(scheme: Scheme, viewer: Actor) -> Notice:
    """The same as the answer to a command."""
    return notice("Export", "", *_parts(scheme, viewer))


def _parts(scheme: Scheme, viewer: Actor) -> tuple[Shown, ...]:
    parts: list[Shown] = [say("Each comes to you as a CSV file, the report as a PDF. Nobody else gets your copy.")]
    for each in EXPORTS:
        if allowed(may_export, viewer, each) and (each != "surveys" or any(one.is_survey for one in scheme.sheets)):
            parts += [say(Bold(TITLES[each]), f": {_HOLDS[each]}."), press(buttons.export(each, TITLES[each]))]
    if allowed(may_count, viewer, scheme):
        parts += [say(Bold(PAYMENT), f": {_FOR_PAYMENT}."), press(buttons.payment())]
    return (*parts, small("Concerns, and what two people keep to themselves, are in none of them."))


def table(view: TableView) -> Message:
    """A table that somebody has asked for."""
    said = message(view.reader, say(Bold(view.title)), small("Nobody else gets this copy."))
    return replace(said, attachment=Attachment(view.name, view.content, view.media_type))


def on_its_way(title: str) -> Notice:
    """The answer to asking for a table."""
    return notice("On its way", f"{title}: it comes to you as a file in a moment.")
