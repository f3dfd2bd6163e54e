"""A whole bot for the tests of this floor, in Slack and in Teams."""

from collections.abc import AsyncIterator

import pytest

from tests.support.bots import Bots, bots
from tests.support.teams_bots import TeamsBots

__all__ = ["bots"]


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
