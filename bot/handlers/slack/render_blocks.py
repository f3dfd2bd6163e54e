"""Each part as blocks of Slack's Block Kit, within Slack's limits.

Sources: https://docs.slack.dev/reference/block-kit/blocks and .../block-elements
"""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Chart,
    Choice,
    Choices,
    DateInput,
    Divider,
    Facts,
    FileInput,
    Heading,
    Input,
    Link,
    Note,
    NumberInput,
    Paragraph,
    Part,
    PartError,
    PersonInput,
    Portrait,
    Run,
    Shown,
    TextInput,
    TimeInput,
    When,
)
from bot.dialogs.plain import words
from bot.handlers.slack.render_text import Block, clean, elements, label, pieces, rich_text

_ID_LONGEST: Final = 255
_CONTEXT_ELEMENTS: Final = 10
_AT_A_GLANCE: Final = 5
"""Up to so many options are seen at one glance; more go into a list that opens."""


def part(of: Part, zone: ZoneInfo | None, numbers: Iterator[int]) -> list[Block]:
    """One part as blocks; none where it holds only blanks. `numbers` tells the buttons of one surface apart."""
    if isinstance(of, Input):
        return [_input(of)]
    return _shown(of, zone, numbers)


def _shown(of: Shown, zone: ZoneInfo | None, numbers: Iterator[int]) -> list[Block]:
    match of:
        case Heading(text):
            return [{"type": "header", "text": label(text)}]
        case Paragraph(runs):
            return rich_text([elements(runs, zone)])
        case Portrait():
            return _portrait(of, zone)
        case Note():
            return _note(of, zone)
        case Bullets(items):
            return rich_text((elements(item, zone) for item in items), bullets=True)
        case Facts():
            return _facts(of, zone)
        case Chart():
            return [*([] if of.is_empty else [_chart(of)]), *_in_numbers(of)]
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons):
            return [{"type": "actions", "elements": [_button(button, next(numbers)) for button in buttons]}]
        case _:
            assert_never(of)


def without_charts(of: Part) -> Part:
    """The part as it is drawn where Slack draws no chart: in a view, or for a client that does not know one yet."""
    return Bullets(tuple((line,) for line in (of.title, *of.lines))) if isinstance(of, Chart) else of


def _chart(of: Chart) -> Block:
    """Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block"""
    series = [
        {"name": name, "data": [{"label": label_, "value": high} for label_, high in bars]} for name, bars in of.bars
    ]
    axes = {"categories": list(of.categories)}
    return {
        "type": "data_visualization",
        "title": of.title,
        "chart": {"type": "bar", "series": series, "axis_config": axes},
    }


def _in_numbers(of: Chart) -> list[Block]:
    return [block for line in of.lines for block in _note(Note((line,)), None)]


def _portrait(of: Portrait, zone: ZoneInfo | None) -> list[Block]:
    """Rich text holds no picture: a section does, of literal text, since this is what people call themselves. The
    first of several lines stays what it is, above."""
    above, beside = _at_first_break(of.runs)
    text = clean(words(beside, zone)).strip()
    if not of.url or not text:
        return rich_text([elements(of.runs, zone)])
    picture = {"type": "image", "image_url": of.url, "alt_text": clean(of.of.name).strip() or "–"}
    drawn, *others = ({"type": "section", "text": label(piece)} for piece in pieces(text))
    return [*rich_text([elements(above, zone)]), drawn | {"accessory": picture}, *others]


