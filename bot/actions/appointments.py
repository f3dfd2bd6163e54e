"""Who holds which office because the settings say so, and what becomes of an office when they no longer do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.entries import Entry, entry
from bot.lifecycle.people import Person
from bot.schemes.scheme import Power, Scheme
from bot.schemes.together import Schemes
from bot.schemes.validation import needed_powers
from bot.storage import identities, offices, people


class UnknownOfficeError(Exception):
    """An office that the scheme does not have; `str` ends a sentence that begins with the setting."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of the setting: whoever has this address (or platform id) holds that office."""

    address: str
    office: str
    scheme: str


class Appointments:
    """The whole setting: `address` for a scheme's first office, `office:address` for any; `scheme/` before it says of
    which scheme. Where nothing says so it is the first that has such an office."""

    def __init__(self, wanted: Iterable[str], schemes: Schemes) -> None:
        """Raises UnknownOfficeError."""
        self._schemes = schemes
        self._all = tuple(_appointment(one.strip(), schemes) for one in wanted)

    def __iter__(self) -> Iterator[Appointment]:
        """The entries, as they stand in the setting."""
        return iter(self._all)

    def offices_of(self, person: Person, users: Iterable[str] = ()) -> frozenset[tuple[str, str]]:
        """The offices that the setting gives this person, each with its scheme before it. `users`: their ids in other
        places."""
        known_as = {each.casefold() for each in (person.user, person.email or "", *users)}
        return frozenset((one.scheme, one.office) for one in self._all if one.address.casefold() in known_as)

    def appoint(self, db: Db, person: Person, now: datetime) -> None:
        """Let the person hold what the setting gives them."""
        for scheme, office in sorted(self.offices_of(person)):
            offices.appoint(db, scheme, person.id, office, now)

    def reconcile(self, context: Context) -> list[str]:
        """Take every office back that the setting gave and no longer gives; those given in chat stay. Gives what is
        still wanting, as `wanting`, but for what somebody holds by an appointment in chat."""
        scheme = context.scheme
        for person, office in offices.appointed_by_settings(context.db, scheme.key):
            users = identities.users_of(context.db, person)
            if (scheme.key, office) not in self.offices_of(people.get(context.db, person), users):
                offices.dismiss(context.db, scheme.key, person, office)
                context.note("dismiss", person)
        free = [power for power in self._unheld(scheme) if not offices.holders(context.db, scheme, power)]
        return [self._said(power, scheme) for power in free]

    def wanting(self) -> list[str]:
        """For each power that members would wait for in vain, the end of a sentence that begins with the setting."""
        each = self._schemes.values()
        return [self._said(power, scheme) for scheme in each for power in self._unheld(scheme)]

    def _unheld(self, scheme: Scheme) -> list[Power]:
        given = {power for one in self._all if one.scheme == scheme.key for power in scheme.powers_of(one.office)}
        return [power for power in needed_powers(scheme) if power not in given]

    def _said(self, power: Power, scheme: Scheme) -> str:
        head, of = (f"{scheme.key}/", f" in {scheme.key}") if self._schemes.several else ("", "")
        having = " or ".join(f"{head}{office.key}:address" for office in scheme.offices if power in office.powers)
        return f"gives nobody the power {power}{of} (write {having})"


def _appointment(wanted: str, schemes: Schemes) -> Appointment:
    written = entry(wanted)
    scheme = scheme_of(written, schemes)
    office = scheme.offices[0].key if written.office is None else known(written.office, scheme)
    return Appointment(written.value, office, scheme.key)


def scheme_of(written: Entry, schemes: Schemes) -> Scheme:
    """The scheme that an entry is for: the one it names, or the first that has its office. UnknownOfficeError for a
    scheme that does not run here."""
    if written.scheme is not None:
        if written.scheme not in schemes:
            raise UnknownOfficeError(f"names the scheme {written.scheme}, which is none of {', '.join(schemes)}")
        return schemes[written.scheme]
    having = (each for each in schemes.values() if any(office.key == written.office for office in each.offices))
    return next(having, schemes.first)


def known(office: str, scheme: Scheme) -> str:
    """The key of an office; UnknownOfficeError for one that the scheme does not have."""
    keys = [each.key for each in scheme.offices]
    if office not in keys:
        near = get_close_matches(office, keys, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(keys)}"
        raise UnknownOfficeError(f"names the office {office}, which the scheme does not have ({meant})")
    return office
