"""A file that was handed in, for somebody who may read it."""

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.sheets import FileView
from bot.lifecycle import sheets as rules
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Sheet
from bot.storage import files, offices, pairs, people, sheets


def head(db: Db, scheme: Scheme, id_: str, reader: Actor) -> tuple[Sheet, str]:
    """The sheet with which it was handed in, and its name; Refused for whom it is not."""
    about, name = files.head(db, scheme.key, id_)
    filled = sheets.get(db, scheme.key, about)
    sheet = scheme.sheet(filled.sheet)
    if sheet is None:
        raise Refused("gone")
    if sheet.about == "member":
        rules.may_read_of_member(sheet, filled, reader)
    else:
        pair = (pairs.by_session if sheet.about == "session" else pairs.get)(db, scheme.key, filled.about)
        rules.may_read_filled(sheet, filled, pair, reader.person)
    return sheet, name


def file(db: Db, scheme: Scheme, id_: str, reader: str) -> FileView:
    """The file itself. Whoever asked for it must still be allowed to read it when it is sent."""
    sheet, _ = head(db, scheme, id_, offices.actor(db, scheme, reader))
    kept = files.whole(db, scheme.key, id_)
    return FileView(kept, sheet, people.get(db, kept.given_by), people.get(db, reader))
