"""What a click costs the database: so many statements, and nobody locked or loaded who is not concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.storage.database import Database
from tests.actions.population import settle
from tests.actions.test_import import HEAD, coordinator
from tests.support.databases import rows


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile; BEGIN, COMMIT and savepoints are the transaction's own."""
    seen: list[str] = []

    def sent(_: Any, __: Any, sql: str, *___: Any) -> None:
        if sql.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"}:
            seen.append(sql)

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", sent)
    yield seen
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", sent)


async def test_an_acceptance_takes_fifteen_statements(database: Database) -> None:
    """On PostgreSQL two more: the mentor's row is locked, and what waits in a slot is put by a statement of its own."""
    population = await settle(database)
    with statements(database) as seen:
        await population.office.click(
            "UASKED", "accept", population.ids["open"], idempotency_key="1", shows_itself=True
        )
    assert rows(database, f"SELECT state FROM invitations WHERE id = '{population.ids['open']}'") == [("accepted",)]
    assert len(seen) <= (17 if database.engines[0].name == "postgresql" else 15), "\n".join(seen)


@pytest.mark.parametrize("on_silence", ["end", "ask_next"])
async def test_silence_loads_the_others_only_where_one_of_them_is_asked(database: Database, on_silence: str) -> None:
    population = await settle(database, on_silence=on_silence)
    office = population.office
    with statements(database) as seen:
        await office.sweep(timedelta(days=5, minutes=1))
    assert any("UNION ALL" in sql for sql in seen) == (on_silence == "ask_next"), "their room is counted"
    states = rows(database, f"SELECT state FROM invitations WHERE id = '{population.ids['queued']}'")
    assert states == [("open",) if on_silence == "ask_next" else ("not_needed",)]


async def test_new_members_of_a_file_take_as_many_statements_as_one(database: Database) -> None:
    office = await coordinator(database)

    async def brought(*users: str) -> int:
        await office.table(HEAD, *((f"{user.lower()}@example.org", "Mentor", "") for user in users))
        with statements(database) as seen:
            done = await office.begins()
        assert done.counted["new"] == len(users)
        return len(seen)

    assert await brought("UAMY") == await brought("UBEN", "UCAL", "UDEE")
