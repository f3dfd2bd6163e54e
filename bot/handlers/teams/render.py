"""Messages, home pages, notices and forms as Adaptive Cards. Pure: nothing is sent here.

A drawing never fails for its length at sending time: what does not fit is left out whole, and a note says so.
Limits: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Buttons,
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
    TextInput,
    Typed,
)
from bot.dialogs.plain import plain
from bot.dialogs.wording import chat, drawing
from bot.handlers.teams.presses import Surface, data_of_back, data_of_close, data_of_submit, input_id
from bot.handlers.teams.render_cards import RULE, Drawing, actions, error, execute, heading, part
from bot.handlers.teams.render_text import Element, clean, fallback, lines, spoken
from bot.lifecycle.vocabulary import Verb

BYTES: Final = 28_000
"""The most that one card may have, as compact JSON in UTF-8."""
CARD_TYPE: Final = "application/vnd.microsoft.card.adaptive"
_SAID_LONGEST: Final = 1000
_SUMMARY_LONGEST: Final = 3500
_AROUND: Final = 100
"""Bytes of the body's own name, and of lines above its first element and its last."""
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_OUR_WORDS: Final = re.compile(r"(?:[^\W_]|[ ,’?…])+")
"""A title in which no client can read markup."""
_LOOKING: Final = frozenset(str(verb) for verb in Verb if not verb.writes)


def message(m: Message, zone: ZoneInfo | None, letter: str = "") -> dict[str, Any]:
    """The card of a message. `zone` is the reader's; None in a shared channel, where moments are in UTC. `letter`: its
    id, so that whoever presses something on it can be shown it as it stands then."""
    on = Drawing("message", zone, letter=letter)
    return _card(said(m), [], m.parts or (Paragraph((m.text,)),), on, [], drawing.REST_OF_MESSAGE)


def said(m: Message) -> str:
    """The plain words of a message, with what is typed as it is typed here: commands have no slash."""
    text = m.text
    for one in m.parts:
        runs = one.runs if isinstance(one, Paragraph | Note) else ()
        for run in (run for run in runs if isinstance(run, Typed)):
            text = text.replace(run.slashed, run.bare)
    return text


