"""Whom people's records name: kept by where a platform knows them and by their e-mail address, so that what is said of
somebody who has not come here yet holds from the moment they do."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    false,
    insert,
    literal_column,
    null,
    select,
)
from sqlalchemy import Connection as Db

from bot.lifecycle.named import Named
from bot.storage.tables import identities, named_people, people

_PLACE = ("platform", "team", "user")
_REMOVE = delete(named_people).where(
    named_people.c.scheme == bindparam("of_scheme"),
    named_people.c.person == bindparam("whose"),
    named_people.c.field.in_(bindparam("fields", expanding=True)),
)


def replace(
    db: Db, scheme_key: str, person: str, fields: Collection[str], named: Iterable[Named], now: datetime
) -> None:
    """Whom somebody's record names in these fields now, in the place of whom it named before."""
    db.execute(_REMOVE, {"of_scheme": scheme_key, "whose": person, "fields": sorted(fields)})
    rows = [
        {
            "scheme": scheme_key, "person": person, "field": each.field, "said": each.said, "at": now,
            "mailbox": each.mailbox or None, **{name: getattr(each, name) or None for name in _PLACE},
        }
        for each in named
    ]  # fmt: skip
    if rows:
        db.execute(insert(named_people), rows)


Wanted = Callable[[ColumnElement[str]], Sequence[ColumnElement[bool]]]
"""Given the column of who is named, the conditions under which a row is wanted: a query for each, so that each goes by
an index."""


def branches(wanted: Wanted) -> tuple[Select[*tuple[Any, ...]], ...]:
    """Who names whom, of those who are here, in rows of a pairing. Parameter: `of_scheme`."""
    ways: list[tuple[ColumnElement[str], FromClause, ColumnElement[bool]]] = [
        (id_, table, and_(*(named_people.c[name] == table.c[name] for name in _PLACE)))
        for table, id_ in ((people, people.c.id), (identities, identities.c.person))
    ]
    ways.append((people.c.id, people, and_(named_people.c.mailbox == people.c.mailbox, people.c.guest == false())))
    return tuple(_one(other, table, on, each) for other, table, on in ways for each in wanted(other))


def _one(
    other: ColumnElement[str], table: FromClause, on: ColumnElement[bool], wanted: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    nobody, no_reason = literal_column("''", Text()), null()
    row = named_people.c
    return (
        select(row.scheme, row.person, other, row.said, nobody, row.at, no_reason, row.field)
        .join_from(named_people, table, on)
        .where(row.scheme == bindparam("of_scheme"), wanted, row.person != other)
    )
