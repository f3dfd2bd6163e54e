"""How SQLite goes about the queries that run at every tick and click: by the index meant for it."""

import re
from typing import Any

import pytest
from sqlalchemy import CompoundSelect, Connection, Select
from sqlalchemy.dialects import sqlite

from bot.storage import calendar_watches, candidates, deadlines, outbox, pairings, pairs, requests
from bot.storage.database import Database
from tests.support.databases import KEYS

PLANS: dict[str, tuple[Select[Any] | CompoundSelect[Any], str]] = {
    "due": (deadlines._DUE, "ix_deadlines_due_at"),
    "still due": (deadlines._STILL_DUE, "sqlite_autoindex_deadlines_1 (scheme=? AND about=? AND kind=?)"),
    "open request": (requests._OPEN, "uq_requests_one_open"),
    "a mentor's invitations": (requests._ASKED, "ix_invitations_scheme_mentor_state"),
    "a person's pairs": (pairs._OF, "ix_connections_scheme_mentee_state"),
    "capacity": (pairs._COUNT_ACTIVE, "ix_connections_scheme_mentor_state"),
    "mentors": (candidates._ALL, "ix_members_scheme_role_state_person"),
    "claiming": (outbox._CLAIMABLE, "ix_outbox_pending"),
    "a lane's order": (outbox._CLAIMABLE, "ix_outbox_lane"),
    "whose calendar is to be read": (calendar_watches._DUE, "ix_sessions_mailbox_event"),
    "what stands in a calendar": (calendar_watches._IN, "ix_sessions_mailbox_event"),
    "who names somebody": (pairings._OF, "ix_named_people_scheme_user"),
    "who has somebody's address": (pairings._OF, "ix_named_people_scheme_mailbox"),
    "cards": (outbox._CARDS, "ix_outbox_scheme_about"),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_index_meant_for_it_is_used(sqlite_url: str, name: str) -> None:
    statement, index = PLANS[name]
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    sql = re.sub(r"__\[POSTCOMPILE_(\w+)\]", r":\1", str(compiled))
    values = dict.fromkeys(compiled.construct_params(_check=False), 1)

    def plan(db: Connection) -> list[str]:
        driver: Any = db.connection.dbapi_connection
        return [str(row[3]) for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", values)]

    with Database(sqlite_url, KEYS) as database:
        steps = database.read_now(plan)
    assert any(index in step for step in steps), steps
