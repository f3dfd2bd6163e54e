"""Mentoring requests with their invitations: loading, locking and saving.

A request is loaded in two statements and saved in as few as its changes need.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from bot.lifecycle.request import Invitation, InvitationState, Request, RequestState
from bot.lifecycle.step import Refused
from bot.matching.criteria import Earlier
from bot.storage.optimistic import AnyRow, changed, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import GOES_ON, invitations, requests

_NAMES = names(Request, leave_out=("invitations",))
_INVITED = names(Invitation)
_MOVES = ("state", "asked_at", "due_at", "answered_at", "seat", "talk_offered_at", "undo_until")
"""What a move of the list may change; all of it is written, so that one statement serves every invitation."""

_SCHEME = requests.c.scheme == bindparam("scheme")
_MENTEE = requests.c.mentee == bindparam("mentee")
_WAITS = and_(requests.c.waiting_since.is_not(None), requests.c.state.in_(bindparam("states", expanding=True)))
_REQUEST = select(*columns(requests, _NAMES)).where(_SCHEME)
_GET = _REQUEST.where(requests.c.id == bindparam("id"))
_INVITATION = select(invitations.c.request).where(
    invitations.c.scheme == bindparam("scheme"), invitations.c.id == bindparam("invitation")
)
_BY_INVITATION = _REQUEST.where(requests.c.id == _INVITATION.scalar_subquery())
_LOCK = select(requests.c.id).where(_SCHEME, requests.c.id == _INVITATION.scalar_subquery()).with_for_update()
_LATEST = _REQUEST.where(_MENTEE).order_by(requests.c.made_at.desc(), requests.c.id.desc()).limit(1)
_OPEN = _REQUEST.where(_MENTEE, GOES_ON)
_COUNT_OPEN = select(func.count()).select_from(requests).where(_SCHEME, _MENTEE, GOES_ON)
_ASKED = (
    select(*columns(requests, _NAMES))
    .join(invitations, invitations.c.request == requests.c.id)
    .where(
        invitations.c.scheme == bindparam("scheme"),
        invitations.c.mentor == bindparam("mentor"),
        invitations.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(func.coalesce(invitations.c.asked_at, requests.c.made_at).desc(), requests.c.id.desc())
)
_WAITING = (
    _REQUEST.where(_WAITS)
    .order_by(requests.c.waiting_since, requests.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_IN_STATES = _REQUEST.where(GOES_ON, requests.c.state.in_(bindparam("states", expanding=True))).order_by(
    requests.c.made_at, requests.c.id
)
_THOSE = _REQUEST.where(requests.c.id.in_(bindparam("ids", expanding=True)))
_COUNT_WAITING = select(func.count()).select_from(requests).where(_SCHEME, _WAITS)
_LIST = (
    select(invitations.c.request, *columns(invitations, _INVITED))
    .where(invitations.c.scheme == bindparam("scheme"), invitations.c.request.in_(bindparam("ids", expanding=True)))
    .order_by(invitations.c.position)
)
_ON_LIST = (
    select(*columns(invitations, _INVITED))
    .where(invitations.c.scheme == bindparam("scheme"), invitations.c.request == bindparam("request"))
    .order_by(invitations.c.position)
)
_LEFT = (
    select(invitations.c.mentor, invitations.c.state)
    .join(requests, requests.c.id == invitations.c.request)
    .where(
        requests.c.scheme == bindparam("scheme"),
        requests.c.mentee == bindparam("mentee"),
        invitations.c.state.in_(("declined", "expired")),
        invitations.c.asker != "mentor",
    )
    .order_by(invitations.c.answered_at)
)
_INSERT = insert(requests)
_UPDATE = update(requests).where(
    requests.c.id == bindparam("this"), requests.c.scheme == bindparam("of"), requests.c.version == bindparam("was")
)
_INVITE = insert(invitations)
_MOVE = update(invitations).where(invitations.c.id == bindparam("this"), invitations.c.state == bindparam("was"))


def get(db: Connection, scheme_key: str, id_: str) -> Request:
    """That request; Refused("gone") where there is none."""
    return _one(db, scheme_key, db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none())


def by_invitation(db: Connection, scheme_key: str, invitation_id: str) -> Request:
    """The request that an invitation belongs to; Refused("gone") where there is no such invitation."""
    found = db.execute(_BY_INVITATION, {"scheme": scheme_key, "invitation": invitation_id})
    return _one(db, scheme_key, found.one_or_none())


def lock(db: Connection, scheme_key: str, invitation_id: str) -> None:
    """Lock the invitation's request until the transaction ends, so that what is read of it stays as it is.

    Whoever tells of a request without changing it holds this. On SQLite the one writer is alone anyway.
    """
    if db.dialect.name == "postgresql":
        db.execute(_LOCK, {"scheme": scheme_key, "invitation": invitation_id}).all()


def latest_of(db: Connection, scheme_key: str, mentee: str) -> Request | None:
    """The mentee's newest request, however it stands."""
    row = db.execute(_LATEST, {"scheme": scheme_key, "mentee": mentee}).one_or_none()
    return _one(db, scheme_key, row) if row is not None else None


