"""Choosing whom to ask: the mentors of a list, moved up, moved down and left out until the mentee sends it. They are
the ranked ones, or come from the directory."""

from bot.actions import directory
from bot.actions.context import Click, Context
from bot.actions.form_input import carried
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import shortlist as wording
from bot.lifecycle.request import Request, from_directory
from bot.screens.shortlist import shortlist
from bot.storage import drafts


def open_find(context: Context, click: Click) -> Reply:
    """The list as its mentee left it, at first the best mentors or the directory; from inside the list: from the
    beginning."""
    request = directory.searching(context, click.subject)
    if "order" in click.carried:
        return _changed(context, click, request, [], [])
    return _list(context, click, request, *drafts.of(context.db, request))


def move_up(context: Context, click: Click) -> Reply:
    """One place earlier."""
    return _moved(context, click, -1)


def move_down(context: Context, click: Click) -> Reply:
    """One place later."""
    return _moved(context, click, +1)


def skip(context: Context, click: Click) -> Reply:
    """Leave a mentor out: the next best takes the place."""
    id_, mentor = subjects.choice_of(click.subject)
    request = directory.searching(context, id_)
    order = [person for person in carried(click, "order") if person != mentor]
    skipped = [*carried(click, "skipped"), mentor]
    return _changed(context, click, request, order, list(dict.fromkeys(skipped))[-MOST_SKIPPED:])


MOST_SKIPPED = 80
"""How many skipped mentors a form remembers: what it carries has an end. The earliest come up again."""


def _moved(context: Context, click: Click, by: int) -> Reply:
    id_, mentor = subjects.choice_of(click.subject)
    request = directory.searching(context, id_)
    order = carried(click, "order")
    if mentor in order:
        at = order.index(mentor)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
    return _changed(context, click, request, order, carried(click, "skipped"))


def _changed(context: Context, click: Click, request: Request, order: list[str], skipped: list[str]) -> Reply:
    directory.remember(context, request, order, skipped)
    return _list(context, click, request, order, skipped)


def _list(context: Context, click: Click, request: Request, order: list[str], skipped: list[str]) -> Reply:
    if from_directory(request, context.scheme):
        return directory.drawn(context, click, request, order)
    return wording.form(shortlist(context.db, context.scheme, request, order, skipped, context.now))
