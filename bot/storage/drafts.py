"""Lists of mentors that have not been sent yet: whom a mentee would ask in which order, and whom they have left out."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.lifecycle.request import Request
from bot.storage.tables import drafts

_OF = select(drafts.c.listed, drafts.c.skipped).where(
    drafts.c.request == bindparam("request"), drafts.c.revision == bindparam("revision")
)
_INSERT: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(drafts),
    "postgresql": postgresql.insert(drafts),
}


def of(db: Db, request: Request) -> tuple[list[str], list[str]]:
    """Those listed and those left out, as they were last seen; none once the request has been changed."""
    row = db.execute(_OF, {"request": request.id, "revision": request.revision}).one_or_none()
    return (list(row.listed), list(row.skipped)) if row else ([], [])


def save(db: Db, request: Request, listed: Sequence[str], skipped: Sequence[str]) -> None:
    """Keep the list as it is seen now; of two at once, the later stays."""
    row = {"request": request.id, "revision": request.revision, "listed": list(listed), "skipped": list(skipped)}
    insert = _INSERT[db.dialect.name]
    new = {name: insert.excluded[name] for name in ("revision", "listed", "skipped")}
    db.execute(insert.on_conflict_do_update(index_elements=[drafts.c.request], set_=new), row)
