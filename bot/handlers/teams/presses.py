"""What our buttons carry, and what comes back of them: the `data` of an Action.Execute, both ways.

A client puts what stands in the fields beside what the button carries, as strings by the field's id; what is empty is
missing. Nothing of it is taken for granted: whatever is not of the shape that was drawn is `Unreadable`.
Source: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Annotated, Any, Final, Literal, TypeAlias, assert_never

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from bot.dialogs.parts import (
    Button,
    Choice,
    Choices,
    DateInput,
    FileInput,
    Form,
    Input,
    NumberInput,
    PersonInput,
    TextInput,
    TimeInput,
)
from bot.handlers.teams.render_text import clean

Surface: TypeAlias = Literal["message", "home", "form", "notice", "answer"]
"""What a button stands on. A notice has taken the place of a form; an answer is one that came as a message of its own,
and stays: a list of which one thing was done still has the others."""
Answer: TypeAlias = str | int | tuple[str, ...] | date | time | None
"""What was given in one field; None where nothing was, () where none of several was chosen. A number field keeps what
is no whole number as text."""

CLOSE: Final = "close"
"""The verb of what closes a form: it reaches no action."""
_EXECUTE: Final = "Action.Execute"
MOST_FIELDS: Final = 200
_VALUE_LONGEST: Final = 20_000
_TYPED_LONGEST: Final = 100_000
_ID: Final = re.compile(r"(?P<kind>[tncmdwpf]):(?P<key>[^\x00\ud800-\udfff]{1,200})", re.DOTALL)
_WHOLE_NUMBER: Final = re.compile(r"(?P<whole>[+-]?[0-9]{1,9})(\.0{1,6})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WALL: Final = re.compile(r"[0-9]{2}:[0-9]{2}")
_PERSON: Final = re.compile(r"[A-Za-z0-9._:@-]{1,100}")


Kept: TypeAlias = Annotated[str, StringConstraints(max_length=3000, pattern=r"^[^\x00]*$")]
"""What we gave a button or a form to carry; the zero character passes JSON, and no database."""
Verb: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00]*$")]
Carried: TypeAlias = Annotated[dict[Kept, Kept], Field(max_length=MOST_FIELDS)]


class Unreadable(Exception):  # noqa: N818 – it is an answer to whoever sent it
    """A delivery that is not of a shape that was ever drawn."""


def input_id(field: Input) -> str:
    """The id of a field: its kind, which says how what comes back is read, and its key."""
    return f"{_kind(field)}:{field.key}"


def _kind(field: Input) -> str:
    match field:
        case TextInput():
            return "t"
        case NumberInput():
            return "n"
        case Choice():
            return "c"
        case Choices():
            return "m"
        case DateInput():
            return "d"
        case TimeInput():
            return "w"
        case PersonInput():
            return "p"
        case FileInput():
            return "f"
        case _:
            assert_never(field)


def encoded(option: str) -> str:
    """An option as a value: a comma would part it in two where several can be chosen."""
    return clean(option).replace("%", "%25").replace(",", "%2C")


def decoded(value: str) -> str:
    """The option that a value stands for."""
    return value.replace("%2C", ",").replace("%25", "%")


def data_of(
    button: Button,
    surface: Surface,
    carried: Mapping[str, str] | None = None,
    letter: str = "",
    opened: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a button carries; `carried`: what its form does; `letter`: the id of the message that it stands on;
    `opened`: how its form was."""
    data = _data(button.verb, button.subject, button.scheme, surface, carried)
    return data | ({"letter": letter} if letter else {}) | ({"from": dict(opened)} if opened else {})


