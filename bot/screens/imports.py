"""A file on its way in, as whoever brought it reads of it; and tables that they ask for."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.imports import ImportView, TableView
from bot.dialogs.wording import findings
from bot.lifecycle import importing as rules
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused
from bot.reports import pair_lines
from bot.reports.columns import headings
from bot.reports.csv_files import written
from bot.schemes.scheme import Scheme
from bot.storage import imports, offices, people

TEMPLATES = ("members", "connections")


def the_import(db: Db, scheme: Scheme, about: str, reader: str, _: datetime) -> ImportView:
    """The file; Refused for whom it is not."""
    one = imports.get(db, scheme.key, about)
    rules.may_read(one, _actor(db, scheme, reader))
    return ImportView(scheme, one, people.get(db, reader))


def the_table(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> TableView:
    """The table that `about` names: whoever asked for it must still be allowed to read it when it is sent."""
    kind, _, id_ = about.partition(":")
    me = people.get(db, reader)
    if kind == "template" and id_ in TEMPLATES:
        rules.may_import(_actor(db, scheme, reader))
        head = headings(scheme) if id_ == "members" else pair_lines.COLUMNS
        return TableView(scheme, findings.template_title(id_), f"{id_}.csv", written(head, ()), me)
    if kind == "import":
        one = the_import(db, scheme, id_, reader, now).one
        rows = findings.rows(one.findings)
        return TableView(scheme, findings.findings_title(one.name), "findings.csv", written(findings.HEAD, rows), me)
    raise Refused("gone")


def _actor(db: Db, scheme: Scheme, person: str) -> Actor:
    return Actor(person, offices.powers(db, scheme, person))
