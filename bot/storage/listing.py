"""The office's lists: what is looked for is looked for here, where it is kept, and only a page of it is read.

Each condition says in SQL what `lifecycle/attention` says of one record; a test holds them together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    select,
)  # fmt: skip
from sqlalchemy import Connection as Db
from sqlalchemy.dialects.postgresql import JSONB

from bot.lifecycle.attention import NEEDS, Facts, Listed, Marks, Need, TrainingMark
from bot.lifecycle.listing import Filter, Narrowing, Query
from bot.schemes.roles import Role
from bot.storage.tables import GOES_ON, IS_ACTIVE, IS_OPEN, invitations, members, pairs, people, questions, requests
from bot.storage.types import UtcTime

_OUT: Final = ("left", "turned_down")
_LAST: Final = 100
"""Behind everything that needs somebody."""
_MENTEE, _MENTOR = people.alias("mentee"), people.alias("mentor")
Conditions = Mapping[Narrowing, ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of ids, and how many there are in all."""

    ids: tuple[str, ...]
    total: int
    page: int


def find(db: Db, scheme: str, query: Query, marks: Marks, size: int) -> Found:
    """That page, or the last where there is no such page: what needs somebody first, then by name."""
    conditions = _CONDITIONS[query.listed](db.dialect.name, scheme, marks)
    table, joined, name = _LISTED[query.listed]
    where = [table.c.scheme == scheme, *(_narrowed(query.listed, each, conditions) for each in query.filters)]
    where += [_FOUND_BY[query.listed](scheme, word) for word in query.words]
    if not query.words:
        where += _unless_asked_for(query, conditions)
    total = db.execute(select(func.count()).select_from(joined if query.words else table).where(*where)).scalar_one()
    page = max(0, min(query.page, -(-total // size) - 1))
    # As it is folded, so that both engines sort alike, and none by a language's rules, which takes long.
    by_name = name.collate("C") if db.dialect.name == "postgresql" else name
    order = (_rank(query.listed, conditions), by_name, table.c.id)
    found = select(table.c.id).select_from(joined).where(*where).order_by(*order)
    rows = db.execute(found.limit(size).offset(page * size))
    return Found(tuple(rows.scalars()), total, page)


def newest_case(db: Db, scheme: str) -> datetime | None:
    """Since when the newest of all that waits for a decision has waited, or when silence last ended a request; None:
    nothing does, and it has ended none."""
    waiting = [select(func.max(table.c.waiting_since)).where(table.c.scheme == scheme) for table in (members, requests)]
    ended = (
        select(func.max(invitations.c.answered_at))
        .join(requests, (requests.c.scheme == invitations.c.scheme) & (requests.c.id == invitations.c.request))
        .where(requests.c.scheme == scheme, requests.c.state == "expired")
    )
    found = (db.scalar(each) for each in (*waiting, ended))
    return max((at for at in found if at is not None), default=None)


def count(db: Db, scheme: str, listed: Listed, marks: Marks) -> dict[Need, int]:
    """How many need something, each by the most pressing of what it needs."""
    given, trainings = _given(marks), tuple((each.role, each.key) for each in marks.trainings)
    statement = _counting(listed, db.dialect.name, tuple(given), trainings)
    rows = db.execute(statement, {"scheme": scheme, **given})
    return {NEEDS[listed][at]: many for at, many in rows if at < _LAST}


_MOMENTS: Final = (
    "now", "overdue", "invitation", "question", "ended", "untrained", "no_session", "ending", "unconfirmed",
)  # fmt: skip


def _given(marks: Marks) -> dict[str, object]:
    """The marks that there are, by the names that they have in a statement."""
    found: dict[str, object] = {name: getattr(marks, name) for name in _MOMENTS} | {"silences": marks.silences}
    for at, each in enumerate(marks.trainings):
        found |= {f"lapsed{at}": _written(each.lapsed), f"lapsing{at}": _written(each.lapsing)}
    return {name: mark for name, mark in found.items() if mark is not None}


@lru_cache(maxsize=256)
def _counting(
    listed: Listed, dialect: str, given: tuple[str, ...], trainings: tuple[tuple[Role, str], ...]
) -> Select[int, int]:
    """It is made once, with names for what changes: every Home of the office asks it, and to make it takes far longer
    than to run it."""
    scheme: Any = bindparam("scheme", type_=Text())
    table = _LISTED[listed][0]
    rank = _rank(listed, _CONDITIONS[listed](dialect, scheme, _named(given, trainings))).label("rank")
    return select(rank, func.count()).where(table.c.scheme == scheme).group_by(rank)


def _named(given: tuple[str, ...], trainings: tuple[tuple[Role, str], ...]) -> Marks:
    """Names in place of the marks that are given."""

    def name(of: str, kind: Any) -> Any:
        return bindparam(of, type_=kind) if of in given else None

    return Marks(
        **{each: name(each, UtcTime()) for each in _MOMENTS},
        silences=name("silences", Integer()),
        trainings=tuple(
            TrainingMark(role, key, name(f"lapsed{at}", Text()), name(f"lapsing{at}", Text()))
            for at, (role, key) in enumerate(trainings)
        ),
    )


def _narrowed(listed: Listed, by: Narrowing, conditions: Conditions) -> ColumnElement[bool]:
    if by is Filter.ANY_NEED:
        return or_(*(conditions[need] for need in NEEDS[listed]))
    return conditions.get(by, false())


def _unless_asked_for(query: Query, conditions: Conditions) -> list[ColumnElement[bool]]:
    """What is over is left out unless it is looked for, by its name or by that."""
    over: dict[Listed, tuple[Narrowing, ...]] = {
        "members": (Filter.LEFT,), "requests": (Filter.CLOSED,), "connections": (Filter.OVER,)
    }  # fmt: skip
    wanted = [each for each in over[query.listed] if each not in query.filters]
    shown = conditions[Need.ENDED] if query.listed == "requests" else false()
    return [or_(~conditions[each], shown) for each in wanted]


def _rank(listed: Listed, conditions: Conditions) -> ColumnElement[int]:
    return case(*((conditions[need], at) for at, need in enumerate(NEEDS[listed])), else_=_LAST)


def _of_members(dialect: str, scheme: str, marks: Marks) -> Conditions:
    approved, mentors = members.c.state == "approved", members.c.role == "mentor"
    # Each looked up by its index: of a list of ids, PostgreSQL may go through the whole for every row.
    asked = select(invitations.c.id).where(_asked(scheme, marks), invitations.c.mentor == members.c.person)
    silent = or_(members.c.silences >= marks.silences, asked.exists())
    done = {each.key: _day(dialect, each.key) for each in marks.trainings}
    of_role = [(each, and_(members.c.role == each.role, approved)) for each in marks.trainings]
    lapsed = [and_(of, done[each.key] < _written(each.lapsed)) for each, of in of_role if each.lapsed is not None]
    lapsing = [and_(of, done[each.key] < _written(each.lapsing)) for each, of in of_role if each.lapsing is not None]
    missing = [and_(of, done[each.key].is_(None)) for each, of in of_role]
    return {
        Need.OVERDUE: _since(members.c.waiting_since, marks.overdue),
        Need.WAITING: members.c.waiting_since.is_not(None),
        Need.LAPSED: or_(false(), *lapsed),
        Need.SILENT: and_(approved, mentors, silent),
        Need.UNTRAINED: and_(members.c.approved_at < marks.untrained, or_(false(), *missing)),
        Need.UNANSWERED: and_(members.c.question.is_not(None), _unanswered(scheme, marks, members.c.id)),
        Need.LAPSING: or_(false(), *lapsing),
        Need.UNCONFIRMED: and_(
            approved, mentors, _since(func.coalesce(members.c.confirmed_at, members.c.approved_at), marks.unconfirmed)
        ),
        Filter.MENTORS: mentors,
        Filter.MENTEES: members.c.role == "mentee",
        Filter.JOINING: members.c.state.in_(("asked", "admitted", "in_review", "waiting")),
        Filter.PAUSED: and_(approved, members.c.paused_until > marks.now),
        Filter.RESTING: and_(approved, members.c.rests_until > marks.now),
        Filter.LEFT: members.c.state.in_(_OUT),
    }


def _of_requests(_: str, scheme: str, marks: Marks) -> Conditions:
    invited = and_(invitations.c.scheme == scheme, invitations.c.request == requests.c.id)
    late = select(invitations.c.id).where(_asked(scheme, marks), invited)
    lately = select(invitations.c.id).where(invited, invitations.c.answered_at >= marks.ended)
    later = requests.alias("later")
    again = select(later.c.id).where(
        later.c.scheme == scheme, later.c.mentee == requests.c.mentee, later.c.made_at > requests.c.made_at
    )
    connected = select(pairs.c.id).where(pairs.c.scheme == scheme, pairs.c.mentee == requests.c.mentee, IS_ACTIVE)
    moved_on = or_(again.exists(), connected.exists())
    asking = requests.c.state == "asking"
    return {
        Need.OVERDUE: _since(requests.c.waiting_since, marks.overdue),
        Need.WAITING: requests.c.waiting_since.is_not(None),
        Need.ENDED: and_(requests.c.state == "expired", lately.exists(), ~moved_on),
        Need.SILENT: and_(asking, late.exists()),
        Need.UNANSWERED: and_(requests.c.state == "clarifying", _unanswered(scheme, marks, requests.c.id)),
        Filter.CHOOSING: requests.c.state.in_(("choosing", "naming")),
        Filter.ASKING: asking,
        Filter.CLOSED: ~GOES_ON,
    }


def _of_pairs(_: str, __: str, marks: Marks) -> Conditions:
    resting = and_(pairs.c.rests_until.is_not(None), pairs.c.rests_until > marks.now)
    awake = and_(IS_ACTIVE, ~resting)
    return {
        Need.QUIET: and_(awake, pairs.c.quiet_since < marks.no_session),
        Need.BEHIND: and_(awake, pairs.c.behind_from <= marks.now),
        Need.ENDING: and_(IS_ACTIVE, pairs.c.ends_at < marks.ending),
        Filter.RESTING: and_(IS_ACTIVE, resting),
        Filter.OVER: pairs.c.state == "ended",
    }


def _since(column: ColumnElement[Any], mark: object) -> ColumnElement[bool]:
    return column < mark if mark is not None else false()


def _asked(scheme: str, marks: Marks) -> ColumnElement[bool]:
    """A mentor who is asked, and has not answered for some time."""
    long_ago = invitations.c.asked_at < marks.invitation
    return and_(invitations.c.scheme == scheme, IS_OPEN, invitations.c.asker != "mentor", long_ago)


def _unanswered(scheme: str, marks: Marks, about: ColumnElement[str]) -> ColumnElement[bool]:
    open_ = and_(questions.c.answered_at.is_(None), questions.c.asked_at < marks.question)
    return select(questions.c.id).where(questions.c.scheme == scheme, questions.c.about == about, open_).exists()


def _written(day: Any) -> Any:
    """A day as it is written in the records of trainings; what only names one, as it is."""
    return day.isoformat() if isinstance(day, date) else day


def _day(dialect: str, training: str) -> ColumnElement[str]:
    """When a training on record was completed, as it is written there; NULL: it is not on record."""
    kept: ColumnElement[Any] = members.c.trainings
    if dialect == "sqlite":
        return func.json_extract(kept, f'$."{training}"')
    found: ColumnElement[str] = cast(kept, JSONB)[training].astext
    return found


def _has(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _member_found(scheme: str, word: str) -> ColumnElement[bool]:
    return or_(_has(people.c.search, word), _has(members.c.known_for, word))


def _request_found(scheme: str, word: str) -> ColumnElement[bool]:
    """By its mentee, or by somebody on its list."""
    on_list = (
        select(invitations.c.request)
        .join(people, people.c.id == invitations.c.mentor)
        .where(invitations.c.scheme == scheme, _has(people.c.search, word))
    )
    return or_(_has(_MENTEE.c.search, word), requests.c.id.in_(on_list))


def _pair_found(scheme: str, word: str) -> ColumnElement[bool]:
    return or_(_has(_MENTEE.c.search, word), _has(_MENTOR.c.search, word))


_CONDITIONS: Final = {"members": _of_members, "requests": _of_requests, "connections": _of_pairs}
_FOUND_BY: Final = {"members": _member_found, "requests": _request_found, "connections": _pair_found}
_LISTED: Final[Mapping[Listed, tuple[Table, FromClause, ColumnElement[str]]]] = {
    "members": (members, members.join(people, people.c.id == members.c.person), people.c.search),
    "requests": (requests, requests.join(_MENTEE, _MENTEE.c.id == requests.c.mentee), _MENTEE.c.search),
    "connections": (
        pairs,
        pairs.join(_MENTEE, _MENTEE.c.id == pairs.c.mentee).join(_MENTOR, _MENTOR.c.id == pairs.c.mentor),
        _MENTOR.c.search,
    ),
}


def facts(db: Db, scheme: str, listed: Listed, about: Mapping[str, str]) -> dict[str, Facts]:
    """What else is known of these members or requests, by their ids. `about`: the person of each."""
    ids = list(about)
    asked_back = select(questions.c.about, func.max(questions.c.asked_at)).where(
        questions.c.scheme == scheme, questions.c.about.in_(ids), questions.c.answered_at.is_(None)
    )
    since: dict[str, Any] = dict(db.execute(asked_back.group_by(questions.c.about)).all())
    if listed == "members":
        asked = _asked_since(db, scheme, list(about.values()))
        return {id_: Facts(asked.get(person), since.get(id_)) for id_, person in about.items()}
    on = _moved_on(db, scheme, ids)
    return {id_: Facts(None, since.get(id_), id_ in on) for id_ in ids}


def _asked_since(db: Db, scheme: str, mentors: Sequence[str]) -> dict[str, Any]:
    asked = select(invitations.c.mentor, func.min(invitations.c.asked_at)).where(
        invitations.c.scheme == scheme, invitations.c.mentor.in_(mentors), IS_OPEN, invitations.c.asker != "mentor"
    )
    return dict(db.execute(asked.group_by(invitations.c.mentor)).all())


def _moved_on(db: Db, scheme: str, ids: Sequence[str]) -> set[str]:
    """The requests whose mentees have asked again since, or have a mentor."""
    later = requests.alias("later")
    again = select(later.c.id).where(
        later.c.scheme == scheme, later.c.mentee == requests.c.mentee, later.c.made_at > requests.c.made_at
    )
    connected = select(pairs.c.id).where(pairs.c.scheme == scheme, pairs.c.mentee == requests.c.mentee, IS_ACTIVE)
    found = select(requests.c.id).where(
        requests.c.scheme == scheme, requests.c.id.in_(ids), or_(again.exists(), connected.exists())
    )
    return set(db.execute(found).scalars())
