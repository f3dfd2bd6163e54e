"""What somebody does to see their sessions in their own calendar: the private address that it fetches, had and stopped.

The address belongs to the person, whichever connection they come from; only they are shown it, once, in the answer to
the press that makes it.
"""

import secrets
from typing import Final

from bot.actions.context import Click, Context
from bot.actions.placing import organiser
from bot.dialogs.parts import Reply
from bot.dialogs.view_models.sessions import CalendarView
from bot.dialogs.wording import calendars as wording
from bot.lifecycle import calendars as rules
from bot.lifecycle.calendars import CalendarAddress
from bot.lifecycle.vocabulary import Verb
from bot.screens import pairs as screens
from bot.storage import calendar_addresses, keyring

_CHANCE: Final = 32
"""Bytes of chance in an address: nobody comes upon one by trying."""


def open_calendar(context: Context, click: Click) -> Reply:
    """The ways in which one's sessions come into one's calendar."""
    return wording.form(_view(context, click))


def give_address(context: Context, click: Click) -> Reply:
    """An address of one's own; the one before, if there was one, stops at once."""
    before = _view(context, click)
    rules.may_have(before.offered)
    token = secrets.token_urlsafe(_CHANCE)
    kept = CalendarAddress(context.person.id, keyring.digest(token), context.now)
    calendar_addresses.save(context.db, kept)
    context.note(Verb.GIVE_ADDRESS, click.subject)
    return wording.given(_view(context, click), f"{context.channels.public_url}/calendar/{token}.ics")


def stop_address(context: Context, click: Click) -> Reply:
    """Nothing is to be read at one's address any more."""
    rules.may_stop(_view(context, click).address)
    calendar_addresses.forget(context.db, context.person.id)
    context.note(Verb.STOP_ADDRESS, click.subject)
    return wording.stopped(_view(context, click))


def _view(context: Context, click: Click) -> CalendarView:
    """For one of the two of a connection; Refused for anybody else."""
    pair = screens.pair(context.db, context.scheme, click.subject, context.person.id, context.now)
    channels, address = context.channels, calendar_addresses.of(context.db, context.person.id)
    mailed = channels.email and "session" in context.scheme.email_copies and pair.me.email is not None
    in_outlook = organiser(context, pair.pair) is not None and pair.me.email is not None
    return CalendarView(pair, bool(channels.public_url), mailed, address, in_outlook)
