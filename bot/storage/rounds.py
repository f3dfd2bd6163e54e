"""Rounds of matching: how each goes, and in a row each who is in it with whom, why, and what has come of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.lifecycle.rounds import AT_WORK, Came, Introduction, Round
from bot.lifecycle.step import Refused
from bot.matching.ranking import Match, Unmatched, WhyNot
from bot.schemes.scheme import Scheme
from bot.storage.optimistic import AnyRow, changed, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import IS_OPEN, ROUND_GOES_ON, invitations, round_rows, rounds


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Why nobody was found, and how many mentors were left out for which reason."""

    why: Unmatched
    left_out: dict[WhyNot, int]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One mentee in a round, counted from 1: those who are placed first, best first. `came`: what came of it once it
    was published, None before that."""

    number: int
    request: str
    mentee: str
    reasons: Match | NotPlaced
    came: Came | None = None

    @property
    def mentor(self) -> str | None:
        """Whom they were placed with."""
        return self.reasons.person if isinstance(self.reasons, Match) else None


_NAMES = names(Round)
_ONE = select(*columns(rounds, _NAMES))
_GET = _ONE.where(rounds.c.scheme == bindparam("scheme"), rounds.c.id == bindparam("id"))
_OPEN = _ONE.where(rounds.c.scheme == bindparam("scheme"), ROUND_GOES_ON)
_NEXT = (
    _ONE.where(
        ROUND_GOES_ON,
        rounds.c.state.in_(sorted(AT_WORK)),
        rounds.c.scheme.in_(bindparam("schemes", expanding=True)),
        or_(rounds.c.claimed_until.is_(None), rounds.c.claimed_until <= bindparam("real_now")),
    )
    .order_by(rounds.c.at, rounds.c.id)
    .limit(1)
)
_UPDATE = update(rounds).where(rounds.c.id == bindparam("this"), rounds.c.version == bindparam("was"))
_THIS = round_rows.c.round == bindparam("of_round")
_ROWS = select(
    round_rows.c.number, round_rows.c.request, round_rows.c.mentee, round_rows.c.mentor, round_rows.c.reasons,
    round_rows.c.came,
).where(_THIS)  # fmt: skip
_BETWEEN = _ROWS.where(round_rows.c.number.between(bindparam("first"), bindparam("last"))).order_by(round_rows.c.number)
_OF_MENTOR = _ROWS.where(round_rows.c.mentor == bindparam("mentor")).order_by(round_rows.c.number)
_ABOUT = _ROWS.where(or_(round_rows.c.mentee == bindparam("who"), round_rows.c.mentor == bindparam("who")))
_COUNT_CAME = select(round_rows.c.came, func.count()).where(_THIS, round_rows.c.mentor.is_not(None))
_COUNT_MENTORS = select(func.count(round_rows.c.mentor.distinct())).where(_THIS)
_NOT_HELD = _ROWS.where(
    round_rows.c.mentor.is_not(None), round_rows.c.came.not_in(("connected", "asked"))
).order_by(round_rows.c.number).limit(bindparam("limit"))  # fmt: skip
_WIPE = delete(round_rows).where(_THIS)
_CAME = update(round_rows).where(_THIS, round_rows.c.number == bindparam("this")).values(came=bindparam("what"))
_MEETS = (
    select(rounds.c.meets_at, rounds.c.meets_in)
    .join(round_rows, round_rows.c.round == rounds.c.id)
    .where(
        round_rows.c.scheme == bindparam("scheme"),
        round_rows.c.request == bindparam("request"),
        rounds.c.meets_at.is_not(None),
        round_rows.c.came.in_(("connected", "asked")),
    )
    .order_by(rounds.c.at.desc())
    .limit(1)
)
_ASKED_NOW = select(func.count()).select_from(invitations).where(invitations.c.scheme == bindparam("scheme"), IS_OPEN)
_OVER = (
    rounds.c.ended_at < bindparam("before"),
    or_(rounds.c.meets_at.is_(None), rounds.c.meets_at < bindparam("now")),
)
_FORGET_ROWS = delete(round_rows).where(round_rows.c.round.in_(select(rounds.c.id).where(*_OVER)))
_FORGET = delete(rounds).where(*_OVER)

_MATCH: Final = TypeAdapter(Match)
_NOT_PLACED: Final = TypeAdapter(NotPlaced)


def add(db: Db, one: Round) -> None:
    """Keep a new one; Conflict where another one of the scheme still goes on."""
    with conflict_where_taken():
        db.execute(insert(rounds), _as_row(one))


def get(db: Db, scheme_key: str, id_: str) -> Round:
    """That one; Refused("gone") where there is none any more."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return Round(*row)


def open_of(db: Db, scheme_key: str) -> Round | None:
    """The one of the scheme that goes on, if any."""
    row = db.execute(_OPEN, {"scheme": scheme_key}).one_or_none()
    return Round(*row) if row is not None else None


