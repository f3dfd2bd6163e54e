"""Somebody's sessions as a file that their calendar fetches again and again: those of every scheme that runs here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection as Db

from bot.calendars import ics
from bot.lifecycle import calendars as rules
from bot.lifecycle import endings
from bot.lifecycle.pairs import Pair
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.screens.appointments import invitation
from bot.storage import calendar_addresses, pairs, people

_NAME: Final = "Mentoring"
"""What the calendar is called where there are several schemes."""
_ENDED: Final = 50
"""So many of somebody's pairs that have ended are looked through: more than a year holds."""


def at_address(db: Db, schemes: Schemes, token: str, now: datetime) -> bytes | None:
    """The file that is read at the address with this secret part; None: nobody has such an address."""
    address = calendar_addresses.find(db, token)
    person = people.many(db, {address.person}).get(address.person) if address else None
    if person is None or not rules.answers(address, person):
        return None
    name = _NAME if schemes.several else schemes.first.name
    found = [each for scheme in schemes.values() for each in _events(db, scheme, person.id, now)]
    return ics.published(name, sorted(found, key=lambda each: (each.invitation.starts_at, each.invitation.uid)))


def _events(db: Db, scheme: Scheme, person: str, now: datetime) -> Iterator[ics.Published]:
    mine = (*pairs.of(db, scheme.key, person), *pairs.ended_of(db, scheme.key, person, _ENDED))
    kept = [each for each in mine if allowed(endings.may_look_at, each, person, scheme, now) and rules.shown(each, now)]
    seen = people.many(db, {side for each in kept for side in (each.mentee, each.mentor)})
    for pair in kept:
        yield from _of_pair(pair, scheme, seen[pair.mentee].name, seen[pair.mentor].name, now)


def _of_pair(pair: Pair, scheme: Scheme, mentee: str, mentor: str, now: datetime) -> Iterator[ics.Published]:
    for session in rules.shown(pair, now):
        if session.starts_at is not None:
            about = invitation(scheme, session, session.starts_at, mentee, mentor)
            yield ics.Published(about, rules.changed_at(pair, session))
