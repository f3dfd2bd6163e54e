"""The process's way to its database: transactions from the event loop, from commands and from tests.

    await database.write(lambda db: requests.save(db, before, after))

A work is a function of a connection; it runs in a thread, inside a transaction of its own, and must neither commit nor
wait for anything but the database. On PostgreSQL it may run again (see `writers`).
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.storage import engines, keyring, private, upgrading
from bot.storage.keyring import KeyringError
from bot.storage.migrations import HEAD
from bot.storage.optimistic import Conflict as Conflict
from bot.storage.profile_cache import ProfileCache
from bot.storage.upgrading import NewerDatabaseError
from bot.storage.writers import GroupCommit, Threads, Writer

T = TypeVar("T")

UNFIT = (KeyringError, NewerDatabaseError)
"""What `migrate` raises where this version or its keys do not fit the database; `str` is a sentence with the mend."""
WRITERS = 8
"""Connections that write to PostgreSQL at one time."""


class Database:
    """One process's way to the database."""

    head = HEAD
    """The revision of the schema that this code needs."""

    def __init__(self, url: str, keys: Sequence[str], readers: int = 4) -> None:
        """Nothing is opened before it is used. ValueError: not a URL that is served; KeyringError: no usable key."""
        keyring.use(keys)
        self._url = engines.address(url)
        options = {"profile_cache": ProfileCache()}
        self._writer: Writer
        if self._url.get_backend_name() == "sqlite":
            self._writing = engines.sqlite_writer(self._url)
            self._reading = engines.sqlite_readers(self._url, readers, options)
            self._writer = GroupCommit(self._writing)
            self.engines: tuple[Engine, ...] = (self._writing, self._reading)
        else:
            self._writing = engines.postgresql(self._url, WRITERS + readers)
            # One snapshot for all that a screen reads.
            self._reading = self._writing.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True, **options
            )
            self._writer = Threads(self._writing, WRITERS)
            self.engines = (self._writing,)
        self._readers = ThreadPoolExecutor(readers, "database-reader")

    def migrate(self) -> None:
        """Bring the schema to `head`, under a lock: safe from several processes at once.

        Nothing is touched where this version or its keys do not fit what is kept: NewerDatabaseError, KeyringError.
        """
        at_head = self.at_head()
        self.check_keys()
        if not at_head:
            upgrading.upgrade(self._url)

    def at_head(self) -> bool:
        """Whether the schema is the one that this code needs; asks the database, and blocks while it does.

        NewerDatabaseError where it belongs to a later version.
        """
        return self.read_now(upgrading.known_revision) == HEAD

    def check_keys(self) -> int:
        """Read a sample of all private text, and give its size; KeyringError where no key fits. Blocks."""
        try:
            return self.read_now(private.read_sample)
        except KeyringError as error:
            mend = "add the key that was used before to MENTORBOT_KEYS, after the new one"
            raise KeyringError(f"{str(error).removesuffix('.')}: {mend}.") from None

    async def write(self, work: Callable[[Connection], T], tries: int = 1) -> T:
        """Run the work as a transaction: committed when it returns, rolled back when it raises. Where somebody else was
        faster (Conflict) it runs again, `tries` times in all: on what they left, the rules can give an answer."""
        for _ in range(tries - 1):
            with contextlib.suppress(Conflict):
                return await asyncio.wrap_future(self._writer.submit(work))
        return await asyncio.wrap_future(self._writer.submit(work))

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """As `write`, blocking; never from inside a work."""
        return self._writer.submit(work).result()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run the work on one snapshot of the database; it cannot write."""
        return await asyncio.wrap_future(self._readers.submit(self.read_now, work))

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """As `read`, in the thread of the caller."""
        with self._reading.connect() as db:
            return work(db)

    async def close(self) -> None:
        """Finish what is queued and close every connection."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """As `close`, blocking."""
        self._writer.close()
        self._readers.shutdown(wait=True)
        for engine in self.engines:
            engine.dispose()

    @property
    def where(self) -> str:
        """Which database this is, without a user or a password."""
        host = f"{self._url.host or 'localhost'}/" if self._url.get_backend_name() != "sqlite" else ""
        return f"{self._url.get_backend_name()} {host}{self._url.database}"

    def __repr__(self) -> str:
        return f"<Database {self._url.get_backend_name()}>"

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close_now()
