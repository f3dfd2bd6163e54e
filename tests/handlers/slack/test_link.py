"""Where an e-mail leads: the app in its own workspace."""

from tests.support.bots import Bots


async def test_the_link_names_this_app_in_this_workspace(bots: Bots) -> None:
    bot = await bots.start()
    identity = bot.workspace.identity
    (platform,) = bot.app.platforms
    assert platform.link == f"https://slack.com/app_redirect?app={identity.app_id}&team={identity.team_id}"
