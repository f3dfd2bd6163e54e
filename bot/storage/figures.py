"""The scheme in numbers, counted in one look."""

from sqlalchemy import Connection as Db
from sqlalchemy import func, select

from bot.lifecycle.member import LET_IN
from bot.storage.members import count_for_place
from bot.storage.tables import members, pairs, requests


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
