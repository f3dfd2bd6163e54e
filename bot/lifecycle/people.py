"""Persons as their platform knows them, whichever schemes they belong to."""

from dataclasses import dataclass
from datetime import time

_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"})


@dataclass(frozen=True, slots=True)
class Person:
    """One user of one workspace; `user` is the platform's own id. Working hours are wall time in `zone` (an IANA name);
    days count from Monday, 0."""

    id: str
    platform: str
    team: str
    user: str
    name: str
    email: str | None
    zone: str
    works_from: time = time(9)
    works_to: time = time(17, 30)
    works_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    quieted: frozenset[str] = frozenset()
    """The kinds of reminder that this person has stopped."""
    active: bool = True

    @property
    def first(self) -> str:
        """The name to greet by: titles are left out."""
        words = [word for word in self.name.split() if word.rstrip(".").casefold() not in _TITLES]
        return words[0] if words else self.name
