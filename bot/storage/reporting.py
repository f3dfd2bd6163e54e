"""What the office's report counts, each in one look over what is indexed or small; months are those of UTC."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection as Db
from sqlalchemy import and_, case, distinct, extract, func, literal, select

from bot.lifecycle.attention import Marks
from bot.lifecycle.member import LET_IN
from bot.lifecycle.pairs import End
from bot.lifecycle.survey_results import Answered
from bot.schemes.roles import ROLES, Role
from bot.storage.tables import IS_ACTIVE, invitations, members, pairs, requests, sessions, sheets

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many of a role have a place, take part, wait for the office, and wait for a place."""

    held: int
    taking_part: int
    applicants: int
    in_line: int


def roles(db: Db, scheme_key: str) -> dict[Role, RoleCount]:
    """Everybody, by role."""
    waits = case((members.c.waiting_since.is_not(None), 1), else_=0)
    counted = (
        select(members.c.role, members.c.state, func.count(), func.sum(waits))
        .where(members.c.scheme == scheme_key)
        .group_by(members.c.role, members.c.state)
    )
    by_state: dict[str, Counter[str]] = defaultdict(Counter)
    waiting: Counter[str] = Counter()
    for role, state, number, with_office in db.execute(counted):
        by_state[role][state] += number
        waiting[role] += int(with_office)
    return {
        role: RoleCount(
            sum(by_state[role][state] for state in LET_IN), by_state[role]["approved"], waiting[role],
            by_state[role]["waiting"],
        )
        for role in ROLES
    }  # fmt: skip


def by_month(db: Db, scheme_key: str, since: datetime) -> dict[str, Counter[Month]]:
    """How many requests were made, connections begun and ended, sessions held, and of how many pairs those were, in
    each month since then."""
    of_pairs, of_sessions = pairs.c.scheme == scheme_key, sessions.c.scheme == scheme_key
    held = and_(of_sessions, sessions.c.state == "completed")
    wanted = {
        "requests": (requests.c.made_at, func.count(), requests.c.scheme == scheme_key),
        "begun": (pairs.c.began_at, func.count(), of_pairs),
        "ended": (pairs.c.ended_at, func.count(), of_pairs),
        "held": (sessions.c.starts_at, func.count(), held),
        "met": (sessions.c.starts_at, func.count(distinct(sessions.c.pair)), held),
    }
    return {name: _months(db, *of, since) for name, of in wanted.items()}


def _months(db: Db, at: Any, counted: Any, where: Any, since: datetime) -> Counter[Month]:
    year, month = extract("year", at), extract("month", at)
    rows = db.execute(select(year, month, counted).where(where, at >= since).group_by(year, month))
    return Counter({(int(y), int(m)): number for y, m, number in rows})


def waits(db: Db, scheme_key: str, since: datetime) -> dict[str, list[float]]:
    """The days, of what was asked since then, until the office approved a request, until a mentor answered an
    invitation, and until a request led to a connection."""
    approved = (requests.c.made_at, requests.c.approved_at)
    answered = (invitations.c.asked_at, invitations.c.answered_at)
    matched = (requests.c.made_at, pairs.c.began_at)
    of_request = and_(pairs.c.scheme == requests.c.scheme, pairs.c.request == requests.c.id)
    asked = (invitations.c.scheme == scheme_key, invitations.c.asked_at >= since)
    said = invitations.c.state.in_(("accepted", "declined"))
    made = (requests.c.scheme == scheme_key, requests.c.made_at >= since)
    return {
        "approval": _days(db, select(*approved).where(*made, requests.c.approved_at.is_not(None))),
        "answer": _days(db, select(*answered).where(*asked, said, invitations.c.answered_at.is_not(None))),
        "match": _days(db, select(*matched).join_from(requests, pairs, of_request).where(*made)),
    }


def _days(db: Db, query: Any) -> list[float]:
    return [(until - since).total_seconds() / 86_400 for since, until in db.execute(query)]


def pace(db: Db, scheme_key: str, marks: Marks) -> dict[str, int]:
    """Of the connections that run: how many there are, are behind, and have not met for some time; resting ones are
    neither."""
    awake = pairs.c.rests_until.is_(None) | (pairs.c.rests_until <= marks.now)
    behind, quiet = awake & (pairs.c.behind_from <= marks.now), awake & (pairs.c.quiet_since < marks.no_session)
    counted = (func.count(), func.count(case((behind, 1))), func.count(case((quiet, 1))))
    row = db.execute(select(*counted).where(pairs.c.scheme == scheme_key, IS_ACTIVE)).one()
    return dict(zip(("active", "behind", "quiet"), row, strict=True))


def ends(db: Db, scheme_key: str, since: datetime) -> dict[str, int]:
    """How the connections ended that ended since then."""
    ended = (pairs.c.scheme == scheme_key, pairs.c.ended_at >= since)
    rows = db.execute(select(pairs.c.end, func.count()).where(*ended).group_by(pairs.c.end))
    found = {end or "": number for end, number in rows}
    return {**dict.fromkeys(get_args(End), 0), **found} if found else {}


def mentors(db: Db, scheme_key: str, marks: Marks, recommended: int | None) -> dict[str, int]:
    """How many mentors are silent again and again, paused, and have more mentees than is recommended."""
    mine = (members.c.scheme == scheme_key, members.c.role == "mentor", members.c.state == "approved")
    silent = func.count(case((members.c.silences >= marks.silences, 1)))
    paused = func.count(case((members.c.paused_until > marks.now, 1)))
    silent_, paused_ = db.execute(select(silent, paused).where(*mine)).one()
    loads = (
        select(literal(1))
        .where(pairs.c.scheme == scheme_key, IS_ACTIVE)
        .group_by(pairs.c.mentor)
        .having(func.count() > (recommended or 0))
        .subquery()
    )
    over = db.scalar(select(func.count()).select_from(loads)) or 0 if recommended else 0
    return {"silent": silent_, "paused": paused_, "overloaded": over}


def survey(db: Db, scheme_key: str, sheet: str, since: datetime) -> list[Mapping[str, Any]]:
    """What was answered in that sheet since then, without who said it."""
    of = (sheets.c.scheme == scheme_key, sheets.c.sheet == sheet, sheets.c.written_at >= since)
    return [answers for (answers,) in db.execute(select(sheets.c.answers).where(*of))]


def survey_answers(db: Db, scheme_key: str, sheet: str) -> list[Answered]:
    """All that was ever answered in that survey."""
    of_pair = and_(pairs.c.scheme == sheets.c.scheme, pairs.c.id == sheets.c.about)
    of_member = and_(members.c.scheme == sheets.c.scheme, members.c.id == sheets.c.about)
    sided = case((pairs.c.mentee == sheets.c.owner, "mentee"), (pairs.c.mentor == sheets.c.owner, "mentor"))
    rows = db.execute(
        select(
            sheets.c.owner, sheets.c.about, func.coalesce(members.c.role, sided), sheets.c.moment, sheets.c.answers,
            sheets.c.written_at,
        )
        .join_from(sheets, pairs, of_pair, isouter=True)
        .join(members, of_member, isouter=True)
        .where(sheets.c.scheme == scheme_key, sheets.c.sheet == sheet, sheets.c.moment != "")
    )  # fmt: skip
    return [Answered(*row) for row in rows]
