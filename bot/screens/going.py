"""Somebody who has gone, or is back: what of theirs there is, and what has become of it."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.going import BackView, GoneView, NewcomersView
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import ListedPair
from bot.lifecycle.going import unheld
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Office, Power, Scheme
from bot.screens import members as member_screens
from bot.screens import pairs as pair_screens
from bot.storage import audit, members, offices, outbox, pairs, people, requests

_OUT = frozenset({"turned_down", "left"})


def gone(db: Db, scheme: Scheme, about: str, viewer: str, now: datetime) -> GoneView:
    """Somebody who is not here, or was not, for the office."""
    person = people.get(db, about)
    met = pairs.of(db, scheme.key, about)
    seen = people.many(db, {side for each in met for side in (each.mentee, each.mentor)})
    listed = tuple(ListedPair(each, seen[each.mentee], seen[each.mentor]) for each in met)
    theirs, left = _offices(db, scheme, person), left_unheld(db, scheme)
    reader = offices.actor(db, scheme, viewer)
    return GoneView(scheme, person, _members(db, scheme, person, now), listed, theirs, left, reader)


def newcomers(db: Db, scheme: Scheme, _: str, __: str, ___: datetime) -> NewcomersView:
    """Those who were brought in before they had the app, and have not come since."""
    found = people.many(db, outbox.never_reached(db, scheme.key, Kind.BROUGHT_IN)).values()
    return NewcomersView(scheme, tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id))))


def left_unheld(db: Db, scheme: Scheme) -> tuple[Power, ...]:
    """The powers of the scheme that only holders who are gone have."""
    held = offices.all_held(db, scheme.key)
    here = {each.id for each in people.many(db, {each.person for each in held}).values() if each.active}
    return unheld(scheme, held, here)


def back(db: Db, scheme: Scheme, about: str, _: str, now: datetime) -> BackView:
    """What somebody finds who is back."""
    person = people.get(db, about)
    met, earlier = (look(db, scheme, about, now) for look in (pair_screens.of_person, pair_screens.earlier))
    since = person.gone_at or now
    ended = tuple(each for each in earlier if each.pair.ended_at is not None and each.pair.ended_at >= since)
    passed_on = _passed_on(db, scheme, about, since)
    return BackView(
        scheme, person, _members(db, scheme, person, now), _withdrawn(db, scheme, about, since), passed_on, met, ended,
        _offices(db, scheme, person),
    )  # fmt: skip


def _passed_on(db: Db, scheme: Scheme, mentor: str, since: datetime) -> int:
    """How many requests to them have gone on to others since then."""
    listed = (each.invitations for each in requests.asked_of(db, scheme.key, mentor, ["unavailable"]))
    return sum(
        one.mentor == mentor and one.answered_at is not None and one.answered_at >= since
        for each in listed for one in each if one.state == "unavailable"
    )  # fmt: skip


def _members(db: Db, scheme: Scheme, person: Person, now: datetime) -> tuple[MemberView, ...]:
    held = members.of(db, scheme.key, person.id)
    return tuple(member_screens.view_of(db, scheme, held[role], now) for role in sorted(held) if _in(held[role].state))


def _in(state: str) -> bool:
    return state not in _OUT


def _offices(db: Db, scheme: Scheme, person: Person) -> tuple[Office, ...]:
    held = offices.offices_of(db, scheme.key, person.id)
    return tuple(each for each in scheme.offices if each.key in held)


def _withdrawn(db: Db, scheme: Scheme, mentee: str, since: datetime) -> Request | None:
    """Their last request, where their going has taken it back."""
    latest = requests.latest_of(db, scheme.key, mentee)
    if latest is None or latest.state != "withdrawn":
        return None
    noted = audit.last_done(db, scheme.key, latest.id, ["gone"])
    return latest if noted is not None and noted.at >= since else None
