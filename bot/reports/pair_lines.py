"""What a line of a file of running connections would bring about, in the same way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from bot.lifecycle import importing
from bot.lifecycle.importing import Finding, Outcome, WantedPair
from bot.lifecycle.member import Member
from bot.lifecycle.membership import own_limit
from bot.lifecycle.pairs import Pair, may_begin
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused, Step
from bot.reports.cells import Wrong, is_address, past_day
from bot.reports.columns import STATUS, key
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

MENTEE: Final = "Mentee’s e-mail"
MENTOR: Final = "Mentor’s e-mail"
BEGAN: Final = "Began on"
AGREED: Final = "Agreement accepted on"
NEEDED: Final = (MENTEE, MENTOR, BEGAN)
COLUMNS: Final = (*NEEDED, AGREED)
"""Of an export more is known, and passed over."""
_SIDES: Final[tuple[tuple[str, Role], ...]] = ((MENTEE, "mentee"), (MENTOR, "mentor"))


@dataclass(frozen=True, slots=True)
class Side:
    """Who one of the two is: the person with that address, if any, and what they are in their role."""

    person: Person | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """What one line comes to. `step`: the connection that begins, where it is new."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    step: Step[Pair] | None = None


def planned(
    scheme: Scheme,
    number: int,
    cells: Mapping[str, str],
    sides: Mapping[Role, Side],
    running: bool,
    apart: bool,
    mentees: int,
    pairs_now: int,
    by: str,
    ids: tuple[str, str],
    now: datetime,
) -> PlannedPair:
    """What it would bring about. `running`: the two are connected already; `apart`: the office keeps them apart;
    `mentees`: how many the mentor has by now; `pairs_now`: how many connections the scheme has; `by`: who brings it in;
    `ids`: those of a new connection and its first session."""
    wrong = [found for heading, role in _SIDES if (found := _side(number, heading, role, cells, sides[role], by))]
    days = {each: past_day(cells.get(key(each), ""), now.date()) for each in (BEGAN, AGREED)}
    wrong += [Finding(number, each, day.why, day.facts) for each, day in days.items() if isinstance(day, Wrong)]
    if days[BEGAN] is None:
        wrong.append(Finding(number, BEGAN, "needed"))
    mentee, mentor, began = sides["mentee"].person, sides["mentor"].person, days[BEGAN]
    if wrong or mentee is None or mentor is None or not isinstance(began, date):
        return PlannedPair("problem", tuple(wrong))
    if mentee.id == mentor.id:
        return PlannedPair("problem", (Finding(number, MENTOR, "same_person"),))
    if running or cells.get(key(STATUS), "").casefold() == "ended":
        return PlannedPair("same")
    if apart:
        return PlannedPair("problem", (Finding(number, MENTOR, "kept_apart"),))
    agreed = days[AGREED]
    wanted = WantedPair(mentee.id, mentor.id, _morning(began), _morning(agreed) if isinstance(agreed, date) else None)
    try:
        may_begin(pairs_now, scheme)
        step = importing.pair(scheme, *ids, wanted, now)
    except Refused as refused:
        return PlannedPair("problem", (Finding(number, BEGAN, refused.reason, refused.facts),))
    return PlannedPair("new", tuple(_notes(number, scheme, sides["mentor"], mentees)), step)


def _side(number: int, heading: str, role: Role, cells: Mapping[str, str], side: Side, by: str) -> Finding | None:
    said = cells.get(key(heading), "")
    why: Literal["no_address", "not_an_address", "nobody", "about_yourself", "no_member", ""] = ""
    if not said:
        why = "no_address"
    elif not is_address(said):
        why = "not_an_address"
    elif side.person is None:
        why = "nobody"
    elif side.person.id == by:
        why = "about_yourself"
    elif side.member is None or side.member.state != "approved":
        why = "no_member"
    return Finding(number, heading, why, {"said": said[:80], "role": role}) if why else None


def _notes(number: int, scheme: Scheme, mentor: Side, mentees: int) -> list[Finding]:
    limit = own_limit(mentor.member, scheme) if mentor.member else None
    if limit is None or mentees < limit:
        return []
    return [Finding(number, MENTOR, "over_limit", {"limit": limit}, "note")]


def _morning(on: date) -> datetime:
    return datetime.combine(on, time(9), UTC)
