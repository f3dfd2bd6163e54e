"""Files that have been handed in. What is in them is read one at a time, for whoever opens it."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, select

from bot.lifecycle.files import KeptFile
from bot.lifecycle.step import Refused
from bot.storage.optimistic import columns, names
from bot.storage.tables import files

_NAMES = names(KeptFile)
_THIS = (files.c.scheme == bindparam("scheme"), files.c.id == bindparam("id"))
_HEAD = select(files.c.about, files.c.name).where(*_THIS)
_WHOLE = select(*columns(files, _NAMES)).where(*_THIS)
_OF_SHEET = (files.c.scheme == bindparam("of"), files.c.about == bindparam("sheet"))
_HEADS = select(files.c.id, files.c.name, files.c.size).where(*_OF_SHEET)
_OTHERS = delete(files).where(*_OF_SHEET, files.c.id.not_in(bindparam("kept", expanding=True)))


def add(db: Db, file: KeptFile) -> None:
    """Keep a file."""
    db.execute(insert(files), asdict(file) | {"size": len(file.content)})


def head(db: Db, scheme_key: str, id_: str) -> tuple[str, str]:
    """The id of the sheet in which it was handed in, and its name; Refused where it has been taken out, or replaced."""
    found = db.execute(_HEAD, {"scheme": scheme_key, "id": id_}).one_or_none()
    if found is None:
        raise Refused("gone")
    return found.about, found.name


def whole(db: Db, scheme_key: str, id_: str) -> KeptFile:
    """A file with what is in it."""
    found = db.execute(_WHOLE, {"scheme": scheme_key, "id": id_}).one_or_none()
    if found is None:
        raise Refused("gone")
    return KeptFile(*found)


def heads(db: Db, scheme_key: str, sheet: str) -> dict[str, tuple[str, int]]:
    """The name and bytes of each file of that sheet, by id."""
    return {row.id: (row.name, row.size) for row in db.execute(_HEADS, {"of": scheme_key, "sheet": sheet})}


def take_out_others(db: Db, scheme_key: str, sheet: str, kept: Collection[str]) -> None:
    """Of the files of that sheet, only these are still wanted."""
    db.execute(_OTHERS, {"of": scheme_key, "sheet": sheet, "kept": sorted(kept)})
