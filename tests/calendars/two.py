"""A mentee and a mentor whose sessions stand in a calendar of Microsoft 365."""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.actions.context import Channels
from bot.calendars.graph import Graph
from bot.handlers.calendar.sender import CalendarSender
from bot.lifecycle.pairs import Pair, Session
from bot.storage import pairs
from tests.actions.population import Population
from tests.support.calendars import CalendarPost

MENTEE: Final = "umentee@example.org"
MENTOR: Final = "uasked@example.org"


class Two:
    """A mentee and a mentor of a scheme whose bot writes into calendars, and their session 1."""

    def __init__(self, population: Population, graph: Graph) -> None:
        self.population, self.office = population, population.office
        self.id = population.ids["session"]
        self.office.dispatcher.channels = Channels(email=True, calendar=True)
        self.sender = CalendarSender(graph, self.office.dispatcher.by_clock)
        self.post = CalendarPost(self.office, self.sender)

    async def set(self, ahead: timedelta = timedelta(days=2), user: str = "UMENTEE", **more: Any) -> datetime:
        """Somebody sets the session; gives for when."""
        at = self.office.now + ahead
        values = {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call", **more}
        reply = await self.office.click(user, "schedule", self.id, values)
        assert getattr(reply, "title", "") == "Session set", reply
        return at

    async def press(self, user: str, verb: str, **values: Any) -> None:
        await self.office.click(user, verb, self.id, values)

    @property
    def pair(self) -> Pair:
        key = self.office.scheme.key
        return self.office.dispatcher.database.read_now(lambda db: pairs.by_session(db, key, self.id))

    @property
    def session(self) -> Session:
        return self.pair.session(self.id)
