"""What somebody types into any form of any scheme: their own words where they have some, else something that fits."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.dialogs.field_words import RATINGS
from bot.dialogs.forms import rating_key
from bot.schemes.fields import YES_NO, FormField, SchemeForm
from bot.schemes.scheme import Scheme
from demo.cast import Player

_DAY: Final = "2026-09-01"
_LINES: Final = (
    "I would like to think it through with somebody who has been there.",
    "There is more to choose from than I know, and I do not want to choose by chance.",
    "I like to listen, and to ask the next question.",
    "A few quiet hours a year for what is never urgent.",
)


def typed(
    form: SchemeForm | None, who: Player, number: int, scheme: Scheme, users: Mapping[str, str]
) -> dict[str, Any]:
    """The values of a form as a client sends them. `number` sets people apart whose words are made up; `users`: the
    platform's user ids by name."""
    values: dict[str, Any] = {}
    for field in form.fields if form else ():
        if field.kind == "ratings":
            values |= {rating_key(field, topic): RATINGS[5 - n] for n, topic in enumerate(_topics(who, number, scheme))}
        elif (value := _value(field, who, number, scheme, users)) is not None:
            values[field.key] = value
    return values


def _value(field: FormField, who: Player, number: int, scheme: Scheme, users: Mapping[str, str]) -> Any:
    own = who.says.get(field.key)
    match field.kind:
        case "person":
            return users.get(str(own)) if own else _nobody_in_particular(who, users) if field.required else None
        case "topics":
            return _topics(who, number, scheme)
        case "choices":
            return own or _turned(field.options, number)[:2]
        case "choice":
            return own or _choice(field, number)
        case "yes_no":
            return own or (field.meets or YES_NO)[0]
        case "number":
            return int(own or min(max(2, field.lowest), field.highest))
        case "date":
            return date.fromisoformat(str(own or _DAY)) if own or field.required else None
        case "text":
            said = who.title if field.key == scheme.matching.headline_field or field.required else None
        case "long_text":
            said = _LINES[number % len(_LINES)] if field.required else None
        case _:
            return None  # rows and files are for later
    return str(own or said)[: field.longest] if own or said else None


def _nobody_in_particular(who: Player, users: Mapping[str, str]) -> str:
    """Somebody else: the first of the cast, who has not joined, and so is in nobody's way."""
    return next(user for name, user in users.items() if name != who.name)


def _choice(field: FormField, number: int) -> str:
    """One that meets the criteria, or asks for nothing; else each in turn."""
    indifferent = field.compare.indifferent if field.compare else ()
    return (field.meets or indifferent or _turned(field.options, number))[0]


def _topics(who: Player, number: int, scheme: Scheme) -> list[str]:
    return list(who.topics) or _turned(scheme.topics, number)[:2]


def _turned(options: tuple[str, ...], number: int) -> list[str]:
    at = number % len(options)
    return [*options[at:], *options[:at]]
