"""Locks that the PostgreSQL server keeps until the transaction ends. On SQLite the one writer is alone anyway."""

from hashlib import blake2b

from sqlalchemy import Connection, bindparam, func, select

_LOCK = select(func.pg_advisory_xact_lock(bindparam("number")))


def hold(db: Connection, name: str) -> None:
    """Wait for the lock of that name and hold it until the end of the transaction."""
    if db.dialect.name == "postgresql":
        number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
        db.execute(_LOCK, {"number": number})
