"""The scheme in numbers: what is counted, over what time, and of how few nothing is told."""

from dataclasses import replace
from typing import Literal

import pytest
from sqlalchemy import Connection

from bot.lifecycle.figures import SMALLEST, Met, may_be_told
from bot.lifecycle.pairs import Session
from bot.storage import figures, pairs
from bot.storage.database import Database
from tests.storage.records import DAY, NOW, SCHEME, pair, request

SINCE = NOW - 365 * DAY


def met(db: Connection, *sessions: Session) -> None:
    """One more pair that has met so."""
    made = pair(db, request(db, "mentee", ("accepted",), "accepted"))
    kept = (replace(each, id=f"{made.id}-{n}", number=n) for n, each in enumerate(sessions, start=2))
    pairs.save(db, made, replace(made, sessions=(*made.sessions, *kept)))


def session(state: Literal["planned", "completed"], days: int = 1, missed: int | None = None) -> Session:
    """A session of so many days ago; `missed`: the days since one waited in vain."""
    missed_at = NOW - missed * DAY if missed is not None else None
    return Session("", 0, state, NOW - days * DAY if state == "completed" else None, missed_at=missed_at)


@pytest.mark.covers("A23")
def test_sessions_of_a_year_are_counted_and_those_that_were_missed(database: Database) -> None:
    def keep(db: Connection) -> Met:
        assert figures.met(db, SCHEME, SINCE) == Met(0, 0, 0)
        met(db, session("completed"), session("completed", 364, missed=370), session("completed", 366))
        met(db, session("completed", 3, missed=10))
        met(db, session("planned", missed=2), session("planned"))
        met(db, session("planned", missed=400))
        met(db, session("planned"))
        assert figures.met(db, "another", SINCE) == Met(0, 0, 0)
        return figures.met(db, SCHEME, SINCE)

    assert database.write_now(keep) == Met(held=3, missed=2, pairs=3)


@pytest.mark.parametrize("few", [0, 1, SMALLEST - 1])
def test_of_so_few_pairs_that_one_could_be_known_nothing_is_told(few: int) -> None:
    assert may_be_told(Met(40, 3, few)) is None
    assert may_be_told(Met(40, 3, SMALLEST)) == Met(40, 3, SMALLEST)