def open_of(db: Connection, scheme_key: str, mentee: str) -> Request | None:
    """The mentee's request that still goes on."""
    row = db.execute(_OPEN, {"scheme": scheme_key, "mentee": mentee}).one_or_none()
    return _one(db, scheme_key, row) if row is not None else None


def count_open(db: Connection, scheme_key: str, mentee: str) -> int:
    """How many of the mentee's requests still go on: 0 or 1."""
    return db.execute(_COUNT_OPEN, {"scheme": scheme_key, "mentee": mentee}).scalar_one()


def asked_of(
    db: Connection, scheme_key: str, mentor: str, states: Sequence[InvitationState] = ("open",)
) -> tuple[Request, ...]:
    """The requests on whose list the mentor stands in one of these states, newest first."""
    rows = db.execute(_ASKED, {"scheme": scheme_key, "mentor": mentor, "states": list(states)})
    return _several(db, scheme_key, rows.all())


def left_by(db: Connection, scheme_key: str, mentee: str) -> dict[str, Earlier]:
    """The mentors who declined a request of this mentee, or let it lapse, and which of it they did last."""
    rows = db.execute(_LEFT, {"scheme": scheme_key, "mentee": mentee})
    return {mentor: "silent" if state == "expired" else "declined" for mentor, state in rows}


def in_states(db: Connection, scheme_key: str, states: Sequence[RequestState]) -> tuple[Request, ...]:
    """Every request that goes on and is in one of these states, oldest first."""
    return _several(db, scheme_key, db.execute(_IN_STATES, {"scheme": scheme_key, "states": list(states)}).all())


def waiting(
    db: Connection, scheme_key: str, states: Sequence[RequestState], limit: int, offset: int = 0
) -> tuple[Request, ...]:
    """What waits for the office in these states, oldest first."""
    which = {"scheme": scheme_key, "states": list(states), "limit": limit, "offset": offset}
    rows = db.execute(_WAITING, which)
    return _several(db, scheme_key, rows.all())


def count_waiting(db: Connection, scheme_key: str, states: Sequence[RequestState]) -> int:
    """How many requests wait for the office in these states."""
    return db.execute(_COUNT_WAITING, {"scheme": scheme_key, "states": list(states)}).scalar_one()


def those(db: Connection, scheme_key: str, ids: Sequence[str]) -> tuple[Request, ...]:
    """Those requests, in that order."""
    rows = db.execute(_THOSE, {"scheme": scheme_key, "ids": list(ids)}).all()
    found = {each.id: each for each in _several(db, scheme_key, rows)}
    return tuple(found[id_] for id_ in ids if id_ in found)


def save(db: Connection, before: Request | None, after: Request) -> Request:
    """Keep a request with its list and give it back with its new version; nothing is written where nothing changed.

    Conflict where somebody else changed it since `before` was loaded, or a unique index refuses: the mentee has
    another open request, somebody else is being asked or has accepted.
    """
    if after == before:
        return after
    saved = after
    with conflict_where_taken():
        if before is None:
            db.execute(_INSERT, values(after, _NAMES))
        else:
            saved = replace(after, version=before.version + 1)
            key = {"this": before.id, "of": before.scheme, "was": before.version}
            one_row(db.execute(_UPDATE, key | changed(before, saved, _NAMES)).rowcount)
        _save_list(db, before.invitations if before else (), after)
    return saved


def _save_list(db: Connection, before: Sequence[Invitation], after: Request) -> None:
    known = {each.id: each for each in before}
    moved = [(known[each.id], each) for each in after.invitations if each.id in known and known[each.id] != each]
    # Whoever stops being asked goes first: only one may be open at a time.
    moved.sort(key=lambda pair: pair[1].state == "open")
    for explained in (True, False):
        rows = [
            {"this": was.id, "was": was.state} | values(now, (*_MOVES, "reason") if explained else _MOVES)
            for was, now in moved
            if (now.reason != was.reason) == explained
        ]
        if rows:
            one_row(db.execute(_MOVE, rows).rowcount, len(rows))
    of = {"scheme": after.scheme, "request": after.id}
    new = [of | values(each, _INVITED) for each in after.invitations if each.id not in known]
    if new:
        db.execute(_INVITE, new)


def _one(db: Connection, scheme_key: str, row: AnyRow | None) -> Request:
    if row is None:
        raise Refused("gone")
    invited = db.execute(_ON_LIST, {"scheme": scheme_key, "request": row.id})
    return Request(**row._asdict(), invitations=tuple(Invitation(*each) for each in invited))


def _several(db: Connection, scheme_key: str, rows: Sequence[AnyRow]) -> tuple[Request, ...]:
    lists: dict[str, list[Invitation]] = {row.id: [] for row in rows}
    if lists:
        for request, *rest in db.execute(_LIST, {"scheme": scheme_key, "ids": list(lists)}):
            lists[request].append(Invitation(*rest))
    return tuple(Request(**row._asdict(), invitations=tuple(lists[row.id])) for row in rows)
