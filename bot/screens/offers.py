"""Mentees who seek a mentor, as a mentor with room sees them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.choosing import Seeker, Seekers
from bot.dialogs.view_models.requests import InvitationView
from bot.lifecycle import offers as rules
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.request import SEEKING, Request
from bot.lifecycle.step import allowed
from bot.matching.ranking import Candidate, Match, rank
from bot.schemes.scheme import Scheme
from bot.storage import candidates, members, pairings, people, requests

A_PAGE = 8
"""How many seekers a page holds: each takes four parts of a form's hundred."""


def seekers(db: Db, scheme: Scheme, mentor: Member | None, now: datetime, page: int = 0) -> Seekers:
    """One page of the requests for which this mentor could offer, best match first, the older first among equals."""
    found = sorted(_suiting(db, scheme, mentor, now), key=lambda each: (-each[1].percent, each[0].made_at, each[0].id))
    pages = pages_of(len(found), A_PAGE)
    page = min(page, pages - 1)
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    seen = people.many(db, [request.mentee for request, _ in shown])
    rows = tuple(Seeker(request, seen[request.mentee], match) for request, match in shown)
    return Seekers(scheme, rows, len(found), page, pages)


def seeker(db: Db, scheme: Scheme, mentor: Member, request: Request, now: datetime) -> tuple[Person, Match | None]:
    """Whose request it is, and how well the mentor suits it; None where a hard rule of the mentee's leaves them out,
    or the two are kept apart."""
    (candidate,) = candidates.for_people(db, scheme, [mentor.person], now)
    if request.mentee in pairings.around_of(db, scheme.key, mentor.person).apart:
        return people.get(db, request.mentee), None
    mentee = members.of(db, scheme.key, request.mentee).get("mentee")
    return people.get(db, request.mentee), _match(request, mentee, candidate, scheme)


def _suiting(db: Db, scheme: Scheme, mentor: Member | None, now: datetime) -> Iterator[tuple[Request, Match]]:
    found = candidates.for_people(db, scheme, [mentor.person], now) if mentor else ()
    if not found or not allowed(rules.may_look, mentor, found[0].load, scheme, now):
        return
    (candidate,) = found
    apart = pairings.around_of(db, scheme.key, candidate.person).apart
    seeking = [each for each in requests.in_states(db, scheme.key, sorted(SEEKING)) if each.mentee not in apart]
    mentees = members.many(db, scheme.key, [each.mentee for each in seeking], "mentee")
    for each in seeking:
        if allowed(rules.may_offer, each, mentor, candidate.load, scheme, now):
            match = _match(each, mentees.get(each.mentee), candidate, scheme)
            if match is not None:
                yield each, match


def _match(request: Request, mentee: Member | None, candidate: Candidate, scheme: Scheme) -> Match | None:
    preferences = mentee.preferences if mentee and mentee.preferences else {}
    ranking = rank(request.mentee, request.answers, preferences, [candidate], request.asked, scheme)
    return next(iter(ranking.matches), None)


def with_profile(db: Db, view: InvitationView) -> InvitationView:
    """The same invitation, with its mentor's membership to be read."""
    member = members.of(db, view.scheme.key, view.mentor.id).get("mentor")
    return replace(view, profile=member)
