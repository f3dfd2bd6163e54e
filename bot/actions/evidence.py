"""Evidence of somebody's mentoring: shown to them, and brought to them as a file. Nothing in a press says whose it is:
it is always that of whoever presses."""

from bot.actions import notify
from bot.actions.context import Click, Context
from bot.dialogs.parts import Reply
from bot.dialogs.wording import hours as of_hours
from bot.dialogs.wording import portfolio as of_portfolio
from bot.lifecycle.hours import may_have_hours, span_of
from bot.lifecycle.notices import tell
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import evidence as screens


def open_hours(context: Context, click: Click) -> Reply:
    """One's own hours."""
    return of_hours.form(screens.hours(context.db, context.scheme, click.subject, context.person.id, context.now))


def bring_hours(context: Context, click: Click) -> Reply:
    """The same as a PDF, which is made when it is sent."""
    span = span_of(click.subject)
    may_have_hours(context.scheme)
    screens.may_be_on_paper()
    _bring(context, Kind.HOURS, span)
    context.note(Verb.BRING_HOURS, context.person.id)
    return of_hours.on_its_way()


def open_portfolio(context: Context, click: Click) -> Reply:
    """What one's portfolio holds, and of which connection it is to be made."""
    db, scheme, me = context.db, context.scheme, context.person.id
    return of_portfolio.form(scheme, screens.portfolios(db, scheme, click.subject, me, context.now))


def bring_portfolio(context: Context, click: Click) -> Reply:
    """It comes as a PDF, made when it is sent: whether they may have it is looked at once more then."""
    view = screens.portfolio(context.db, context.scheme, click.subject, context.person.id, context.now)
    screens.may_be_on_paper()
    _bring(context, Kind.PORTFOLIO, view.pair.id)
    context.note(Verb.BRING_PORTFOLIO, view.pair.id)
    return of_portfolio.on_its_way(view)


def _bring(context: Context, kind: Kind, about: str) -> None:
    notify.publish(context, [tell(kind, context.person.id, about, int(context.now.timestamp()))])
