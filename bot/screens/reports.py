"""The scheme in figures: a year back, month by month, and nothing about a group so small that somebody could be
recognised in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.report import MonthFigures, Question, ReportView, RoleFigures
from bot.lifecycle.attention import Marks
from bot.lifecycle.figures import SMALLEST, days, told, told_parts
from bot.lifecycle.survey_results import Result, results
from bot.schemes.fields import YES_NO, FormField
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import COUNTED, Sheet
from bot.storage import people, reporting
from bot.storage.reporting import Month

MONTHS: Final = 12
_COUNTED: Final = COUNTED - {"number"}
"""Kinds of questions whose answers are counted in what is asked afterwards."""


def report(db: Db, scheme: Scheme, reader: str, now: datetime) -> ReportView:
    """All of it, as things are now."""
    months = _months(now)
    since, marks = datetime(*months[0], 1, tzinfo=UTC), Marks.of(scheme, now)
    counted = reporting.roles(db, scheme.key)
    roles: dict[Role, RoleFigures] = {
        role: RoleFigures(
            told(each.held),
            scheme.roles[role].places,
            told(each.taking_part, each.held),
            told(each.applicants),
            told(each.in_line),
        )
        for role in ROLES
        for each in (counted[role],)
    }
    waits = reporting.waits(db, scheme.key, since)
    mentors = reporting.mentors(db, scheme.key, marks, scheme.capacity.recommended)
    pace = reporting.pace(db, scheme.key, marks)
    return ReportView(
        scheme, people.get(db, reader), now, roles, tuple(_by_month(db, scheme, months, since)),
        {name: days(found) for name, found in waits.items()},
        {name: told(number, counted["mentor"].taking_part) for name, number in mentors.items()},
        {"active": told(pace["active"]), **{name: told(pace[name], pace["active"]) for name in ("behind", "quiet")}},
        told_parts(reporting.ends(db, scheme.key, since)),
        tuple(_feedback(db, scheme, since)), _surveys(db, scheme, since),
    )  # fmt: skip


def _months(now: datetime) -> list[Month]:
    """This month and those before it, the oldest first."""
    last = now.year * 12 + now.month - 1
    return [(number // 12, number % 12 + 1) for number in range(last - MONTHS + 1, last + 1)]


def _by_month(db: Db, scheme: Scheme, months: list[Month], since: datetime) -> Iterator[MonthFigures]:
    found = reporting.by_month(db, scheme.key, since)
    for month in months:
        begun, ended, asked = (told(found[name][month]) for name in ("begun", "ended", "requests"))
        # Sessions are no people: it is the pairs behind them of whom there have to be enough.
        held = found["held"][month] if found["met"][month] >= SMALLEST or not found["met"][month] else None
        yield MonthFigures(datetime(*month, 1, tzinfo=UTC), asked, begun, ended, held)


def survey_results(db: Db, scheme: Scheme, now: datetime) -> tuple[tuple[str, Result], ...]:
    """What the scheme's surveys say, a year back: the title of each, and what those of a role answered."""
    return _surveys(db, scheme, datetime(*_months(now)[0], 1, tzinfo=UTC))


def _surveys(db: Db, scheme: Scheme, since: datetime) -> tuple[tuple[str, Result], ...]:
    return tuple(
        (sheet.title, result)
        for sheet in scheme.sheets
        if sheet.is_survey
        for result in results(sheet, scheme.topics, reporting.survey_answers(db, scheme.key, sheet.key), since)
    )


def _feedback(db: Db, scheme: Scheme, since: datetime) -> Iterator[Question]:
    for sheet in scheme.sheets:
        if sheet.seen_by == "office" and not sheet.is_survey and any(field.kind in _COUNTED for field in sheet.fields):
            answered = reporting.survey(db, scheme.key, sheet.key, since)
            yield from (_question(sheet, each, answered, scheme) for each in sheet.fields if each.kind in _COUNTED)


def _question(sheet: Sheet, field: FormField, answered: list[Mapping[str, Any]], scheme: Scheme) -> Question:
    given = [each[field.key] for each in answered if field.key in each]
    if len(given) < SMALLEST:
        return Question(sheet.title, field.heading, {}, 0)
    counted = Counter(one for each in given for one in _said(each))
    options = {"yes_no": YES_NO, "topics": scheme.topics}.get(field.kind, field.options)
    numbers = {each: counted[each] for each in options}
    # Of several answers each is a group of its own; of one, all of them together are those who answered.
    several = field.kind in {"choices", "topics"}
    shown = {each: told(number, len(given)) for each, number in numbers.items()} if several else told_parts(numbers)
    return Question(sheet.title, field.heading, shown, len(given))


def _said(answer: Any) -> tuple[str, ...]:
    if isinstance(answer, bool):
        return (YES_NO[0 if answer else 1],)
    return tuple(map(str, answer)) if isinstance(answer, list | tuple) else (str(answer),)
