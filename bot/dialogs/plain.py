"""Parts as plain words: for notifications, screen readers and e-mail. Moments are written out here, too."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Bold,
    Bullets,
    Buttons,
    Chart,
    Divider,
    Facts,
    Heading,
    Link,
    Mention,
    Note,
    Paragraph,
    Portrait,
    Run,
    Shown,
    Typed,
    When,
)

# Not strftime: its names follow the locale of the machine.
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(at: date) -> str:
    """A day in words: "Tue 24 Nov 2026"."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


def month(at: date) -> str:
    """A month in words, as short as an axis wants it: "Nov 26"."""
    return f"{_MONTHS[at.month - 1]} {at:%y}"


def month_and_year(at: date) -> str:
    """A month in words: "Nov 2026"."""
    return f"{_MONTHS[at.month - 1]} {at.year}"


def moment(when: When, zone: ZoneInfo | None) -> str:
    """A moment on the reader's wall: "Tue 24 Nov 2026, 14:30 GMT"; without a zone in UTC."""
    at = when.at.astimezone(zone or UTC)
    if when.style == "day":
        return day(at)
    return f"{day(at)}, {at:%H:%M} {_zone_name(at)}"


def _zone_name(at: datetime) -> str:
    """ "CET"; zones without letters of their own ("-03") are said as an offset ("UTC-03")."""
    name = at.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def words(runs: Iterable[Run], zone: ZoneInfo | None, *, slashes: bool = True) -> str:
    """The runs of one line, as plain text."""
    return "".join(_word(run, zone, slashes) for run in runs)


def _word(run: Run, zone: ZoneInfo | None, slashes: bool) -> str:
    match run:
        case str():
            return run
        case Bold(text):
            return text
        case When():
            return moment(run, zone)
        case Mention():
            return run.name
        case Link(text, url):
            return text if text == url else f"{text} ({url})"
        case Typed():
            return run.slashed if slashes else run.bare
        case _:
            assert_never(run)


def plain(
    parts: Iterable[Shown], zone: ZoneInfo | None = None, longest: int | None = None, *, slashes: bool = True
) -> str:
    """What the parts say, as plain text without any markup or escaping; buttons are left out.

    `longest` cuts it after so many characters, with an ellipsis (a `Message` takes 3 500). `slashes`: whether
    its reader has slash commands.
    """
    text = "\n".join(line for part in parts if (line := _line(part, zone, slashes)).strip())
    if longest is not None and len(text) > longest:
        return text[: longest - 1] + "…"
    return text


def _labelled(label: str) -> str:
    return label if label.endswith(("?", ":")) else f"{label}:"


def _line(part: Shown, zone: ZoneInfo | None, slashes: bool) -> str:
    match part:
        case Heading(text):
            return text
        case Paragraph(runs) | Portrait(runs) | Note(runs):
            return words(runs, zone, slashes=slashes)
        case Bullets(items):
            return "\n".join(f"• {words(item, zone, slashes=slashes)}" for item in items)
        case Facts(pairs):
            return "\n".join(f"{_labelled(label)} {words(value, zone, slashes=slashes)}" for label, value in pairs)
        case Chart():
            return "\n".join((part.title, *part.lines))
        case Divider() | Buttons():
            return ""
        case _:
            assert_never(part)