def data_of_submit(form: Form, fields: Iterable[Input], opened: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the button carries that sends a form off; `opened`: how the form was opened."""
    data = _data(form.verb, form.subject, form.scheme, "form", form.carried)
    if ids := [input_id(field) for field in fields]:
        data["fields"] = ids
    return data | ({"from": dict(opened)} if opened else {})


def data_of_back(back: Mapping[str, Any]) -> dict[str, Any]:
    """What the button carries that leads back to the form in which this one was opened."""
    said = {key: back[key] for key in ("do", "about", "scheme", "carried") if key in back}
    return {**said, "in": "form", **back.get("entered", {})}


def data_of_close() -> dict[str, Any]:
    """What the button carries that closes a form."""
    return _data(CLOSE, "", "", "form", None)


def _data(verb: str, subject: str, scheme: str, surface: Surface, carried: Mapping[str, str] | None) -> dict[str, Any]:
    said = {"do": verb, "about": subject, "scheme": scheme, "in": surface, "carried": dict(carried or {})}
    return {key: value for key, value in said.items() if value}


def _as_text(value: object) -> object:
    """Some clients send a number as one; whatever else is no text is refused for its type. Text is cleaned of what no
    screen shows."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    return clean(value) if isinstance(value, str) else value


def _given(typed: dict[str, str]) -> dict[str, str]:
    """Whether each string is one that its field gives."""
    if sum(map(len, typed.values())) > _TYPED_LONGEST:
        raise ValueError("more than forms hold")
    answers_of(typed)
    return typed


def _of_a_field(id_: str) -> str:
    return _of_shape(_ID, id_)


InputId: TypeAlias = Annotated[str, AfterValidator(_of_a_field)]
_Value: TypeAlias = Annotated[str, Field(max_length=_VALUE_LONGEST)]
Typed: TypeAlias = Annotated[dict[InputId, _Value], Field(max_length=MOST_FIELDS), AfterValidator(_given)]


class _Model(BaseModel):
    """Something read from a press; what we have no use for is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Opened(_Model):
    """How a form was opened, so that it can be opened once more: it travels on its buttons. `form`: by which verb it is
    known; `back`: how that was opened in which it was."""

    verb: Verb = Field(alias="do")
    subject: Kept = Field("", alias="about")
    scheme: Kept = ""
    carried: Carried = {}
    values: Typed = {}
    entered: Typed = {}
    form: Kept = Field("", alias="of")
    back: "Opened | None" = None

    @property
    def data(self) -> dict[str, Any]:
        """As it travels."""
        return self.model_dump(by_alias=True, exclude_defaults=True)

    @property
    def answers(self) -> dict[str, Answer] | None:
        """What was given in the form whose sending off opened it; None: none was sent off."""
        return answers_of(self.values) if self.values else None

    @property
    def answers_entered(self) -> dict[str, Answer]:
        """What stood in the fields of the form in which the button was pressed that opened it."""
        return answers_of(self.entered)


class Pressed(_Model):
    """One of our buttons, pressed. `subject` and `scheme` as it was drawn with, `fields` the ids of a form sent off."""

    verb: Verb = Field(alias="do")
    subject: Kept = Field("", alias="about")
    scheme: Kept = ""
    surface: Surface = Field(alias="in")
    carried: Carried = {}
    fields: Annotated[tuple[InputId, ...], Field(max_length=MOST_FIELDS)] = ()
    letter: Kept = ""
    opened: Opened | None = Field(None, alias="from")
    typed: Typed = {}
    """What stands in the fields, as strings by their ids."""

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, data: object) -> object:
        """What was given in fields arrives among what the button carries."""
        if not isinstance(data, dict):
            return data
        given = {key: value for key, value in data.items() if isinstance(key, str) and _ID.fullmatch(key)}
        return {**data, "typed": {key: _as_text(value) for key, value in given.items() if value is not None}}

    @property
    def answers(self) -> dict[str, Answer]:
        """The values of a form sent off, by field key; those of files are not among them."""
        return answers_of({id_: self.typed.get(id_, "") for id_ in self.fields})

    @property
    def entered(self) -> dict[str, Answer]:
        """The same of whatever stands in any field."""
        return answers_of(self.typed)

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever was chosen in its fields."""
        return tuple(value for id_, value in self.typed.items() if id_.startswith("p:") and value)

    @property
    def input_keys(self) -> tuple[str, ...]:
        """The keys of the form's fields, from top to bottom: where an error can be shown."""
        return tuple(id_[2:] for id_ in self.fields)

    @property
    def file_keys(self) -> tuple[str, ...]:
        """The keys of its fields that want a file."""
        return tuple(id_[2:] for id_ in self.fields if id_.startswith("f:"))

    @property
    def opening(self) -> dict[str, Any]:
        """What a form that this press opens has to carry, so that the same press can be made once more."""
        said = {"do": self.verb, "about": self.subject, "scheme": self.scheme, "carried": dict(self.carried)}
        held = {id_: self.typed.get(id_, "") for id_ in self.fields}
        given = {"values": held} if held else {"entered": dict(self.typed)}
        return {key: value for key, value in (said | given).items() if value}


def read(action: object) -> Pressed:
    """The press of an invoke, from its `value.action`. Raises Unreadable for what no client makes of our buttons."""
    if not isinstance(action, dict) or action.get("type", _EXECUTE) != _EXECUTE:
        raise Unreadable
    data, verb = action.get("data"), action.get("verb")
    if not isinstance(data, dict) or not isinstance(verb, str | None):
        raise Unreadable
    # Clients differ in whether they send the verb back; ours travels twice, and says the same.
    if verb and data.get("do", verb) != verb:
        raise Unreadable
    try:
        return Pressed.model_validate({"do": verb, **data})
    except (ValidationError, RecursionError):
        raise Unreadable from None


def answers_of(typed: Mapping[str, str]) -> dict[str, Answer]:
    """What strings by the ids of fields mean, by the keys of the fields. Raises ValueError for what no field gives."""
    return {id_[2:]: _answer(id_[0], value) for id_, value in typed.items() if not id_.startswith("f:")}


def _answer(kind: str, value: str) -> Answer:
    text = value.strip()
    match kind:
        case "n":
            number = _WHOLE_NUMBER.fullmatch(text)
            return int(number["whole"]) if number else text or None
        case "m":
            return tuple(decoded(one) for one in value.split(",") if one)
        case "c":
            return decoded(value) or None
        case "d":
            return date.fromisoformat(_of_shape(_DAY, text)) if text else None
        case "w":
            return time.fromisoformat(_of_shape(_WALL, text)) if text else None
        case "p":
            return _of_shape(_PERSON, text) if text else None
        case _:
            return text or None


def _of_shape(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise ValueError("of another shape")
    return text
