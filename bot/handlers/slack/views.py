"""Windows and home pages as Slack sends them back: what they carried, and what was given in their fields."""

import json
import re
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.handlers.slack.render_text import clean

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,80}$")]
Kept: TypeAlias = Annotated[str, StringConstraints(max_length=3000, pattern=r"^[^\x00]*$")]
"""What we gave a button or a form to carry; the zero character passes JSON, and no database."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that was chosen: Slack has it by this id."""

    id: str


Answer: TypeAlias = str | int | tuple[str, ...] | date | time | FileRef | None
"""What was given in one field; None where nothing was. A number field keeps what is no whole number as text."""

_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")


class Model(BaseModel):
    """Something read from a payload; what we have no use for is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


def _date(value: object) -> date | None:
    # pydantic would also take numbers and moments for a date; Slack sends "2026-11-23" and nothing else.
    return date.fromisoformat(text) if (text := _text(value)) else None


def _time(value: object) -> time | None:
    return time.fromisoformat(text).replace(tzinfo=None) if (text := _text(value)) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str | None):
        raise ValueError("not text")
    return value


def _metadata(value: object) -> object:
    try:
        return json.loads(_text(value) or "{}")
    except RecursionError:
        raise ValueError("too deep") from None


def _or_empty(value: object) -> object:
    return {} if value is None else value


class _Option(Model):
    value: str


_DRAWN: Final = frozenset(
    {
        "plain_text_input", "number_input", "radio_buttons", "static_select", "checkboxes", "multi_static_select",
        "datepicker", "timepicker", "users_select", "file_input",
    }
)  # fmt: skip
"""The elements that our forms have; the state of any other is passed over."""


class _File(Model):
    id: Id


class _ElementState(Model):
    """The state of one element of a form; which of these it carries goes by its type."""

    type: str
    value: str | None = None
    selected_option: _Option | None = None
    selected_options: tuple[_Option, ...] | None = None
    selected_user: Id | None = None
    files: Annotated[tuple[_File, ...] | None, Field(max_length=10)] = None
    selected_date: Annotated[date | None, BeforeValidator(_date)] = None
    selected_time: Annotated[time | None, BeforeValidator(_time)] = None

    @model_validator(mode="before")
    @classmethod
    def _drawn(cls, state: object) -> object:
        known = not isinstance(state, dict) or not isinstance(state.get("type"), str) or state["type"] in _DRAWN
        return state if known else {"type": ""}

    @property
    def answer(self) -> Answer:
        """The answer it holds."""
        match self.type:
            case "plain_text_input":
                return clean(self.value or "").strip() or None
            case "number_input":
                text = (self.value or "").strip()
                return int(text) if _WHOLE_NUMBER.fullmatch(text) else text or None
            case "checkboxes" | "multi_static_select":
                return tuple(option.value for option in self.selected_options or ())
            case "users_select":
                return self.selected_user
            case "file_input":
                return FileRef(self.files[0].id) if self.files else None
            case "datepicker":
                return self.selected_date
            case "timepicker":
                return self.selected_time
            case _:
                return self.selected_option.value if self.selected_option else None


class _State(Model):
    values: Annotated[dict[str, dict[str, _ElementState]], BeforeValidator(_or_empty)] = {}


class _Metadata(Model):
    subject: Kept = ""
    scheme: Kept = ""
    carried: dict[str, Kept] = {}


class _Block(Model):
    type: str = ""
    block_id: str = ""


class View(Model):
    """A window or home page in which something was pressed or sent off."""

    id: Id
    type: Literal["modal", "home"]
    hash: str = ""
    callback_id: Annotated[str, StringConstraints(max_length=255)] = ""
    clear_on_close: bool = False
    submit: dict[str, Any] | None = None
    metadata: Annotated[_Metadata, BeforeValidator(_metadata)] = Field(_Metadata(), alias="private_metadata")
    state: Annotated[_State, BeforeValidator(_or_empty)] = _State()
    blocks: tuple[_Block, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """What was given, by the key of its field."""
        states = [each for block in self.state.values.values() for each in block.items()]
        return {key: state.answer for key, state in states if state.type}

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever was chosen in its fields."""
        states = (state for block in self.state.values.values() for state in block.values())
        return tuple(state.selected_user for state in states if state.type == "users_select" and state.selected_user)

    @property
    def input_keys(self) -> tuple[str, ...]:
        """The keys of its fields, from top to bottom: where an error can be shown."""
        return tuple(block.block_id for block in self.blocks if block.type == "input")


class Submitted(View):
    """One that was sent off."""

    callback_id: Annotated[str, Field(min_length=1, max_length=255)]
