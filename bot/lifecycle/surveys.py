"""Surveys: when each is put to the two of a pair, or to a member, and until when. It is asked once at each moment, and
an answer stands as it was given: what is told of many at one time can be set beside what is told of them at another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.sheets import FilledSheet, found
from bot.lifecycle.step import Refused, allowed
from bot.schemes.period import Period, period
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS, Moment, Sheet


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a survey can be answered; None: for as long as they can look at it."""

    opens: datetime
    closes: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether that moment is in it."""
        return self.opens <= at and (self.closes is None or at < self.closes)


Held = Pair | Member
"""What a survey is about: a pair, or somebody's membership."""


def windows(sheet: Sheet, held: Held) -> Mapping[Moment, Window]:
    """When it can be answered at each of its moments, as far as that is known yet: at the start until half of the time
    is over, in the middle until the end, and at the end from then on. One that never opens is not among them."""
    began, ended, length = _time(held)
    if began is None:
        return {}
    said = sheet.end_after.after(began) if sheet.end_after else None
    begins: dict[Moment, datetime | None] = {
        "start": began, "middle": _half(sheet, began, length), "end": min(filter(None, (said, ended)), default=None)
    }  # fmt: skip
    found_: dict[Moment, Window] = {}
    for number, moment in enumerate(MOMENTS):
        opens = begins[moment]
        closes = min((at for later in MOMENTS[number + 1 :] if (at := begins[later])), default=None)
        if moment in sheet.asked and opens and (closes is None or opens < closes):
            found_[moment] = Window(opens, closes)
    return found_


def _time(held: Held) -> tuple[datetime | None, datetime | None, Period | None]:
    """Since when, until when and for how long, as far as it is known. A membership has no end that was meant."""
    if isinstance(held, Member):
        return held.approved_at, None, None
    return held.began_at, held.ended_at, period(held.terms.length) if held.terms.length else None


def _half(sheet: Sheet, began: datetime, length: Period | None) -> datetime | None:
    if sheet.middle_after:
        return sheet.middle_after.after(began)
    whole = sheet.end_after or length
    return began + (whole.after(began) - began) / 2 if whole else None


def asks(sheet: Sheet, held: Held) -> tuple[str, ...]:
    """The persons to whom it is put."""
    if not sheet.is_survey:
        return ()
    if isinstance(held, Member):
        mine = sheet.about == "member" and held.state == "approved" and sheet.by in (held.role, "either")
        return (held.person,) if mine else ()
    sides = {"mentee": (held.mentee,), "mentor": (held.mentor,)}
    return sides.get(sheet.by, (held.mentee, held.mentor)) if sheet.about == "pair" else ()


def may_answer(sheet: Sheet, held: Held, moment: str, person: str, now: datetime) -> None:
    """Whether this person can answer it now."""
    if person not in asks(sheet, held):
        raise Refused("not_yours")
    window = next((each for name, each in windows(sheet, held).items() if name == moment), None)
    if window is None or now < window.opens:
        raise Refused("survey_later")
    if not window.holds(now):
        raise Refused("survey_over")


def wanted(
    scheme: Scheme, held: Held, person: str, filled: Iterable[FilledSheet], now: datetime
) -> tuple[tuple[Sheet, Moment], ...]:
    """What this person is asked now and has not answered."""
    given = tuple(filled)
    return tuple(
        (sheet, moment)
        for sheet in scheme.sheets
        for moment in sheet.asked
        if allowed(may_answer, sheet, held, moment, person, now)
        and found(given, sheet, held.id, person, moment) is None
    )


def asked(scheme: Scheme, held: Held, moment: Moment) -> tuple[tuple[str, ...], Window | None]:
    """Who is asked anything at that moment, and from when to when that can be answered."""
    known = [
        (asks(sheet, held), window)
        for sheet in scheme.sheets
        if asks(sheet, held) and (window := windows(sheet, held).get(moment))
    ]
    if not known:
        return (), None
    closes = [each.closes for _, each in known if each.closes]
    whole = Window(min(each.opens for _, each in known), max(closes) if len(closes) == len(known) else None)
    return tuple(dict.fromkeys(person for persons, _ in known for person in persons)), whole


def changes_at(scheme: Scheme, held: Held) -> Iterator[datetime]:
    """When something is asked that stands on Home, or no longer."""
    for sheet in scheme.sheets:
        for window in windows(sheet, held).values() if sheet.required and asks(sheet, held) else ():
            yield from filter(None, (window.opens, window.closes))


WHEN: Final[Mapping[Moment, str]] = {"start": "survey_start", "middle": "survey_middle", "end": "survey_end"}
"""The key of a scheme's reminders for each moment, which is the kind of its deadline too."""
