"""The record of who did what: a page of it, for somebody who may look through it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs import audit_queries
from bot.dialogs.view_models.audit import AuditLine, AuditView
from bot.dialogs.wording import audit_words
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme
from bot.screens import concerns
from bot.storage import audit, people
from bot.storage.audit import Entry, Shown

A_PAGE = 20
"""How many lines a page holds: each is a part of a form's hundred."""
FURTHEST = 500
"""The last page that can be turned to: whoever goes back further names a day."""


def page(db: Db, scheme: Scheme, viewer: Person, text: str, number: int, now: datetime) -> AuditView:
    """That page of what the viewer looks for."""
    number = min(number, FURTHEST)
    query = audit_queries.read(text, now, ZoneInfo(viewer.zone), number)
    shown = Shown(
        scheme.key,
        {word: audit_words.called(word) for word in query.words},
        concerns.readable(db, scheme, viewer.id),
        [office.key for office in scheme.offices],
        viewer.id,
    )
    found = audit.find(db, query, shown, A_PAGE + 1, number * A_PAGE)
    lines = _lines(db, scheme, found[:A_PAGE])
    return AuditView(scheme, text.strip()[: audit_queries.LONGEST], lines, number, len(found) > A_PAGE)


def _lines(db: Db, scheme: Scheme, entries: tuple[Entry, ...]) -> tuple[AuditLine, ...]:
    of = audit.whom(db, {part for each in entries for part in each.about.split(":") if part})
    persons = {id_ for ids in of.values() for id_ in ids} | {each.person for each in entries if each.person}
    seen = people.many(db, persons)
    return tuple(_line(scheme, each, of, seen) for each in entries)


def _line(scheme: Scheme, entry: Entry, of: Mapping[str, tuple[str, ...]], seen: Mapping[str, Person]) -> AuditLine:
    parts = entry.about.split(":")
    whom = dict.fromkeys(id_ for part in parts for id_ in of.get(part, ()) if id_ != entry.person)
    who = "" if entry.person is None else seen[entry.person].name if entry.person in seen else "Somebody"
    named = tuple(seen[id_].name for id_ in whom if id_ in seen)
    called = {office.key: office.title for office in scheme.offices} | {"mentee": "mentee", "mentor": "mentor"}
    called |= {training.key: training.name for rules in scheme.roles.values() for training in rules.trainings}
    kind = next((called[part] for part in parts if part in called), "")
    return AuditLine(entry.at, who, entry.verb, entry.outcome, named, kind)
