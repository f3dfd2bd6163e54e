"""Somebody asks to talk to somebody before they join, and whoever approves members does."""

from dataclasses import replace

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import talks as wording
from bot.lifecycle import talks as rules
from bot.lifecycle.vocabulary import Verb
from bot.screens import talks as screens
from bot.storage import talks


def open_talk_first(context: Context, click: Click) -> Reply:
    """What it would be about, if they like to say."""
    rules.may_ask(talks.open_of(context.db, context.scheme.key, context.person.id), context.scheme)
    return wording.form(context.scheme)


def ask_talk_first(context: Context, click: Click) -> Reply:
    """They would like to talk first."""
    words = form_input.text(click, replace(own_fields.WORDS, required=False))
    if isinstance(words, Errors):
        return words
    before = talks.open_of(context.db, context.scheme.key, context.person.id)
    step = rules.ask(context.new_id(), context.person.id, words, before, context.scheme, context.now)
    talks.add(context.db, step.state)
    notify.publish(context, step.notices)
    context.note(Verb.ASK_TALK_FIRST, context.person.id)
    return wording.asked(context.scheme)


def talked(context: Context, click: Click) -> Reply:
    """Somebody of the office has talked with them."""
    step = rules.done(talks.get(context.db, context.scheme.key, click.subject), context.officer, context.now)
    talks.done(context.db, step.state)
    notify.publish(context, cards=[step.state.id])
    context.note(Verb.TALKED, step.state.person)
    view = screens.talk(context.db, context.scheme, step.state.id, context.person.id, context.now)
    return form_input.unless_shown(click, lambda: wording.talked(view))
