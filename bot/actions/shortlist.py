"""Choosing whom to ask: the ranked mentors, moved up, moved down and skipped until the mentee sends the list."""

from bot.actions.context import Click, Context
from bot.actions.form_input import carried
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import shortlist as wording
from bot.lifecycle import permissions
from bot.lifecycle.routes.choose import may_choose_mentors
from bot.screens.shortlist import shortlist
from bot.storage import requests


def open_find(context: Context, click: Click) -> Reply:
    """The best mentors for an approved request."""
    return _list(context, click.subject, [], [])


def move_up(context: Context, click: Click) -> Reply:
    """One place earlier."""
    return _moved(context, click, -1)


def move_down(context: Context, click: Click) -> Reply:
    """One place later."""
    return _moved(context, click, +1)


def skip(context: Context, click: Click) -> Reply:
    """Leave a mentor out: the next best takes the place."""
    request, mentor = subjects.choice_of(click.subject)
    order = [person for person in carried(click, "order") if person != mentor]
    skipped = [*carried(click, "skipped"), mentor]
    return _list(context, request, order, list(dict.fromkeys(skipped))[-MOST_SKIPPED:])


MOST_SKIPPED = 80
"""How many skipped mentors a form remembers: what it carries has an end. The earliest come up again."""


def _moved(context: Context, click: Click, by: int) -> Reply:
    request, mentor = subjects.choice_of(click.subject)
    order = carried(click, "order")
    if mentor in order:
        at = order.index(mentor)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
    return _list(context, request, order, carried(click, "skipped"))


def _list(context: Context, request_id: str, order: list[str], skipped: list[str]) -> Reply:
    request = requests.get(context.db, context.scheme.key, request_id)
    permissions.asker(context.actor, request)
    may_choose_mentors(request)
    return wording.form(shortlist(context.db, context.scheme, request, order, skipped, context.now))
