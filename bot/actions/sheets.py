"""Sheets that people fill in, and pages that they read."""

from collections.abc import Mapping
from typing import Any

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import field_words, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models import SheetView
from bot.dialogs.wording import pages as of_pages
from bot.dialogs.wording import sheets as wording
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.vocabulary import Verb
from bot.schemes.sheets import Sheet
from bot.screens import sheets as screens
from bot.storage import people, sheets


def open_sheet(context: Context, click: Click) -> Reply:
    """A sheet, to fill in or to read."""
    return wording.form(_view(context, click))


def fill_in_sheet(context: Context, click: Click) -> Reply:
    """Keep what a sheet says now. Where somebody else has written in it since it was opened, nothing is kept: the form
    comes back with what was typed and what they wrote."""
    view = _view(context, click)
    if view.why_not:
        raise view.why_not
    given = form_input.of_form(click, view.sheet, context.scheme)
    if isinstance(given, Errors):
        return given
    answers, before = _named(context, view.sheet, given), view.filled
    if isinstance(answers, Errors):
        return answers
    if form_input.number(click, wording.VERSION) != (before.version if before else 0):
        return wording.written_meanwhile(view, answers)
    kept = sheets.save(context.db, before, _filled(context, view, answers))
    homes = (view.pair.mentee.id, view.pair.mentor.id) if view.pair else (context.person.id,)
    notify.publish(context, homes=homes)
    context.note(Verb.FILL_IN_SHEET, kept.id)
    return wording.saved(view)


def _view(context: Context, click: Click) -> SheetView:
    key, about = subjects.sheet_of(click.subject)
    return screens.sheet(context.db, context.scheme, key, about, context.person.id, context.now)


def _filled(context: Context, view: SheetView, answers: Mapping[str, Any]) -> FilledSheet:
    before = view.filled
    id_, version = (before.id, before.version) if before else (context.new_id(), 1)
    return FilledSheet(
        id_, context.scheme.key, view.sheet.key, view.about, view.owner, answers, context.person.id, context.now,
        version,
    )  # fmt: skip


def _named(context: Context, sheet: Sheet, answers: dict[str, Any]) -> dict[str, Any] | Errors:
    """The answers, with the names of the persons that were chosen as they are today."""
    me = context.person
    chosen = [field.key for field in sheet.fields if field.kind == "person" and field.key in answers]
    found = {key: people.find(context.db, me.platform, me.team, answers[key]["user"]) for key in chosen}
    named = {key: {"user": each.user, "name": each.name} for key, each in found.items() if each}
    strangers = {key: field_words.nobody_we_know() for key in chosen if key not in named}
    return Errors(strangers) if strangers else answers | named


def open_pages(context: Context, click: Click) -> Reply:
    """What there is to read."""
    return of_pages.listed(screens.pages(context.db, context.scheme, context.person.id))


def open_page(context: Context, click: Click) -> Reply:
    """One page."""
    return of_pages.page(screens.page(context.db, context.scheme, click.subject, context.person.id))
