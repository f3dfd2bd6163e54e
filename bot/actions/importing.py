"""A file of members or running connections is handed in, and let in once whoever brought it has read what it would do.
What goes on in between is in `importer`."""

from dataclasses import replace

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import imports as wording
from bot.lifecycle import importing as rules
from bot.lifecycle.files import GivenFile, NotGiven
from bot.lifecycle.importing import Import
from bot.lifecycle.vocabulary import Verb
from bot.storage import imports


def open_import(context: Context, click: Click) -> Reply:
    """The form for a file."""
    return opened(context)


def opened(context: Context) -> Reply:
    """The same, for somebody who looks after members."""
    rules.may_import(context.officer)
    return wording.form(context.scheme)


def bring_in(context: Context, click: Click) -> Reply:
    """A file has come: it is kept, and looked at in a moment."""
    rules.may_import(context.officer)
    values = click.values or {}
    given = values.get(own_fields.FILE.key)
    if not isinstance(given, GivenFile):
        return Errors({own_fields.FILE.key: wording.no_file(given.why if isinstance(given, NotGiven) else None)})
    what: rules.What = "connections" if values.get(own_fields.WHAT.key) == own_fields.RUNNING else "members"
    heard = values.get(own_fields.HEAR.key) != own_fields.TELL_NOT
    name = given.name.strip()[:120] or "file"
    one = Import(context.new_id(), context.scheme.key, context.person.id, name, what, heard, "checking", context.now)
    imports.add(context.db, one, given.content)
    context.note(Verb.BRING_IN, one.id)
    return wording.taken(one)


def begin_import(context: Context, click: Click) -> Reply:
    """Let what was looked at come in."""
    before = imports.get(context.db, context.scheme.key, click.subject)
    rules.may_begin(before, context.officer)
    saved = imports.save(context.db, before, replace(before, state="running", at=0, counted={}, findings=()))
    _shown(context, saved, Verb.BEGIN_IMPORT)
    return form_input.unless_shown(click, lambda: wording.begun(before))


def cancel_import(context: Context, click: Click) -> Reply:
    """Stop it. What has come in already stays."""
    before = imports.get(context.db, context.scheme.key, click.subject)
    rules.may_cancel(before, context.officer)
    saved = imports.save(context.db, before, replace(before, state="cancelled"))
    _shown(context, saved, Verb.CANCEL_IMPORT)
    return form_input.unless_shown(click, lambda: wording.cancelled(saved))


def _shown(context: Context, one: Import, verb: str) -> None:
    notify.publish(context, cards=[one.id])
    context.note(verb, one.id)
