"""Pairs with their sessions: loading and saving."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, func, insert, select, union_all, update

from bot.lifecycle import attention
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.step import Refused
from bot.lifecycle.terms import Terms
from bot.storage import locks
from bot.storage.optimistic import AnyRow, changed, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import IS_ACTIVE, pairs, sessions

_NAMES = names(Pair, leave_out=("sessions",))
_SESSION = names(Session)

_SCHEME = pairs.c.scheme == bindparam("scheme")
_PAIR = select(*columns(pairs, _NAMES)).where(_SCHEME)
_GET = _PAIR.where(pairs.c.id == bindparam("id"))
_MET = select(sessions.c.pair).where(sessions.c.scheme == bindparam("scheme"), sessions.c.id == bindparam("session"))
_BY_SESSION = _PAIR.where(pairs.c.id == _MET.scalar_subquery())
# Two lookups, each in its own index; for an OR, SQLite goes through all pairs of the scheme.
_SIDES = [
    select(pairs.c.id).where(_SCHEME, side == bindparam("person"), IS_ACTIVE)
    for side in (pairs.c.mentee, pairs.c.mentor)
]
_OF = (
    select(*columns(pairs, _NAMES))
    .where(pairs.c.id.in_(union_all(*_SIDES)))
    .order_by(pairs.c.began_at.desc(), pairs.c.id.desc())
)
_LEFT_FOR_ANOTHER = select(pairs.c.mentee, pairs.c.mentor).where(
    _SCHEME,
    pairs.c.state == "ended",
    pairs.c.another_asked_at.is_not(None),
    pairs.c.mentee.in_(bindparam("mentees", expanding=True)),
)
_ENDED_SIDES = [
    select(pairs.c.id).where(_SCHEME, side == bindparam("person"), pairs.c.state == "ended")
    for side in (pairs.c.mentee, pairs.c.mentor)
]
_ENDED_OF = (
    select(*columns(pairs, _NAMES))
    .where(pairs.c.id.in_(union_all(*_ENDED_SIDES)))
    .order_by(pairs.c.ended_at.desc(), pairs.c.id.desc())
    .limit(bindparam("limit"))
)
_ANOTHER = _PAIR.where(pairs.c.another_asked_at.is_not(None), IS_ACTIVE).order_by(pairs.c.another_asked_at, pairs.c.id)
_THOSE = _PAIR.where(pairs.c.id.in_(bindparam("ids", expanding=True)))
_COUNT_ACTIVE = select(func.count()).select_from(pairs).where(_SCHEME, pairs.c.mentor == bindparam("mentor"), IS_ACTIVE)
_COUNT_ALL_ACTIVE = select(func.count()).select_from(pairs).where(_SCHEME, IS_ACTIVE)
_RUNNING = union_all(
    *(
        select(pairs.c.mentee, pairs.c.mentor).where(_SCHEME, side.in_(bindparam("persons", expanding=True)), IS_ACTIVE)
        for side in (pairs.c.mentee, pairs.c.mentor)
    )
)
_SESSIONS = (
    select(sessions.c.pair, *columns(sessions, _SESSION))
    .where(sessions.c.scheme == bindparam("scheme"), sessions.c.pair.in_(bindparam("ids", expanding=True)))
    .order_by(sessions.c.number)
)
_TAKEN = (
    select(sessions.c.id, sessions.c.starts_at, sessions.c.minutes)
    .where(
        sessions.c.scheme.in_(bindparam("schemes", expanding=True)),
        sessions.c.pair.in_(
            union_all(
                *(
                    select(pairs.c.id).where(
                        pairs.c.scheme.in_(bindparam("schemes", expanding=True)),
                        side.in_(bindparam("persons", expanding=True)),
                        IS_ACTIVE,
                    )
                    for side in (pairs.c.mentee, pairs.c.mentor)
                )
            )
        ),
        sessions.c.state == "scheduled",
        sessions.c.starts_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(sessions.c.starts_at)
)

_INSERT = insert(pairs)
_UPDATE = update(pairs).where(
    pairs.c.id == bindparam("this"),
    pairs.c.scheme == bindparam("of"),
    pairs.c.version == bindparam("was"),
)
_ADD = insert(sessions)
_MOVE = update(sessions).where(
    sessions.c.id == bindparam("this"),
    sessions.c.state == bindparam("was"),
    sessions.c.revision == bindparam("was_revision"),
)


def get(db: Db, scheme_key: str, id_: str) -> Pair:
    """That pair; Refused("gone") where there is none."""
    return _one(db, scheme_key, db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none())


def by_session(db: Db, scheme_key: str, session_id: str) -> Pair:
    """The pair that a session belongs to; Refused("gone") where there is no such session."""
    return _one(db, scheme_key, db.execute(_BY_SESSION, {"scheme": scheme_key, "session": session_id}).one_or_none())


def left_for_another(db: Db, scheme_key: str, mentees: Collection[str]) -> dict[str, frozenset[str]]:
    """The mentors of these mentees from whom they had asked for another, before it ended."""
    found: dict[str, set[str]] = {}
    for mentee, mentor in db.execute(_LEFT_FOR_ANOTHER, {"scheme": scheme_key, "mentees": sorted(set(mentees))}):
        found.setdefault(mentee, set()).add(mentor)
    return {mentee: frozenset(mentors) for mentee, mentors in found.items()}


def of(db: Db, scheme_key: str, person: str) -> tuple[Pair, ...]:
    """The person's active pairs, on either side, newest first."""
    return _several(db, scheme_key, db.execute(_OF, {"scheme": scheme_key, "person": person}).all())


