"""The scheme in numbers, counted in one look."""

from datetime import datetime

from sqlalchemy import Connection as Db
from sqlalchemy import and_, case, func, or_, select

from bot.lifecycle.figures import Met
from bot.lifecycle.member import LET_IN
from bot.storage.members import count_for_place
from bot.storage.tables import members, pairs, requests, sessions


def met(db: Db, scheme: str, since: datetime) -> Met:
    """How many sessions since then took place, and were missed, and of how many pairs these are."""
    held = and_(sessions.c.state == "completed", sessions.c.starts_at >= since)
    missed = sessions.c.missed_at >= since
    counted = (
        func.count(case((held, 1))),
        func.count(case((missed, 1))),
        func.count(case((or_(held, missed), sessions.c.pair)).distinct()),
    )
    return Met(*db.execute(select(*counted).where(sessions.c.scheme == scheme)).one())


def count(db: Db, scheme: str) -> dict[str, int]:
    """How many mentees and mentors the office has let in, requests are with mentors, pairs are active, and
    people wait for a place."""

    def held(role: str) -> int:
        let_in = (members.c.scheme == scheme, members.c.role == role, members.c.state.in_(sorted(LET_IN)))
        return db.scalar(select(func.count()).select_from(members).where(*let_in)) or 0

    asking = select(func.count()).select_from(requests).where(requests.c.scheme == scheme, requests.c.state == "asking")
    active = (pairs.c.scheme == scheme, pairs.c.state == "active")
    return {
        "mentees": held("mentee"),
        "mentors": held("mentor"),
        "asking": db.scalar(asking) or 0,
        "waiting": count_for_place(db, scheme),
        "pairs": db.scalar(select(func.count()).select_from(pairs).where(*active)) or 0,
    }
