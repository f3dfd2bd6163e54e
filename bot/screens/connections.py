"""A connection and its sessions, as one of the pair sees them."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models import PairView, SessionView
from bot.lifecycle.connections import Connection
from bot.schemes.scheme import Scheme
from bot.storage import connections, members, people, requests


def connection(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> PairView:
    """That connection; Refused("gone") where there is none, Refused("not_yours") for a stranger."""
    return view_of(db, scheme, connections.get(db, scheme.key, id_), viewer, now)


def view_of(db: Db, scheme: Scheme, held: Connection, viewer: str, now: datetime) -> PairView:
    """A connection already read."""
    held.other(viewer)  # a stranger is refused here
    seen = people.many(db, {held.mentee, held.mentor})
    profile = members.of(db, scheme.key, held.mentor).get("mentor")
    asked = requests.get(db, scheme.key, held.request)
    return PairView(scheme, held, seen[held.mentee], seen[held.mentor], viewer, now, asked, profile)


def session(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> SessionView:
    """That session with its connection."""
    held = connections.by_session(db, scheme.key, id_)
    return session_of(view_of(db, scheme, held, viewer, now), id_)


def session_of(pair: PairView, id_: str) -> SessionView:
    """A session of a connection already read."""
    return SessionView(pair, pair.connection.session(id_))
