"""A connection and its sessions, as one of the pair sees them."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.pictures import ConnectionPicture, SessionPicture
from bot.lifecycle.connections import Connection
from bot.schemes.scheme import Scheme
from bot.screens.faces import faces
from bot.storage import connections, members, requests


def connection(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> ConnectionPicture:
    """That connection; Refused("gone") where there is none, Refused("not_yours") for a stranger."""
    return picture_of(db, scheme, connections.get(db, scheme.key, id_), viewer, now)


def picture_of(db: Db, scheme: Scheme, held: Connection, viewer: str, now: datetime) -> ConnectionPicture:
    """A connection already read."""
    held.other(viewer)  # a stranger is refused here
    seen = faces(db, {held.mentee, held.mentor})
    profile = members.of(db, scheme.key, held.mentor).get("mentor")
    asked = requests.get(db, scheme.key, held.request)
    return ConnectionPicture(scheme, held, seen[held.mentee], seen[held.mentor], viewer, now, asked, profile)


def session(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> SessionPicture:
    """That session with its connection."""
    held = connections.by_session(db, scheme.key, id_)
    return session_of(picture_of(db, scheme, held, viewer, now), id_)


def session_of(pair: ConnectionPicture, id_: str) -> SessionPicture:
    """A session of a connection already read."""
    return SessionPicture(pair, pair.connection.session(id_))
