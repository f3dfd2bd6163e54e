"""Memberships: a person in a scheme in one role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, insert, or_, select, update

from bot.lifecycle.member import LET_IN, Member, MemberState
from bot.lifecycle.step import Refused
from bot.schemes.roles import Role
from bot.storage import locks
from bot.storage.optimistic import changed, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import invitations, members, people
from bot.storage.types import UtcTime

_NAMES = names(Member)
_SCHEME = members.c.scheme == bindparam("scheme")
_MEMBER = select(*columns(members, _NAMES)).where(_SCHEME)
_GET = _MEMBER.where(members.c.id == bindparam("id"))
_OF = _MEMBER.where(members.c.person == bindparam("person"))
_MANY = _MEMBER.where(members.c.role == bindparam("role"), members.c.person.in_(bindparam("persons", expanding=True)))
_THOSE = _MEMBER.where(members.c.id.in_(bindparam("ids", expanding=True)))
_NOT_KNOWN_FOR = _MEMBER.where(
    members.c.known_for.is_(None), or_(members.c.profile.is_not(None), members.c.preferences.is_not(None))
).limit(bindparam("limit"))
_KNOW_FOR = update(members).where(members.c.id == bindparam("this"), members.c.known_for.is_(None))
_IN_STATE = _MEMBER.where(members.c.state == bindparam("state")).order_by(members.c.id)
_TRAINED = select(
    members.c.id, members.c.person, members.c.role, members.c.asked_at, members.c.trainings, members.c.approved_at,
    members.c.confirmed_at,
).where(_SCHEME, members.c.state == "approved")  # fmt: skip
_UNCONFIRMED = select(members.c.person).where(
    _SCHEME,
    members.c.role == "mentor",
    members.c.state == "approved",
    func.coalesce(members.c.confirmed_at, members.c.approved_at) < bindparam("since", type_=UtcTime()),
)
_WAITING = (
    _MEMBER.where(members.c.waiting_since.is_not(None))
    .order_by(members.c.waiting_since, members.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_WAITING = select(func.count()).select_from(members).where(_SCHEME, members.c.waiting_since.is_not(None))
_ROLE = members.c.role == bindparam("role")
_HAS_PLACE = or_(members.c.state.in_(sorted(LET_IN)), members.c.place_held_until.is_not(None))
_PLACES = (
    select(func.count())
    .select_from(members)
    .where(_SCHEME, _ROLE, _HAS_PLACE, members.c.person != bindparam("besides"))
)
_APPLICANTS = (
    select(func.count())
    .select_from(members)
    .where(_SCHEME, _ROLE, members.c.state == "asked", members.c.place_held_until.is_(None))
)
_ON_LIST = members.c.state == "waiting"
_FOR_PLACE = _MEMBER.where(_ON_LIST).order_by(members.c.place_wanted_since, members.c.id)
_HERE = exists().where(people.c.id == members.c.person, people.c.active)
_IN_LINE = _FOR_PLACE.where(_ROLE, members.c.place_held_until.is_(None), _HERE)
_COUNT_FOR_PLACE = select(func.count()).select_from(members).where(_SCHEME, _ON_LIST)
_COUNT_IN_LINE = _COUNT_FOR_PLACE.where(_ROLE, members.c.place_held_until.is_(None), _HERE)
_LOCK = (
    select(members.c.id)
    .where(_SCHEME, members.c.role == bindparam("role"), members.c.person.in_(bindparam("persons", expanding=True)))
    .order_by(members.c.person)
    .with_for_update()
)
_LOCK_ASKED = (
    select(members.c.id)
    .where(
        _SCHEME,
        members.c.role == "mentor",
        members.c.person
        == select(invitations.c.mentor)
        .where(invitations.c.scheme == bindparam("scheme"), invitations.c.id == bindparam("invitation"))
        .scalar_subquery(),
    )
    .with_for_update()
)
_INSERT = insert(members)
_UPDATE = update(members).where(
    members.c.id == bindparam("this"), members.c.scheme == bindparam("of"), members.c.version == bindparam("was")
)


def get(db: Connection, scheme_key: str, id_: str) -> Member:
    """That membership; Refused("gone") where there is none."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return Member(*row)


def of(db: Connection, scheme_key: str, person: str) -> dict[Role, Member]:
    """What a person is in the scheme, by role."""
    rows = db.execute(_OF, {"scheme": scheme_key, "person": person})
    return {member.role: member for member in (Member(*row) for row in rows)}


def many(db: Connection, scheme_key: str, persons: Iterable[str], role: Role) -> dict[str, Member]:
    """What those persons are in that role, by person."""
    which = {"scheme": scheme_key, "role": role, "persons": sorted(set(persons))}
    return {member.person: member for member in (Member(*row) for row in db.execute(_MANY, which))}


def those(db: Connection, scheme_key: str, ids: Sequence[str]) -> tuple[Member, ...]:
    """Those memberships, in that order."""
    found = {row.id: Member(*row) for row in db.execute(_THOSE, {"scheme": scheme_key, "ids": list(ids)})}
    return tuple(found[id_] for id_ in ids if id_ in found)


def not_known_for(db: Connection, scheme_key: str, limit: int) -> tuple[Member, ...]:
    """Some of those who have filled in a form and of whom it is not written down what they are found by."""
    rows = db.execute(_NOT_KNOWN_FOR, {"scheme": scheme_key, "limit": limit})
    return tuple(Member(*row) for row in rows)


