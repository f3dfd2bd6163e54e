"""What is typed to find something in the record: names, what was done, days, and "refused"."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.auditing import AuditQuery
from bot.lifecycle.searching import folded

LONGEST: Final = 100
"""The most characters that are looked at."""
_MOST_WORDS: Final = 6
_DAY: Final = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_SPANS: Final = (
    re.compile(rf"\b{_DAY}\s*(?:to|until|\.\.|-)\s*{_DAY}\b"),
    re.compile(rf"\b{_DAY}\b"),
    re.compile(r"\b(\d{4})-(\d{1,2})\b"),
    re.compile(r"\b(?:last|past) (\d{1,3}) days?\b"),
    re.compile(r"\b(today|yesterday|(?:this|last) (?:week|month|year))\b"),
)
_OF_NO_WEIGHT: Final = frozenset({"a", "an", "the", "of", "on", "in", "and", "who", "what", "did", "has", "was"})
_WHOM: Final = frozenset({"about", "to", "for", "with"})


def read(text: str, now: datetime, zone: ZoneInfo, page: int = 0) -> AuditQuery:
    """What somebody looks for; days are those of their own zone."""
    left, span = _without_days(folded(text[:LONGEST]), now.astimezone(zone).date())
    words, by, about = list[str](), list[str](), list[str]()
    refused: bool | None = None
    whose = words
    for word in re.findall(r"[^\s,;:“”\"]+", left)[: 2 * _MOST_WORDS]:
        if word == "refused":
            refused = True
        elif word == "done":
            refused = False
        elif word == "by":
            whose = by
        elif word in _WHOM:
            whose = about
        elif word not in _OF_NO_WEIGHT:
            whose.append(word)
    since, before = (datetime.combine(each, time(), zone) for each in span) if span else (None, None)
    return AuditQuery(
        tuple(dict.fromkeys(words))[:_MOST_WORDS], tuple(by)[:3], tuple(about)[:3], since, before, refused, page
    )  # fmt: skip


def _without_days(text: str, today: date) -> tuple[str, tuple[date, date] | None]:
    """The text without the first days that it names, and those: from the first to the one after the last."""
    for span in _SPANS:
        if found := span.search(text):
            try:
                days = _days(found, today)
            except (ValueError, OverflowError):
                continue  # no day of any calendar: it is a word like others
            return f"{text[: found.start()]} {text[found.end() :]}", days
    return text, None


def _days(found: re.Match[str], today: date) -> tuple[date, date]:
    match found.groups():
        case (first, second, third, fourth, fifth, sixth):
            return date(int(first), int(second), int(third)), _next(date(int(fourth), int(fifth), int(sixth)))
        case (year, month, day):
            return date(int(year), int(month), int(day)), _next(date(int(year), int(month), int(day)))
        case (year, month):
            return _month(date(int(year), int(month), 1))
        case (words,) if words.isdigit():
            return today - timedelta(days=int(words)), _next(today)
        case (words,):
            return _named(words, today)
    raise ValueError("no such days")


def _named(words: str, today: date) -> tuple[date, date]:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    week, year = timedelta(days=7), today.year
    match words:
        case "today":
            return today, _next(today)
        case "yesterday":
            return today - timedelta(days=1), today
        case "this week":
            return monday, monday + week
        case "last week":
            return monday - week, monday
        case "this month":
            return _month(first)
        case "last month":
            return _month((first - timedelta(days=1)).replace(day=1))
        case "this year":
            return date(year, 1, 1), date(year + 1, 1, 1)
        case _:
            return date(year - 1, 1, 1), date(year, 1, 1)


def _month(first: date) -> tuple[date, date]:
    return first, (first + timedelta(days=31)).replace(day=1)


def _next(day: date) -> date:
    return day + timedelta(days=1)
