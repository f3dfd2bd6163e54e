"""A pair and its sessions, as one of the pair sees them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import SessionView
from bot.lifecycle import endings
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.request import Request
from bot.lifecycle.sessions import next_number
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Scheme
from bot.storage import members, pairs, people, requests, rounds, sheets

EARLIER = 3
"""How many pairs that have ended Home shows."""


def pair(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> PairView:
    """That pair; Refused("gone") where there is none (any more), Refused("not_yours") for a stranger."""
    return view_of(db, scheme, pairs.get(db, scheme.key, id_), viewer, now)


def together(db: Db, scheme: Scheme, id_: str, now: datetime) -> PairView:
    """That pair, for the two of it at once; `viewer` is neither."""
    held = pairs.get(db, scheme.key, id_)
    return replace(view_of(db, scheme, held, held.mentee, now), viewer="")


def of_both(db: Db, scheme: Scheme, held: Pair, now: datetime) -> PairView:
    """A pair already read, as nobody in particular sees it: whether somebody may look at it is not asked."""
    seen = people.many(db, {held.mentee, held.mentor})
    return PairView(scheme, held, seen[held.mentee], seen[held.mentor], held.mentee, now)


def view_of(db: Db, scheme: Scheme, held: Pair, viewer: str, now: datetime) -> PairView:
    """A pair already read."""
    endings.may_look_at(held, viewer, scheme, now)
    seen = people.many(db, {held.mentee, held.mentor})
    profile = members.of(db, scheme.key, held.mentor).get("mentor")
    asked = requests.get(db, scheme.key, held.request) if held.request else None
    filled = _sheets(db, scheme, [held])
    after = _made_since(db, scheme, held) if viewer == held.mentee else None
    meets = rounds.introduction_of(db, scheme, held.request)
    return PairView(
        scheme, held, seen[held.mentee], seen[held.mentor], viewer, now, asked, profile, filled, after, meets
    )


def _made_since(db: Db, scheme: Scheme, held: Pair) -> Request | None:
    """What the mentee has asked for, or the office for them, once this had ended."""
    latest = requests.latest_of(db, scheme.key, held.mentee) if held.ended_at else None
    return latest if latest and held.ended_at and latest.made_at >= held.ended_at else None


def of_person(db: Db, scheme: Scheme, person: str, now: datetime) -> tuple[PairView, ...]:
    """The person's active pairs, newest first."""
    return tuple(view_of(db, scheme, each, person, now) for each in pairs.of(db, scheme.key, person))


def earlier(db: Db, scheme: Scheme, person: str, now: datetime) -> tuple[PairView, ...]:
    """The person's last pairs that have ended, as far as they are still kept; without request and profile."""
    ended = pairs.ended_of(db, scheme.key, person, EARLIER)
    kept = [each for each in ended if allowed(endings.may_look_at, each, person, scheme, now)]
    seen = people.many(db, {side for each in kept for side in (each.mentee, each.mentor)}) if kept else {}
    filled = _sheets(db, scheme, kept)
    return tuple(
        PairView(scheme, each, seen[each.mentee], seen[each.mentor], person, now, sheets=filled) for each in kept
    )


def _sheets(db: Db, scheme: Scheme, held: Sequence[Pair]) -> tuple[FilledSheet, ...]:
    """Every sheet about these pairs and their sessions; nothing is asked where the scheme has none."""
    if all(each.about == "member" for each in scheme.sheets):
        return ()
    return sheets.of(db, scheme.key, (id_ for pair in held for id_ in (pair.id, *(each.id for each in pair.sessions))))


def session(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> SessionView:
    """That session with its pair."""
    held = pairs.by_session(db, scheme.key, id_)
    return session_of(view_of(db, scheme, held, viewer, now), id_)


def session_of(pair: PairView, id_: str) -> SessionView:
    """A session of a pair already read."""
    return SessionView(pair, pair.pair.session(id_))


def session_to_add(pair: PairView) -> SessionView:
    """The session that comes next; it is not there before its form is sent."""
    return SessionView(pair, Session("", next_number(pair.pair), minutes=pair.pair.terms.minutes))
