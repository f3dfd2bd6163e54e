"""Sheets: whose each one is, who may read it, and who may fill it in when. A sheet's own settings say all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.lifecycle import permissions
from bot.lifecycle.member import Answers, Member
from bot.lifecycle.membership import may_fill_in as may_fill_in_forms
from bot.lifecycle.notices import Notice, tell_office
from bot.lifecycle.pairs import Pair, Session, may_act
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.vocabulary import Kind
from bot.schemes.fields import FormField
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
    moment: str = ""
    """Of a survey: at which moment it was asked."""


def found(
    filled: Iterable[FilledSheet], sheet: Sheet, about: str, owner: str, moment: str = ""
) -> FilledSheet | None:  # fmt: skip
    """That sheet among those filled in; None: nobody has yet."""
    wanted = (sheet.key, about, owner, moment)
    return next((each for each in filled if (each.sheet, each.about, each.owner, each.moment) == wanted), None)


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


def told_office(sheet: Sheet, filled: FilledSheet) -> tuple[Notice, ...]:
    """Whoever reads it hears that a member has written in it; they may have a training to put on record."""
    if sheet.seen_by != "office":
        return ()
    whom, version = filled.owner, filled.version
    if sheet.about == "pair":
        return (tell_office(Kind.FEEDBACK, "manage_members", filled.id, version, besides=whom, private=True),)
    return (tell_office(Kind.SHEET_GIVEN, "approve_members", filled.about, version, besides=whom, private=True),)


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
    own = (each for each in scheme.sheets if each.about == "member" and not each.is_survey)
    return tuple(each for each in own if allowed(may_keep_own, each, member))


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
    required = (each for each in scheme.sheets if each.required and each.about != "member" and not each.is_survey)
    return tuple(
        (sheet, session)
        for sheet in required
        for session in (pair.sessions if sheet.about == "session" else (None,))
        if (session.state == "completed" if session else pair.agreed)
        and allowed(may_fill_in, sheet, pair, session, person)
        and found(given, sheet, session.id if session else pair.id, owner_of(sheet, pair, person)) is None
    )


def open_lines(sheet: Sheet, answers: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lines that are not done, by the key of their field; fields of rows that are never done have none."""
    fields = {each.key: each.done for each in sheet.fields if each.done}
    return {
        key: still
        for key, done in fields.items()
        if (still := [line for line in _lines(answers.get(key)) if not line.get(done)])
    }


def _lines(answer: Any) -> list[dict[str, Any]]:
    return [line for line in answer if isinstance(line, dict)] if isinstance(answer, list) else []


def carried_over(sheet: Sheet, pair: Pair, session: Session, filled: Iterable[FilledSheet], owner: str) -> Answers:
    """What stands in a session's sheet before anybody has written in it: what was left open before it."""
    before = _latest(sheet, pair, filled, owner, before=session.number)
    return open_lines(sheet, before.answers) if before else {}


def due_before_next(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet], person: str) -> int:
    """How many lines of this party's session sheets are open: what they said they would do before they meet again."""
    found_ = latest_open(scheme, pair, filled, person)
    return sum(len(lines) for sheet, each in found_ for lines in open_lines(sheet, each.answers).values())


def own_open(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet], person: str) -> tuple[str, ...]:
    """What of it this party does themself or together with the other, in the first words of each line."""
    others = "Mentor" if person == pair.mentee else "Mentee"
    fields = ((field, each) for sheet, each in latest_open(scheme, pair, filled, person) for field in sheet.fields)
    lines = (
        _words(field, line)
        for field, each in fields
        if field.done
        for line in _lines(each.answers.get(field.key))
        if not line.get(field.done) and (field.whose is None or line.get(field.whose) != others)
    )
    return tuple(filter(None, lines))


def _words(field: FormField, line: Mapping[str, Any]) -> str:
    typed = (line.get(each.key) for each in field.columns if each.kind in {"text", "long_text"})
    return next((each.strip() for each in typed if isinstance(each, str) and each.strip()), "")


def latest_open(
    scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet], person: str
) -> tuple[tuple[Sheet, FilledSheet], ...]:  # fmt: skip
    """This party's session sheets as they were last written in, where something is still open in them."""
    given = tuple(filled)
    latest = (
        (sheet, _latest(sheet, pair, given, owner_of(sheet, pair, person), before=len(pair.sessions) + 1))
        for sheet in scheme.sheets
        if sheet.about == "session" and allowed(may_read, sheet, pair, person)
    )
    return tuple((sheet, each) for sheet, each in latest if each and open_lines(sheet, each.answers))


def goals_reached(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet], person: str) -> tuple[int, int]:
    """How many lines of this party's sheets about the pair are done, and how many there are: the goals they set."""
    given, done, every = tuple(filled), 0, 0
    for sheet in scheme.sheets:
        kept = found(given, sheet, pair.id, owner_of(sheet, pair, person)) if sheet.about == "pair" else None
        if kept is None or not allowed(may_read, sheet, pair, person):
            continue
        for field in sheet.fields:
            lines = _lines(kept.answers.get(field.key)) if field.done else []
            every += len(lines)
            done += sum(bool(line.get(field.done or "")) for line in lines)
    return done, every


def _latest(
    sheet: Sheet, pair: Pair, filled: Iterable[FilledSheet], owner: str, before: int
) -> FilledSheet | None:  # fmt: skip
    """The sheet of the last session before that one in which somebody has written."""
    given = tuple(filled)
    earlier = sorted((each for each in pair.sessions if each.number < before), key=lambda each: -each.number)
    return next((one for each in earlier if (one := found(given, sheet, each.id, owner))), None)


def asked_afterwards(
    scheme: Scheme, pair: Pair, person: str, filled: Iterable[FilledSheet]
) -> tuple[Sheet, ...]:  # fmt: skip
    """What this party can say about the pair once it has ended, and has not said yet."""
    given = tuple(filled)
    return tuple(
        each
        for each in scheme.afterwards
        if allowed(may_fill_in, each, pair, None, person)
        and found(given, each, pair.id, owner_of(each, pair, person)) is None
    )


def pages_for(scheme: Scheme, roles: Iterable[Role]) -> tuple[Page, ...]:
    """The pages that are for somebody in these roles."""
    held = tuple(roles)
    return tuple(page for page in scheme.pages if held and (page.for_ == "both" or page.for_ in held))
