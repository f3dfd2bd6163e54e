"""What is said of two people before anybody is matched: by the office, that they are kept apart, or that a mentor is
pinned to a mentee and stands first; by somebody's own record, that another is their line manager and kept apart, or
that whoever matches is to think twice. Neither of the two is told; whoever matches is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Power

Said = Literal["apart", "pinned", "warned", "suggested"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """What was said of two people. `one`, `other`: whom a pin puts together, mentee and mentor; those who are kept
    apart, the lesser id first, since that has no direction. `reason`: for the office alone. `record`: what in the
    record of `one` says so (see `named`); None: the office does."""

    scheme: str
    one: str
    other: str
    said: Said
    by: str
    at: datetime
    reason: str | None = None
    record: str | None = None

    def about(self, person: str) -> str:
        """The other one of the two."""
        return self.other if person == self.one else self.one


@dataclass(frozen=True, slots=True)
class Around:
    """What the matching keeps to for one person: from whom they are kept apart, and which mentors stand first; of whom
    whoever matches is warned, which keeps nobody out."""

    apart: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    warned: frozenset[str] = frozenset()
    suggested: frozenset[str] = frozenset()
    """Whom a mentor has suggested, or the mentee has invited: they stand first, too, and pinned ones before them."""


NOTHING_SAID = Around()


def around(person: str, found: Iterable[Pairing]) -> Around:
    """Of all that was said of a person."""
    every = tuple(found)
    apart = frozenset(each.about(person) for each in every if each.said == "apart")
    pinned = frozenset(each.other for each in every if each.said == "pinned" and each.one == person)
    warned = frozenset(each.about(person) for each in every if each.said == "warned")
    suggested = frozenset(each.other for each in every if each.said == "suggested" and each.one == person)
    return Around(apart, pinned - apart, warned - apart, suggested - apart - pinned)


READS: frozenset[Power] = frozenset({"manage_members", "match"})
"""The powers by which somebody reads it."""


def readable(found: Iterable[Pairing], reader: Actor) -> tuple[Pairing, ...]:
    """What this reader may know of it: never what was said of themselves."""
    if not reader.powers & READS:
        return ()
    return tuple(each for each in found if reader.person not in {each.one, each.other})


def may_say(actor: Actor, *about: str) -> None:
    """Only whoever looks after members, or matches, and never of themselves."""
    office(actor, "match" if "match" in actor.powers else "manage_members", *about)


def keep_apart(
    scheme: str, person: str, other: str, members: Sequence[Member], reason: str | None, by: Actor, now: datetime
) -> Pairing:
    """The two are not matched any more, whoever of them is the mentor. `members`: what the other one is here."""
    may_say(by, person, other)
    if person == other or not members:
        raise Refused("not_here", field="person")
    one, two = sorted((person, other))
    return Pairing(scheme, one, two, "apart", by.person, now, reason or None)


def pin(
    scheme: str, mentee: str, mentor: str, members: Sequence[Member], around: Around, by: Actor, now: datetime
) -> Pairing:
    """The mentor stands first for this mentee, as far as they can be asked. `members`: what the mentor is here."""
    may_say(by, mentee, mentor)
    if mentee == mentor or not any(each.role == "mentor" and each.state in LET_IN for each in members):
        raise Refused("no_mentor", field="person")
    may_match(around, mentor)
    return Pairing(scheme, mentee, mentor, "pinned", by.person, now)


def may_match(around: Around, other: str) -> None:
    """Whether the office can put these two together."""
    if other in around.apart:
        raise Refused("kept_apart", field="person")