def know_for(db: Connection, texts: Mapping[str, str]) -> None:
    """Write that down, by their ids; no version is a new one, since nothing that anybody decides by has changed."""
    if texts:
        db.execute(_KNOW_FOR, [{"this": id_, "known_for": text} for id_, text in texts.items()])


def add(db: Connection, new: Sequence[Member]) -> None:
    """Keep new memberships, all at once. Conflict where one of these people has that role already."""
    if new:
        with conflict_where_taken():
            db.execute(_INSERT, [values(each, _NAMES) for each in new])


def save(db: Connection, before: Member | None, after: Member) -> Member:
    """Keep a membership and give it back with its new version; nothing is written where nothing changed.

    Conflict where somebody else changed it since `before` was loaded, or the person has that role already.
    """
    if before is None:
        add(db, (after,))
        return after
    if after == before:
        return after
    saved = replace(after, version=before.version + 1)
    key = {"this": before.id, "of": before.scheme, "was": before.version}
    one_row(db.execute(_UPDATE, key | changed(before, saved, _NAMES)).rowcount)
    return saved


def unconfirmed(db: Connection, scheme_key: str, since: datetime) -> frozenset[str]:
    """The mentors whose entry was last confirmed, or came to be, before that."""
    return frozenset(db.execute(_UNCONFIRMED, {"scheme": scheme_key, "since": since}).scalars())


def in_state(db: Connection, scheme_key: str, state: MemberState) -> tuple[Member, ...]:
    """Every membership in that state, in the order of their ids."""
    rows = db.execute(_IN_STATE, {"scheme": scheme_key, "state": state})
    return tuple(Member(*row) for row in rows)


def every(db: Connection, scheme_key: str) -> tuple[Member, ...]:
    """Every membership of the scheme, whatever its state."""
    return tuple(Member(*row) for row in db.execute(_MEMBER, {"scheme": scheme_key}))


def places_held(db: Connection, scheme_key: str, role: Role, besides: str = "") -> int:
    """How many of the role's places are taken, or held for somebody; `besides`: by others than this person."""
    return db.execute(_PLACES, {"scheme": scheme_key, "role": role, "besides": besides}).scalar_one()


def count_applicants(db: Connection, scheme_key: str, role: Role) -> int:
    """How many have asked to join and wait for the office, without a place that is held for them."""
    return db.execute(_APPLICANTS, {"scheme": scheme_key, "role": role}).scalar_one()


def in_line(db: Connection, scheme_key: str, role: Role, limit: int | None) -> tuple[Member, ...]:
    """The first on the list for a place in the role who are here and have not been offered one; None: all of them."""
    rows = db.execute(_IN_LINE.limit(limit), {"scheme": scheme_key, "role": role})
    return tuple(Member(*row) for row in rows)


def for_place(db: Connection, scheme_key: str, limit: int, offset: int = 0) -> tuple[Member, ...]:
    """Those on the list for a place in any role, in the order in which they asked."""
    rows = db.execute(_FOR_PLACE.limit(limit).offset(offset), {"scheme": scheme_key})
    return tuple(Member(*row) for row in rows)


def count_for_place(db: Connection, scheme_key: str) -> int:
    """How many wait for a place."""
    return db.execute(_COUNT_FOR_PLACE, {"scheme": scheme_key}).scalar_one()


def count_in_line(db: Connection, scheme_key: str, role: Role) -> int:
    """How many wait for a place in the role and have not been offered one."""
    return db.execute(_COUNT_IN_LINE, {"scheme": scheme_key, "role": role}).scalar_one()


def trained(db: Connection, scheme_key: str) -> tuple[Member, ...]:
    """Everybody who takes part, or did until a training lapsed: what is on record, and nothing that they wrote."""
    rows = db.execute(_TRAINED, {"scheme": scheme_key})
    return tuple(
        Member(
            row.id,
            scheme_key,
            row.person,
            row.role,
            "approved",
            row.asked_at,
            {},
            trainings=row.trainings,
            approved_at=row.approved_at,
            confirmed_at=row.confirmed_at,
        )
        for row in rows
    )


def lock_intake(db: Connection, scheme_key: str, role: Role) -> None:
    """Let nobody else admit in this role until the transaction ends, so that two cannot both take the last place."""
    locks.hold(db, f"intake:{scheme_key}:{role}")


def lock(db: Connection, scheme_key: str, persons: Iterable[str], role: Role = "mentor") -> None:
    """Lock these mentors' memberships, or those in another role, until the transaction ends, always in the same order.

    Whoever counts a mentor's mentees and then adds one holds this. On SQLite the one writer is alone anyway.
    """
    wanted = sorted(set(persons))
    if wanted and db.dialect.name == "postgresql":
        db.execute(_LOCK, {"scheme": scheme_key, "role": role, "persons": wanted}).all()


def lock_asked(db: Connection, scheme_key: str, invitation_id: str) -> None:
    """The same for the mentor of an invitation, whoever is asked by it."""
    if db.dialect.name == "postgresql":
        db.execute(_LOCK_ASKED, {"scheme": scheme_key, "invitation": invitation_id}).all()


def waiting(db: Connection, scheme_key: str, limit: int, offset: int = 0) -> tuple[Member, ...]:
    """What waits for the office, oldest first."""
    rows = db.execute(_WAITING, {"scheme": scheme_key, "limit": limit, "offset": offset})
    return tuple(Member(*row) for row in rows)


def count_waiting(db: Connection, scheme_key: str) -> int:
    """How many memberships wait for the office."""
    return db.execute(_COUNT_WAITING, {"scheme": scheme_key}).scalar_one()
