"""Transactions: each stands alone, nothing is said before the commit, and capacity is counted under a lock."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage import idempotency_keys, members
from bot.storage.database import Conflict, Database
from bot.storage.writers import GROUP, GroupCommit
from tests.storage import records
from tests.storage.records import NOW, SCHEME
from tests.support.databases import KEYS, rows

SOON = 20.0
"""Seconds within which whatever is waited for must have happened."""


def _keep(key: str, db: Connection) -> str:
    idempotency_keys.first_time(db, key, NOW)
    return key


def _keep_and_fail(key: str, db: Connection) -> None:
    idempotency_keys.first_time(db, key, NOW)
    raise LookupError(key)


def _kept(database: Database) -> set[object]:
    return {row[0] for row in rows(database, "SELECT key FROM idempotency_keys")}


async def test_a_write_is_kept_and_a_failing_one_is_not(database: Database) -> None:
    assert await database.write(partial(_keep, "a")) == "a"
    with pytest.raises(LookupError):
        await database.write(partial(_keep_and_fail, "b"))
    assert await database.read(lambda db: db.execute(text("SELECT key FROM idempotency_keys")).scalars().all()) == ["a"]


async def test_many_writes_at_once_each_stand_alone(database: Database) -> None:
    def work(number: int) -> Callable[[Connection], object]:
        return partial(_keep_and_fail if number % 3 == 0 else _keep, f"k{number}")

    results = await asyncio.gather(*(database.write(work(n)) for n in range(60)), return_exceptions=True)
    for number, result in enumerate(results):
        assert isinstance(result, LookupError) if number % 3 == 0 else result == f"k{number}"
    assert _kept(database) == {f"k{n}" for n in range(60) if n % 3}


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(partial(_keep, "a"))
    assert _kept(database) == set()


async def test_closing_finishes_what_is_queued(database_url: str) -> None:
    database = Database(database_url, KEYS)
    writing = [asyncio.ensure_future(database.write(partial(_keep, f"k{n}"))) for n in range(40)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*writing) == [f"k{n}" for n in range(40)]
    with pytest.raises(RuntimeError):
        await database.write(partial(_keep, "late"))
    with Database(database_url, KEYS) as again:
        assert len(_kept(again)) == 40


def test_a_read_sees_one_snapshot(database: Database) -> None:
    def look(db: Connection) -> tuple[object, object]:
        before = db.execute(text("SELECT count(*) FROM idempotency_keys")).scalar()
        database.write_now(partial(_keep, "meanwhile"))
        return before, db.execute(text("SELECT count(*) FROM idempotency_keys")).scalar()

    assert database.read_now(look) == (0, 0)
    assert _kept(database) == {"meanwhile"}


class _Group:
    """A group of works on SQLite, queued behind one that waits, so that they are committed together."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.writer: GroupCommit = database._writer  # type: ignore[assignment]
        self.go = threading.Event()
        self.first = self.writer.submit(self._hold)

    def _hold(self, db: Connection) -> str:
        assert self.go.wait(SOON)
        return _keep("first", db)

    def commits(self) -> list[object]:
        """Fill this list with the commits from now on."""
        seen: list[object] = []
        event.listen(self.database.engines[0], "commit", seen.append)
        return seen


