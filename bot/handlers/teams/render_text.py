"""Text for Teams that can never become markup: runs of rich text, and the few plain strings beside them.

A `TextRun` is literal. A `TextBlock`, a choice's title and `fallbackText` are read as Markdown, and every text for
`{{DATE(…)}}`, so nothing that a person typed goes there as it is.
Source: https://adaptivecards.io/explorer/RichTextBlock.html, https://aka.ms/ACTextFeatures
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, assert_never
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.dialogs.parts import Bold, Link, Mention, Run, Typed, When
from bot.dialogs.plain import moment

Element: TypeAlias = dict[str, Any]
"""One object of an Adaptive Card, ready for JSON."""

_CHAT: Final = "https://teams.microsoft.com/l/chat/0/0?users="
_FUNCTION: Final = re.compile(r"\{(?=\{(?:DATE|TIME)\()")
"""Where a client would put a moment in place of what was typed."""
_MARKDOWN: Final = re.compile(r"[\\`*_~\[\](){}#<>&|!]|^([ \t]*)([-+=]|\d+[.)])", re.MULTILINE)
_LINES: Final = 40
"""Lines of one part that are blocks of their own: beyond, a line break within one costs a card less."""


def clean(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which JSON or a screen would choke on."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def label(text: str) -> str:
    """A label or a title, on one line and never empty. A word joiner, which nobody sees, breaks what is no text."""
    return _FUNCTION.sub("{\u2060", " ".join(clean(text).split("\n"))).strip() or "–"


def fallback(text: str, longest: int) -> str:
    """Plain words for the place that a client too old for cards reads as Markdown."""
    return _MARKDOWN.sub(_escaped, _cut(clean(text), longest)) or "–"


def spoken(text: str, longest: int) -> str:
    """Plain words for a voice, which might take what stands in angle brackets for orders to it."""
    text = _FUNCTION.sub(" ", _cut(clean(text), longest))
    return text.replace("<", " ").replace(">", " ").strip() or "–"


def _escaped(found: re.Match[str]) -> str:
    listed = found[2]
    if not listed:
        return f"\\{found[0]}"
    return f"{found[1]}{listed[:-1]}\\{listed[-1]}"


def _cut(text: str, longest: int) -> str:
    text = text.strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def block(inlines: list[Element], **more: Any) -> Element:
    """Runs as one block of rich text."""
    return {"type": "RichTextBlock", "inlines": inlines, **more}


def lines(runs: Iterable[Run], zone: ZoneInfo | None, spacing: str = "", **style: Any) -> list[Element]:
    """The runs as blocks, one a line, without those that are blank; `spacing` is the first one's, `style` each run's.

    A blank line among them is a little room above the next.
    """
    drawn: list[Element] = []
    gap = False
    for line in _lines(run for each in runs for run in _run(each, zone)):
        if not any(run["text"].strip() for run in line):
            gap = bool(drawn)
            continue
        between = {"spacing": "Small" if gap else "None"} if drawn else ({"spacing": spacing} if spacing else {})
        drawn.append(block([{**run, **style} for run in line], **between))
        gap = False
    return drawn


def _lines(runs: Iterable[Element]) -> Iterator[list[Element]]:
    """The runs, line by line; what comes after many lines is one line with breaks in it."""
    line: list[Element] = []
    ended = 0
    for run in runs:
        first, *others = run["text"].split("\n", max(0, _LINES - ended))
        if first:
            line.append({**run, "text": first})
        for text in others:
            yield line
            ended += 1
            line = [{**run, "text": text}] if text else []
    yield line


def _run(run: Run, zone: ZoneInfo | None) -> list[Element]:
    match run:
        case str():
            return _texts(run)
        case Bold(text):
            return _texts(text, weight="Bolder")
        case When():
            return _texts(moment(run, zone))
        case Mention(name=name, email=email):
            return _texts(name, weight="Bolder", **(_to(_CHAT + quote(email, safe="@")) if email else {}))
        case Link(text, url):
            return _texts(text, **_to(clean(url)))
        case Typed(bare=bare, bold=bold):
            return _texts(bare, **({"weight": "Bolder"} if bold else {}))
        case _:
            assert_never(run)


def _to(url: str) -> Element:
    return {"selectAction": {"type": "Action.OpenUrl", "url": url}}


def _texts(text: str, **more: Any) -> list[Element]:
    """The text as runs, split where a client would read a function in it."""
    pieces = []
    at = 0
    text = clean(text)
    for found in _FUNCTION.finditer(text):
        pieces.append(text[at : found.end()])
        at = found.end()
    return [{"type": "TextRun", "text": piece, **more} for piece in (*pieces, text[at:]) if piece]
