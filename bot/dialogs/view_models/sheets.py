"""Sheets and files as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dialogs.view_models.pairs import PairView
from bot.lifecycle.files import KeptFile
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Sheet


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as its viewer comes upon it. `about`, `owner`: as in `FilledSheet`; `pair`: None for one about a
    membership; `why_not`: why it cannot be filled in, where it is only read."""

    scheme: Scheme
    sheet: Sheet
    about: str
    me: Person
    owner: str
    filled: FilledSheet | None
    pair: PairView | None = None
    session: Session | None = None
    why_not: Refused | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    """What stands in it before anybody has written in it."""
    moment: str = ""
    """Of a survey: at which of its moments it is asked."""


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What one of a pair has said about it once it had ended, for the office."""

    scheme: Scheme
    sheet: Sheet
    filled: FilledSheet
    author: Person
    other: Person


@dataclass(frozen=True, slots=True)
class FileView:
    """A file for somebody who may read it, with the sheet that it belongs to."""

    file: KeptFile
    sheet: Sheet
    given_by: Person
    reader: Person