def _at_first_break(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What stands in the first line, and the rest; of a single line all is the rest."""
    for n, run in enumerate(runs):
        if isinstance(run, str) and "\n" in run:
            before, _, after = run.partition("\n")
            return (*runs[:n], before), (after, *runs[n + 1 :])
    return (), runs


def _note(note: Note, zone: ZoneInfo | None) -> list[Block]:
    if any(isinstance(run, Link) or (zone is None and isinstance(run, When)) for run in note.runs):
        # A literal context element holds no link and cannot show each reader their own time: rich text can.
        return rich_text([elements(note.runs, zone)])
    text = clean(words(note.runs, zone))
    texts = [label(piece) for piece in pieces(text) if piece.strip()]
    batches = [texts[at : at + _CONTEXT_ELEMENTS] for at in range(0, len(texts), _CONTEXT_ELEMENTS)]
    return [{"type": "context", "elements": batch} for batch in batches]


def _facts(facts: Facts, zone: ZoneInfo | None) -> list[Block]:
    """The label in bold, its value on the next line."""
    lines = []
    for name, value in facts.pairs:
        blank = not words(value, zone).strip()
        lines.append([*elements((Bold(name), "\n"), zone), *elements(("–",) if blank else value, zone)])
    return rich_text(lines)


def _button(button: Button, number: int) -> Block:
    """The verb travels in the action_id, with its scheme where there are several, made unique by a number; the subject
    in the value: see `Press.button`."""
    verb = f"{button.verb}@{button.scheme}" if button.scheme else button.verb
    drawn: Block = {"type": "button", "text": label(button.label), "action_id": f"{verb}:{number}"}
    if len(drawn["action_id"]) > _ID_LONGEST:
        raise PartError(f"a button's verb is too long: {button.verb[:40]!r}…")
    if button.subject:
        drawn["value"] = button.subject
    if button.style != "plain":
        drawn["style"] = button.style
    if button.spoken.strip():
        drawn["accessibility_label"] = clean(button.spoken)
    return drawn


def _input(of: Input) -> Block:
    drawn: Block = {
        "type": "input",
        "block_id": of.key,
        "label": label(of.label),
        "element": {**_element(of), "action_id": of.key},
        "optional": not of.required,
    }
    if of.hint.strip():
        drawn["hint"] = label(of.hint)
    return drawn


def _element(of: Input) -> Block:
    match of:
        case TextInput():
            return _text(of)
        case NumberInput():
            return _number(of)
        case Choice():
            return _choice(of)
        case Choices():
            return _choices(of)
        case DateInput(initial=day):
            return {"type": "datepicker"} | ({"initial_date": day.isoformat()} if day else {})
        case PersonInput(initial=user):
            return {"type": "users_select"} | ({"initial_user": user} if user else {})
        case FileInput(endings=endings):
            return {"type": "file_input", "filetypes": list(endings), "max_files": 1}
        case TimeInput(initial=time):
            return {"type": "timepicker"} | ({"initial_time": f"{time:%H:%M}"} if time else {})
        case _:
            assert_never(of)


def _text(of: TextInput) -> Block:
    drawn: Block = {"type": "plain_text_input", "multiline": of.long, "max_length": of.longest}
    if initial := clean(of.initial)[: of.longest]:
        drawn["initial_value"] = initial
    return drawn


def _number(of: NumberInput) -> Block:
    drawn: Block = {"type": "number_input", "is_decimal_allowed": False}
    drawn |= {"min_value": str(of.lowest), "max_value": str(of.highest)}
    if of.initial is not None and of.lowest <= of.initial <= of.highest:
        drawn["initial_value"] = str(of.initial)
    return drawn


def _choice(of: Choice) -> Block:
    options = _options(of.options)
    drawn: Block = {"type": "radio_buttons" if len(options) <= _AT_A_GLANCE else "static_select", "options": options}
    # Slack refuses an initial option that is not among the options; the scheme may have dropped it since.
    if of.initial in of.options:
        drawn["initial_option"] = _option(of.initial)
    return drawn


def _choices(of: Choices) -> Block:
    options = _options(of.options)
    few = len(options) <= _AT_A_GLANCE
    drawn: Block = {"type": "checkboxes" if few else "multi_static_select", "options": options}
    if initial := [option for option in of.options if option in of.initial]:
        drawn["initial_options"] = _options(initial)
    return drawn


def _options(options: Iterable[str]) -> list[Block]:
    return [_option(option) for option in dict.fromkeys(options)]


def _option(option: str) -> Block:
    return {"text": label(option), "value": clean(option)}
