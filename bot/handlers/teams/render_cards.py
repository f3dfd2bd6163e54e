"""Each part as elements of an Adaptive Card.

Inputs hold what was typed before, or begin as their part says; what is wrong stands under its field, in words.
Sources: https://adaptivecards.io/explorer, https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, assert_never
from zoneinfo import ZoneInfo

from bot.dialogs.field_words import out_of_range
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
    Note,
    NumberInput,
    Paragraph,
    Part,
    PersonInput,
    Portrait,
    Shown,
    TextInput,
    TimeInput,
)
from bot.dialogs.plain import words
from bot.dialogs.wording import chat
from bot.handlers.teams.presses import Surface, data_of, encoded, input_id
from bot.handlers.teams.render_text import Element, clean, label, lines

_AT_A_GLANCE: Final = 5
"""Up to so many options are seen at one glance; more go into a list that opens."""
_LISTED: Final = re.compile(r"\s*(?:[-+=]|[0-9]+[.)])")
_MARKED: Final = re.compile(rf"[*_\[\]()~`#>\\<&|]|://|^{_LISTED.pattern}")
_LOOKALIKES: Final = str.maketrans("*_[]()~`#>\\<&|", "∗＿［］（）～ˋ＃＞＼＜＆｜")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,6})?")
_ENTRA_ID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""What Teams calls its own people; somebody of another platform is called otherwise."""
_STYLES: Final = {"primary": "positive", "danger": "destructive"}
RULE: Final[Element] = {"separator": True, "spacing": "Medium"}
"""What a divider gives to the element that follows it: a card has no line of its own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a part must know of the card it stands on. `typed`: what stood in the fields by their ids; None: they are as
    they begin. `checked`: its sole buttons send it off and close it, so that a client may refuse an empty field;
    `at_hand`: the file that has been sent for it."""

    surface: Surface
    zone: ZoneInfo | None
    carried: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    submit: str = ""
    checked: bool = False
    at_hand: str = ""
    letter: str = ""
    """The id of the message that it is."""
    opened: Mapping[str, Any] | None = None
    """How the form was opened that it is."""


def part(of: Part, on: Drawing) -> list[Element]:
    """One part as elements; none where it holds only blanks, and for a divider what follows it gets."""
    if isinstance(of, Input):
        return _field(of, on)
    return _shown(of, on)


def _shown(of: Shown, on: Drawing) -> list[Element]:
    match of:
        case Heading(text):
            # Within a form, whose title is the larger one.
            return heading(text, "Medium" if on.surface == "form" else "Large")
        case Paragraph(runs):
            return lines(runs, on.zone)
        case Portrait():
            return _portrait(of, on.zone)
        case Note(runs):
            return lines(runs, on.zone, isSubtle=True, size="Small")
        case Bullets(items):
            return [each for n, item in enumerate(items) for each in _bullet(item, on.zone, first=n == 0)]
        case Facts(pairs):
            return [each for name, value in pairs for each in _fact(name, value, on.zone)]
        case Chart():
            numbers = (lines((line,), None, isSubtle=True, size="Small") for line in of.lines)
            return [*([] if of.is_empty else [_chart(of)]), *(each for some in numbers for each in some)]
        case Divider():
            return [dict(RULE)]
        case Buttons(buttons):
            return [actions([button_of(button, on) for button in buttons])]
        case _:
            assert_never(of)


def _portrait(of: Portrait, zone: ZoneInfo | None) -> list[Element]:
    """Teams knows the picture of its own people. Where a client does not show one, the words stand alone.
    Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-icon"""
    said = lines(of.runs, zone)
    if said and of.url:
        picture = {"type": "Image", "url": of.url, "altText": label(of.of.name), "style": "Person", "size": "Medium"}
        columns = [{"type": "Column", "width": "auto", "items": [picture]}]
        return [{"type": "ColumnSet", "columns": [*columns, {"type": "Column", "width": "stretch", "items": said}]}]
    if said and _ENTRA_ID.fullmatch(of.of.user):
        who = {"id": of.of.user, "displayName": label(of.of.name), "userPrincipalName": of.of.email}
        own = {"type": "Component", "name": "graph.microsoft.com/user", "view": "compact", "properties": who}
        return [own | {"fallback": "drop"}, *said]
    return said


def _chart(of: Chart) -> Element:
    """Left out by clients that know no charts: its numbers stand below it.
    Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards"""
    data = [{"legend": name, "values": [{"x": on, "y": high} for on, high in bars]} for name, bars in of.bars]
    return {"type": "Chart.VerticalBar.Grouped", "title": of.title, "data": data, "fallback": "drop"}


def heading(text: str, size: str = "Large") -> list[Element]:
    """A heading. Only a `TextBlock` could say so to a screen reader, and that would read markup in somebody's name."""
    return lines((Bold(text),), None, size=size)


def _bullet(item: tuple[Any, ...], zone: ZoneInfo | None, *, first: bool) -> list[Element]:
    return lines(("• ", *item), zone, "" if first else "Small") if words(item, zone).strip() else []


def _fact(name: str, value: tuple[Any, ...], zone: ZoneInfo | None) -> list[Element]:
    """The label in bold, its value on the next line."""
    blank = not words(value, zone).strip()
    return [*lines((Bold(name),), zone), *lines(("–",) if blank else value, zone, "None")]


def actions(drawn: list[Element]) -> Element:
    """Buttons side by side, where they are said."""
    return {"type": "ActionSet", "actions": drawn}


def button_of(button: Button, on: Drawing) -> Element:
    """A button; pressing it within a form brings along what stands in the fields."""
    drawn = execute(button.label, data_of(button, on.surface, on.carried, on.letter, on.opened))
    if button.style in _STYLES:
        drawn["style"] = _STYLES[button.style]
    if button.spoken.strip():
        drawn["tooltip"] = label(button.spoken)
    return drawn | ({"associatedInputs": "auto"} if on.surface == "form" else {})


