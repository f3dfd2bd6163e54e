"""Mentees who seek a mentor, as a mentor with room sees them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.choosing import RankedSeeker, Seekers
from bot.dialogs.view_models.requests import InvitationView
from bot.lifecycle import offers as rules
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.request import SEEKING, Request
from bot.lifecycle.step import allowed
from bot.matching.criteria import Seeker
from bot.matching.ranking import Candidate, Match, rank
from bot.schemes.scheme import Scheme
from bot.storage import candidates, members, people, requests
from bot.storage import seekers as stored

A_PAGE = 8
"""How many seekers a page holds: each takes four parts of a form's hundred."""


def seekers(db: Db, scheme: Scheme, mentor: Member | None, now: datetime, page: int = 0) -> Seekers:
    """One page of the requests for which this mentor could offer, best match first, the older first among equals."""
    found = sorted(_suiting(db, scheme, mentor, now), key=lambda each: (-each[1].percent, each[0].made_at, each[0].id))
    pages = pages_of(len(found), A_PAGE)
    page = min(page, pages - 1)
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    seen = people.many(db, [request.mentee for request, _ in shown])
    rows = tuple(RankedSeeker(request, seen[request.mentee], match) for request, match in shown)
    return Seekers(scheme, rows, len(found), page, pages)


def seeker(db: Db, scheme: Scheme, mentor: Member, request: Request, now: datetime) -> tuple[Person, Match | None]:
    """Whose request it is, and how well the mentor suits it; None where a hard rule of the mentee's leaves them out,
    or the two are kept apart."""
    (candidate,) = candidates.for_people(db, scheme, [mentor.person], now)
    return people.get(db, request.mentee), _match(stored.of(db, scheme, request), candidate, scheme)


def _suiting(db: Db, scheme: Scheme, mentor: Member | None, now: datetime) -> Iterator[tuple[Request, Match]]:
    found = candidates.for_people(db, scheme, [mentor.person], now) if mentor else ()
    if not found or not allowed(rules.may_look, mentor, found[0].load, scheme, now):
        return
    (candidate,) = found
    seeking = requests.in_states(db, scheme.key, sorted(SEEKING))
    for each, seeking_ in zip(seeking, stored.many(db, scheme, seeking), strict=True):
        if allowed(rules.may_offer, each, mentor, candidate.load, scheme, now):
            match = _match(seeking_, candidate, scheme)
            if match is not None:
                yield each, match


def _match(seeking: Seeker, candidate: Candidate, scheme: Scheme) -> Match | None:
    return next(iter(rank(seeking, [candidate], scheme).matches), None)


def with_profile(db: Db, view: InvitationView) -> InvitationView:
    """The same invitation, with its mentor's membership to be read."""
    member = members.of(db, view.scheme.key, view.mentor.id).get("mentor")
    return replace(view, profile=member)
