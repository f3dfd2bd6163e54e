"""Sheets: whose each one is, who may read it, and who may fill it in when. A sheet's own settings say all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.lifecycle import permissions
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_fill_in as may_fill_in_forms
from bot.lifecycle.pairs import Pair, Session, may_act
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused, allowed
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Page, Sheet

SHARED: Final = "both"
"""The owner of a sheet that the two of a pair fill in together."""


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet as it was last filled in. `about`: the id of the membership, pair or session; `owner`: the person whose
    it is, or SHARED; `answers` as in the forms of a scheme."""

    id: str
    scheme: str
    sheet: str
    about: str
    owner: str
    answers: Mapping[str, Any]
    written_by: str
    written_at: datetime
    version: int = 1


def found(filled: Iterable[FilledSheet], sheet: Sheet, about: str, owner: str) -> FilledSheet | None:
    """That sheet among those filled in; None: nobody has yet."""
    wanted = (sheet.key, about, owner)
    return next((each for each in filled if (each.sheet, each.about, each.owner) == wanted), None)


def owner_of(sheet: Sheet, pair: Pair, person: str) -> str:
    """Whose sheet about a pair or session this party comes upon."""
    if sheet.by == "mentee":
        return pair.mentee
    if sheet.by == "mentor":
        return pair.mentor
    return SHARED if sheet.seen_by == "both" else person


def may_read(sheet: Sheet, pair: Pair, person: str) -> None:
    """Whether this is one of the two, and the sheet is for their eyes."""
    pair.other(person)
    if sheet.seen_by != "both" and owner_of(sheet, pair, person) != person:
        raise Refused("not_yours")


def may_read_filled(sheet: Sheet, filled: FilledSheet, pair: Pair, person: str) -> None:
    """Whether this one, of those that were filled in, is for this party."""
    may_read(sheet, pair, person)
    if filled.owner != owner_of(sheet, pair, person):
        raise Refused("not_yours")


def may_read_of_member(sheet: Sheet, filled: FilledSheet, reader: Actor) -> None:
    """Whoever it is about; where it is for the office too, whoever approves members."""
    if filled.owner == reader.person:
        return
    if sheet.seen_by != "office":
        raise Refused("not_yours")
    permissions.office(reader, "approve_members", filled.owner)


def may_fill_in(sheet: Sheet, pair: Pair, session: Session | None, person: str) -> None:
    """Whether this party can fill it in now. `session`: the one that it is about, if it is about one."""
    may_read(sheet, pair, person)
    if owner_of(sheet, pair, person) not in (SHARED, person):
        raise Refused("sheet_of_other")
    if sheet.about == "pair" and sheet.offered == "afterwards":
        if pair.state == "active":
            raise Refused("sheet_later")
        return
    may_act(pair, person)
    if session is not None and sheet.offered == "afterwards" and session.state != "completed":
        raise Refused("sheet_later")


def may_keep_own(sheet: Sheet, member: Member) -> None:
    """Whether this member keeps a sheet about themselves: it is for their role, and the way to the forms is open."""
    may_fill_in_forms(member)
    if sheet.by not in (member.role, "either"):
        raise Refused("not_yours")


def of_role(scheme: Scheme, member: Member) -> tuple[Sheet, ...]:
    """The sheets that this member keeps about themselves."""
    return tuple(each for each in scheme.sheets if each.about == "member" and allowed(may_keep_own, each, member))


def wanted_of_member(scheme: Scheme, member: Member, filled: Iterable[FilledSheet]) -> tuple[Sheet, ...]:
    """Those of them that are required and still to be filled in."""
    given = tuple(filled)
    own = (each for each in of_role(scheme, member) if each.required)
    return tuple(each for each in own if found(given, each, member.id, member.person) is None)


def wanted_of_pair(
    scheme: Scheme, pair: Pair, person: str, filled: Iterable[FilledSheet]
) -> tuple[tuple[Sheet, Session | None], ...]:
    """What is required of this party and still to be filled in, now that its time has come: about a session once it is
    completed, about the pair once sessions can begin or, where it is offered afterwards, once it has ended."""
    given = tuple(filled)
    required = (sheet for sheet in scheme.sheets if sheet.required and sheet.about != "member")
    return tuple(
        (sheet, session)
        for sheet in required
        for session in (pair.sessions if sheet.about == "session" else (None,))
        if (session.state == "completed" if session else pair.agreed)
        and allowed(may_fill_in, sheet, pair, session, person)
        and found(given, sheet, session.id if session else pair.id, owner_of(sheet, pair, person)) is None
    )


def pages_for(scheme: Scheme, roles: Iterable[Role]) -> tuple[Page, ...]:
    """The pages that are for somebody in these roles."""
    held = tuple(roles)
    return tuple(page for page in scheme.pages if held and (page.for_ == "both" or page.for_ in held))
