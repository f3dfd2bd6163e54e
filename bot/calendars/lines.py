"""Lines in which somebody types when they are busy or free, read and written back. Pure.

"Tuesdays 14:00-16:00", "3 Dec 9-12", "10 Dec to 20 Dec", "every Friday": a day of the week holds each week; a date
without a year is the next such date. What is written back is read as the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Literal

from bot.lifecycle.own_times import LONGEST_DAYS, Dated, Line, Weekly, Window

Why = Literal["unread", "no_such_time", "no_such_day", "other_weekday", "ends_first", "over", "too_long"]
"""What is wrong with a line: it is not understood; its time or day does not exist; its date falls on another day of
the week; its end is before its beginning; it is over; it is longer than LONGEST_DAYS."""

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SETS: Final = {"day": range(7), "daily": range(7), "weekday": range(5), "weekend": range(5, 7)}
_DASHES: Final = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys(",;\t\N{NO-BREAK SPACE}", " ")})
_HOUR: Final = r"(\d{1,2}(?:[:.h]\d{2})? ?(?:[ap]\.?m\.?)?|noon|midday|midnight)"
_BETWEEN: Final = re.compile(rf"(?:^|[ :])(?:from |between |at )?{_HOUR} ?(?:-|to|until|till|and) ?{_HOUR}$")
_AFTER: Final = re.compile(rf"(?:^| )after {_HOUR}$")
_BEFORE: Final = re.compile(rf"(?:^| )before {_HOUR}$")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?([ap]?)[.m]*")
_ALL_DAY: Final = re.compile(r"(?:^| )(?:all|(?:the )?whole) day$")
_TO: Final = re.compile(r" ?- ?| (?:to|until|till|through) ")
_DATE: Final = re.compile(
    r"(?:(?P<weekday>[a-z]+)\.? )?(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]+)\.?(?: (?P<year>\d{4}))?"
    r"|(?P<month2>[a-z]+)\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year2>\d{4}))?)"
)
_MIDNIGHT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be taken: its number, counted from 1, and its text; `day`: the date that it is about."""

    number: int
    text: str
    why: Why
    day: date | None = None


class _Mistake(Exception):  # noqa: N818 – an outcome
    def __init__(self, why: Why, day: date | None = None) -> None:
        super().__init__(why)
        self.why, self.day = why, day


@dataclass(frozen=True, slots=True)
class _Partial:
    """A date as far as it was typed."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


def read(text: str, today: date) -> tuple[tuple[Line, ...], tuple[Wrong, ...]]:
    """What the lines say, and which of them cannot be taken. `today`: where the person is. Empty lines are passed
    over."""
    found, wrong = list[Line](), list[Wrong]()
    for number, typed in enumerate(text.splitlines(), 1):
        if not typed.strip():
            continue
        try:
            found.append(_line(typed, today))
        except _Mistake as mistake:
            wrong.append(Wrong(number, typed.strip(), mistake.why, mistake.day))
    return tuple(dict.fromkeys(found)), tuple(wrong)


def written(lines: Iterable[Line]) -> str:
    """The lines as `read` reads them, in the same words always."""
    return "\n".join(_written(each) for each in lines)


def _written(line: Line) -> str:
    if isinstance(line, Weekly):
        when = _week(line.days)
    elif line.first == line.last:
        when = _day(line.first)
    else:
        when = f"{_day(line.first)} – {_day(line.last)}"
    if line.window is None:
        return when
    begins, ends = line.window
    return f"{when} {begins:%H:%M}–{f'{ends:%H:%M}' if ends != time(0) else '24:00'}"


def _week(days: tuple[int, ...]) -> str:
    short = [_DAYS[each][:3].title() for each in days]
    if len(days) == 1:
        return f"{_DAYS[days[0]].title()}s"
    if len(days) == len(_DAYS):
        return "Every day"
    together = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{short[0]}–{short[-1]}" if together else ", ".join(short)


def _day(day: date) -> str:
    return f"{_DAYS[day.weekday()][:3].title()} {day.day} {_MONTHS[day.month - 1][:3].title()} {day.year}"


def _line(typed: str, today: date) -> Line:
    words = " ".join(typed.casefold().translate(_DASHES).split()).strip(".")
    when, window = _window(words)
    when = _ALL_DAY.sub("", when).strip(" :")
    for opening in ("on ", "from ", "the ", "every ", "each ", "all "):
        when = when.removeprefix(opening)
    week = _weekly(when)
    return Weekly(week, window) if week else Dated(*_dates(when, today), window)


def _window(words: str) -> tuple[str, Window | None]:
    """What stands before the hours, and those."""
    if found := _BETWEEN.search(words):
        begins, ends = _minutes(found[1]), _minutes(found[2])
        later = _minutes(f"{found[1]}pm") if _half(found[2]) == "p" and found[1].isdecimal() else None
        begins = later if later is not None and later < ends else begins
    elif found := _AFTER.search(words):
        begins, ends = _minutes(found[1]), _MIDNIGHT
    elif found := _BEFORE.search(words):
        begins, ends = 0, _minutes(found[1])
    else:
        return words, None
    if (ends or _MIDNIGHT) <= begins % _MIDNIGHT or (begins == _MIDNIGHT and found[1] != "midnight"):
        raise _Mistake("ends_first")
    return words[: found.start()], (_time(begins), _time(ends))


def _half(hour: str) -> str:
    found = _CLOCK.fullmatch(hour)
    return found[3] if found else ""


def _minutes(hour: str) -> int:
    """Minutes since midnight; the day's end is its beginning, or 24 hours."""
    found = _CLOCK.fullmatch(hour)
    if found is None:
        return 12 * 60 if hour in ("noon", "midday") else _MIDNIGHT
    hours, minutes, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hours <= 12:
            raise _Mistake("no_such_time")
        hours = hours % 12 + (12 if half == "p" else 0)
    if minutes >= 60 or hours * 60 + minutes > _MIDNIGHT:
        raise _Mistake("no_such_time")
    return hours * 60 + minutes


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _weekly(words: str) -> tuple[int, ...]:
    """The days of the week, ascending; none where it says something else."""
    found = set[int]()
    for each in re.split(r"[ /&+]+|(?<= )and(?= )", re.sub(r" ?- ?| (?:to|through) ", "-", words)):
        days = _days_of(each) if each not in ("", "and") else ()
        if days is None:
            return ()
        found |= {*days}
    return tuple(sorted(found))


