"""What waits for the office, the longest-waiting first, and the scheme in numbers."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.office import Figures, Waiting, WaitingList
from bot.dialogs.view_models.requests import RequestView
from bot.lifecycle.figures import PERIOD, may_be_told
from bot.lifecycle.permissions import WAITS_FOR, Actor
from bot.lifecycle.reminders import overdue
from bot.schemes.scheme import Scheme
from bot.screens.members import view_of as member_view
from bot.screens.requests import view_of as request_view
from bot.storage import figures, members, requests

A_PAGE = 8
"""How many cases a page of the waiting list holds: each takes up to four parts of a form's hundred."""


def waiting_list(
    db: Db, scheme: Scheme, viewer: Actor, now: datetime, page: int = 0, size: int = A_PAGE
) -> WaitingList:
    """One page of what waits for the viewer, by their powers; the last one where there is no such page any more."""
    of_members = members.count_waiting(db, scheme.key) if "approve_members" in viewer.powers else 0
    states = sorted(state for state, power in WAITS_FOR.items() if power in viewer.powers)
    of_requests = requests.count_waiting(db, scheme.key, states) if states else 0
    total = of_members + of_requests
    pages = pages_of(total, size)
    page = min(page, pages - 1)
    last = (page + 1) * size
    found: list[Waiting] = []
    if of_members:
        for member in members.waiting(db, scheme.key, last, 0):
            since = member.waiting_since or member.asked_at
            found.append(_waiting(member_view(db, scheme, member, now), since, scheme, now))
    if of_requests:
        for request in requests.waiting(db, scheme.key, states, last, 0):
            since = request.waiting_since or request.made_at
            found.append(_waiting(request_view(db, scheme, request, now), since, scheme, now))
    found.sort(key=lambda waiting: waiting.since)
    return WaitingList(scheme, tuple(found[page * size : last]), total, page, pages, viewer)


def _waiting(view: MemberView | RequestView, since: datetime, scheme: Scheme, now: datetime) -> Waiting:
    return Waiting(view, since, overdue(scheme, since, now))


def numbers(db: Db, scheme: Scheme, now: datetime) -> Figures:
    """The scheme in numbers; of its sessions none where too few pairs stand behind them."""
    met = may_be_told(figures.met(db, scheme.key, now - PERIOD))
    return Figures(**figures.count(db, scheme.key), met=met)
