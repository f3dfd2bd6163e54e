"""Offices and who holds them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.lifecycle.offices import Holding
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Office, Scheme


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds an office. `why_kept`: why the viewer cannot take it back; None: they can."""

    holding: Holding
    person: Person
    why_kept: Refused | None


@dataclass(frozen=True, slots=True)
class OfficeList:
    """The scheme's offices with their holders, by the office's key."""

    scheme: Scheme
    holders: Mapping[str, tuple[Holder, ...]]


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office, for somebody whom it has been given to or taken from."""

    scheme: Scheme
    office: Office
    reader: Person