def next_open(db: Db, scheme_keys: Collection[str], real_now: datetime) -> Round | None:
    """The oldest on which there is something to do, and which nobody has claimed."""
    row = db.execute(_NEXT, {"schemes": sorted(scheme_keys), "real_now": real_now}).one_or_none()
    return Round(*row) if row is not None else None


def save(db: Db, before: Round, after: Round) -> Round:
    """Keep what has changed and give it back; Conflict where somebody was faster."""
    saved = replace(after, version=before.version + 1)
    new = changed(before, saved, _NAMES)
    if "places" in new:
        new["places"] = dict(saved.places)
    one_row(db.execute(_UPDATE, {"this": before.id, "was": before.version} | new).rowcount)
    return saved


def _as_row(one: Round) -> dict[str, Any]:
    return values(one, _NAMES) | {"places": dict(one.places)}


def wipe(db: Db, one: Round) -> None:
    """Nobody is in it any more, until it is worked out anew."""
    db.execute(_WIPE, {"of_round": one.id})


def put(db: Db, one: Round, rows: Iterable[RoundRow]) -> None:
    """These are in it, too."""
    found = [
        {
            "round": one.id, "scheme": one.scheme, "number": each.number, "request": each.request,
            "mentee": each.mentee, "mentor": each.mentor, "percent": _percent(each), "reasons": _written(each.reasons),
        }
        for each in rows
    ]  # fmt: skip
    if found:
        db.execute(insert(round_rows), found)


def between(db: Db, id_: str, first: int, last: int) -> tuple[RoundRow, ...]:
    """Those with these numbers, both included, in their order."""
    return _rows(db.execute(_BETWEEN, {"of_round": id_, "first": first, "last": last}).all())


def of_mentor(db: Db, id_: str, mentor: str) -> tuple[RoundRow, ...]:
    """Those who are placed with that mentor."""
    return _rows(db.execute(_OF_MENTOR, {"of_round": id_, "mentor": mentor}).all())


def about(db: Db, id_: str, person: str) -> tuple[RoundRow, ...]:
    """Where that person is in it, as mentee or mentor."""
    return _rows(db.execute(_ABOUT, {"of_round": id_, "who": person}).all())


def came(db: Db, one: Round, what: Sequence[tuple[int, Came]]) -> None:
    """Keep what came of these."""
    if what:
        db.execute(_CAME, [{"of_round": one.id, "this": number, "what": each} for number, each in what])


def counted(db: Db, id_: str) -> dict[str | None, int]:
    """How many pairs came to what; None: to nothing yet."""
    rows = db.execute(_COUNT_CAME.group_by(round_rows.c.came), {"of_round": id_})
    return {row[0]: row[1] for row in rows}


def count_mentors(db: Db, id_: str) -> int:
    """With how many mentors somebody is placed."""
    return db.execute(_COUNT_MENTORS, {"of_round": id_}).scalar_one()


def not_held(db: Db, id_: str, limit: int) -> tuple[RoundRow, ...]:
    """The first of the pairs that came to nothing when they were published."""
    return _rows(db.execute(_NOT_HELD, {"of_round": id_, "limit": limit}).all())


def introduction_of(db: Db, scheme: Scheme, request: str | None) -> Introduction | None:
    """The introductory meeting to which the mentee of that request was asked with their mentor; nothing is asked of the
    database where the scheme has none."""
    if request is None or not scheme.rounds.introduction:
        return None
    row = db.execute(_MEETS, {"scheme": scheme.key, "request": request}).one_or_none()
    return Introduction(row.meets_at, row.meets_in or "") if row is not None else None


def asked_now(db: Db, scheme_key: str) -> int:
    """How many mentors are being asked for a request: each may become a pair."""
    return db.execute(_ASKED_NOW, {"scheme": scheme_key}).scalar_one()


def prune(db: Db, before: datetime, now: datetime) -> None:
    """Forget what was over before then, unless an introductory meeting of it is still ahead."""
    db.execute(_FORGET_ROWS, {"before": before, "now": now})
    db.execute(_FORGET, {"before": before, "now": now})


def _percent(row: RoundRow) -> int | None:
    return row.reasons.percent if isinstance(row.reasons, Match) else None


def _written(reasons: Match | NotPlaced) -> str:
    if isinstance(reasons, Match):
        return _MATCH.dump_json(reasons, exclude_defaults=True).decode()
    return _NOT_PLACED.dump_json(reasons).decode()


def _rows(found: Iterable[AnyRow]) -> tuple[RoundRow, ...]:
    return tuple(
        RoundRow(
            row.number, row.request, row.mentee,
            (_MATCH if row.mentor else _NOT_PLACED).validate_json(row.reasons), row.came,
        )
        for row in found
    )  # fmt: skip
