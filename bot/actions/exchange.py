"""What the two of an open invitation write to each other."""

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import messages as wording
from bot.lifecycle import exchange as rules
from bot.lifecycle.vocabulary import Verb
from bot.screens import requests as screens
from bot.storage import exchange, requests


def open_write(context: Context, click: Click) -> Reply:
    """What has passed so far, and a box to write in."""
    view = screens.invitation(context.db, context.scheme, click.subject, context.now)
    rules.may_write(view.request, click.subject, context.person.id, len(view.exchange), context.scheme, context.now)
    return wording.write_form(view, context.person)


def write(context: Context, click: Click) -> Reply:
    """A short text for the other; they are counted with the request locked, so that nobody decides meanwhile."""
    text = form_input.text(click, own_fields.MESSAGE)
    if not isinstance(text, str):
        return text if isinstance(text, Errors) else Nothing()
    requests.lock(context.db, context.scheme.key, click.subject)
    view = screens.invitation(context.db, context.scheme, click.subject, context.now)
    me, already = context.person, len(view.exchange)
    step = rules.write(context.new_id(), view.request, click.subject, me.id, text, already, context.scheme, context.now)
    exchange.add(context.db, step.state)
    notify.publish(context, step.notices)
    context.note(Verb.WRITE, click.subject)
    return wording.sent(view, me)
