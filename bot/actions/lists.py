"""The office's lists: members, requests and connections, by words and filters, a page at a time."""

from bot.actions.context import Click, Context
from bot.dialogs import list_queries, subjects
from bot.dialogs.parts import Reply
from bot.dialogs.view_models.lists import ListedMember, ListView
from bot.dialogs.wording import lists as wording
from bot.dialogs.wording import person as of_person
from bot.lifecycle import permissions
from bot.lifecycle.attention import Listed
from bot.lifecycle.listing import Query
from bot.screens import lists as screens
from bot.screens.person import card


def open_members(context: Context, click: Click) -> Reply:
    """A page of the members who are looked for."""
    return _opened(context, click, "members")


def open_requests(context: Context, click: Click) -> Reply:
    """A page of the mentoring requests."""
    return _opened(context, click, "requests")


def open_connections(context: Context, click: Click) -> Reply:
    """A page of the pairs."""
    return _opened(context, click, "connections")


def _opened(context: Context, click: Click, listed: Listed) -> Reply:
    page, text = subjects.list_page_of(click.subject)
    return wording.form(_found(context, list_queries.read(listed, text, page)))


def find(context: Context, click: Click) -> Reply:
    """What somebody looks for who has filled in the form of a list."""
    listed = subjects.listed_of(click.subject)
    return wording.form(_found(context, wording.read(context.scheme, listed, click.values or {})))


def typed(context: Context, listed: Listed, words: str) -> Reply:
    """The same as the answer to a command."""
    view = _found(context, list_queries.read(listed, words))
    alone = _alone(view) if context.opens_windows else None
    if alone and alone != context.person.id:
        return of_person.form(card(context.db, context.scheme, alone, view.viewer, context.now))
    return wording.answer(view)


def _alone(view: ListView) -> str | None:
    """The one person who was found by words, in one role or in both."""
    found = {row.view.person.id for row in view.rows if isinstance(row, ListedMember)}
    by_words = view.query.words and not view.query.filters
    return next(iter(found)) if by_words and len(found) == 1 and view.pages == 1 else None


def _found(context: Context, query: Query) -> ListView:
    """For somebody who may read the list."""
    officer = context.officer
    permissions.reads_list(officer, query.listed)
    return screens.page(context.db, context.scheme, query, officer, context.now)
