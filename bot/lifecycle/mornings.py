"""The morning message: once a working day at most, each of the office's people hears of the three most pressing things
that need it: when something new does, and otherwise as the week begins. It is a part of their one
message of the day, with what else they are reminded of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.lifecycle.attention import Listed, Need
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import LISTED_FOR, Actor
from bot.lifecycle.reminders import working_moment_of

Needs = Mapping[Listed, Mapping[Need, int]]
"""How many need what, by list."""
EARLIER: Final = timedelta(hours=1)
"""So long before somebody's day begins it is put down, so that all of the day is there when it does."""
NEW: Final = timedelta(hours=36)
"""For so long something is new: one morning, or two."""
MOST: Final = 3
"""So many things are named; the lists have the others."""


def hears(actor: Actor) -> bool:
    """Whether they read any list of the office."""
    return any(actor.powers & powers for powers in LISTED_FOR.values())


def has_news(person: Person, now: datetime, newest: datetime | None, needs: Needs, before: Needs) -> bool:
    """Whether there is cause for one today: something needs somebody since the last working day, or a week begins.
    `newest`: since when the newest case waits, or silence has ended a request, None: neither; `needs`, `before`: how
    many need what today, and would have needed it by the clock of NEW ago."""
    today = (now + EARLIER).astimezone(ZoneInfo(person.zone)).weekday()
    if today == min(person.works_days, default=0) or (newest is not None and newest > now - NEW):
        return True
    return any(many > before[listed].get(need, 0) for listed, some in needs.items() for need, many in some.items())


def following(person: Person, now: datetime) -> Deadline:
    """When their next morning message is put down."""
    begins = working_moment_of(person, now)
    while begins - EARLIER <= now:
        here = ZoneInfo(person.zone)
        tomorrow = begins.astimezone(here).date() + timedelta(days=1)
        begins = working_moment_of(person, datetime.combine(tomorrow, person.works_from, tzinfo=here))
    return Deadline(DeadlineKind.MORNING, person.id, begins - EARLIER)
