"""Line managers as Microsoft 365's directory has them: asked for once a day, and kept apart."""

from datetime import timedelta

import pytest

from bot.calendars.calendar import Forbidden
from bot.calendars.graph import Graph
from bot.handlers.managers import Managers
from bot.lifecycle.pairings import Around
from bot.schemes.loading import load
from bot.storage import pairings
from bot.storage.database import Database
from tests.calendars.graph_stand_in import GraphStandIn
from tests.support.dispatchers import Office

ADA, BEN = "uada@example.org", "uben@example.org"


@pytest.mark.covers("E1")
async def test_the_directory_is_asked_for_a_manager(graph: Graph, stand_in: GraphStandIn) -> None:
    stand_in.managers[ADA] = BEN
    assert await graph.manager(ADA) == BEN
    assert await graph.manager(BEN) is None, "nobody is above them"
    stand_in.forbidden.add(BEN)
    with pytest.raises(Forbidden):
        await graph.manager(BEN)


@pytest.mark.covers("E1")
async def test_members_are_kept_apart_from_their_managers(
    graph: Graph, stand_in: GraphStandIn, database: Database
) -> None:
    office = Office(database, load("asme"))
    for user in ("UADA", "UBEN"):
        await office.meet(user)
    managers = Managers(graph.manager, office.dispatcher)
    ada, ben = await office.person("UADA"), await office.person("UBEN")

    def around() -> Around:
        return database.read_now(lambda db: pairings.around_of(db, "asme", ada.id))

    stand_in.managers[ADA] = "UBen@example.org"
    await managers.look(ada)
    assert around().apart == frozenset(), "they have no part in the scheme"
    await office.click("UADA", "join", "mentee")
    await managers.look(ada)
    await office.sweep(timedelta())
    assert around().apart == {ben.id}
    stand_in.forbidden.add(ADA)
    await managers.look(ada)
    assert around().apart == {ben.id}, "without an answer the last one holds"
    stand_in.forbidden.clear()
    stand_in.managers.clear()
    await managers.look(ada)
    assert around().apart == frozenset()