def ended_of(db: Db, scheme_key: str, person: str, limit: int) -> tuple[Pair, ...]:
    """The person's pairs that have ended, on either side, the last one first."""
    return _several(
        db, scheme_key, db.execute(_ENDED_OF, {"scheme": scheme_key, "person": person, "limit": limit}).all()
    )


def wanting_another(db: Db, scheme_key: str) -> tuple[Pair, ...]:
    """The pairs whose mentees have asked for another mentor, the longest first."""
    return _several(db, scheme_key, db.execute(_ANOTHER, {"scheme": scheme_key}).all())


def taken(
    db: Db, scheme_keys: Collection[str], persons: Collection[str], since: datetime, until: datetime
) -> tuple[tuple[str, datetime, datetime], ...]:
    """The sessions of any of these persons that begin between the two moments, in any of these schemes: the id of each,
    and from when to when it is set."""
    which = {"schemes": list(scheme_keys), "persons": list(persons), "since": since, "until": until}
    found = db.execute(_TAKEN, which)
    return tuple((id_, starts_at, starts_at + timedelta(minutes=minutes)) for id_, starts_at, minutes in found)


def those(db: Db, scheme_key: str, ids: Sequence[str]) -> tuple[Pair, ...]:
    """Those pairs, in that order."""
    rows = db.execute(_THOSE, {"scheme": scheme_key, "ids": list(ids)}).all()
    found = {each.id: each for each in _several(db, scheme_key, rows)}
    return tuple(found[id_] for id_ in ids if id_ in found)


def active(db: Db, scheme_key: str) -> tuple[Pair, ...]:
    """Every pair of the scheme that goes on."""
    return _several(db, scheme_key, db.execute(_PAIR.where(IS_ACTIVE), {"scheme": scheme_key}).all())


def running(db: Db, scheme_key: str, persons: Collection[str]) -> set[tuple[str, str]]:
    """The mentee and mentor of each active pair that has one of these persons in it."""
    if not persons:
        return set()
    which = {"scheme": scheme_key, "persons": sorted(persons)}
    return {(row.mentee, row.mentor) for row in db.execute(_RUNNING, which)}


def count_all_active(db: Db, scheme_key: str) -> int:
    """How many pairs the scheme has now; nobody else counts or adds one of them until the transaction ends."""
    locks.hold(db, f"budget:{scheme_key}")
    return count_active_now(db, scheme_key)


def count_active_now(db: Db, scheme_key: str) -> int:
    """The same, for somebody who only looks."""
    return db.execute(_COUNT_ALL_ACTIVE, {"scheme": scheme_key}).scalar_one()


def count_active(db: Db, scheme_key: str, mentor: str) -> int:
    """How many mentees the mentor has now. Count under `members.lock` before adding one."""
    return db.execute(_COUNT_ACTIVE, {"scheme": scheme_key, "mentor": mentor}).scalar_one()


def save(db: Db, before: Pair | None, after: Pair) -> Pair:
    """Keep a pair with its sessions and give it back with its new version; nothing changed, nothing written.

    Conflict where somebody else changed it since `before` was loaded, or the request has a pair already.
    """
    if after == before:
        return after
    saved = after
    with conflict_where_taken():
        if before is None:
            db.execute(_INSERT, values(after, _NAMES) | {"terms": asdict(after.terms)} | _stands(after))
        else:
            saved = replace(after, version=before.version + 1)
            key = {"this": before.id, "of": before.scheme, "was": before.version}
            news = changed(before, saved, _NAMES)
            if "terms" in news:
                news["terms"] = asdict(after.terms)
            if (stands := _stands(after)) != _stands(before):
                news |= stands
            one_row(db.execute(_UPDATE, key | news).rowcount)
        _save_sessions(db, before.sessions if before else (), after)
    return saved


def _stands(pair: Pair) -> dict[str, datetime | None]:
    """What follows from the sessions and what was promised."""
    return {"quiet_since": attention.quiet_since(pair), "behind_from": attention.behind_from(pair)}


def _save_sessions(db: Db, before: Sequence[Session], after: Pair) -> None:
    known = {each.id: each for each in before}
    for each in after.sessions:
        was = known.get(each.id)
        if was is not None and was != each:
            key = {"this": was.id, "was": was.state, "was_revision": was.revision}
            one_row(db.execute(_MOVE, key | changed(was, each, _SESSION)).rowcount)
    of_this = {"scheme": after.scheme, "pair": after.id}
    new = [of_this | values(each, _SESSION) for each in after.sessions if each.id not in known]
    if new:
        db.execute(_ADD, new)


def _one(db: Db, scheme_key: str, row: AnyRow | None) -> Pair:
    if row is None:
        raise Refused("gone")
    return _several(db, scheme_key, (row,))[0]


def _several(db: Db, scheme_key: str, rows: Sequence[AnyRow]) -> tuple[Pair, ...]:
    met: dict[str, list[Session]] = {row.id: [] for row in rows}
    if met:
        for pair, *rest in db.execute(_SESSIONS, {"scheme": scheme_key, "ids": list(met)}):
            met[pair].append(Session(*rest))
    return tuple(
        Pair(**row._asdict() | {"terms": Terms.read(row.terms), "sessions": tuple(met[row.id])}) for row in rows
    )
