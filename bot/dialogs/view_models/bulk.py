"""Many cases that are approved at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.lifecycle.bulk import Because, Bulk
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Waits:
    """One that waits: who, and what they would like in a few words; `why_not`: why it is left out."""

    id: str
    name: str
    what: str
    why_not: Because | None = None


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What would be approved, and what is left out; `more`: how many wait besides, for another time."""

    scheme: Scheme
    bulk: Bulk
    approved: tuple[Waits, ...]
    left_out: tuple[Waits, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class BulkView:
    """What came of it, for whoever did it. `names`: of the people, by id."""

    scheme: Scheme
    bulk: Bulk
    reader: Person
    names: Mapping[str, str]
    now: datetime
