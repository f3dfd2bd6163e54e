"""Persons as their platform knows them, whichever schemes they belong to."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"})


_PARTS = frozenset({"abd", "abdul", "abdel", "abu", "al", "el", "ibn", "bin", "bint", "umm", "van", "von", "de", "st"})
"""First words that are a name only together with what follows."""


Gone = Literal["", "deactivated", "unreached"]
"""Why somebody is not here: their account is off, or no longer in the workspace; or they, or an administrator, have
removed or blocked the app."""


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
    """Whether they are here: somebody who is not is written to by nobody, and keeps all that is theirs."""
    address: str = ""
    """Where the platform writes to them, in its own words; "": it needs no more than `user`."""
    guest: bool = False
    """Whether they are from elsewhere: the platform does not vouch for their e-mail address."""
    picture: str = ""
    """The address of the picture that they have set where they chat; "": none, or the platform does not say."""
    separate: bool = False
    """Whether they have said that nobody else here is them."""
    gone: Gone = ""
    """Why they are not here, or were not the last time."""
    gone_at: datetime | None = None
    """Since when, or when that was."""
    elsewhere: bool = False
    """Whether they are looked at in a place of theirs (platform, team, user, address) where they are not written to."""

    @property
    def first(self) -> str:
        """The name to greet by, titles left out: the first word where that is sure to be one's own name in itself, else
        all of it."""
        words = [word for word in self.name.split() if word.rstrip(".").casefold() not in _TITLES]
        if not words:
            return self.name
        return words[0] if _stands_alone(words[0]) else " ".join(words)


def other_self(me: Person, having: Sequence[Person], has_part: bool) -> Person | None:
    """Whom this newcomer may have been all along: the one person on another platform of the same e-mail address, for
    which both platforms vouch. None where that is not sure, or where they have begun something of their own.

    `having`: the others of that address on other platforms; `has_part`: whether the newcomer has begun anything.
    """
    if len(having) != 1 or has_part or me.guest or me.separate or me.elsewhere or not me.active:
        return None
    (other,) = having
    same = bool(me.email and other.email) and str(me.email).casefold() == str(other.email).casefold()
    return other if same and other.active and not other.guest and other.platform != me.platform else None


def _stands_alone(word: str) -> bool:
    """Not in doubt: in Latin letters, no initial ("J."), no part of a name of several words ("Abd", "Al-") or family
    name that comes first with a comma ("Lovelace, Ada")."""
    letters = word.replace("-", "").replace("’", "").replace("'", "")
    latin = letters.isalpha() and all("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin and len(letters) > 1 and letters.casefold() not in _PARTS