def test_a_group_shares_one_commit_and_a_failing_work_hurts_nobody(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        group = _Group(database)
        commits = group.commits()
        good = [group.writer.submit(partial(_keep, f"k{n}")) for n in range(3)]
        bad: Future[None] = group.writer.submit(partial(_keep_and_fail, "bad"))
        broken = group.writer.submit(lambda db: db.execute(text("INSERT INTO sessions (id) VALUES ('s')")))
        more = [group.writer.submit(partial(_keep, f"m{n}")) for n in range(3)]
        group.go.set()
        assert [each.result(SOON) for each in (*good, *more)] == ["k0", "k1", "k2", "m0", "m1", "m2"]
        assert isinstance(bad.exception(SOON), LookupError)
        assert isinstance(broken.exception(SOON), IntegrityError)
        assert len(commits) <= 2  # the one that waited may have used up the time that a group takes works for
        assert _kept(database) == {"first", "k0", "k1", "k2", "m0", "m1", "m2"}


def test_the_first_of_a_group_may_fail_too(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        futures: list[Future[object]] = []

        def first(db: Connection) -> None:
            futures.extend(database._writer.submit(partial(_keep, f"k{n}")) for n in range(2))
            _keep_and_fail("first", db)

        assert isinstance(database._writer.submit(first).exception(SOON), LookupError)
        assert [each.result(SOON) for each in futures] == ["k0", "k1"]
        assert _kept(database) == {"k0", "k1"}


def test_nothing_is_said_before_the_commit(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        said_at_commit: list[bool] = []
        futures: list[Future[object]] = []

        def work(db: Connection) -> str:
            # Queued from inside the group, so that both are in it.
            futures.append(database._writer.submit(partial(_keep, "b")))
            futures.append(database._writer.submit(partial(_keep_and_fail, "c")))
            return _keep("a", db)

        @event.listens_for(database.engines[0], "commit")
        def _look(_: Connection) -> None:
            said_at_commit.append(any(each.done() for each in futures))

        futures.append(database._writer.submit(work))
        assert futures[0].result(SOON) == "a"
        for each in futures:
            each.exception(SOON)
        assert said_at_commit == [False]


def test_a_commit_that_fails_fails_the_whole_group(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        group = _Group(database)

        @event.listens_for(database.engines[0], "commit")
        def _fail(_: Connection) -> None:
            raise OSError("no space left")

        second = group.writer.submit(partial(_keep, "second"))
        group.go.set()
        assert isinstance(group.first.exception(SOON), OSError)
        assert isinstance(second.exception(SOON), OSError)
        event.remove(database.engines[0], "commit", _fail)
        assert database.write_now(partial(_keep, "third")) == "third"
        assert _kept(database) == {"third"}


def test_a_transaction_that_sqlite_gave_up_is_not_called_kept(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        group = _Group(database)
        rolled_back = group.writer.submit(lambda db: db.exec_driver_sql("ROLLBACK"))
        group.go.set()
        assert group.first.exception(SOON) is not None
        assert rolled_back.exception(SOON) is not None
        assert database.write_now(partial(_keep, "after")) == "after"
        assert _kept(database) == {"after"}


def test_a_group_is_bounded(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        group = _Group(database)
        commits = group.commits()
        many = [group.writer.submit(partial(_keep, f"k{n}")) for n in range(3 * GROUP)]
        group.go.set()
        assert all(each.result(SOON) for each in many)
        assert len(commits) >= 3


def test_a_work_that_nobody_waits_for_any_more_is_not_done(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        group = _Group(database)
        given_up = group.writer.submit(partial(_keep, "given up"))
        assert given_up.cancel()
        group.go.set()
        assert group.first.result(SOON) == "first"
    with Database(sqlite_url, KEYS) as database:
        assert _kept(database) == {"first"}


def test_two_databases_on_one_file_wait_for_each_other(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as one, Database(sqlite_url, KEYS) as other:
        futures = [
            database._writer.submit(partial(_keep, f"{name}{n}"))
            for n in range(20)
            for name, database in (("a", one), ("b", other))
        ]
        assert all(each.result(SOON) for each in futures)
        assert len(_kept(one)) == 40


def test_of_many_who_change_a_member_at_once_one_wins(database: Database) -> None:
    loaded = database.write_now(lambda db: records.member(db, "ada"))

    def change(limit: int) -> Callable[[Connection], object]:
        return lambda db: members.save(db, loaded, replace(loaded, own_limit=limit))

    errors = [future.exception(SOON) for future in [database._writer.submit(change(n)) for n in range(1, 9)]]
    assert sum(error is None for error in errors) == 1
    assert all(isinstance(error, Conflict) for error in errors if error is not None)


@pytest.mark.parametrize("lock", ["intake", "mentor"])
def test_who_counts_under_a_lock_counts_what_the_other_did(database: Database, lock: str) -> None:
    database.write_now(lambda db: records.member(db, "ada"))
    looking = threading.Barrier(8)

    def add(number: int) -> None:
        def work(db: Connection) -> None:
            if lock == "intake":
                members.lock_intake(db, SCHEME, "mentor")
            else:
                members.lock(db, SCHEME, ["ada", "nobody"])
            if db.execute(text("SELECT count(*) FROM idempotency_keys")).scalar_one() < 2:
                idempotency_keys.first_time(db, f"k{number}", NOW)

        looking.wait(SOON)
        database.write_now(work)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert len(_kept(database)) == 2


def test_a_deadlock_is_tried_again(postgresql_url: str) -> None:
    with Database(postgresql_url, KEYS) as database:
        database.write_now(lambda db: [records.member(db, name) for name in ("ada", "ben")])
        both_hold_one = threading.Barrier(2)
        times: list[str] = []

        def lock_both(first: str, second: str, db: Connection) -> str:
            times.append(first)
            members.lock(db, SCHEME, [first])
            if len(times) <= 2:
                both_hold_one.wait(SOON)
            members.lock(db, SCHEME, [second])
            return first

        one = database._writer.submit(partial(lock_both, "ada", "ben"))
        other = database._writer.submit(partial(lock_both, "ben", "ada"))
        assert (one.result(SOON), other.result(SOON)) == ("ada", "ben")
        assert len(times) >= 3, "one of them at least was stopped and began again"
