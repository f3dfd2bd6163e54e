"""How everybody stands, without anything private: for looking at what a change of a scheme's file touches."""

from collections.abc import Collection

from sqlalchemy import Connection as Db
from sqlalchemy import func, select

from bot.lifecycle.member import Member
from bot.schemes.route import Route
from bot.storage.optimistic import columns, names
from bot.storage.tables import GOES_ON, IS_ACTIVE, members, office_holders, pairs, people, requests, sheets

_KNOWN = names(Member, leave_out=("joining", "question", "reply"))


def members_of(db: Db, scheme_key: str) -> list[tuple[str, Member]]:
    """Every membership with the person's name, without what they wrote on joining and what the office asked."""
    found = select(people.c.name, *columns(members, _KNOWN)).join(people).where(members.c.scheme == scheme_key)
    return [
        (name, Member(**dict(zip(_KNOWN, row, strict=True)), joining={}))
        for name, *row in db.execute(found.order_by(people.c.name))
    ]


def routes_of(db: Db, scheme_key: str) -> list[tuple[str, Route | None]]:
    """Whose requests are under way, by name, each with the route that it keeps."""
    found = select(people.c.name, requests.c.route).join(people, people.c.id == requests.c.mentee)
    return [tuple(row) for row in db.execute(found.where(requests.c.scheme == scheme_key, GOES_ON).order_by("name"))]


def terms_of(db: Db, scheme_key: str) -> list[tuple[str, str, dict[str, object]]]:
    """The pairs that go on, by the names of the two, each with the terms that it keeps."""
    mentee, mentor = people.alias(), people.alias()
    found = (
        select(mentee.c.name, mentor.c.name, pairs.c.terms)
        .join(mentee, mentee.c.id == pairs.c.mentee)
        .join(mentor, mentor.c.id == pairs.c.mentor)
        .where(pairs.c.scheme == scheme_key, IS_ACTIVE)
        .order_by(mentee.c.name, mentor.c.name)
    )
    return [tuple(row) for row in db.execute(found)]


def mentees_by_mentor(db: Db, scheme_key: str) -> dict[str, int]:
    """How many mentees each mentor has now, by person."""
    found = select(pairs.c.mentor, func.count()).where(pairs.c.scheme == scheme_key, IS_ACTIVE).group_by(pairs.c.mentor)
    return {row[0]: row[1] for row in db.execute(found)}


def held_in_vain(db: Db, scheme_key: str, offices: Collection[str]) -> list[tuple[str, str]]:
    """Who holds an office that is none of these: name and office."""
    found = select(people.c.name, office_holders.c.office).join(people)
    of_none = office_holders.c.office.not_in(sorted(offices))
    return [
        tuple(row) for row in db.execute(found.where(office_holders.c.scheme == scheme_key, of_none).order_by("name"))
    ]


def sheets_written(db: Db, scheme_key: str) -> dict[str, int]:
    """How many sheets of each key have been filled in."""
    found = select(sheets.c.sheet, func.count()).where(sheets.c.scheme == scheme_key).group_by(sheets.c.sheet)
    return {row[0]: row[1] for row in db.execute(found)}


def schemes_kept(db: Db) -> frozenset[str]:
    """The keys of all schemes that have members."""
    return frozenset(db.execute(select(members.c.scheme).distinct()).scalars())
