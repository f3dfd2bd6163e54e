"""Microsoft's calendars on this computer, and the bot's way to them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.calendars.calendar import Appointment, Attendee
from bot.calendars.graph import Graph
from bot.servers import MicrosoftApplication
from bot.storage.database import Database
from tests.actions.population import settle
from tests.calendars.graph_stand_in import GraphStandIn, serving
from tests.calendars.tokens import FixedToken
from tests.calendars.two import Two
from tests.support.bots import bots

__all__ = ["bots"]

MENTOR = "bea@example.org"
ADA = Attendee("Ada Lovelace", "ada@example.org")
AT = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
SESSION = Appointment(
    "session-1-a", "Session 1: Ada and Bea", AT, 60, "Europe/London", (ADA,), text="Bring your goals."
)


def application(url: str) -> MicrosoftApplication:
    """The bot as it is registered."""
    return MicrosoftApplication("tenant", "client", SecretStr("secret"), url=url)


@pytest.fixture
async def stand_in() -> AsyncIterator[GraphStandIn]:
    """The service; no request that it was sent was wrong."""
    async with serving() as started:
        yield started
        assert started.misread == []


@pytest.fixture
async def two(database: Database, graph: Graph) -> Two:
    """The two, on either engine, before any of their sessions has a time."""
    return Two(await settle(database, delivered=True), graph)


@pytest.fixture
async def graph(stand_in: GraphStandIn) -> AsyncIterator[Graph]:
    """The bot's way to it."""
    made = Graph(application(stand_in.url), FixedToken())
    yield made
    await made.close()
