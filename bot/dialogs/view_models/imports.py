"""A file on its way in, and tables that go out."""

from dataclasses import dataclass

from bot.lifecycle.importing import Import
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file on its way in, for whoever brought it."""

    scheme: Scheme
    one: Import
    reader: Person


@dataclass(frozen=True, slots=True)
class TableView:
    """A table that somebody has asked for: `title` it in words, and the file that holds it."""

    scheme: Scheme
    title: str
    name: str
    content: bytes
    reader: Person
    media_type: str = "text/csv"
