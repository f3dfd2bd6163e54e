"""The end of a pair: one of the two removes or completes it, the office ends it, or its time is over."""

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import PAIR, keep, keep_if_changed
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import connections as of_connections
from bot.dialogs.wording import endings as wording
from bot.dialogs.wording import more_time as of_more_time
from bot.lifecycle import endings as rules
from bot.lifecycle import more_time, permissions
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle.vocabulary import Verb
from bot.screens import connections as office_screens
from bot.screens import pairs as screens
from bot.storage import pairs


def open_remove_connection(context: Context, click: Click) -> Reply:
    """Removing asks first."""
    view = screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    pair_rules.may_act(view.pair, context.person.id)
    return wording.remove_form(view)


def remove_connection(context: Context, click: Click) -> Reply:
    """One of the two ends it, with a reason for the office or without."""
    reason = form_input.text(click, own_fields.REASON)
    if isinstance(reason, Errors):
        return reason
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.remove(before, context.person.id, reason, context.now)
    after = keep(context, PAIR, Verb.REMOVE_CONNECTION, before, step)
    return wording.removed_notice(screens.view_of(context.db, context.scheme, after, context.person.id, context.now))


def open_complete_connection(context: Context, click: Click) -> Reply:
    """Ending as completed asks first."""
    view = screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    rules.may_complete(view.pair, context.person.id, context.now)
    return wording.complete_form(view)


def complete_connection(context: Context, click: Click) -> Reply:
    """One of the two ends it as completed."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.complete(before, context.person.id, context.now)
    after = keep(context, PAIR, Verb.COMPLETE_CONNECTION, before, step)
    return wording.completed_notice(screens.view_of(context.db, context.scheme, after, context.person.id, context.now))


def open_end_connection(context: Context, click: Click) -> Reply:
    """Ending a pair asks the office first."""
    held = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.ends_pair(context.officer, held)
    rules.may_end(held)
    return of_connections.end_form(office_screens.of_office(context.db, [held])[0])


def end_connection(context: Context, click: Click) -> Reply:
    """The office ends a pair, with words for both or without."""
    reply = form_input.text(click, own_fields.FAREWELL)
    if isinstance(reply, Errors):
        return reply
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.ends_pair(context.officer, before)
    step = rules.end(before, context.person.id, reply, context.now)
    after = keep(context, PAIR, Verb.END_CONNECTION, before, step)
    return of_connections.ended_notice(office_screens.of_office(context.db, [after])[0])


def ask_more_time(context: Context, click: Click) -> Reply:
    """One of the two would like to go on for longer."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = more_time.ask(before, context.person.id, context.now)
    after = keep(context, PAIR, Verb.ASK_MORE_TIME, before, step)
    return of_more_time.asked_notice(screens.view_of(context.db, context.scheme, after, context.person.id, context.now))


def agree_more_time(context: Context, click: Click) -> Reply:
    """The other agrees."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = more_time.agree(before, context.person.id, context.now)
    after = keep(context, PAIR, Verb.AGREE_MORE_TIME, before, step)
    view = screens.view_of(context.db, context.scheme, after, context.person.id, context.now)
    return form_input.unless_shown(click, lambda: of_more_time.agreed_notice(view))


def time_over(context: Context, pair_id: str) -> bool:
    """The time that a pair was promised is over. Whether it was."""
    before = pairs.get(context.db, context.scheme.key, pair_id)
    return keep_if_changed(context, PAIR, "time_over", before, rules.time_over(before, context.now))
