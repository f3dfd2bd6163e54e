"""Who did what to which thing, and how it came out. Ids and fixed words, never a text of anybody's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
)

from bot.lifecycle.auditing import CONCERNING, UNSEEN_BY_MENTORS, AuditQuery
from bot.storage.optimistic import columns, names
from bot.storage.tables import audit, invitations, members, pairs, people, requests, sessions


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. `person` is None where the bot acted by itself; `outcome` is "done" or a reason."""

    id: str
    scheme: str
    at: datetime
    person: str | None
    verb: str
    about: str
    outcome: str


_INSERT = insert(audit)
_OF = (
    select(*columns(audit, names(Entry)))
    .where(audit.c.scheme == bindparam("scheme"), audit.c.about == bindparam("about"))
    .order_by(audit.c.at, audit.c.id)
)
_LAST_DONE = (
    select(*columns(audit, names(Entry)))
    .where(
        audit.c.scheme == bindparam("scheme"),
        audit.c.about == bindparam("about"),
        audit.c.outcome == "done",
        audit.c.verb.in_(bindparam("verbs", expanding=True)),
    )
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(1)
)


_LAST_OF = (
    select(*columns(audit, names(Entry)))
    .where(
        audit.c.scheme == bindparam("scheme"),
        audit.c.about.in_(bindparam("abouts", expanding=True)),
        audit.c.outcome == "done",
        audit.c.person.is_not(None),
        audit.c.verb.in_(bindparam("verbs", expanding=True)),
    )
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(bindparam("limit"))
)


def last_done(db: Connection, scheme_key: str, about: str, verbs: Sequence[str]) -> Entry | None:
    """The latest of these things that was done about it."""
    row = db.execute(_LAST_DONE, {"scheme": scheme_key, "about": about, "verbs": list(verbs)}).one_or_none()
    return Entry(*row) if row is not None else None


def last_of(
    db: Connection, scheme_key: str, abouts: Sequence[str], verbs: Sequence[str], limit: int
) -> tuple[Entry, ...]:
    """The latest of these things that somebody did about any of these, the last first."""
    which = {"scheme": scheme_key, "abouts": list(abouts), "verbs": list(verbs), "limit": limit}
    return tuple(Entry(*row) for row in db.execute(_LAST_OF, which))


def note_all(
    db: Connection, ids: Iterable[str], scheme_key: str, person: str | None, verb: str, abouts: Iterable[str],
    now: datetime,
) -> None:  # fmt: skip
    """Write a line for each of these things to which the same was done at once."""
    same = {"scheme": scheme_key, "at": now, "person": person, "verb": verb, "outcome": "done"}
    rows = [same | {"id": id_, "about": about} for id_, about in zip(ids, abouts, strict=True)]
    if rows:
        db.execute(_INSERT, rows)


def note(
    db: Connection, id_: str, scheme_key: str, person: str | None, verb: str, about: str, outcome: str, now: datetime
) -> None:
    """Write one line."""
    row = {
        "id": id_, "scheme": scheme_key, "at": now, "person": person, "verb": verb, "about": about, "outcome": outcome,
    }  # fmt: skip
    db.execute(_INSERT, row)


def of(db: Connection, scheme_key: str, about: str) -> tuple[Entry, ...]:
    """Everything noted about a thing, oldest first."""
    return tuple(Entry(*row) for row in db.execute(_OF, {"scheme": scheme_key, "about": about}))


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose record is looked through, and what of it is shown. `called`: the verbs in whose words a word stands;
    `concerns`: those that the viewer may read; `offices`: the keys of those there are."""

    scheme: str
    called: Mapping[str, Collection[str]]
    concerns: Collection[str]
    offices: Collection[str]
    reader: str
    """Who looks through it."""


def find(db: Connection, query: AuditQuery, shown: Shown, limit: int, offset: int) -> tuple[Entry, ...]:
    """A page of what is looked for, the newest first."""
    may_be_read = or_(audit.c.verb.not_in(sorted(CONCERNING)), audit.c.about.in_(sorted(shown.concerns)))
    own = select(pairs.c.id).where(pairs.c.scheme == shown.scheme, pairs.c.mentor == shown.reader)
    not_of_theirs = or_(audit.c.verb.not_in(sorted(UNSEEN_BY_MENTORS)), audit.c.about.not_in(own))
    where = [audit.c.scheme == shown.scheme, may_be_read, not_of_theirs]
    where += [audit.c.at >= query.since] if query.since else []
    where += [audit.c.at < query.before] if query.before else []
    if query.refused is not None:
        where.append(audit.c.outcome != "done" if query.refused else audit.c.outcome == "done")
    where += [audit.c.person.in_(_named(word)) for word in query.by]
    where += [audit.c.about.in_(_of(_named(word), shown.offices)) for word in query.about]
    where += [_says(word, shown) for word in query.words]
    newest = (audit.c.at.desc(), audit.c.id.desc())
    statement = select(*columns(audit, names(Entry))).where(*where).order_by(*newest).limit(limit).offset(offset)
    return tuple(Entry(*row) for row in db.execute(statement))


def _says(word: str, shown: Shown) -> ColumnElement[bool]:
    """Whether the word stands in what was done, or in the name of who did it or of whom it was about."""
    verbs = sorted(shown.called.get(word, ()))
    named = or_(audit.c.person.in_(_named(word)), audit.c.about.in_(_of(_named(word), shown.offices)))
    return or_(audit.c.verb.in_(verbs), named) if verbs else named


def _named(word: str) -> Select[Any]:
    return select(people.c.id).where(people.c.search.contains(word, autoescape=True))


def _persons() -> tuple[Select[Any], ...]:
    """What an act can be about, each with the one or two persons that it is of."""
    nobody = null().cast(Text)
    of_invitation = select(invitations.c.id, invitations.c.mentor, requests.c.mentee)
    of_session = select(sessions.c.id, pairs.c.mentee, pairs.c.mentor)
    return (
        select(people.c.id, people.c.id.label("one"), nobody),
        select(members.c.id, members.c.person, nobody),
        select(requests.c.id, requests.c.mentee, nobody),
        of_invitation.join_from(invitations, requests, invitations.c.request == requests.c.id),
        select(pairs.c.id, pairs.c.mentee, pairs.c.mentor),
        of_session.join_from(sessions, pairs, sessions.c.pair == pairs.c.id),
    )


def _of(persons: Select[Any], offices: Iterable[str]) -> Select[Any]:
    """All that an act can be about these persons by."""
    found = list[Select[Any]]()
    for each in _persons():
        id_, one, two = each.selected_columns
        found.append(each.with_only_columns(id_).where(or_(one.in_(persons), two.in_(persons))))
    for key in offices:
        found.append(select(literal(f"{key}:").concat(people.c.id)).where(people.c.id.in_(persons)))
    return select(union_all(*found).subquery().c[0])


def whom(db: Connection, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The persons that these things are of, as far as they are anybody's."""
    if not ids:
        return {}
    which = sorted(ids)
    every = union_all(*(each.where(each.selected_columns[0].in_(which)) for each in _persons()))
    return {row[0]: tuple(each for each in row[1:] if each) for row in db.execute(every)}
