"""Addresses at which people's calendars fetch their sessions: loading, saving and forgetting them.

Only a digest of an address is kept. It is looked up as a whole in an index, so that how long that takes says nothing
about what a right one begins with.
"""

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle.calendars import CalendarAddress
from bot.storage.keyring import digest
from bot.storage.optimistic import columns, names, values
from bot.storage.tables import calendar_addresses

_NAMES = names(CalendarAddress)
_ADDRESS = select(*columns(calendar_addresses, _NAMES))
_OF = _ADDRESS.where(calendar_addresses.c.person == bindparam("person"))
_FIND = _ADDRESS.where(calendar_addresses.c.token_hash == bindparam("digest"))
_FORGET = delete(calendar_addresses).where(calendar_addresses.c.person == bindparam("whose"))
_lite, _post = sqlite.insert(calendar_addresses), postgresql.insert(calendar_addresses)
_SAVE = {
    "sqlite": _lite.on_conflict_do_update(
        index_elements=["person"], set_={name: _lite.excluded[name] for name in ("token_hash", "made_at")}
    ),
    "postgresql": _post.on_conflict_do_update(
        index_elements=["person"], set_={name: _post.excluded[name] for name in ("token_hash", "made_at")}
    ),
}


def of(db: Db, person: str) -> CalendarAddress | None:
    """That person's address, if they have one."""
    row = db.execute(_OF, {"person": person}).one_or_none()
    return CalendarAddress(*row) if row is not None else None


def find(db: Db, token: str) -> CalendarAddress | None:
    """The address with this secret part, if it is one."""
    row = db.execute(_FIND, {"digest": digest(token)}).one_or_none()
    return CalendarAddress(*row) if row is not None else None


def save(db: Db, address: CalendarAddress) -> None:
    """Keep it; the one that the person had before is no more."""
    db.execute(_SAVE[db.dialect.name], values(address, _NAMES))


def forget(db: Db, person: str) -> None:
    """That person has no address any more."""
    db.execute(_FORGET, {"whose": person})
