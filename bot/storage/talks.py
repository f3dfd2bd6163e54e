"""Who would like to talk to somebody before they join."""

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from bot.lifecycle.step import Refused
from bot.lifecycle.talks import Talk
from bot.storage.optimistic import columns, names, one_row, values
from bot.storage.tables import talks

_NAMES = names(Talk)
_TALK = select(*columns(talks, _NAMES)).where(talks.c.scheme == bindparam("of_scheme"))
_GET = _TALK.where(talks.c.id == bindparam("which"))
_OPEN = _TALK.where(talks.c.person == bindparam("who"), talks.c.done_at.is_(None)).order_by(talks.c.id).limit(1)
_DONE = update(talks).where(talks.c.id == bindparam("which"), talks.c.done_at.is_(None))


def get(db: Db, scheme_key: str, id_: str) -> Talk:
    """That one; Refused("gone") where there is none."""
    row = db.execute(_GET, {"of_scheme": scheme_key, "which": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return Talk(*row)


def open_of(db: Db, scheme_key: str, person: str) -> Talk | None:
    """What is still to come of theirs."""
    row = db.execute(_OPEN, {"of_scheme": scheme_key, "who": person}).one_or_none()
    return Talk(*row) if row is not None else None


def add(db: Db, talk: Talk) -> None:
    """A new one."""
    db.execute(insert(talks), values(talk, _NAMES))


def done(db: Db, talk: Talk) -> None:
    """It has taken place; Conflict where somebody else has just said so."""
    new = {"done_at": talk.done_at, "done_by": talk.done_by}
    one_row(db.execute(_DONE.values(new), {"which": talk.id}).rowcount)
