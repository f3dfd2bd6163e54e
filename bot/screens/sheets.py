"""A sheet as somebody comes upon it, and what there is to read."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.sheets import FeedbackView, SheetView
from bot.lifecycle import sheets as rules
from bot.lifecycle import surveys
from bot.lifecycle.membership import may_fill_in
from bot.lifecycle.step import Refused, allowed, refusal
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Page, Sheet
from bot.screens import pairs as pair_screens
from bot.storage import members, pairs, people, sheets


def sheet(
    db: Db, scheme: Scheme, key: str, about: str, viewer: str, now: datetime, moment: str = ""
) -> SheetView:  # fmt: skip
    """That sheet about that membership, pair or session; Refused where there is none, or none for this viewer.
    `moment`: of a survey."""
    wanted = scheme.sheet(key)
    if wanted is None or wanted.is_survey != bool(moment):
        raise Refused("gone")
    if wanted.is_survey:
        return _of_survey(db, scheme, wanted, about, moment, viewer, now)
    of_member = wanted.about == "member"
    return (_of_member if of_member else _of_pair)(db, scheme, wanted, about, viewer, now)


def _of_member(db: Db, scheme: Scheme, sheet: Sheet, id_: str, viewer: str, now: datetime) -> SheetView:
    member = members.get(db, scheme.key, id_)
    if member.person != viewer:
        raise Refused("not_yours")
    rules.may_keep_own(sheet, member)
    filled = rules.found(sheets.of(db, scheme.key, [id_]), sheet, id_, viewer)
    return SheetView(scheme, sheet, id_, people.get(db, viewer), viewer, filled)


def _of_pair(db: Db, scheme: Scheme, sheet: Sheet, about: str, viewer: str, now: datetime) -> SheetView:
    held = (pairs.by_session if sheet.about == "session" else pairs.get)(db, scheme.key, about)
    view = pair_screens.view_of(db, scheme, held, viewer, now)
    rules.may_read(sheet, held, viewer)
    session = held.session(about) if sheet.about == "session" else None
    owner = rules.owner_of(sheet, held, viewer)
    filled = rules.found(view.sheets, sheet, about, owner)
    why_not = refusal(rules.may_fill_in, sheet, held, session, viewer)
    if why_not and filled is None:
        raise why_not  # nothing to read, and nothing to fill in yet
    carried = rules.carried_over(sheet, held, session, view.sheets, owner) if session and filled is None else {}
    return SheetView(scheme, sheet, about, view.me, owner, filled, view, session, why_not, carried)


def _of_survey(
    db: Db, scheme: Scheme, sheet: Sheet, about: str, moment: str, viewer: str, now: datetime
) -> SheetView:  # fmt: skip
    """It is answered once, and read from then on."""
    if sheet.about == "member":
        return _of_members_survey(db, scheme, sheet, about, moment, viewer, now)
    view = pair_screens.pair(db, scheme, about, viewer, now)
    owner = rules.owner_of(sheet, view.pair, viewer)
    filled = rules.found(view.sheets, sheet, about, owner, moment) if owner == viewer else None
    why_not = Refused("survey_given") if filled else None
    if why_not is None:
        surveys.may_answer(sheet, view.pair, moment, viewer, now)
    return SheetView(scheme, sheet, about, view.me, owner, filled, view, None, why_not, moment=moment)


def _of_members_survey(
    db: Db, scheme: Scheme, sheet: Sheet, id_: str, moment: str, viewer: str, now: datetime
) -> SheetView:  # fmt: skip
    member = members.get(db, scheme.key, id_)
    if member.person != viewer:
        raise Refused("not_yours")
    filled = rules.found(sheets.of(db, scheme.key, [id_]), sheet, id_, viewer, moment)
    why_not = Refused("survey_given") if filled else None
    if why_not is None:
        surveys.may_answer(sheet, member, moment, viewer, now)
    return SheetView(scheme, sheet, id_, people.get(db, viewer), viewer, filled, None, None, why_not, moment=moment)


def feedback(db: Db, scheme: Scheme, id_: str, reader: str) -> FeedbackView:
    """That sheet for the office; Refused for the two whom it is about."""
    filled = sheets.get(db, scheme.key, id_)
    wanted, pair = scheme.sheet(filled.sheet), pairs.get(db, scheme.key, filled.about)
    if wanted is None:
        raise Refused("gone")
    if reader in (pair.mentee, pair.mentor):
        raise Refused("about_yourself")
    author, other = people.get(db, filled.owner), people.get(db, pair.other(filled.owner))
    return FeedbackView(scheme, wanted, filled, author, other)


def pages(db: Db, scheme: Scheme, person: str) -> tuple[Page, ...]:
    """What there is to read for this person, by the roles they hold."""
    return rules.pages_for(scheme, _roles(db, scheme, person))


def page(db: Db, scheme: Scheme, key: str, person: str) -> Page:
    """That page, for somebody whom it is for."""
    found = scheme.page(key)
    if found is None:
        raise Refused("gone")
    if found not in pages(db, scheme, person):
        raise Refused("not_yours")
    return found


def _roles(db: Db, scheme: Scheme, person: str) -> tuple[Role, ...]:
    """The roles in which this person has been let in."""
    return tuple(role for role, each in members.of(db, scheme.key, person).items() if allowed(may_fill_in, each))
