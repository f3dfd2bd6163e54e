"""The private address at which a person's calendar fetches their sessions: when there can be one, and what it shows.

A person has one for all the schemes they belong to: it is pasted into a calendar once. Whoever has it can read it, so
it is made of chance alone, is shown once, and can be stopped at any time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused

SHOWN_BACK: Final = timedelta(days=365)
"""How long a session that is over stays in it."""


@dataclass(frozen=True, slots=True)
class CalendarAddress:
    """Somebody's address. `token_hash`: a digest of its secret part, which is itself kept nowhere."""

    person: str
    token_hash: str
    made_at: datetime


def may_have(offered: bool) -> None:
    """Whether addresses are given out at all. `offered`: the bot is reached from outside."""
    if not offered:
        raise Refused("no_addresses")


def may_stop(address: CalendarAddress | None) -> CalendarAddress:
    """The address that there is to stop."""
    if address is None:
        raise Refused("address_stopped")
    return address


def answers(address: CalendarAddress | None, person: Person | None) -> bool:
    """Whether something is to be read at it: it is somebody's now, and the workspace still knows them. Whoever has only
    left a scheme goes on reading what was, for as long as they can look at it; what lay ahead is off with that."""
    return address is not None and person is not None and person.active


def shown(pair: Pair, now: datetime) -> tuple[Session, ...]:
    """The sessions of a pair that stand in it: all that have a time and are on, and a year back."""
    stand = (each for each in pair.sessions if each.state in ("scheduled", "completed"))
    return tuple(each for each in stand if each.starts_at is not None and each.starts_at > now - SHOWN_BACK)


def changed_at(pair: Pair, session: Session) -> datetime:
    """When a session last became what it is, as far as that is known: the same for as long as nothing changes."""
    return max(filter(None, (pair.began_at, session.confirmed_at, session.marked_at)))
