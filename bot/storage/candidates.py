"""The mentors of a scheme as the matching sees them: what they answer, how much they carry, whether they may be asked.

Fast for ten thousand mentors: profiles are parsed once a version (see `profile_cache`), the rest is two statements.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, literal, select, union_all

from bot.lifecycle.documents import Consent
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_be_asked, may_mentor, own_limit, says_available
from bot.lifecycle.step import allowed
from bot.matching.ranking import Candidate
from bot.schemes.scheme import Scheme
from bot.storage.optimistic import AnyRow
from bot.storage.profile_cache import profile_cache
from bot.storage.tables import IS_ACTIVE, IS_OPEN, invitations, members, pairs, people

_NOTHING = (0, 0)
_FEW = 200
"""So many unknown profiles are fetched by id; more, and all of the scheme's are read in one go."""

_MENTORS = (members.c.scheme == bindparam("scheme"), members.c.role == "mentor")
_APPROVED = (*_MENTORS, members.c.state == "approved")
_PERSONS = members.c.person.in_(bindparam("persons", expanding=True))
_STATE = (
    members.c.id, members.c.version, members.c.person, members.c.state, members.c.trainings, members.c.consents,
    members.c.own_limit, members.c.paused_until, members.c.rests_until, people.c.active,
)  # fmt: skip
_ANSWERS = (members.c.id, members.c.version, members.c.profile, members.c.preferences)

_PERSON = people.c.id == members.c.person
_ALL = select(*_STATE).join(people, _PERSON).where(*_APPROVED).order_by(members.c.person)
_SOME = select(*_STATE).join(people, _PERSON).where(*_MENTORS, _PERSONS).order_by(members.c.person)
_BY_NAME = (
    select(people.c.id)
    .join(members, members.c.person == people.c.id)
    .where(*_APPROVED)
    .order_by(func.lower(people.c.name), people.c.id)
)
_ANSWERS_OF_ALL = select(*_ANSWERS).where(*_APPROVED)
_ANSWERS_OF_SOME = select(*_ANSWERS).where(members.c.id.in_(bindparam("ids", expanding=True)))


def _loads(*, of_some: bool) -> Select[str, int, int]:
    """Active pairs and open invitations together: a mentor who is being asked has a place held. Beside it, how many
    wait for the mentor's own answer."""
    parts = []
    asked = case((invitations.c.asker != "mentor", 1), else_=0)
    for table, counts, waits in ((pairs, IS_ACTIVE, literal(0)), (invitations, IS_OPEN, asked)):
        part = select(table.c.mentor, waits.label("waits")).where(table.c.scheme == bindparam("scheme"), counts)
        if of_some:
            part = part.where(table.c.mentor.in_(bindparam("persons", expanding=True)))
        parts.append(part)
    carried = union_all(*parts).subquery()
    return select(carried.c.mentor, func.count(), func.sum(carried.c.waits)).group_by(carried.c.mentor)


_LOADS_OF_ALL = _loads(of_some=False)
_LOADS_OF_SOME = _loads(of_some=True)


def candidates(db: Connection, scheme: Scheme, now: datetime) -> tuple[Candidate, ...]:
    """Every approved mentor of the scheme, in the order of their persons' ids."""
    rows = db.execute(_ALL, {"scheme": scheme.key}).all()
    loads = _counted(db.execute(_LOADS_OF_ALL, {"scheme": scheme.key}).all())
    return _candidates(rows, _answers(db, scheme.key, rows), loads, scheme, now)


def by_name(db: Connection, scheme_key: str) -> tuple[str, ...]:
    """The persons who are approved mentors of the scheme, in the order of their names."""
    return tuple(db.execute(_BY_NAME, {"scheme": scheme_key}).scalars())


def for_people(db: Connection, scheme: Scheme, persons: Collection[str], now: datetime) -> tuple[Candidate, ...]:
    """The same for a few, whatever their state; somebody who is no mentor of the scheme is left out."""
    which = {"scheme": scheme.key, "persons": sorted(set(persons))}
    rows = db.execute(_SOME, which).all()
    loads = _counted(db.execute(_LOADS_OF_SOME, which).all())
    return _candidates(rows, _answers(db, scheme.key, rows), loads, scheme, now)


def load_of(db: Connection, scheme: Scheme, person: str, now: datetime) -> int:
    """What holds a mentor's places now: mentees, invitations and offers that are open. Count under `members.lock`
    before adding one."""
    found = for_people(db, scheme, [person], now)
    return found[0].load if found else 0


def _candidates(
    rows: Collection[AnyRow],
    answers: Mapping[str, Mapping[str, Any]],
    loads: Mapping[str, tuple[int, int]],
    scheme: Scheme,
    now: datetime,
) -> tuple[Candidate, ...]:
    # Many mentors are alike: the rules are asked once for each way of being alike.
    judged: dict[tuple[Any, ...], tuple[bool, bool, int | None]] = {}
    flagged, at_once = scheme.capacity.flag_field is not None, scheme.capacity.asked_at_once
    found = []
    for id_, _, person, state, trainings, consents, own, *away, here in rows:
        alike = (state, tuple(trainings.items()), tuple(each.document for each in consents), own, *away)
        verdict = judged.get(alike)
        if verdict is None:
            verdict = judged[alike] = _judge(scheme, now, *alike)
        available, takes_part, limit = verdict
        given = answers.get(id_, {})
        load, waits = loads.get(person, _NOTHING)
        if (flagged and not says_available(given, scheme)) or (at_once is not None and waits >= at_once):
            available = False
        # Whoever is not here is asked by nobody, and found by nobody either.
        found.append(Candidate(person, given, load, limit, available and here, takes_part and here))
    return tuple(found)


def _judge(
    scheme: Scheme,
    now: datetime,
    state: Any,
    trainings: Any,
    accepted: Collection[str],
    limit: int | None,
    paused_until: datetime | None,
    rests_until: datetime | None,
) -> tuple[bool, bool, int | None]:
    """Whether such a mentor can be asked, whether they take part, and how many mentees they take."""
    member = Member(
        "", scheme.key, "", "mentor", state, now, {}, trainings=dict(trainings),
        consents=tuple(Consent(key, "", now) for key in accepted), own_limit=limit, paused_until=paused_until,
        rests_until=rests_until,
    )  # fmt: skip
    asked, takes_part = (allowed(may, member, scheme, now) for may in (may_be_asked, may_mentor))
    return asked, takes_part, own_limit(member, scheme)


def _answers(db: Connection, scheme_key: str, rows: Collection[AnyRow]) -> dict[str, Mapping[str, Any]]:
    """Profile and preferences together, by member id, from cache as far as they are known."""
    cache = profile_cache(db)
    known = cache.known((row[0], row[1]) for row in rows) if cache else {}
    unknown = [row[0] for row in rows if row[0] not in known] if len(known) < len(rows) else []
    if not unknown:
        return known
    if len(unknown) <= _FEW:
        fetched = db.execute(_ANSWERS_OF_SOME, {"ids": unknown})
    else:
        fetched = db.execute(_ANSWERS_OF_ALL, {"scheme": scheme_key})
    for id_, version, profile, preferences in fetched:
        known[id_] = {**(profile or {}), **(preferences or {})}
        if cache:
            cache.put(id_, version, known[id_])
    return known


def _counted(rows: Collection[AnyRow]) -> dict[str, tuple[int, int]]:
    return {row[0]: (row[1], row[2]) for row in rows}
