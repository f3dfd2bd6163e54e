"""Rounds of matching: what one would be about, who is in it with whom, and what came of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.subjects import RoundShown
from bot.dialogs.view_models.rounds import RoundLine, RoundMessage, RoundPlaces, RoundPreview, RoundView
from bot.lifecycle import rounds as rules
from bot.lifecycle.pairings import Around, Said
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import Round
from bot.lifecycle.step import Refused
from bot.matching.ranking import Match
from bot.schemes.scheme import Scheme
from bot.screens import round_table
from bot.storage import candidates, members, offices, pairings, people, rounds
from bot.storage.rounds import RoundRow

A_PAGE = 6
"""How many lines a page of a round holds: each takes up to five of a message's fifty parts."""
NAMED = 20
"""So many of the pairs that came to nothing are named in a message."""


def preview(db: Db, scheme: Scheme, viewer: Actor, now: datetime) -> RoundPreview:
    """What a round would be about that this viewer runs."""
    table = round_table.read(db, scheme, Round("", scheme.key, viewer.person, "working", now), now)
    free = [each for each in table.candidates if each.can_be_asked]
    counted = [each.limit - each.load for each in free if each.limit is not None]
    places = sum(counted) if len(counted) == len(free) else None
    return RoundPreview(scheme, len(table.requests), len(free), places, table.places, table.own)


def of_round(
    db: Db, scheme: Scheme, one: Round, viewer: Actor, now: datetime, shown: RoundShown = "best", page: int = 0
) -> RoundView:
    """A page of the round, without what is about the viewer; the last one where there is no such page any more."""
    first, last = (one.placed + 1, one.total) if shown == "unplaced" else (1, one.placed)
    kept = one.state != "working"
    pages = pages_of(last - first + 1 if kept else 0, A_PAGE)
    page = min(page, pages - 1)
    if shown == "weakest":
        high = last - page * A_PAGE
        found = rounds.between(db, one.id, max(first, high - A_PAGE + 1), high)[::-1] if kept else ()
    else:
        low = first + page * A_PAGE
        found = rounds.between(db, one.id, low, min(last, low + A_PAGE - 1)) if kept else ()
    theirs = [each for each in found if viewer.person not in (each.mentee, each.mentor)]
    return replace(
        _counted(db, scheme, one, viewer, now), lines=_lines(db, scheme, theirs, said=True),
        hidden=len(found) - len(theirs), shown=shown, page=page, pages=pages,
    )  # fmt: skip


def _counted(db: Db, scheme: Scheme, one: Round, viewer: Actor, now: datetime) -> RoundView:
    came, mentors = rounds.counted(db, one.id), rounds.count_mentors(db, one.id)
    own = viewer.person == one.by and round_table.is_in(db, scheme, viewer.person, now)
    return RoundView(scheme, one, viewer, now, mentors=mentors, came=came, own=own)


def _lines(db: Db, scheme: Scheme, found: Iterable[RoundRow], *, said: bool) -> tuple[RoundLine, ...]:
    some = tuple(found)
    seen = people.many(db, {person for each in some for person in (each.mentee, each.mentor) if person})
    around = {each.mentee: pairings.around_of(db, scheme.key, each.mentee) for each in some} if said else {}
    lines = []
    for each in some:
        mentee, mentor = seen[each.mentee], seen[each.mentor] if each.mentor else None
        if isinstance(each.reasons, Match):
            heard = _said(around.get(each.mentee, Around()), each.reasons.person)
            lines.append(RoundLine(each.number, mentee, mentor, each.reasons, came=each.came, said=heard))
        else:
            why, left_out = each.reasons.why, each.reasons.left_out
            lines.append(RoundLine(each.number, mentee, why=why, left_out=left_out, came=each.came))
    return tuple(lines)


def _said(around: Around, mentor: str) -> frozenset[Said]:
    ways: dict[Said, frozenset[str]] = {"apart": around.apart, "pinned": around.pinned, "warned": around.warned}
    return frozenset(said for said, whom in ways.items() if mentor in whom)


def every_line(db: Db, scheme: Scheme, id_: str, reader: Actor) -> tuple[RoundLine, ...]:
    """All of the round, for a table; never what is about its reader."""
    one = rounds.get(db, scheme.key, id_)
    rules.may_see(reader)
    found = rounds.between(db, one.id, 1, one.total)
    return _lines(db, scheme, (each for each in found if reader.person not in (each.mentee, each.mentor)), said=False)


def told(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> RoundMessage:
    """The round, for the message that tells of it; "" reads it in an office's channel."""
    one = rounds.get(db, scheme.key, about)
    viewer = offices.actor(db, scheme, reader) if reader else Actor("", frozenset({"match"}))
    rules.may_see(viewer)
    missed = [each for each in rounds.not_held(db, one.id, NAMED) if reader not in (each.mentee, each.mentor)]
    me = people.get(db, reader) if reader else None
    return RoundMessage(_counted(db, scheme, one, viewer, now), me, _lines(db, scheme, missed, said=False))


def places(db: Db, scheme: Scheme, one: Round, mentor: str, now: datetime) -> RoundPlaces:
    """That mentor's places in the round; Refused("gone") where they are no mentor here."""
    found = candidates.for_people(db, scheme, [mentor], now)
    held = members.of(db, scheme.key, mentor).get("mentor")
    if not found or held is None:
        raise Refused("gone")
    seen, free = people.get(db, mentor), rules.most_places(found[0].load, found[0].limit)
    placed, given = len(rounds.of_mentor(db, one.id, mentor)), one.places.get(mentor, free)
    own = held.own_limit is not None
    return RoundPlaces(scheme, one, seen, found[0].load, found[0].limit, placed, given, own)
