"""Text for Slack that can never become markup: literal text objects, rich text, and the escaped fallback.

Rich text elements and `plain_text` objects are literal in Slack; `mrkdwn` is not, so nothing here ever draws it.
Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from bot.dialogs.parts import Bold, Link, Mention, Run, Typed, When
from bot.dialogs.plain import moment

Block: TypeAlias = dict[str, Any]
"""One object of Block Kit, ready for JSON."""

LONGEST: Final = 2900
"""Characters in one block of text. A section takes 3 000; the margin is for what Slack counts differently."""
_FALLBACK_LONGEST: Final = 4000
"""Slack refuses an edit whose `text` is longer (msg_too_long)."""
_USER: Final = re.compile(r"[UW][A-Z0-9]{1,30}")
_LINES: Final = 100
"""Lines in one rich text block."""
_BREAK_WITHIN: Final = 200
"""How far back a split looks for a space."""


def clean(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which JSON, Slack or a screen would choke on."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def label(text: str) -> Block:
    """A literal text object. Without `emoji: false` Slack would turn ":tada:" into a picture."""
    text = clean(text)
    return {"type": "plain_text", "text": text if text.strip() else "–", "emoji": False}


def escaped(text: str) -> str:
    """The `text` of a message, at most 4 000 characters: Slack reads markup in it, so what may begin any is escaped."""
    text = clean(text).strip() or "–"
    for most in (len(text), _FALLBACK_LONGEST, 3500, 2500, 1500, 790):
        cut = text if most >= len(text) else text[: most - 1] + "…"
        safe = cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if len(safe) <= _FALLBACK_LONGEST:
            return safe
    raise AssertionError("790 characters, each at most five when escaped, fit")


def pieces(text: str, longest: int = LONGEST) -> Iterator[str]:
    """The text in pieces that fit, nothing lost; cut after a space where one is near."""
    while len(text) > longest:
        space = max(
            text.rfind(" ", longest - _BREAK_WITHIN, longest), text.rfind("\n", longest - _BREAK_WITHIN, longest)
        )
        at = space + 1 if space >= 0 else longest
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def elements(runs: Iterable[Run], zone: ZoneInfo | None) -> list[Block]:
    """The runs as rich text elements; empty ones, which Slack refuses, are left out."""
    return [element for run in runs for element in _run(run, zone)]


def _run(run: Run, zone: ZoneInfo | None) -> list[Block]:
    match run:
        case str():
            return [{"type": "text", "text": piece} for piece in pieces(clean(run))]
        case Bold(text):
            return [{"type": "text", "text": piece, "style": {"bold": True}} for piece in pieces(clean(text))]
        case When():
            return [_moment(run, zone)]
        case Mention(user, name, email):
            # An id of another platform would be refused by Slack: there the name stands for the person.
            if _USER.fullmatch(user):
                return [{"type": "user", "user_id": user}]
            known_as = f"{name} ({email})" if email else name
            return [{"type": "text", "text": piece} for piece in pieces(clean(known_as))]
        case Link(text, url):
            return [{"type": "link", "url": url, "text": clean(text)}]
        case Typed(slashed, bold=bold):
            return [{"type": "text", "text": slashed, **({"style": {"bold": True}} if bold else {})}]
        case _:
            assert_never(run)


def _moment(when: When, zone: ZoneInfo | None) -> Block:
    """Written out where the reader's zone is known; in a shared channel Slack shows each reader their own."""
    if zone is not None:
        return {"type": "text", "text": moment(when, zone)}
    return {
        "type": "date",
        "timestamp": int(when.at.timestamp()),
        "format": "{date_long}" if when.style == "day" else "{date_long}, {time}",
        "fallback": moment(when, None),
    }


def rich_text(lines: Iterable[list[Block]], *, bullets: bool = False) -> list[Block]:
    """Lines of elements as rich text blocks of at most LONGEST characters each; blank lines are left out."""
    blocks: list[list[Block]] = []
    room = 0
    for line in lines:
        for section in _sections(line):
            size = sum(map(_size, section))
            if not blocks or size > room or len(blocks[-1]) == _LINES:
                blocks.append([])
                room = LONGEST
            blocks[-1].append({"type": "rich_text_section", "elements": section})
            room -= size
    return [{"type": "rich_text", "elements": _listed(block) if bullets else block} for block in blocks]


def _listed(sections: list[Block]) -> list[Block]:
    return [{"type": "rich_text_list", "style": "bullet", "elements": sections}]


def _sections(line: list[Block]) -> Iterator[list[Block]]:
    """One line as one section, or as several where it is too long for one."""
    if not any(element["type"] != "text" or element["text"].strip() for element in line):
        return
    section: list[Block] = []
    size = 0
    for element in line:
        if section and size + _size(element) > LONGEST:
            yield section
            section, size = [], 0
        section.append(element)
        size += _size(element)
    yield section


def _size(element: Block) -> int:
    return sum(len(element.get(key, "")) for key in ("text", "url", "fallback", "user_id"))
