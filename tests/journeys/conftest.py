"""A whole bot for the tests of this floor, in Slack and in Teams."""

from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable, Mapping

import pytest

from tests.support.bots import Bots, bots
from tests.support.teams_bots import TeamsBots

__all__ = ["bots"]


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]] | None:
    """The event loop on which a bot is served: stories go through it, too, and take an eighth less of a processor."""
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(params=["slack", "teams"])
async def everywhere(request: pytest.FixtureRequest) -> AsyncIterator[Bots | TeamsBots]:
    """A way to start bots on each platform in turn, on fresh SQLite files."""
    async for made in _bots(request):
        yield made


@pytest.fixture(params=["slack", "teams", "teams on postgresql"])
async def everywhere_and_on_both_engines(request: pytest.FixtureRequest) -> AsyncIterator[Bots | TeamsBots]:
    """A way to start bots on each platform in turn; in Teams, on both engines."""
    async for made in _bots(request):
        yield made


async def _bots(request: pytest.FixtureRequest) -> AsyncIterator[Bots | TeamsBots]:
    url: str = request.getfixturevalue("postgresql_url" if "postgresql" in request.param else "sqlite_url")
    made = Bots(url) if request.param == "slack" else TeamsBots(url)
    yield made
    await made.close()
    if isinstance(made, TeamsBots):
        made.assert_no_trouble()
