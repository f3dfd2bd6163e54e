"""The directory: a mentee searches it, puts mentors on the list, and names them in order."""

from collections.abc import Sequence

from bot.actions.context import Click, Context
from bot.actions.form_input import carried
from bot.actions.keeping import REQUEST, keep
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Form, Reply
from bot.dialogs.view_models.choosing import Look
from bot.dialogs.wording import directory as wording
from bot.lifecycle import permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.request import Request, route_of
from bot.lifecycle.vocabulary import Verb
from bot.screens import requests as screens
from bot.screens.directory import directory, seen_by
from bot.storage import candidates, drafts, members, requests


def search_mentors(context: Context, click: Click) -> Reply:
    """A page of the directory, by topic and by who can be asked."""
    id_, page = subjects.directory_page_of(click.subject)
    return drawn(context, click, searching(context, id_), carried(click, "order"), page)


def add_mentor(context: Context, click: Click) -> Reply:
    """One mentor more on the list, as long as it has room."""
    id_, mentor = subjects.choice_of(click.subject)
    request = searching(context, id_)
    order = list(dict.fromkeys([*carried(click, "order"), mentor]))[: route_of(request, context.scheme).mentors]
    remember(context, request, order)
    return drawn(context, click, request, order)


def name_mentors(context: Context, click: Click) -> Reply:
    """Name the mentors of the list: the first who can be asked is, or the office looks first, as the route says."""
    before = requests.get(context.db, context.scheme.key, click.subject)
    permissions.asker(context.actor, before)
    order = carried(click, "order")
    members.lock(context.db, context.scheme.key, order)
    found = candidates.for_people(context.db, context.scheme, order, context.now)
    named = seen_by(context.db, context.scheme, before, found)
    available = {person for person, each in named.items() if each.can_be_asked}
    chosen = [(context.new_id(), person) for person in order]
    step = rules.name_mentors(before, chosen, named, available, context.scheme, context.now)
    after = keep(context, REQUEST, Verb.NAME_MENTORS, before, step)
    return wording.named(screens.view_of(context.db, context.scheme, after, context.now))


def searching(context: Context, request_id: str) -> Request:
    """The request for which its mentee can find mentors now."""
    request = requests.get(context.db, context.scheme.key, request_id)
    permissions.asker(context.actor, request)
    rules.may_find_mentors(request)
    return request


def remember(context: Context, request: Request, listed: Sequence[str], skipped: Sequence[str] = ()) -> None:
    """Keep what the mentee has made of the list for the next time that it is opened."""
    context.afterwards.append(lambda db: drafts.save(db, request, listed, skipped))


def drawn(context: Context, click: Click, request: Request, order: list[str], page: int | None = None) -> Form:
    """The directory with that list. What was chosen above it holds; the page is the one that was open."""
    topic = click.entered.get(own_fields.TOPIC.key)
    shown = click.entered.get(own_fields.SHOWN.key, own_fields.CAN_BE_ASKED)
    looked = carried(click, "page")
    at = page if page is not None else subjects.directory_page_of(f":{''.join(looked)}")[1]
    look = Look(topic if topic in context.scheme.topics else None, shown == own_fields.CAN_BE_ASKED, at)
    return wording.form(directory(context.db, context.scheme, request, order, look, context.now))
