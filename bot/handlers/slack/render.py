"""Messages, home pages and forms as Slack's Block Kit, and what comes back from them. Pure: nothing is sent here.

A drawing never fails for its length at sending time: what does not fit is left out whole, and a note says so.
Limits: https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/views
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Buttons,
    Errors,
    Form,
    Home,
    Input,
    Message,
    Note,
    Notice,
    Paragraph,
    Part,
    PartError,
    Shown,
)
from bot.dialogs.plain import plain
from bot.dialogs.wording import drawing
from bot.handlers.slack.render_blocks import part, without_charts
from bot.handlers.slack.render_text import Block, escaped, label

_TITLE_LONGEST: Final = 24
_VERB_LONGEST: Final = 255
_METADATA_LONGEST: Final = 3000


@dataclass(frozen=True, slots=True)
class _Surface:
    """How much one surface holds, and the words for what it does not."""

    blocks: int
    characters: int
    rest: str
    ascii_only: bool


# Slack names no figure for a message and stops near 13 000 characters of blocks. A view may have 250 kB as sent,
# which is with every letter beyond ASCII as an escape. Both with a margin.
_MESSAGE: Final = _Surface(50, 12_500, drawing.REST_OF_MESSAGE, ascii_only=False)
_HOME: Final = _Surface(100, 240_000, drawing.REST_OF_HOME, ascii_only=True)
_FORM: Final = _Surface(100, 230_000, drawing.REST_OF_FORM, ascii_only=True)


def message(m: Message, zone: ZoneInfo | None, *, charts: bool = True) -> dict[str, Any]:
    """`text` and `blocks` of a message; the couriers add the channel. `charts`: whether they are drawn as such.

    `zone` is the reader's; None in a shared channel, where Slack shows every reader their own time. Of a message that
    is too long, parts are left out from the end, but not the buttons it ends with: they are what it is about.
    """
    parts: tuple[Part, ...] = m.parts or (Paragraph((m.text,)),)
    return {
        "text": escaped(m.text),
        "blocks": _fitting(parts if charts else map(without_charts, parts), zone, _MESSAGE),
    }


def home(h: Home, zone: ZoneInfo | None) -> dict[str, Any]:
    """The view of a person's home page."""
    # Slack refuses a view without any block. Named blocks let a client see that a Home drawn anew is the same one, so
    # that nothing moves under a finger.
    blocks = _fitting(h.parts, zone, _HOME) or [{"type": "divider"}]
    return {"type": "home", "blocks": [{"block_id": f"home.{n}", **block} for n, block in enumerate(blocks)]}


def form(f: Form, zone: ZoneInfo | None) -> dict[str, Any]:
    """The modal view of a form. Raises PartError for a verb, carried values or fields beyond what Slack takes."""
    kept: dict[str, object] = {"subject": f.subject, "carried": dict(f.carried)}
    metadata = json.dumps(kept | ({"scheme": f.scheme} if f.scheme else {}), separators=(",", ":"))
    if len(metadata) > _METADATA_LONGEST:
        raise PartError(f"a form's subject and carried values take {len(metadata)} characters; the most is 3000")
    if not 0 < len(f.verb) <= _VERB_LONGEST:
        raise PartError("a form's verb has 1 to 255 characters")
    view = _modal(f.title, drawing.CANCEL if f.submit else drawing.CLOSE, _fitting(f.parts, zone, _FORM))
    view |= {"callback_id": f.verb, "private_metadata": metadata}
    if f.submit is not None:
        view["submit"] = label(f.submit)
    return view


def notice(n: Notice, zone: ZoneInfo | None) -> dict[str, Any]:
    """A notice as a modal view, for a press inside a form or on the home page."""
    return _modal(n.title or drawing.TITLE, drawing.CLOSE, _fitting(_told(n), zone, _FORM))


def bare(view: Mapping[str, Any]) -> dict[str, Any]:
    """A view without anybody's picture, which is all that stands beside a block of ours: the same in words."""
    blocks = [{key: value for key, value in block.items() if key != "accessory"} for block in view["blocks"]]
    return {**view, "blocks": blocks}


def ephemeral(n: Notice, zone: ZoneInfo | None) -> dict[str, Any]:
    """A notice as a message that the presser alone sees: `text` and `blocks`."""
    return {"text": escaped(n.text or plain(n.parts, zone)), "blocks": _fitting(_told(n), zone, _MESSAGE)}


def errors(e: Errors, keys: Sequence[str]) -> dict[str, Any]:
    """The answer to a submitted form that shows errors at its fields.

    `keys` are those of the view's fields (`input_keys`); an error of a field that is not there goes to the first, since
    Slack would drop it and close the form. Raises PartError where the form has no field: there a notice is the answer.
    """
    if not keys:
        raise PartError("a form without fields has no place for errors")
    shown: dict[str, str] = {}
    for key, error in e.fields.items():
        place = key if key in keys else keys[0]
        shown[place] = f"{shown[place]} {error}" if place in shown else error
    return {"response_action": "errors", "errors": shown}


def _modal(title: str, close: str, blocks: list[Block]) -> dict[str, Any]:
    if len(title) > _TITLE_LONGEST:
        title = title[: _TITLE_LONGEST - 1] + "…"
    return {
        "type": "modal",
        "title": label(title),
        "close": label(close),
        "notify_on_close": False,
        "blocks": blocks or [{"type": "divider"}],
    }


def _told(n: Notice) -> tuple[Shown, ...]:
    return (Paragraph((n.text,)), *n.parts) if n.text.strip() else n.parts


def _fitting(parts: Iterable[Part], zone: ZoneInfo | None, surface: _Surface) -> list[Block]:
    """The parts' blocks, as many as the surface holds; parts are left out whole, the last first."""
    numbers = count()
    of = list(parts if surface is _MESSAGE else map(without_charts, parts))
    drawn = [part(one, zone, numbers) for one in of]
    blocks, characters = sum(map(len, drawn)), sum(_length(some, surface) for some in drawn)
    if blocks <= surface.blocks and characters <= surface.characters:
        return _joined(drawn)
    rest = part(Note((surface.rest,)), zone, numbers)
    blocks, characters = blocks + len(rest), characters + _length(rest, surface)
    for at in _expendable(of, surface):
        blocks, characters = blocks - len(drawn[at]), characters - _length(drawn[at], surface)
        drawn[at] = []
        if blocks <= surface.blocks and characters <= surface.characters:
            # The note stands at the gap: what was kept behind it are fields, or a message's own buttons.
            return _joined([*drawn[:at], rest, *drawn[at:]])
    raise PartError("a form has more fields than Slack can show")


def _expendable(parts: list[Part], surface: _Surface) -> list[int]:
    """The places of the parts that may be left out, in that order: never a field, a message's last buttons last."""
    places = [at for at in reversed(range(len(parts))) if not isinstance(parts[at], Input)]
    if surface is _MESSAGE and places and isinstance(parts[places[0]], Buttons):
        return [*places[1:], places[0]]
    return places


def _joined(drawn: Iterable[list[Block]]) -> list[Block]:
    return [block for blocks in drawn for block in blocks]


def _length(blocks: list[Block], surface: _Surface) -> int:
    return len(json.dumps(blocks, ensure_ascii=surface.ascii_only)) if blocks else 0
