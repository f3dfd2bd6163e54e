"""Tables go out to whoever may read them, as a message to them alone."""

from datetime import date

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.report import ReportView
from bot.dialogs.wording import exports as wording
from bot.dialogs.wording import reports as of_reports
from bot.lifecycle import exporting as rules
from bot.lifecycle import paying
from bot.lifecycle.notices import tell
from bot.lifecycle.permissions import Actor
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import exports as screens
from bot.screens import reports


def open_export(context: Context, click: Click) -> Reply:
    """The tables that there are."""
    return wording.form(context.scheme, viewer(context))


def viewer(context: Context) -> Actor:
    """Whoever asks, if there is one that they may have."""
    officer = context.officer
    rules.may_see_exports(officer)
    return officer


def open_report(context: Context, click: Click) -> Reply:
    """The scheme in figures."""
    return of_reports.form(reported(context))


def reported(context: Context) -> ReportView:
    """The same, for whoever may see it."""
    rules.may_export(context.officer, "report")
    return reports.report(context.db, context.scheme, context.person.id, context.now)


def open_payment(context: Context, click: Click) -> Reply:
    """For which time sessions are to be counted."""
    paying.may_count(context.officer, context.scheme)
    return wording.payment_form(context.scheme, paying.last_month(context.now))


def export_payment(context: Context, click: Click) -> Reply:
    """How many sessions each mentor is to be paid for is on its way."""
    paying.may_count(context.officer, context.scheme)
    first, last = (form_input.day(click, field) for field in (own_fields.FIRST_DAY, own_fields.LAST_DAY))
    if not isinstance(first, date) or not isinstance(last, date):
        return next((given for given in (first, last) if isinstance(given, Errors)), Errors({}))
    span = paying.Span(first, last)
    paying.may_be_counted(span, context.now)
    about = f"{screens.PAYMENT}:{paying.written(span)}"
    notify.publish(context, [tell(Kind.TABLE, context.person.id, about, int(context.now.timestamp()))])
    context.note(Verb.EXPORT_PAYMENT, paying.written(span))
    return wording.on_its_way(wording.payment_title(span))


def export(context: Context, click: Click) -> Reply:
    """A table is on its way: whether they may read it is looked at once more when it is made, which is when it is
    sent."""
    title = screens.heading_of(context.db, context.scheme, click.subject, context.person, context.now)
    notify.publish(context, [tell(Kind.TABLE, context.person.id, click.subject, int(context.now.timestamp()))])
    context.note(Verb.EXPORT, click.subject)
    return wording.on_its_way(title)