def _days_of(word: str) -> Iterable[int] | None:
    if word.removesuffix("s") in _SETS:
        return _SETS[word.removesuffix("s")]
    first, dash, last = word.partition("-")
    begins, ends = _named(first, _DAYS), _named(last or first, _DAYS)
    if begins is None or ends is None or (dash and not last):
        return None
    return [each % 7 for each in range(begins, begins + (ends - begins) % 7 + 1)]


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Which day or month it is: three letters or more of its name."""
    short = "wed" if word == "weds" else word.rstrip(".")
    return next((n for n, name in enumerate(names) if len(short) > 2 and f"{name}s".startswith(short)), None)


def _dates(words: str, today: date) -> tuple[date, date]:
    """The first and the last day."""
    one = _partial(words, today)
    if one is not None:
        day = _next(one, today)
        return _to_come(day, day, today)
    first, last = next(_ranges(words, today), (None, None))
    if first is None or last is None:
        raise _Mistake("unread")
    ends = _next(last, today if first.year is None else _dated(first.year, first))
    begins = _before(first, ends)
    return _to_come(begins, ends, today)


def _to_come(begins: date, ends: date, today: date) -> tuple[date, date]:
    if ends < begins:
        raise _Mistake("ends_first")
    if ends < today:
        raise _Mistake("over", ends)
    if (ends - begins).days >= LONGEST_DAYS:
        raise _Mistake("too_long")
    return begins, ends


def _ranges(words: str, today: date) -> Iterator[tuple[_Partial, _Partial]]:
    for to in _TO.finditer(words):
        head, last = words[: to.start()], _partial(words[to.end() :], today)
        first = _Partial(int(head)) if re.fullmatch(r"\d{1,2}", head) else _partial(head, today)
        if first and last:
            yield first, last


def _partial(words: str, today: date) -> _Partial | None:
    """The date that these words are, if they are one."""
    if words in ("today", "tomorrow"):
        day = today + timedelta(days=words == "tomorrow")
        return _Partial(day.day, day.month, day.year)
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    weekday = _named(found["weekday"], _DAYS) if found["weekday"] else None
    if found["weekday"] and weekday is None:
        return None
    if found["iso"]:
        year, month, number = map(int, found["iso"].split("-"))
        return _Partial(number, month, year, weekday)
    named = _named(found["month"] or found["month2"], _MONTHS)
    typed = found["year"] or found["year2"]
    number = int(found["day"] or found["day2"])
    return None if named is None else _Partial(number, named + 1, int(typed) if typed else None, weekday)


def _next(partial: _Partial, today: date) -> date:
    """The date; without a year the next one from that day on."""
    return _found(partial, range(today.year, today.year + 9), lambda day: day >= today)


def _before(partial: _Partial, ends: date) -> date:
    """The date; of what was not typed, so that it is the last one before the end."""
    if partial.month is None:
        partial = _Partial(partial.day, ends.month, ends.year)
    return _found(partial, range(ends.year, max(ends.year - 9, 1), -1), lambda day: day <= ends)


def _found(partial: _Partial, years: Iterable[int], suits: Callable[[date], bool]) -> date:
    if partial.year is not None:
        day = _dated(partial.year, partial)
    else:
        exist = (_or_none(year, partial) for year in years)
        found = next((each for each in exist if each and suits(each)), None)
        if found is None:
            raise _Mistake("no_such_day")
        day = found
    if partial.weekday not in (None, day.weekday()):
        raise _Mistake("other_weekday", day)
    return day


def _dated(year: int, partial: _Partial) -> date:
    day = _or_none(year, partial)
    if day is None:
        raise _Mistake("no_such_day")
    return day


def _or_none(year: int, partial: _Partial) -> date | None:
    try:
        return date(year, partial.month or 1, partial.day)
    except ValueError:
        return None
