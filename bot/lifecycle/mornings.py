"""The morning message: once a working day at most, each of the office's people hears of the three most pressing things
that need it: when something new waits for a decision, and otherwise as the week begins. It is a part of their one
message of the day, with what else they are reminded of."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import LISTED_FOR, Actor
from bot.lifecycle.reminders import working_moment_of

EARLIER: Final = timedelta(hours=1)
"""So long before somebody's day begins it is put down, so that all of the day is there when it does."""
NEW: Final = timedelta(hours=36)
"""For so long something is new: one morning, or two."""
MOST: Final = 3
"""So many things are named; the lists have the others."""


def hears(actor: Actor) -> bool:
    """Whether they read any list of the office."""
    return any(actor.powers & powers for powers in LISTED_FOR.values())


def has_news(person: Person, now: datetime, newest: datetime | None) -> bool:
    """Whether there is cause for one today: something waits for a decision since the last working day, or a week
    begins. `newest`: since when the newest case waits; None: none does."""
    today = (now + EARLIER).astimezone(ZoneInfo(person.zone)).weekday()
    return today == min(person.works_days, default=0) or (newest is not None and newest > now - NEW)


def following(person: Person, now: datetime) -> Deadline:
    """When their next morning message is put down."""
    begins = working_moment_of(person, now)
    while begins - EARLIER <= now:
        here = ZoneInfo(person.zone)
        tomorrow = begins.astimezone(here).date() + timedelta(days=1)
        begins = working_moment_of(person, datetime.combine(tomorrow, person.works_from, tzinfo=here))
    return Deadline(DeadlineKind.MORNING, person.id, begins - EARLIER)
