"""Sheets that people fill in, and pages that they read."""

from collections.abc import Mapping
from typing import Any

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import field_words, file_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.sheets import SheetView
from bot.dialogs.wording import files as of_files
from bot.dialogs.wording import pages as of_pages
from bot.dialogs.wording import sheets as wording
from bot.lifecycle import sheets as rules
from bot.lifecycle.files import GivenFile, KeptFile, kind_of, safe_name
from bot.lifecycle.notices import tell
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.vocabulary import Kind, Verb
from bot.schemes.sheets import Sheet
from bot.screens import files as file_screens
from bot.screens import sheets as screens
from bot.storage import files, sheets


def open_sheet(context: Context, click: Click) -> Reply:
    """A sheet, to fill in or to read."""
    return wording.form(_view(context, click))


def fill_in_sheet(context: Context, click: Click) -> Reply:
    """Keep what a sheet says now. Where somebody else has written in it since it was opened, the form comes back with
    what was typed and what they wrote; of it the files alone are kept, since no form can be filled in with those."""
    view = _view(context, click)
    if view.why_not:
        raise view.why_not
    before = view.filled
    id_ = before.id if before else context.new_id()
    given = form_input.of_form(click, view.sheet, context.scheme, _carried(context, click, id_))
    if isinstance(given, Errors):
        return given
    answers = _named(context, view.sheet, given)
    if isinstance(answers, Errors):
        return answers
    answers = _with_files(context, id_, answers)
    if form_input.number(click, wording.VERSION) != (before.version if before else 0):
        return wording.written_meanwhile(view, answers)
    kept = sheets.save(context.db, before, _filled(context, view, id_, answers))
    wanted = [each["file"] for each in file_fields.of(view.sheet, answers).values()]
    files.take_out_others(context.db, context.scheme.key, id_, wanted)
    homes = (view.pair.mentee.id, view.pair.mentor.id) if view.pair else (context.person.id,)
    notify.publish(context, rules.told_office(view.sheet, kept), homes=homes)
    context.note(Verb.FILL_IN_SHEET, kept.id)
    return wording.saved(view)


def read_file(context: Context, click: Click) -> Reply:
    """A file goes to whoever may read it, as a message to them alone: it is drawn, and their right looked at once more,
    when it is sent."""
    _, name = file_screens.head(context.db, context.scheme, click.subject, context.officer)
    asked_at = int(context.now.timestamp())
    notify.publish(context, [tell(Kind.FILE, context.person.id, click.subject, asked_at)])
    context.note(Verb.READ_FILE, click.subject)
    return of_files.on_its_way(name)


def _view(context: Context, click: Click) -> SheetView:
    key, about, moment = subjects.sheet_of(click.subject)
    return screens.sheet(context.db, context.scheme, key, about, context.person.id, context.now, moment)


def _filled(context: Context, view: SheetView, id_: str, answers: Mapping[str, Any]) -> FilledSheet:
    version = view.filled.version if view.filled else 1
    return FilledSheet(
        id_, context.scheme.key, view.sheet.key, view.about, view.owner, answers, context.person.id, context.now,
        version, view.moment,
    )  # fmt: skip


def _carried(context: Context, click: Click, sheet: str) -> dict[str, Any]:
    """The files that the form showed, by field: those of this sheet alone."""
    shown = {key.removeprefix(wording.FILE): id_ for key, id_ in click.carried.items() if key.startswith(wording.FILE)}
    known = files.heads(context.db, context.scheme.key, sheet) if shown else {}
    return {key: file_fields.named(id_, *known[id_]) for key, id_ in shown.items() if id_ in known}


def _named(context: Context, sheet: Sheet, answers: dict[str, Any]) -> dict[str, Any] | Errors:
    """The answers, with the names of the persons that were chosen as they are today."""
    chosen = list(form_input.named(context, sheet, answers))
    named = {key: {"user": each.user, "name": each.name} for key, _, each in chosen if each}
    strangers = {key: field_words.nobody_we_know() for key, _, each in chosen if each is None}
    return Errors(strangers) if strangers else answers | named


def _with_files(context: Context, sheet: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers, with the files that came anew kept and named."""
    return {key: _kept(context, sheet, each) if isinstance(each, GivenFile) else each for key, each in answers.items()}


def _kept(context: Context, sheet: str, given: GivenFile) -> dict[str, Any]:
    kind = kind_of(given.content)
    assert kind, "forms take no other file"
    name, id_, me = safe_name(given.name, kind), context.new_id(), context.person.id
    files.add(context.db, KeptFile(id_, context.scheme.key, sheet, name, given.content, me, context.now))
    return file_fields.named(id_, name, len(given.content))


def open_pages(context: Context, click: Click) -> Reply:
    """What there is to read."""
    return of_pages.listed(screens.pages(context.db, context.scheme, context.person.id))


def open_page(context: Context, click: Click) -> Reply:
    """One page."""
    return of_pages.page(screens.page(context.db, context.scheme, click.subject, context.person.id))
