"""Looking through the record of who did what."""

from bot.actions.context import Click, Context
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Reply
from bot.dialogs.view_models.audit import AuditView
from bot.dialogs.wording import audit as wording
from bot.lifecycle import auditing as rules
from bot.screens import audit as screens


def open_audit(context: Context, click: Click) -> Reply:
    """A page of it."""
    page, text = subjects.list_page_of(click.subject)
    return wording.form(_seen(context, text, page))


def find_in_audit(context: Context, click: Click) -> Reply:
    """What somebody looks for who has filled in its form."""
    return wording.form(_seen(context, str((click.values or {}).get(own_fields.IN_AUDIT.key) or "")))


def typed(context: Context, words: str) -> Reply:
    """The same as the answer to a command."""
    return wording.answer(_seen(context, words))


def _seen(context: Context, text: str, page: int = 0) -> AuditView:
    """For somebody who may look through it."""
    rules.may_see_audit(context.officer)
    return screens.page(context.db, context.scheme, context.person, text, page, context.now)
