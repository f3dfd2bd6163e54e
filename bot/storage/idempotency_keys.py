"""What has come in already, so that a redelivered click or event is done once."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import idempotency_keys as keys

_INSERT = {
    "sqlite": sqlite.insert(keys).on_conflict_do_nothing().returning(keys.c.key),
    "postgresql": postgresql.insert(keys).on_conflict_do_nothing().returning(keys.c.key),
}
_KNOWN = select(exists().where(keys.c.key == bindparam("key")))
_PRUNE = delete(keys).where(keys.c.at < bindparam("before"))


def first_time(db: Connection, key: str, now: datetime) -> bool:
    """Note that this has come in; False where it had before."""
    return db.execute(_INSERT[db.dialect.name], {"key": key, "at": now}).first() is not None


def known(db: Connection, key: str) -> bool:
    """Whether it has; nothing is noted."""
    return bool(db.execute(_KNOWN, {"key": key}).scalar())


def prune(db: Connection, before: datetime) -> int:
    """Forget what came in before that moment; says how many."""
    return db.execute(_PRUNE, {"before": before}).rowcount
