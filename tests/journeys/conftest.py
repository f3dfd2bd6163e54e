"""A whole bot for the tests of this floor, in Slack and in Teams."""

from collections.abc import AsyncIterator

import pytest

from tests.support.bots import Bots, bots
from tests.support.teams_bots import TeamsBots

__all__ = ["bots"]


@pytest.fixture(params=["slack", "teams", "teams on postgresql"])
async def everywhere(request: pytest.FixtureRequest) -> AsyncIterator[Bots | TeamsBots]:
    """A way to start bots on each platform in turn; in Teams, on both engines."""
    url: str = request.getfixturevalue("postgresql_url" if "postgresql" in request.param else "sqlite_url")
    made = Bots(url) if request.param == "slack" else TeamsBots(url)
    yield made
    await made.close()
    if isinstance(made, TeamsBots):
        made.assert_no_trouble()
