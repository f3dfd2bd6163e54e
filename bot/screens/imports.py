"""A file on its way in, as whoever brought it reads of it."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.imports import ImportView
from bot.lifecycle import importing as rules
from bot.schemes.scheme import Scheme
from bot.storage import imports, offices, people


def the_import(db: Db, scheme: Scheme, about: str, reader: str, _: datetime) -> ImportView:
    """The file; Refused for whom it is not."""
    one = imports.get(db, scheme.key, about)
    rules.may_read(one, offices.actor(db, scheme, reader))
    return ImportView(scheme, one, people.get(db, reader))