def execute(title: str, data: Element) -> Element:
    """Something to press, which every client answers by a new card."""
    return {"type": "Action.Execute", "title": label(title), "verb": data["do"], "data": data}


def error(said: str, id_: str) -> list[Element]:
    """What is wrong, in words before colour."""
    drawn = lines((chat.error(said),), None, "Small", color="Attention", weight="Bolder")
    return [{**each, "id": id_} if n == 0 else each for n, each in enumerate(drawn)]


def _field(of: Input, on: Drawing) -> list[Element]:
    id_ = input_id(of)
    wrong = error(on.errors[of.key], f"error:{id_}") if of.key in on.errors else []
    hint = lines((of.hint,), None, "Small", isSubtle=True, size="Small")
    shown = label(of.label if of.required else chat.optional(of.label))
    if isinstance(of, FileInput):
        told = chat.file_with_it(on.at_hand, on.submit) if on.at_hand else chat.send_file(on.submit)
        how = lines((told,), None, "None")
        return [*lines((shown,), None), *how, *wrong, *hint]
    drawn = {**_input(of, None if on.typed is None else on.typed.get(id_, ""), on), "id": id_, "label": shown}
    if of.required and on.checked:
        drawn |= {"isRequired": True, "errorMessage": drawn.get("errorMessage", chat.MISSING)}
    return [drawn, *wrong, *hint]


def _input(of: Input, typed: str | None, on: Drawing) -> Element:
    """The input without its id and label. `typed`: what stands in it, "" for nothing; None: it begins as it says."""
    match of:
        case TextInput():
            return _text(of, typed)
        case NumberInput():
            return _number(of, typed, on)
        case Choice():
            return _choice(of, typed)
        case Choices():
            return _choices(of, typed)
        case DateInput(initial=day):
            return {"type": "Input.Date"} | _value(typed, day.isoformat() if day else "")
        case TimeInput(initial=at):
            return {"type": "Input.Time"} | _value(typed, f"{at:%H:%M}" if at else "")
        case PersonInput(initial=user):
            return _person(user if typed is None else typed)
        case FileInput():
            raise TypeError("a card takes no file")
        case _:
            assert_never(of)


def _value(typed: str | None, initial: str) -> Element:
    value = clean(initial if typed is None else typed)
    return {"value": value} if value else {}


def _text(of: TextInput, typed: str | None) -> Element:
    drawn: Element = {"type": "Input.Text", "isMultiline": of.long, "maxLength": of.longest}
    return drawn | _value(typed, clean(of.initial)[: of.longest])


def _number(of: NumberInput, typed: str | None, on: Drawing) -> Element:
    drawn: Element = {"type": "Input.Number"}
    if on.checked:
        drawn |= {"min": of.lowest, "max": of.highest, "errorMessage": out_of_range(of.lowest, of.highest)}
    if typed is None:
        fits = of.initial is not None and of.lowest <= of.initial <= of.highest
        return drawn | ({"value": of.initial} if fits else {})
    if not _NUMBER.fullmatch(typed.strip()):
        return drawn
    number = float(typed)
    return drawn | {"value": int(number) if number.is_integer() else number}


def _choice(of: Choice, typed: str | None) -> Element:
    options = list(dict.fromkeys(of.options))
    # In a list that opens, a title is literal; beside a round button, a client reads Markdown in it. Not "filtered":
    # there a client shows the value in the place of the title, and loses it where the two differ.
    plain = len(options) > _AT_A_GLANCE or any(_MARKED.search(option) for option in options)
    drawn: Element = {"type": "Input.ChoiceSet", "style": "compact" if plain else "expanded", "wrap": True}
    drawn |= {"placeholder": chat.CHOOSE} if plain else {}
    drawn["choices"] = [{"title": label(option), "value": encoded(option)} for option in options]
    return drawn | _chosen(options, [of.initial or ""] if typed is None else None, typed)


def _choices(of: Choices, typed: str | None) -> Element:
    options = list(dict.fromkeys(of.options))
    few = len(options) <= _AT_A_GLANCE and not any(_MARKED.search(option) for option in options)
    drawn: Element = {"type": "Input.ChoiceSet", "isMultiSelect": True, "style": "expanded" if few else "compact"}
    drawn |= {"wrap": True} | ({} if few else {"placeholder": chat.CHOOSE})
    drawn["choices"] = [{"title": _beside_box(option), "value": encoded(option)} for option in options]
    return drawn | _chosen(options, of.initial if typed is None else None, typed)


def _beside_box(option: str) -> str:
    """The title of one of several: some clients draw it beside a box even in a list that opens, and read Markdown in
    it, but none in signs that only look the same."""
    title = label(option).translate(_LOOKALIKES)
    return f"\u2060{title}" if _LISTED.match(title) else title


def _chosen(options: Iterable[str], initial: Iterable[str] | None, typed: str | None) -> Element:
    """What is chosen of what there is: an option may have gone since."""
    wanted = {encoded(option) for option in initial} if initial is not None else set((typed or "").split(","))
    there = [value for option in options if (value := encoded(option)) in wanted]
    return {"value": ",".join(there)} if there else {}


def _person(user: str) -> Element:
    choices = [{"title": chat.CHOSEN_BEFORE, "value": clean(user)}] if user else []
    drawn: Element = {"type": "Input.ChoiceSet", "style": "filtered", "placeholder": chat.WHO, "choices": choices}
    drawn["choices.data"] = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    return drawn | ({"value": clean(user)} if user else {})
