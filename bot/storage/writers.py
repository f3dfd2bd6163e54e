"""How writing is done: on SQLite by one thread that commits in groups, on PostgreSQL by a pool of threads."""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.storage.optimistic import sqlstate

T = TypeVar("T")
Work = Callable[[Connection], T]

GROUP = 32
"""The most works in one commit."""
TAKES_FOR = 0.02
"""Seconds after which a group takes no more works, so that the first need not wait long for its commit."""
TRIES = 3
"""Two works that have stopped each other may do so once more when both begin again."""
_TRY_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock


class Writer(Protocol):
    """Runs works, each as a transaction; a future is resolved after its commit."""

    def submit(self, work: Work[T]) -> "Future[T]":
        """Queue a work; RuntimeError once closed."""
        ...

    def close(self) -> None:
        """Finish what is queued, then stop."""
        ...


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    work: Work[T]
    future: "Future[T]" = field(default_factory=Future)
    result: T | None = None
    error: BaseException | None = None


class GroupCommit:
    """One thread that writes: works that arrive while others commit share the next commit, and so its sync to disk.

    Each work stands alone: where one raises, it is rolled back to where it began and its neighbours are committed.
    Nobody hears of success or refusal before the commit, since a refusal may rest on what a neighbour wrote.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._gate = Lock()
        self._thread: Thread | None = None
        self._closed = False

    def submit(self, work: Work[T]) -> "Future[T]":
        """Queue a work; RuntimeError once closed."""
        job = _Job(work)
        with self._gate:
            if self._closed:
                raise RuntimeError("the database is closed")
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="database-writer", daemon=True)
                self._thread.start()
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._gate:
            thread = self._thread
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            self._group(job)

    def _group(self, first: _Job[Any]) -> None:
        """Run a group in one transaction and commit it; where that fails, all of the group hear of it."""
        jobs: list[_Job[Any]] = []
        try:
            with self._engine.connect() as db:
                try:
                    self._run_group(first, jobs, db)
                except BaseException:
                    db.invalidate()  # a failed commit can leave the driver inside its transaction
                    raise
        except BaseException as error:  # noqa: BLE001, RUF100 – whoever waits must hear of it
            if not jobs and first.future.set_running_or_notify_cancel():
                jobs.append(first)
            for each in jobs:
                each.future.set_exception(error)
            return
        for each in jobs:
            if each.error is not None:
                each.future.set_exception(each.error)
            else:
                each.future.set_result(each.result)

    def _run_group(self, first: _Job[Any], jobs: list[_Job[Any]], db: Connection) -> None:
        until = monotonic() + TAKES_FOR
        job: _Job[Any] | None = first
        while job is not None:
            if job.future.set_running_or_notify_cancel():
                jobs.append(job)
                _run(job, db, alone=all(each.error for each in jobs[:-1]))
            job = self._next() if len(jobs) < GROUP and monotonic() < until else None
        _commit(db)

    def _next(self) -> _Job[Any] | None:
        try:
            job = self._queue.get_nowait()
        except Empty:
            return None
        if job is None:
            self._queue.put(None)  # the end: `_serve` finds it again, for nothing is queued behind it
        return job


def _run(job: _Job[Any], db: Connection, *, alone: bool) -> None:
    """Run one work so that its failure is only its own. The first needs no savepoint: all there is, is its own."""
    if alone and not db.in_transaction():
        db.begin()
    try:
        if alone:
            job.result = job.work(db)
        else:
            with db.begin_nested():
                job.result = job.work(db)
    except BaseException as error:  # noqa: BLE001, RUF100 – it goes to whoever waits for this work
        job.error = error
        if alone:
            db.rollback()
        else:
            _still_open(db)


def _commit(db: Connection) -> None:
    if db.in_transaction():
        _still_open(db)
        db.commit()


def _still_open(db: Connection) -> None:
    """SQLite ends a transaction by itself on a full disk or an I/O error; COMMIT would then look like success."""
    driver: Any = db.connection.dbapi_connection
    if not driver.in_transaction:
        raise RuntimeError("SQLite gave the transaction up; nothing of it was kept")


class Threads:
    """A pool of threads that write, each work its own transaction (READ COMMITTED).

    A work runs again, three times at most, after a deadlock, a serialization failure, or a connection found lost before
    its commit: in each case nothing of the time before was kept.
    """

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(threads, "database-writer")

    def submit(self, work: Work[T]) -> "Future[T]":
        """Queue a work; RuntimeError once closed."""
        return self._pool.submit(self._run, work)

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._pool.shutdown(wait=True)

    def _run(self, work: Work[T]) -> T:
        for _ in range(TRIES - 1):
            with contextlib.suppress(_Again):
                return self._once(work)
        return self._once(work, last=True)

    def _once(self, work: Work[T], *, last: bool = False) -> T:
        committing = False
        try:
            with self._engine.begin() as db:
                result = work(db)
                committing = True
        except DBAPIError as error:
            lost = error.connection_invalidated and not committing
            if not last and (lost or sqlstate(error) in _TRY_AGAIN):
                raise _Again from error
            raise
        return result


class _Again(Exception):  # noqa: N818 – not an error: the work is simply run once more
    """The database asks for the same transaction once more."""
