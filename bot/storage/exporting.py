"""A scheme's members, connections, sessions and requests, all at once, for tables that go out. What people keep to
themselves is in none of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, case, func, select
from sqlalchemy import Connection as Db

from bot.lifecycle.member import Member
from bot.lifecycle.pairs import End, PairState
from bot.lifecycle.people import Person
from bot.lifecycle.request import RequestState
from bot.storage import members as stored_members
from bot.storage import people
from bot.storage.tables import invitations, pairs, requests, sessions

_SCHEME: BindParameter[str] = bindparam("scheme")
_HELD = sessions.c.state == "completed"
_PAIRS = (
    select(
        pairs.c.mentee, pairs.c.mentor, pairs.c.state, pairs.c.began_at, pairs.c.ends_at, pairs.c.ended_at, pairs.c.end,
        pairs.c.terms, pairs.c.consents,
        func.count(case((_HELD, 1))).label("held"),
        func.max(case((_HELD, sessions.c.starts_at))).label("last"),
        func.min(case((sessions.c.state == "scheduled", sessions.c.starts_at))).label("next"),
    )
    .join_from(pairs, sessions, and_(sessions.c.scheme == pairs.c.scheme, sessions.c.pair == pairs.c.id), isouter=True)
    .where(pairs.c.scheme == _SCHEME)
    .group_by(pairs.c.id)
    .order_by(pairs.c.began_at, pairs.c.id)
)  # fmt: skip
_SESSIONS = (
    select(pairs.c.mentor, func.coalesce(sessions.c.starts_at, sessions.c.marked_at).label("at"), sessions.c.minutes)
    .join_from(sessions, pairs, sessions.c.pair == pairs.c.id)
    .where(sessions.c.scheme == _SCHEME, _HELD)
)
_FIRST_ASKED = (
    select(invitations.c.request, func.min(invitations.c.asked_at).label("asked_at"))
    .where(invitations.c.scheme == _SCHEME)
    .group_by(invitations.c.request)
    .subquery()
)
_REQUESTS = (
    select(
        requests.c.made_at, requests.c.approved_at, _FIRST_ASKED.c.asked_at, pairs.c.began_at.label("matched_at"),
        requests.c.state,
    )
    .join_from(requests, _FIRST_ASKED, _FIRST_ASKED.c.request == requests.c.id, isouter=True)
    .join(pairs, and_(pairs.c.scheme == requests.c.scheme, pairs.c.request == requests.c.id), isouter=True)
    .where(requests.c.scheme == _SCHEME)
    .order_by(requests.c.made_at, requests.c.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairRow:
    """A connection in a line. `agreed_at`: when the last of the two accepted what both have to, None: not yet;
    `expected`: how many sessions at least, if anybody says."""

    mentee: Person
    mentor: Person
    state: PairState
    began_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None
    end: End | None
    agreed_at: datetime | None
    held: int
    expected: int | None
    last: datetime | None
    next: datetime | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A session that took place: whose mentor's, when as far as is known, and for how many minutes."""

    mentor: Person
    at: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """When a request was made, approved, first put to a mentor, and led to a connection; None: it has not."""

    made_at: datetime
    approved_at: datetime | None
    asked_at: datetime | None
    matched_at: datetime | None
    state: RequestState


def members(db: Db, scheme_key: str) -> Iterator[tuple[Person, Member]]:
    """Every membership with its person, in the order of their names."""
    held = stored_members.every(db, scheme_key)
    known = people.many(db, {each.person for each in held})
    yield from sorted(((known[each.person], each) for each in held), key=lambda one: (one[0].name, one[1].role))


def connections(db: Db, scheme_key: str) -> Iterator[PairRow]:
    """Every connection, the oldest first."""
    rows = db.execute(_PAIRS, {"scheme": scheme_key}).all()
    known = people.many(db, {side for row in rows for side in (row.mentee, row.mentor)})
    for row in rows:
        accepted = [each.at for each in row.consents]
        yield PairRow(
            known[row.mentee], known[row.mentor], row.state, row.began_at, row.ends_at, row.ended_at, row.end,
            max(accepted) if len(accepted) > 1 else None, row.held, row.terms.get("sessions"), row.last, row.next,
        )  # fmt: skip


def held(db: Db, scheme_key: str) -> Iterator[HeldRow]:
    """Every session that took place."""
    rows = db.execute(_SESSIONS, {"scheme": scheme_key}).all()
    known = people.many(db, {row.mentor for row in rows})
    yield from (HeldRow(known[row.mentor], row.at, row.minutes) for row in rows)


def asked(db: Db, scheme_key: str) -> Iterator[RequestRow]:
    """Every request, the oldest first, without whose it is."""
    yield from (RequestRow(*row) for row in db.execute(_REQUESTS, {"scheme": scheme_key}))
