"""Persons as their platform knows them, whichever schemes they belong to."""

import unicodedata
from dataclasses import dataclass
from datetime import time

_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"})


_PARTS = frozenset({"abd", "abdul", "abdel", "abu", "al", "el", "ibn", "bin", "bint", "umm", "van", "von", "de", "st"})
"""First words that are a name only together with what follows."""


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
    address: str = ""
    """Where the platform writes to them, in its own words; "": it needs no more than `user`."""

    @property
    def first(self) -> str:
        """The name to greet by, titles left out: the first word where that is sure to be one's own name in itself, else
        all of it."""
        words = [word for word in self.name.split() if word.rstrip(".").casefold() not in _TITLES]
        if not words:
            return self.name
        return words[0] if _stands_alone(words[0]) else " ".join(words)


def _stands_alone(word: str) -> bool:
    """Not in doubt: in Latin letters, no initial ("J."), no part of a name of several words ("Abd", "Al-") or family
    name that comes first with a comma ("Lovelace, Ada")."""
    letters = word.replace("-", "").replace("’", "").replace("'", "")
    latin = letters.isalpha() and all("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin and len(letters) > 1 and letters.casefold() not in _PARTS
