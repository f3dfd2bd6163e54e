"""Who holds which office because the settings say so, and what becomes of an office when they no longer do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.lifecycle.people import Person
from bot.schemes.scheme import Power, Scheme
from bot.schemes.validation import needed_powers
from bot.storage import offices, people


class UnknownOfficeError(Exception):
    """An office that the scheme does not have; `str` ends a sentence that begins with the setting."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of the setting: whoever has this address (or platform id) holds that office."""

    address: str
    office: str


class Appointments:
    """The whole setting: `address` for the scheme's first office, `office:address` for any."""

    def __init__(self, wanted: Iterable[str], scheme: Scheme) -> None:
        """Raises UnknownOfficeError."""
        self._scheme = scheme
        self._all = tuple(_appointment(one.strip(), scheme) for one in wanted)

    def __iter__(self) -> Iterator[Appointment]:
        """The entries, as they stand in the setting."""
        return iter(self._all)

    def offices_of(self, person: Person) -> frozenset[str]:
        """The offices that the setting gives this person."""
        known_as = {person.user.casefold(), (person.email or "").casefold()}
        return frozenset(one.office for one in self._all if one.address.casefold() in known_as)

    def appoint(self, db: Db, person: Person, now: datetime) -> None:
        """Let the person hold what the setting gives them."""
        for office in sorted(self.offices_of(person)):
            offices.appoint(db, self._scheme.key, person.id, office, now)

    def reconcile(self, context: Context) -> list[str]:
        """Take every office back that the setting gave and no longer gives; those given in chat stay. Gives what is
        still wanting, as `wanting`, but for what somebody holds by an appointment in chat."""
        held = offices.appointed_by_settings(context.db, self._scheme.key)
        for person, office in held:
            if office not in self.offices_of(people.get(context.db, person)):
                offices.dismiss(context.db, self._scheme.key, person, office)
                context.note("dismiss", person)
        free = [power for power in self._unheld() if not offices.holders(context.db, self._scheme, power)]
        return [self._said(power) for power in free]

    def wanting(self) -> list[str]:
        """For each power that members would wait for in vain, the end of a sentence that begins with the setting."""
        return [self._said(power) for power in self._unheld()]

    def _unheld(self) -> list[Power]:
        given = {power for one in self._all for power in self._scheme.powers_of(one.office)}
        return [power for power in needed_powers(self._scheme) if power not in given]

    def _said(self, power: Power) -> str:
        having = " or ".join(f"{office.key}:address" for office in self._scheme.offices if power in office.powers)
        return f"gives nobody the power {power} (write {having})"


def _appointment(wanted: str, scheme: Scheme) -> Appointment:
    named, colon, address = wanted.partition(":")
    if not colon:
        return Appointment(wanted, scheme.offices[0].key)
    return Appointment(address.strip(), known(named.strip(), scheme))


def known(office: str, scheme: Scheme) -> str:
    """The key of an office; UnknownOfficeError for one that the scheme does not have."""
    keys = [each.key for each in scheme.offices]
    if office not in keys:
        near = get_close_matches(office, keys, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(keys)}"
        raise UnknownOfficeError(f"names the office {office}, which the scheme does not have ({meant})")
    return office
