"""Surveys: when each is put to the two of a pair, to whom, and until when. It is asked once at each of its moments, and
an answer stands as it was given: so what is told of many at one time can be set beside what is told of them at another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.lifecycle.pairs import Pair
from bot.lifecycle.sheets import FilledSheet, found, may_read, owner_of
from bot.lifecycle.step import Refused, allowed
from bot.schemes.period import Period, period
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS, Moment, Sheet


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a survey can be answered; None: for as long as the two can look at their connection."""

    opens: datetime
    closes: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether that moment is in it."""
        return self.opens <= at and (self.closes is None or at < self.closes)


def windows(sheet: Sheet, pair: Pair) -> Mapping[Moment, Window]:
    """When it can be answered at each of its moments, as far as that is known yet: at the start until half of the time
    is over, in the middle until the end, and at the end from then on. One that never opens is not among them."""
    half, end = _half(sheet, pair), _end(sheet, pair)
    begins: dict[Moment, datetime | None] = {"start": pair.began_at, "middle": half, "end": end}
    found_: dict[Moment, Window] = {}
    for number, moment in enumerate(MOMENTS):
        opens = begins[moment]
        closes = min((at for later in MOMENTS[number + 1 :] if (at := begins[later])), default=None)
        if moment in sheet.asked and opens and (closes is None or opens < closes):
            found_[moment] = Window(opens, closes)
    return found_


def _end(sheet: Sheet, pair: Pair) -> datetime | None:
    """When it is over, or is taken to be for this survey; None: nobody knows yet."""
    said = sheet.end_after.after(pair.began_at) if sheet.end_after else None
    return min(filter(None, (said, pair.ended_at)), default=None)


def _half(sheet: Sheet, pair: Pair) -> datetime | None:
    if sheet.middle_after:
        return sheet.middle_after.after(pair.began_at)
    length: Period | None = sheet.end_after or (period(pair.terms.length) if pair.terms.length else None)
    return pair.began_at + (length.after(pair.began_at) - pair.began_at) / 2 if length else None


def of_party(scheme: Scheme, pair: Pair, person: str) -> Iterator[Sheet]:
    """The surveys that are put to this one of the two."""
    mine = (each for each in scheme.sheets if each.is_survey and allowed(may_read, each, pair, person))
    yield from (each for each in mine if owner_of(each, pair, person) == person)


def may_answer(sheet: Sheet, pair: Pair, moment: str, person: str, now: datetime) -> None:
    """Whether this party can answer it now."""
    may_read(sheet, pair, person)
    if owner_of(sheet, pair, person) != person:
        raise Refused("sheet_of_other")
    window = next((each for name, each in windows(sheet, pair).items() if name == moment), None)
    if window is None or now < window.opens:
        raise Refused("survey_later")
    if not window.holds(now):
        raise Refused("survey_over")


def wanted(
    scheme: Scheme, pair: Pair, person: str, filled: Iterable[FilledSheet], now: datetime
) -> tuple[tuple[Sheet, Moment], ...]:
    """What this party is asked now and has not answered."""
    given = tuple(filled)
    return tuple(
        (sheet, moment)
        for sheet in of_party(scheme, pair, person)
        for moment in sheet.asked
        if allowed(may_answer, sheet, pair, moment, person, now)
        and found(given, sheet, pair.id, person, moment) is None
    )


def asked(scheme: Scheme, pair: Pair, moment: Moment) -> tuple[tuple[str, ...], Window | None]:
    """Who of the two is asked anything at that moment, and from when to when that can be answered."""
    known = [(sheet, each) for sheet in scheme.sheets if (each := windows(sheet, pair).get(moment))]
    whom = tuple(
        person
        for person in (pair.mentee, pair.mentor)
        if any(sheet in of_party(scheme, pair, person) for sheet, _ in known)
    )
    if not whom:
        return (), None
    closes = [each.closes for _, each in known if each.closes]
    return whom, Window(min(each.opens for _, each in known), max(closes) if len(closes) == len(known) else None)


def changes_at(scheme: Scheme, pair: Pair) -> Iterator[datetime]:
    """When something is asked, or no longer."""
    for sheet in scheme.sheets:
        for window in windows(sheet, pair).values() if sheet.required else ():
            yield from filter(None, (window.opens, window.closes))


WHEN: Final[Mapping[Moment, str]] = {"start": "survey_start", "middle": "survey_middle", "end": "survey_end"}
"""The key of a scheme's reminders for each moment, which is the kind of its deadline too."""
