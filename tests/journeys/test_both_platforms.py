"""One bot in Slack and in Teams at once, on one database: somebody moves from one to the other, and back."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot.app import App, build
from bot.handlers.rate_limit import RateLimiter
from bot.handlers.slack.platform import PATH, SlackPlatform
from slack_workspace.test_user import TestUser
from slack_workspace.workspace import Workspace
from tests.support import bots, teams_bots
from tests.support.bots import TurnedClock
from tests.support.teams import TeamsPlace, TeamsUser

JOINING = {"membership_number": "1234"}


@dataclass
class Both:
    """One bot in two places. Everybody is in both, by the same address."""

    app: App
    slack: dict[str, TestUser]
    teams: dict[str, TeamsUser]


@pytest.fixture
async def both(sqlite_url: str) -> AsyncIterator[Both]:
    """A started bot; Ada is its administrator, by her address."""
    clock, place, names = TurnedClock(), TeamsPlace(rate_limits=False), ("Ada", "Mary")
    workspace = Workspace(now=clock, rate_limits=False, retries=(0.0,))
    workspace.commands = ["/mentoring", "/mentoring-admin"]
    here = {name: bots.add_person(workspace, name) for name in names}
    there = {name: place.add_person(name) for name in names}
    async with AsyncExitStack() as running:
        for each in (workspace, place):
            await each.start()
            running.push_async_callback(each.stop)
        of_slack = bots.settings_for(workspace, sqlite_url)
        of_teams = teams_bots.settings_for(place, sqlite_url, administrators=("ada@example.org",))
        settings = of_teams.model_copy(
            update={name: getattr(of_slack, name) for name in ("bot_token", "signing_secret", "api_url")}
        )
        slack = SlackPlatform(settings.in_slack, RateLimiter(burst=1_000))
        app = build(settings, clock, platforms=[slack, teams_bots.platform_for(settings, place)])
        await app.start(port=0)
        running.push_async_callback(app.stop)
        workspace.request_url, place.bot_url = app.url + PATH, app.url + teams_bots.PATH
        for user in there.values():
            await place.install(user)
        yield Both(
            app,
            {name: workspace.test_user(user) for name, user in here.items()},
            {name: place.test_user(user) for name, user in there.items()},
        )
        place.assert_no_trouble()


async def test_somebody_moves_to_the_other_platform_and_back(both: Both) -> None:
    ada, mary, mary_there = both.slack["Ada"], both.slack["Mary"], both.teams["Mary"]
    await mary.command("/mentoring", "join mentor")
    await mary.expect_modal("Join as mentor")
    await mary.fill(JOINING)
    assert await mary.submit() == {}
    await mary.close_modal()
    await mary_there.open_home()
    await mary_there.expect_home("You are here already, as Mary, where you joined before. Is that you?")
    await mary_there.press("That is me")
    await mary_there.expect_message("Welcome back, Mary")
    await mary_there.expect_home("Take back application")
    await mary.expect_home("We write to you in the other app in which you joined.")

    heard = len(mary.messages())
    await ada.open_home()
    await ada.press("Approve")
    await mary_there.expect_message("Welcome to the BCS Mentoring Scheme, Mary.")
    await both.app.drain()
    assert len(mary.messages()) == heard, "messages come to one place"

    await mary.open_home()
    await mary.press("Write to me here")
    await mary.expect_modal("Written to here")
    await mary.close_modal()
    await mary.expect_home("Hello Mary")
    await mary_there.expect_home("We write to you in the other app in which you joined.")
    await mary.press("Update preferences")
    await mary.expect_modal("Mentoring preferences")
    await mary_there.press("Update preferences")
    await mary_there.expect_modal("Mentoring preferences")


async def test_an_administrator_holds_the_office_on_both(both: Both) -> None:
    for ada in (both.slack["Ada"], both.teams["Ada"]):
        await ada.command("/mentoring-admin", "queue")
        await ada.expect_message("Nothing waits for the office")
    there = both.teams["Ada"]
    await there.open_home()
    await there.expect_home("Is that you?")
    await there.press("That is me")
    await there.expect_message("Welcome back, Ada")
    for ada in (both.slack["Ada"], there):
        await ada.command("/mentoring-admin", "roles")
        await ada.expect_message("May approve members")