def activity(card: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The message that is a card and nothing else, so that it can be edited; `text` is for the notification."""
    text = clean(text).strip() or "–"
    summary = text if len(text) <= _SUMMARY_LONGEST else text[: _SUMMARY_LONGEST - 1] + "…"
    attachment = {"contentType": CARD_TYPE, "content": dict(card)}
    return {"type": "message", "summary": summary, "attachments": [attachment]}


def home(h: Home, zone: ZoneInfo | None) -> dict[str, Any]:
    """The card of a person's home page."""
    return _card(plain(h.parts, zone, slashes=False), [], h.parts, Drawing("home", zone), [], drawing.REST_OF_HOME)


def notice(n: Notice, zone: ZoneInfo | None, surface: Surface = "notice") -> dict[str, Any]:
    """The card of a notice, headed by its title if it has one."""
    told: tuple[Shown, ...] = (Paragraph((n.text,)), *n.parts) if n.text.strip() else n.parts
    head = _title(n.title) if n.title.strip() else []
    text = "\n".join(filter(str.strip, (n.title, plain(told, zone, slashes=False))))
    return _card(text, head, told, Drawing(surface, zone), [], drawing.REST_OF_FORM)


def form(
    f: Form,
    zone: ZoneInfo | None,
    opened: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    at_hand: str = "",
) -> dict[str, Any]:
    """The card of a form. `opened`: how it was opened, carried by what sends it off; `typed`: what stands in its fields
    by their ids, in the place of what they begin with; `errors`: by field key; `at_hand`: the file that has been sent.

    A text that was typed beyond its longest is cut there if the card holds no more. Raises PartError where its fields
    alone are more than a card holds."""
    try:
        return _form(f, zone, opened, typed, errors or {}, at_hand)
    except PartError:
        if typed is None:
            raise
        longest = {input_id(each): each.longest for each in f.parts if isinstance(each, TextInput)}
        cut = {id_: text[: longest.get(id_)] for id_, text in typed.items()}
        return _form(f, zone, opened, cut, errors or {}, at_hand)


def _form(
    f: Form,
    zone: ZoneInfo | None,
    opened: Mapping[str, Any] | None,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
    at_hand: str,
) -> dict[str, Any]:
    fields = [each for each in f.parts if isinstance(each, Input)]
    opened = {**opened, "of": f.verb} if opened else None
    strays, at_fields = _placed(errors, [each.key for each in fields])
    on = Drawing(
        "form", zone, f.carried, typed, at_fields, f.submit or "",
        checked=not any(isinstance(each, Buttons) for each in f.parts), at_hand=at_hand, opened=opened,
    )  # fmt: skip
    head = [*_title(f.title, id="form"), *(each for said in strays for each in error(said, "error:"))]
    foot = [*_to_mend(fields, at_fields), actions(_ends(f, fields, opened))]
    shown = [each for each in f.parts if not isinstance(each, Input)]
    text = "\n".join(filter(str.strip, (f.title, plain(shown, zone, slashes=False))))
    return _card(text, head, f.parts, on, foot, drawing.REST_OF_FORM, _found_from(f))


def _found_from(f: Form) -> int:
    """Where the button stands that sends a form off: at its end; but what only looks for something has it at its last
    field and the small print there, above all that was found so far."""
    fields = [at for at, each in enumerate(f.parts, 1) if isinstance(each, Input)]
    if not fields or f.verb not in _LOOKING:
        return len(f.parts)
    return next((at for at in range(fields[-1], len(f.parts)) if not isinstance(f.parts[at], Note)), len(f.parts))


def _placed(errors: Mapping[str, str], keys: list[str]) -> tuple[list[str], dict[str, str]]:
    """The errors that go to the top, and those at fields; one of a field that is not there goes to the first."""
    if not keys:
        return list(errors.values()), {}
    shown: dict[str, str] = {}
    for key, said in errors.items():
        place = key if key in keys else keys[0]
        shown[place] = f"{shown[place]} {said}" if place in shown else said
    return [], shown


def _to_mend(fields: list[Input], errors: Mapping[str, str]) -> list[Element]:
    """Where an error may be out of sight, the button says that there is one."""
    return lines((chat.TO_MEND,), None, color="Attention") if errors and len(fields) > 1 else []


def _ends(f: Form, fields: list[Input], opened: Mapping[str, Any] | None) -> list[Element]:
    """The buttons with which a form ends: what leaves it leads to where it was opened, if that was a form too."""
    back = (opened or {}).get("back")
    label = drawing.CANCEL if f.submit else drawing.BACK if back else drawing.CLOSE
    close = execute(label, data_of_back(back) if back else data_of_close()) | {"associatedInputs": "none"}
    if f.submit is None:
        return [close]
    sent = execute(f.submit, data_of_submit(f, fields, opened))
    return [sent | {"style": "positive", "associatedInputs": "auto"}, close]


def _title(text: str, **more: Any) -> list[Element]:
    """A title; a screen reader finds it as a heading where it is of our own plain words."""
    if _OUR_WORDS.fullmatch(text):
        weight = {"size": "Large", "weight": "Bolder", "wrap": True, "style": "heading"}
        return [{"type": "TextBlock", "text": text, **weight, **more}]
    return [{**each, **more} if n == 0 else each for n, each in enumerate(heading(text))]


def _card(
    text: str,
    head: list[Element],
    parts: Iterable[Part],
    on: Drawing,
    foot: list[Element],
    rest: str,
    before_foot: int | None = None,
) -> dict[str, Any]:
    """A whole card, of as many parts as it holds; `before_foot`: so many stand above the foot, None: all."""
    card: dict[str, Any] = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "fallbackText": fallback(text, _SAID_LONGEST),
        "speak": spoken(text, _SAID_LONGEST),
    }
    room = BYTES - _size([card, *head, *foot]) - _AROUND
    drawn = _fitting(list(parts), on, room, rest)
    above, below = drawn[:before_foot], drawn[len(drawn) if before_foot is None else before_foot :]
    return card | {"body": _joined([head, *above, foot, *below]) or lines(("–",), None)}


def _fitting(parts: list[Part], on: Drawing, room: int, rest: str) -> list[list[Element]]:
    """The parts' elements, as many as there is room for; parts are left out whole, the last first."""
    drawn = [part(one, on) for one in parts]
    if _size(_joined(drawn)) <= room:
        return drawn
    size = sum(map(_size, drawn))
    note = part(Note((rest,)), replace(on, zone=None))
    size += _size(note)
    for at in _expendable(parts, on):
        size -= _size(drawn[at])
        drawn[at] = []
        if size <= room:
            # The note stands at the gap: what was kept behind it are fields, or a message's own buttons.
            drawn[at] = note
            return drawn
    raise PartError("a form has more fields than a card can hold")


def _expendable(parts: list[Part], on: Drawing) -> list[int]:
    """The places of the parts that may be left out, in that order: never a field, a message's last buttons last."""
    places = [at for at in reversed(range(len(parts))) if not isinstance(parts[at], Input)]
    if on.surface == "message" and places and isinstance(parts[places[0]], Buttons):
        return [*places[1:], places[0]]
    return places


def _joined(drawn: Iterable[list[Element]]) -> list[Element]:
    """All elements in their order, each below a line where a divider stood before it."""
    joined: list[Element] = []
    ruled = False
    for element in (each for elements in drawn for each in elements):
        if element == RULE:
            ruled = bool(joined)
            continue
        joined.append({**element, **RULE} if ruled else element)
        ruled = False
    return joined


def _size(elements: list[Element]) -> int:
    """Bytes of the elements, each with the comma after it."""
    return len(_COMPACT.encode(elements).encode()) - 1 if elements else 0
