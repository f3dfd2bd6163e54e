"""A pair and its sessions, as one of the pair sees them."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models import PairView, SessionView
from bot.lifecycle import permissions
from bot.lifecycle.pairs import Pair, Session, next_number
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from bot.storage import members, pairs, people, requests


def pair(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> PairView:
    """That pair; Refused("gone") where there is none, Refused("not_yours") for a stranger."""
    return view_of(db, scheme, pairs.get(db, scheme.key, id_), viewer, now)


def view_of(db: Db, scheme: Scheme, held: Pair, viewer: str, now: datetime) -> PairView:
    """A pair already read."""
    permissions.party(Actor(viewer), held)
    seen = people.many(db, {held.mentee, held.mentor})
    profile = members.of(db, scheme.key, held.mentor).get("mentor")
    asked = requests.get(db, scheme.key, held.request)
    return PairView(scheme, held, seen[held.mentee], seen[held.mentor], viewer, now, asked, profile)


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
