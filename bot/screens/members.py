"""A membership with its person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.members import MemberView
from bot.lifecycle.member import Member
from bot.lifecycle.sheets import FilledSheet
from bot.schemes.scheme import Scheme
from bot.storage import members, people, questions, requests, sheets


def member(db: Db, scheme: Scheme, id_: str, now: datetime) -> MemberView:
    """That membership; Refused("gone") where there is none."""
    return view_of(db, scheme, members.get(db, scheme.key, id_), now)


def whole(db: Db, scheme: Scheme, id_: str, now: datetime) -> MemberView:
    """The same, with what the office asked them."""
    return replace(member(db, scheme, id_, now), questions=questions.of(db, scheme.key, id_))


def view_of(db: Db, scheme: Scheme, held: Member, now: datetime) -> MemberView:
    """A membership already read."""
    asking = held.role == "mentee" and requests.count_open(db, scheme.key, held.person) > 0
    return MemberView(scheme, held, people.get(db, held.person), now, asking, about_members(db, scheme, [held.id]))


def about_members(db: Db, scheme: Scheme, ids: Iterable[str]) -> tuple[FilledSheet, ...]:
    """Every sheet about these memberships; nothing is asked where the scheme has none."""
    return sheets.of(db, scheme.key, ids) if any(each.about == "member" for each in scheme.sheets) else ()
