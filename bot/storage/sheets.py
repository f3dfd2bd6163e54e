"""Sheets that have been filled in: reading them, and keeping what was written where nobody was faster."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.storage.optimistic import changed, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import sheets

_NAMES = names(FilledSheet)
_OF = select(*columns(sheets, _NAMES)).where(
    sheets.c.scheme == bindparam("scheme"), sheets.c.about.in_(bindparam("abouts", expanding=True))
)
_THIS = select(*columns(sheets, _NAMES)).where(sheets.c.scheme == bindparam("scheme"), sheets.c.id == bindparam("id"))
_INSERT = insert(sheets)
_UPDATE = update(sheets).where(
    sheets.c.id == bindparam("this"), sheets.c.scheme == bindparam("of"), sheets.c.version == bindparam("was")
)


def of(db: Db, scheme_key: str, abouts: Iterable[str]) -> tuple[FilledSheet, ...]:
    """Every sheet about these memberships, pairs and sessions."""
    wanted = sorted(set(abouts))
    if not wanted:
        return ()
    return tuple(FilledSheet(*row) for row in db.execute(_OF, {"scheme": scheme_key, "abouts": wanted}))


def get(db: Db, scheme_key: str, id_: str) -> FilledSheet:
    """That sheet; Refused("gone") where there is none."""
    row = db.execute(_THIS, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return FilledSheet(*row)


def save(db: Db, before: FilledSheet | None, after: FilledSheet) -> FilledSheet:
    """Keep a sheet and give it back with its new version. Conflict where somebody else wrote since `before` was
    loaded, or has begun the same sheet."""
    if before is None:
        with conflict_where_taken():
            db.execute(_INSERT, values(after, _NAMES))
        return after
    saved = replace(after, version=before.version + 1)
    key = {"this": before.id, "of": before.scheme, "was": before.version}
    one_row(db.execute(_UPDATE, key | changed(before, saved, _NAMES)).rowcount)
    return saved
