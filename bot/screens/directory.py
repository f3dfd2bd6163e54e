"""The directory of mentors as a mentee looks through it for a request, and the list that comes of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.choosing import Directory, InDirectory, Look
from bot.lifecycle import refreshing
from bot.lifecycle.pairings import Around
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.matching.directory import Entry, entries
from bot.matching.ranking import Candidate
from bot.schemes.scheme import Scheme
from bot.storage import candidates, members, pairings, people, seekers

A_PAGE = 8
"""How many mentors a page holds: each takes four parts of a form's hundred."""


def directory(db: Db, scheme: Scheme, request: Request, order: Sequence[str], look: Look, now: datetime) -> Directory:
    """One page of the mentors who are looked for, pinned and suggested ones first and then by name, without those on
    the list (`order`) already. Who is no longer in the directory drops off the list."""
    said, stale = pairings.around_of(db, scheme.key, request.mentee), unconfirmed(db, scheme, now)
    everybody = seen_by(db, scheme, request, candidates.candidates(db, scheme, now), said)
    if scheme.directory.unconfirmed == "hidden":
        everybody = {person: each for person, each in everybody.items() if person not in stale}
    listed = [everybody[person] for person in order if person in everybody]
    names = sorted(candidates.by_name(db, scheme.key), key=lambda each: _first(each, said), reverse=True)
    by_name = (everybody[person] for person in names if person in everybody)
    found = [each for each in by_name if each.person not in order and _looked_for(each, look)]
    pages = pages_of(len(found), A_PAGE)
    page = min(look.page, pages - 1)
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    known = people.many(db, [each.person for each in (*listed, *shown)])
    rows = [tuple(_row(each, known, scheme, said, stale) for each in some) for some in (listed, shown)]
    look = Look(look.topic, look.can_be_asked, page)
    return Directory(scheme, request, rows[0], rows[1], look, len(found), pages)


def unconfirmed(db: Db, scheme: Scheme, now: datetime) -> frozenset[str]:
    """The mentors who have not confirmed their entry this year, once there has been time to; nothing is looked up where
    nobody has to."""
    since = refreshing.mark(scheme, now)
    return members.unconfirmed(db, scheme.key, since) if since else frozenset()


def _first(person: str, said: Around) -> tuple[bool, bool]:
    return person in said.pinned, person in said.suggested


def seen_by(
    db: Db, scheme: Scheme, request: Request, found: Sequence[Candidate], said: Around | None = None
) -> dict[str, Entry]:
    """Those of these mentors who are in the directory for the request's mentee, by person."""
    return {each.person: each for each in entries(seekers.of(db, scheme, request, said), found, scheme)}


def _looked_for(entry: Entry, look: Look) -> bool:
    return (entry.can_be_asked or not look.can_be_asked) and (look.topic is None or look.topic in entry.offers)


def _row(entry: Entry, known: dict[str, Person], scheme: Scheme, said: Around, stale: Collection[str]) -> InDirectory:
    field = scheme.matching.headline_field
    headline = str(entry.answers.get(field) or "") if field else ""
    person = entry.person
    first = _first(person, said)
    return InDirectory(known[person], headline, entry.offers, entry.can_be_asked, *first, person not in stale)
